/// A value that an audit record can hold: JSON without null and fractions.
///
/// Records are hashed and signed, so that each meaning must have exactly one spelling. It is the
/// form of RFC 8785, restricted further to what needs no judgement: integers below 2^53 in
/// magnitude, no duplicate names, no lone surrogates.
package enum CanonicalJSON: Sendable {
  case object(Object)
  case array([CanonicalJSON])
  case string(String)
  case integer(Int64)
  case boolean(Bool)

  /// Objects and arrays that may be open at once: bounds the recursion over hostile input.
  package static let depthLimit = 32

  /// The largest integer that every JSON reader keeps exactly, 2^53 - 1.
  package static let integerLimit: Int64 = 9_007_199_254_740_991

  package struct Member: Sendable {
    package let name: String
    package let value: CanonicalJSON

    package init(_ name: String, _ value: CanonicalJSON) {
      self.name = name
      self.value = value
    }
  }

  /// Members in canonical order, each name once.
  package struct Object: Sendable {
    package let members: [Member]

    /// Sorts the members by name; of several with one name the first is kept.
    package init(_ members: [Member]) {
      var sorted: [Member] = []
      for member in members.enumerated().sorted(by: Self.precedes).map(\.element) {
        if let last = sorted.last, CanonicalJSON.sameText(last.name, member.name) { continue }
        sorted.append(member)
      }
      self.members = sorted
    }

    /// Takes members that are known to be sorted and unique.
    init(sorted members: [Member]) { self.members = members }

    private static func precedes(
      _ one: EnumeratedSequence<[Member]>.Element, _ two: EnumeratedSequence<[Member]>.Element
    ) -> Bool {
      if CanonicalJSON.sameText(one.element.name, two.element.name) {
        return one.offset < two.offset
      }
      return CanonicalJSON.sortsBefore(one.element.name, two.element.name)
    }

    package subscript(name: String) -> CanonicalJSON? {
      position(of: name).map { members[$0].value }
    }

    func position(of name: String) -> Int? {
      members.firstIndex { CanonicalJSON.sameText($0.name, name) }
    }
  }

  /// Whether two names are the same bytes: to Swift, composed and decomposed letters are equal.
  static func sameText(_ one: String, _ two: String) -> Bool {
    // Equal strings are rare here and quickly told from unequal ones, bytes slowly.
    one == two && one.utf8.elementsEqual(two.utf8)
  }

  /// The order of RFC 8785: by UTF-16 code units, not by code points.
  static func sortsBefore(_ one: String, _ two: String) -> Bool {
    one.utf16.lexicographicallyPrecedes(two.utf16)
  }

  package var objectValue: Object? { if case .object(let value) = self { value } else { nil } }
  package var arrayValue: [CanonicalJSON]? {
    if case .array(let value) = self { value } else { nil }
  }
  package var stringValue: String? { if case .string(let value) = self { value } else { nil } }
  package var integerValue: Int64? { if case .integer(let value) = self { value } else { nil } }

  /// An object of the members that are present.
  package static func object(present members: [(String, CanonicalJSON?)]) -> CanonicalJSON {
    .object(Object(members.compactMap { name, value in value.map { Member(name, $0) } }))
  }
}

extension CanonicalJSON {
  /// The canonical bytes: no blanks, names sorted, the shortest escapes.
  package var bytes: [UInt8] {
    var output: [UInt8] = []
    write(to: &output)
    return output
  }

  private func write(to output: inout [UInt8]) {
    switch self {
    case .object(let object):
      output.append(UInt8(ascii: "{"))
      for (index, member) in object.members.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        Self.write(member.name, to: &output)
        output.append(UInt8(ascii: ":"))
        member.value.write(to: &output)
      }
      output.append(UInt8(ascii: "}"))
    case .array(let elements):
      output.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        element.write(to: &output)
      }
      output.append(UInt8(ascii: "]"))
    case .string(let text): Self.write(text, to: &output)
    case .integer(let number): output += Array(String(number).utf8)
    case .boolean(let value): output += Array((value ? "true" : "false").utf8)
    }
  }

  private static func write(_ text: String, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { bytes in
      var rest = bytes[...]
      while let special = rest.firstIndex(where: needsEscape) {
        output += rest[..<special]
        write(escaped: rest[special], to: &output)
        rest = rest[(special + 1)...]
      }
      output += rest
    }
    output.append(UInt8(ascii: "\""))
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private static func write(escaped byte: UInt8, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x08: output.append(UInt8(ascii: "b"))
    case 0x09: output.append(UInt8(ascii: "t"))
    case 0x0A: output.append(UInt8(ascii: "n"))
    case 0x0C: output.append(UInt8(ascii: "f"))
    case 0x0D: output.append(UInt8(ascii: "r"))
    case 0..<0x20: output += Array("u00".utf8) + Hexadecimal.digits(of: [byte])
    default: output.append(byte)
    }
  }
}

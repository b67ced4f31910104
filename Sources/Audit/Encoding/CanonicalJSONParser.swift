extension CanonicalJSON {
  /// Why bytes are not JSON that a record may hold.
  package struct ParsingError: Error, Hashable, CustomStringConvertible {
    package enum Reason: String, Sendable {
      case syntax
      case utf8
      /// A byte order mark.
      case byteOrderMark = "bom"
      case duplicateName = "duplicate-key"
      /// A fraction, an exponent, `-0` or an integer of 2^53 and more.
      case number
      case null
      /// A `\u` escape of half a surrogate pair.
      case surrogate
      case depth
      /// Something after the value.
      case trailing
    }

    package let reason: Reason
    /// Counts from 0, in bytes.
    package let offset: Int

    package var description: String { "not canonical JSON at byte \(offset): \(reason.rawValue)" }
  }

  /// Parses a value whose layout need not be canonical; compare with ``bytes`` to know.
  package init(parsing bytes: [UInt8]) throws(ParsingError) {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw ParsingError(reason: .byteOrderMark, offset: 0)
    }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw ParsingError(reason: .utf8, offset: 0)
    }
    var parser = CanonicalJSONParser(bytes: bytes)
    self = try parser.document()
  }
}

/// Reads one value from bytes that are known to be UTF-8.
private struct CanonicalJSONParser {
  private let bytes: [UInt8]
  private var offset = 0
  private var depth = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private func failure(_ reason: CanonicalJSON.ParsingError.Reason) -> CanonicalJSON.ParsingError {
    CanonicalJSON.ParsingError(reason: reason, offset: offset)
  }

  mutating func document() throws(CanonicalJSON.ParsingError) -> CanonicalJSON {
    let result = try value()
    skipBlanks()
    guard offset == bytes.count else { throw failure(.trailing) }
    return result
  }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
      offset += 1
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    offset += 1
    return true
  }

  private mutating func take(word: StaticString) -> Bool {
    let end = offset + word.utf8CodeUnitCount
    guard end <= bytes.count,
      word.withUTF8Buffer({ $0.elementsEqual(bytes[offset..<end]) })
    else { return false }
    offset = end
    return true
  }

  private mutating func value() throws(CanonicalJSON.ParsingError) -> CanonicalJSON {
    skipBlanks()
    guard let first = next else { throw failure(.syntax) }
    switch first {
    case UInt8(ascii: "{"): return try nested(object: true)
    case UInt8(ascii: "["): return try nested(object: false)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default:
      if take(word: "true") { return .boolean(true) }
      if take(word: "false") { return .boolean(false) }
      if take(word: "null") { throw failure(.null) }
      throw failure(.syntax)
    }
  }

  private mutating func nested(
    object isObject: Bool
  ) throws(CanonicalJSON.ParsingError) -> CanonicalJSON {
    guard depth < CanonicalJSON.depthLimit else { throw failure(.depth) }
    depth += 1
    offset += 1
    let result = isObject ? try object() : try array()
    depth -= 1
    return result
  }

  private mutating func object() throws(CanonicalJSON.ParsingError) -> CanonicalJSON {
    var members: [CanonicalJSON.Member] = []
    var isSorted = true
    skipBlanks()
    if take(UInt8(ascii: "}")) { return .object(CanonicalJSON.Object(sorted: [])) }
    repeat {
      skipBlanks()
      guard next == UInt8(ascii: "\"") else { throw failure(.syntax) }
      let name = try string()
      skipBlanks()
      guard take(UInt8(ascii: ":")) else { throw failure(.syntax) }
      if let last = members.last, !CanonicalJSON.sortsBefore(last.name, name) { isSorted = false }
      members.append(CanonicalJSON.Member(name, try value()))
      skipBlanks()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw failure(.syntax) }
    if isSorted { return .object(CanonicalJSON.Object(sorted: members)) }
    let object = CanonicalJSON.Object(members)
    guard object.members.count == members.count else { throw failure(.duplicateName) }
    return .object(object)
  }

  private mutating func array() throws(CanonicalJSON.ParsingError) -> CanonicalJSON {
    var elements: [CanonicalJSON] = []
    skipBlanks()
    if take(UInt8(ascii: "]")) { return .array([]) }
    repeat {
      elements.append(try value())
      skipBlanks()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw failure(.syntax) }
    return .array(elements)
  }

  private mutating func number() throws(CanonicalJSON.ParsingError) -> CanonicalJSON {
    let start = offset
    let isNegative = take(UInt8(ascii: "-"))
    let digits = offset
    var magnitude: Int64 = 0
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      offset += 1
      magnitude = magnitude * 10 + Int64(byte - UInt8(ascii: "0"))
      guard magnitude <= CanonicalJSON.integerLimit else { throw failure(.number) }
    }
    guard offset > digits else { throw failure(.syntax) }
    if let byte = next, [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(byte) {
      throw failure(.number)
    }
    if bytes[digits] == UInt8(ascii: "0") && offset - digits > 1 { throw failure(.syntax) }
    if isNegative && magnitude == 0 {
      offset = start
      throw failure(.number)
    }
    return .integer(isNegative ? -magnitude : magnitude)
  }

  private mutating func string() throws(CanonicalJSON.ParsingError) -> String {
    offset += 1
    let start = offset
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      offset += 1
    }
    if take(UInt8(ascii: "\"")) {
      return String(decoding: bytes[start..<(offset - 1)], as: UTF8.self)
    }
    var content = Array(bytes[start..<offset])
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        return String(decoding: content, as: UTF8.self)
      case UInt8(ascii: "\\"):
        offset += 1
        content += Array(String(try escape()).utf8)
      case 0..<0x20: throw failure(.syntax)
      default:
        content.append(byte)
        offset += 1
      }
    }
    throw failure(.syntax)
  }

  private mutating func escape() throws(CanonicalJSON.ParsingError) -> Unicode.Scalar {
    guard let byte = next else { throw failure(.syntax) }
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{08}"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "f"): return "\u{0C}"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "u"): break
    default: throw failure(.syntax)
    }
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard (0xD800..<0xDC00).contains(first), take(word: "\\u") else { throw failure(.surrogate) }
    let second = try codeUnit()
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw failure(.surrogate) }
    return scalar
  }

  private mutating func codeUnit() throws(CanonicalJSON.ParsingError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Hexadecimal.value(of: byte) else {
        throw failure(.syntax)
      }
      value = value << 4 | UInt32(digit)
      offset += 1
    }
    return value
  }
}

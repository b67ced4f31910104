/// Reads and writes SSH's binary encoding (RFC 4251, section 5).
///
/// Everything read comes from outside: each length is compared with what is left before it is used.
struct SSHReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: some Collection<UInt8>) { rest = ArraySlice(bytes) }

  var isAtEnd: Bool { rest.isEmpty }

  /// The next `count` bytes, or `nil` when fewer are left.
  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  mutating func byte() -> UInt8? { take(1)?.first }

  mutating func uint32() -> UInt32? {
    take(4)?.reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// A string: a length and so many bytes.
  mutating func string() -> ArraySlice<UInt8>? {
    guard let length = uint32() else { return nil }
    return take(Int(length))
  }

  /// A string that is ASCII text.
  mutating func text() -> String? {
    guard let bytes = string(), bytes.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A positive number without the zero byte that keeps it positive.
  ///
  /// - Returns: `nil` for zero, a negative number, and a number with a needless zero in front: one
  ///   number has one spelling.
  mutating func positive(limit: Int) -> ArraySlice<UInt8>? {
    guard let bytes = string(), let first = bytes.first else { return nil }
    guard first == 0 else { return first < 0x80 && bytes.count <= limit ? bytes : nil }
    let number = bytes.dropFirst()
    guard let next = number.first, next >= 0x80, number.count <= limit else { return nil }
    return number
  }
}

/// Bytes in SSH's binary encoding.
struct SSHWriter {
  private(set) var bytes: [UInt8] = []

  mutating func uint32(_ number: UInt32) {
    bytes += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  mutating func string(_ content: some Collection<UInt8>) {
    uint32(UInt32(truncatingIfNeeded: content.count))
    bytes += content
  }

  mutating func raw(_ content: some Sequence<UInt8>) { bytes += content }
}

/// Why a signature proves nothing.
package enum SignatureFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// It is not of the form that it must have.
  case malformed(String)
  /// A kind of key or signature that is not accepted here.
  case unsupported(String)
  /// Made for something else than records: the name says for what.
  case namespace(String)
  /// It does not belong to these bytes and this key.
  case invalid

  package var description: String {
    switch self {
    case .malformed(let what): "malformed signature: \(what)"
    case .unsupported(let what): "\(what) is not supported"
    case .namespace(let name):
      "made for \(Subject.escaped(name)), not for \(SSHSignature.namespace)"
    case .invalid: "the signature does not belong to this record"
    }
  }
}

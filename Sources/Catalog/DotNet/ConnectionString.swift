/// A connection string of ADO.NET: `Host=db;Maximum Pool Size=20;Password='a;b'`.
struct ConnectionString {
  struct Entry {
    /// As written, blanks around left out; letter case does not matter.
    let key: String
    let value: String
    /// The bytes of the value within the text, quotes included.
    let range: Range<Int>
    let keyRange: Range<Int>
  }

  private(set) var entries: [Entry] = []
  private let bytes: [UInt8]
  private var offset = 0

  /// Reads a text; what is no `key=value` in it is passed over.
  init(_ text: MappedText) {
    bytes = text.bytes
    while offset < bytes.count {
      skip { $0 == 0x3B || Self.isBlank($0) }
      guard let (key, keyRange) = key() else { continue }
      skip(Self.isBlank)
      let start = offset
      let value = value()
      entries.append(
        Entry(key: key, value: value, range: start..<max(start, offset), keyRange: keyRange))
    }
  }

  /// The value of the last entry with one of these names in lower case.
  func value(_ names: Set<String>) -> String? {
    entries.last { names.contains($0.key.lowercased()) }?.value
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }

  private mutating func skip(_ isSkipped: (UInt8) -> Bool) {
    while offset < bytes.count, isSkipped(bytes[offset]) { offset += 1 }
  }

  /// Up to a single `=`; two stand for one within the key.
  private mutating func key() -> (String, Range<Int>)? {
    let start = offset
    var key: [UInt8] = []
    while offset < bytes.count, bytes[offset] != 0x3B {
      if bytes[offset] == 0x3D {
        guard offset + 1 < bytes.count, bytes[offset + 1] == 0x3D else {
          offset += 1
          while key.last.map(Self.isBlank) == true { key.removeLast() }
          guard !key.isEmpty else { return nil }
          return (String(decoding: key, as: UTF8.self), start..<start + key.count)
        }
        offset += 1
      }
      key.append(bytes[offset])
      offset += 1
    }
    return nil
  }

  private mutating func value() -> String {
    guard offset < bytes.count else { return "" }
    let quote = bytes[offset]
    guard quote == 0x22 || quote == 0x27 else { return plainValue() }
    var value: [UInt8] = []
    var index = offset + 1
    while index < bytes.count {
      if bytes[index] == quote {
        guard index + 1 < bytes.count, bytes[index + 1] == quote else { break }
        index += 1
      }
      value.append(bytes[index])
      index += 1
    }
    offset = min(index + 1, bytes.count)
    return String(decoding: value, as: UTF8.self)
  }

  private mutating func plainValue() -> String {
    let start = offset
    var end = bytes[start...].firstIndex(of: 0x3B) ?? bytes.count
    while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
    offset = end
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}

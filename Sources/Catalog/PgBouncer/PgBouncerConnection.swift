import Syntax

/// The `key=value` pairs of a line in [databases], [users] or [peers], with their places.
///
/// Values may stand in single quotes, in which `''` is one quote. Only the space separates pairs: a
/// tab is part of what it touches.
struct PgBouncerConnection {
  struct Pair {
    let key: String
    let value: String
    let keyRange: Range<Int>
    /// The value in the file, quotes included.
    let valueRange: Range<Int>
  }

  private(set) var pairs: [Pair] = []
  /// Where reading stopped; PgBouncer calls it a syntax error.
  private(set) var errorRange: Range<Int>?

  /// Reads the bytes of `source` in `range`.
  init(_ source: SourceText, _ range: Range<Int>) {
    let bytes = source.bytes
    let end = range.upperBound
    var offset = range.lowerBound
    func skipSpace() {
      while offset < end, bytes[offset] == 0x20 { offset += 1 }
    }
    while true {
      skipSpace()
      guard offset < end else { return }
      let keyStart = offset
      while offset < end, bytes[offset] != UInt8(ascii: "="), bytes[offset] != 0x20 { offset += 1 }
      let keyRange = keyStart..<offset
      skipSpace()
      guard offset < end, bytes[offset] == UInt8(ascii: "="), !keyRange.isEmpty else {
        errorRange = keyStart..<max(offset, keyStart + 1)
        return
      }
      offset += 1
      skipSpace()
      let valueStart = offset
      guard let value = Self.value(bytes, &offset, end), !value.isEmpty else {
        errorRange = keyStart..<end
        return
      }
      let valueEnd = offset
      // One byte after the value is skipped, also where no space follows a quote.
      offset = min(offset + 1, end)
      pairs.append(
        Pair(
          key: source.text(keyRange), value: String(decoding: value, as: UTF8.self),
          keyRange: keyRange, valueRange: valueStart..<valueEnd))
    }
  }

  /// Reads one value and moves `offset` behind it; `nil` when a quote is not closed.
  private static func value(_ bytes: [UInt8], _ offset: inout Int, _ end: Int) -> [UInt8]? {
    let quote = UInt8(ascii: "'")
    var value: [UInt8] = []
    guard offset < end, bytes[offset] == quote else {
      while offset < end, bytes[offset] != 0x20 {
        value.append(bytes[offset])
        offset += 1
      }
      return value
    }
    offset += 1
    while offset < end {
      if bytes[offset] == quote {
        guard offset + 1 < end, bytes[offset + 1] == quote else {
          offset += 1
          return value
        }
        offset += 1
      }
      value.append(bytes[offset])
      offset += 1
    }
    return nil
  }
}

/// Rows in the text form of `COPY`: columns apart by tabs, each row a line.
struct CopyRows {
  private(set) var bytes: [UInt8] = []
  private var isFirst = true

  mutating func add(_ value: Int?) { add(raw: value.map { Array(String($0).utf8) }) }

  mutating func add(_ value: [UInt8]?) {
    // The backslash in front of the digits is one that the text form doubles.
    add(raw: value.map { Array("\\\\x".utf8) + Hexadecimal.digits(of: $0) })
  }

  mutating func add(_ value: String?) {
    guard let value else { return add(raw: nil) }
    var escaped: [UInt8] = []
    escaped.reserveCapacity(value.utf8.count)
    for byte in value.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): escaped += Array("\\\\".utf8)
      case UInt8(ascii: "\t"): escaped += Array("\\t".utf8)
      case UInt8(ascii: "\n"): escaped += Array("\\n".utf8)
      case UInt8(ascii: "\r"): escaped += Array("\\r".utf8)
      // A server's text holds every character but this one; the record itself keeps it.
      case 0: escaped += Array("\u{FFFD}".utf8)
      default: escaped.append(byte)
      }
    }
    add(raw: escaped)
  }

  private mutating func add(raw value: [UInt8]?) {
    if !isFirst { bytes.append(UInt8(ascii: "\t")) }
    isFirst = false
    bytes += value ?? Array("\\N".utf8)
  }

  mutating func endRow() {
    bytes.append(UInt8(ascii: "\n"))
    isFirst = true
  }

  /// A row of the index as it stands.
  mutating func add(_ row: borrowing Statement) {
    for column in 0..<row.columnCount {
      switch row.kind(column) {
      case .null: add(raw: nil)
      case .integer, .real: add(row.int(column))
      case .text: add(row.text(column))
      case .bytes: add(row.bytes(column))
      }
    }
    endRow()
  }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}

/// Splits a properties file into items as `java.util.Properties.LineReader` does (JDK 17).
struct PropertiesReader {
  private(set) var items: [PropertiesDocument.Item] = []
  private(set) var errors: [SyntaxError] = []
  private let bytes: [UInt8]
  private let isLatin1: Bool
  private var offset = 0

  /// A logical line: its bytes without continuations, and where each of them stands.
  private struct Line {
    var bytes: [UInt8] = []
    var offsets: [Int] = []
    /// The end of the line in the file, before its line end.
    var end = 0
  }

  init(_ bytes: [UInt8], isLatin1: Bool) {
    self.bytes = bytes
    self.isLatin1 = isLatin1
  }

  mutating func read() {
    while offset < bytes.count {
      let start = offset
      while offset < bytes.count, isBlank(bytes[offset]) || isLineEnd(bytes[offset]) {
        offset += 1
      }
      if offset > start { items.append(.blank(start..<offset)) }
      guard offset < bytes.count else { return }
      if isCommentMark(bytes[offset]) {
        let mark = offset
        while offset < bytes.count, !isLineEnd(bytes[offset]) { offset += 1 }
        items.append(.comment(mark..<offset))
      } else if let line = logicalLine() {
        append(line)
      }
    }
  }

  /// Reads one logical line; `nil` when it holds nothing but a continued end of line.
  private mutating func logicalLine() -> Line? {
    let start = offset
    var line = Line()
    var isEscaped = false
    while offset < bytes.count {
      let byte = bytes[offset]
      if isLineEnd(byte) {
        guard isEscaped else { break }
        line.bytes.removeLast()
        line.offsets.removeLast()
        isEscaped = false
        skipLineEnd()
        while offset < bytes.count, isBlank(bytes[offset]) { offset += 1 }
        // Nothing yet: what follows is a new line, which may be a comment.
        if line.bytes.isEmpty { break }
        continue
      }
      line.bytes.append(byte)
      line.offsets.append(offset)
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
      offset += 1
    }
    if isEscaped {
      line.bytes.removeLast()
      line.offsets.removeLast()
    }
    line.end = offset
    guard !line.bytes.isEmpty else {
      items.append(.blank(start..<offset))
      return nil
    }
    return line
  }

  private mutating func append(_ line: Line) {
    let count = line.bytes.count
    var keyEnd = 0
    var isEscaped = false
    while keyEnd < count {
      let byte = line.bytes[keyEnd]
      if !isEscaped, isBlank(byte) || isSeparator(byte) { break }
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
      keyEnd += 1
    }
    var valueStart = keyEnd
    var hasSeparator = false
    while valueStart < count {
      let byte = line.bytes[valueStart]
      if isSeparator(byte) && !hasSeparator {
        hasSeparator = true
      } else if !isBlank(byte) {
        break
      }
      valueStart += 1
    }
    func place(_ index: Int) -> Int { index < count ? line.offsets[index] : line.end }
    let keyLower = place(0)
    let keyUpper = keyEnd > 0 ? line.offsets[keyEnd - 1] + 1 : keyLower
    let valueLower = max(place(valueStart), keyUpper)
    let key = convert(line, 0..<keyEnd)
    let value = convert(line, valueStart..<count)
    items.append(
      .entry(
        PropertiesEntry(
          key: key, value: value, keyRange: keyLower..<keyUpper,
          separatorRange: keyUpper..<valueLower, valueRange: valueLower..<line.end)))
  }

  /// The text of a part of a line, escapes resolved.
  private mutating func convert(_ line: Line, _ range: Range<Int>) -> String {
    var units: [UInt16] = []
    var raw: [UInt8] = []
    func flush() {
      guard !raw.isEmpty else { return }
      if isLatin1 {
        units += raw.map(UInt16.init)
      } else {
        units += String(decoding: raw, as: UTF8.self).utf16
      }
      raw.removeAll(keepingCapacity: true)
    }
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = line.bytes[index]
      index += 1
      guard byte == UInt8(ascii: "\\"), index < range.upperBound else {
        raw.append(byte)
        continue
      }
      let escape = line.bytes[index]
      index += 1
      switch escape {
      case UInt8(ascii: "t"): raw.append(0x09)
      case UInt8(ascii: "n"): raw.append(0x0A)
      case UInt8(ascii: "r"): raw.append(0x0D)
      case UInt8(ascii: "f"): raw.append(0x0C)
      case UInt8(ascii: "u"):
        flush()
        guard let unit = codeUnit(line, index..<min(index + 4, range.upperBound)) else { continue }
        units.append(unit)
        index += 4
      default: raw.append(escape)
      }
    }
    if units.isEmpty && !isLatin1 { return String(decoding: raw, as: UTF8.self) }
    flush()
    return String(decoding: units, as: UTF16.self)
  }

  private mutating func codeUnit(_ line: Line, _ range: Range<Int>) -> UInt16? {
    let digits = line.bytes[range].prefix { hexadecimalValue($0) != nil }
    guard digits.count == 4 else {
      let start = line.offsets[range.lowerBound - 2]
      let end = line.offsets[range.lowerBound + digits.count - 1] + 1
      errors.append(
        SyntaxError(
          range: start..<end, message: "malformed \\uxxxx encoding",
          help: "write four hexadecimal digits, or \\\\u for a backslash and the letter u"))
      return nil
    }
    return digits.reduce(0) { $0 << 4 | (hexadecimalValue($1) ?? 0) }
  }

  private mutating func skipLineEnd() {
    let isReturn = bytes[offset] == UInt8(ascii: "\r")
    offset += 1
    if isReturn, offset < bytes.count, bytes[offset] == UInt8(ascii: "\n") { offset += 1 }
  }
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0C }
private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
private func isSeparator(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "=") || byte == UInt8(ascii: ":")
}
private func isCommentMark(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "#") || byte == UInt8(ascii: "!")
}

private func hexadecimalValue(_ byte: UInt8) -> UInt16? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
  default: nil
  }
}

/// Splits a haproxy.cfg into sections, lines and words.
struct HAProxyReader {
  private(set) var sections: [HAProxySection] = []
  private(set) var errors: [SyntaxError] = []
  private let bytes: [UInt8]
  private var offset = 0
  /// The places of the conditions that are open.
  private var conditions: [Range<Int>] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func read() {
    while offset < bytes.count {
      let words = line()
      offset += 1
      guard let first = words.first else { continue }
      let line = HAProxyLine(words: words, isConditional: !conditions.isEmpty)
      if first.text.utf8.first == UInt8(ascii: ".") {
        condition(first)
      } else if HAProxyDocument.sectionWords.contains(first.text) {
        sections.append(HAProxySection(header: line, lines: []))
      } else if sections.isEmpty {
        fail(first.range, "a line before the first section")
      } else {
        sections[sections.count - 1].lines.append(line)
      }
    }
    for range in conditions { fail(range, "this condition is not closed by .endif") }
    errors.sort { $0.range.lowerBound < $1.range.lowerBound }
  }

  private mutating func fail(_ range: Range<Int>, _ message: String) {
    errors.append(SyntaxError(range: range, message: message, help: nil))
  }

  private mutating func condition(_ word: HAProxyWord) {
    switch word.text {
    case ".if": conditions.append(word.range)
    case ".endif":
      if conditions.popLast() == nil { fail(word.range, "no condition is open here") }
    case ".elif", ".else":
      if conditions.isEmpty { fail(word.range, "no condition is open here") }
    default: break
    }
  }

  /// The words up to the end of the line, which `offset` is left at.
  private mutating func line() -> [HAProxyWord] {
    var words: [HAProxyWord] = []
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0D: offset += 1
      case UInt8(ascii: "#"):
        offset = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      default: words.append(word())
      }
    }
    return words
  }

  private mutating func word() -> HAProxyWord {
    let start = offset
    var text: [UInt8] = []
    var quote: UInt8?
    var quoteStart = start
    var hasVariable = false
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") {
      let byte = bytes[offset]
      if let open = quote, byte == open {
        quote = nil
        offset += 1
      } else if quote == nil, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        (quote, quoteStart) = (byte, offset)
        offset += 1
      } else if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
        text += escape()
      } else if quote == nil, Self.endsWord(byte) {
        break
      } else {
        hasVariable = hasVariable || quote == UInt8(ascii: "\"") && byte == UInt8(ascii: "$")
        text.append(byte)
        offset += 1
      }
    }
    if quote != nil { fail(quoteStart..<quoteStart + 1, "this quote is not closed on its line") }
    return HAProxyWord(
      text: String(decoding: text, as: UTF8.self), range: start..<offset, hasVariable: hasVariable)
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == UInt8(ascii: "#")
  }

  /// A backslash and what it stands for; at the end of a line it stands for itself.
  private mutating func escape() -> [UInt8] {
    offset += 1
    guard offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") else {
      return [UInt8(ascii: "\\")]
    }
    let byte = bytes[offset]
    offset += 1
    switch byte {
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "x"):
      let digits = String(decoding: bytes[offset...].prefix(2), as: UTF8.self)
      guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16) else { return [byte] }
      offset += 2
      return [value]
    default: return [byte]
    }
  }
}

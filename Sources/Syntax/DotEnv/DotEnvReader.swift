/// Reads assignments line by line; a double-quoted value may go on over several lines.
struct DotEnvReader {
  private(set) var entries: [DotEnvEntry] = []
  private(set) var errors: [SyntaxError] = []
  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  mutating func read() {
    while offset < bytes.count {
      skipBlanks()
      guard offset < bytes.count else { return }
      if bytes[offset] == UInt8(ascii: "\n") || bytes[offset] == UInt8(ascii: "\r") {
        offset += 1
      } else if bytes[offset] == UInt8(ascii: "#") {
        offset = lineEnd(from: offset)
      } else {
        assignment()
      }
    }
  }

  private mutating func skipBlanks() {
    while offset < bytes.count, bytes[offset] == 0x20 || bytes[offset] == 0x09 { offset += 1 }
  }

  private func lineEnd(from start: Int) -> Int {
    bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
  }

  private mutating func assignment() {
    let export = Array("export ".utf8)
    if bytes[offset...].starts(with: export) {
      offset += export.count
      skipBlanks()
    }
    let start = offset
    while offset < bytes.count, Self.isName(bytes[offset]) { offset += 1 }
    let nameRange = start..<offset
    skipBlanks()
    guard !nameRange.isEmpty, offset < bytes.count, bytes[offset] == UInt8(ascii: "=") else {
      let end = lineEnd(from: start)
      errors.append(
        SyntaxError(
          range: start..<max(start, end), message: "NAME=value is expected here",
          help: "make it a comment with #, or write NAME=value"))
      offset = end
      return
    }
    offset += 1
    skipBlanks()
    value(of: nameRange)
  }

  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }

  private mutating func value(of nameRange: Range<Int>) {
    let quote = offset < bytes.count ? bytes[offset] : 0
    guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      return plainValue(of: nameRange)
    }
    let start = offset + 1
    guard let end = closingQuote(quote, from: start) else {
      errors.append(
        SyntaxError(range: offset..<start, message: "this quote is not closed"))
      return plainValue(of: nameRange)
    }
    append(nameRange, start..<end, quote == UInt8(ascii: "'") ? .single : .double)
    offset = lineEnd(from: end)
  }

  /// Single quotes end on their line; a backslash spares a double one.
  private func closingQuote(_ quote: UInt8, from start: Int) -> Int? {
    var index = start
    while index < bytes.count {
      if bytes[index] == quote { return index }
      if bytes[index] == UInt8(ascii: "\n"), quote == UInt8(ascii: "'") { return nil }
      if bytes[index] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") { index += 1 }
      index += 1
    }
    return nil
  }

  private mutating func plainValue(of nameRange: Range<Int>) {
    let start = offset
    offset = lineEnd(from: start)
    var end = offset
    // A comment needs a blank before it: passwords and fragments hold `#`.
    for index in start..<end
    where bytes[index] == UInt8(ascii: "#")
      && (index == start || bytes[index - 1] == 0x20 || bytes[index - 1] == 0x09)
    {
      end = index
      break
    }
    while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 || bytes[end - 1] == 0x0D {
      end -= 1
    }
    append(nameRange, start..<end, .none)
  }

  private mutating func append(
    _ nameRange: Range<Int>, _ valueRange: Range<Int>, _ quotes: DotEnvEntry.Quotes
  ) {
    entries.append(
      DotEnvEntry(
        name: String(decoding: bytes[nameRange], as: UTF8.self), nameRange: nameRange,
        value: text(valueRange, quotes), valueRange: valueRange, quotes: quotes))
  }

  /// Inside double quotes `\n`, `\"`, `\\` and `\$` stand for what follows the backslash.
  private func text(_ range: Range<Int>, _ quotes: DotEnvEntry.Quotes) -> String {
    guard quotes == .double, bytes[range].contains(UInt8(ascii: "\\")) else {
      return String(decoding: bytes[range], as: UTF8.self)
    }
    var result: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let next = index + 1
      guard bytes[index] == UInt8(ascii: "\\"), next < range.upperBound else {
        result.append(bytes[index])
        index = next
        continue
      }
      switch bytes[next] {
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"): result.append(bytes[next])
      default: result += [bytes[index], bytes[next]]
      }
      index = next + 1
    }
    return String(decoding: result, as: UTF8.self)
  }
}

extension TOMLReader {
  /// Reads the value at `offset` into an item.
  mutating func value(into index: Int, depth: Int) throws(Failure) {
    let start = offset
    guard depth < Self.depthLimit else {
      throw failure(here, "values are nested more than \(Self.depthLimit) deep")
    }
    switch peek() {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let text = try string(mayBeLong: true)
      set(index, .string(text), from: start)
    case UInt8(ascii: "["): try array(into: index, depth: depth)
    case UInt8(ascii: "{"): try inlineTable(into: index, depth: depth)
    default:
      while let byte = peek(), Self.isScalar(byte) { offset += 1 }
      // A date and a time may have a blank between them.
      if offset - start == 10, peek() == 0x20, let next = peek(1), (0x30...0x39).contains(next),
        bytes[start + 4] == UInt8(ascii: "-")
      {
        offset += 1
        while let byte = peek(), Self.isScalar(byte) { offset += 1 }
      }
      guard offset > start else { throw failure(here, "a value is expected here") }
      let text = String(decoding: bytes[start..<offset], as: UTF8.self)
      guard let content = TOMLScalar.content(of: text) else {
        throw failure(
          start..<offset, "\(text) is no value", help: "texts stand in quotes: \"\(text)\"")
      }
      set(index, content, from: start)
    }
  }

  private static func isScalar(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: ":"):
      true
    default: false
    }
  }

  /// Blanks, line ends and comments, as they may stand in an array.
  private mutating func skipLines() {
    while let byte = peek() {
      if byte == UInt8(ascii: "#") {
        skipComment()
      } else if byte == 0x20 || (0x09...0x0D).contains(byte) {
        offset += 1
      } else {
        return
      }
    }
  }

  private mutating func array(into index: Int, depth: Int) throws(Failure) {
    let start = offset
    offset += 1
    while true {
      skipLines()
      guard let byte = peek() else { throw failure(start..<start + 1, "this [ is not closed") }
      if byte == UInt8(ascii: "]") { break }
      let element = add(TOMLItem(content: .unread, range: offset..<offset))
      append(element, to: index)
      try value(into: element, depth: depth + 1)
      skipLines()
      if peek() == UInt8(ascii: ",") {
        offset += 1
      } else if peek() != nil, peek() != UInt8(ascii: "]") {
        throw failure(here, "a comma or ] is expected here")
      }
    }
    offset += 1
    set(index, .array, from: start)
  }

  private mutating func inlineTable(into index: Int, depth: Int) throws(Failure) {
    let start = offset
    offset += 1
    skipBlank()
    set(index, .table, from: start)
    while peek() != UInt8(ascii: "}") {
      try pair(in: index, depth: depth + 1)
      skipBlank()
      guard peek() == UInt8(ascii: ",") else { break }
      offset += 1
      skipBlank()
    }
    guard peek() == UInt8(ascii: "}") else {
      throw failure(here, "a comma or } is expected here")
    }
    offset += 1
    set(index, .table, from: start)
  }

  // MARK: texts

  /// A text in any of the four kinds of quotes, without quotes and escapes.
  mutating func string(mayBeLong: Bool) throws(Failure) -> String {
    let start = offset
    guard let quote = peek() else { throw failure(here, "a text is expected here") }
    let isLiteral = quote == UInt8(ascii: "'")
    let isLong = mayBeLong && peek(1) == quote && peek(2) == quote
    offset += isLong ? 3 : 1
    if isLong {
      if peek() == UInt8(ascii: "\r") { offset += 1 }
      if peek() == UInt8(ascii: "\n") { offset += 1 }
    }
    var text: [UInt8] = []
    while let byte = peek() {
      if byte == quote {
        guard isLong else {
          offset += 1
          return String(decoding: text, as: UTF8.self)
        }
        var count = 1
        while count < 5, peek(count) == quote { count += 1 }
        offset += count
        if count >= 3 {
          text += Array(repeating: quote, count: count - 3)
          return String(decoding: text, as: UTF8.self)
        }
        text += Array(repeating: quote, count: count)
      } else if byte == UInt8(ascii: "\n"), !isLong {
        break
      } else if byte == UInt8(ascii: "\\"), !isLiteral {
        try escape(into: &text, isLong: isLong)
      } else {
        text.append(byte)
        offset += 1
      }
    }
    throw failure(start..<start + (isLong ? 3 : 1), "this quote is not closed")
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "b"): 0x08, UInt8(ascii: "t"): 0x09, UInt8(ascii: "n"): 0x0A,
    UInt8(ascii: "f"): 0x0C, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "\""): 0x22,
    UInt8(ascii: "\\"): 0x5C,
  ]

  private mutating func escape(into text: inout [UInt8], isLong: Bool) throws(Failure) {
    let start = offset
    guard let letter = peek(1) else { throw failure(here, "this quote is not closed") }
    if let byte = Self.escapes[letter] {
      text.append(byte)
      offset += 2
      return
    }
    if letter == UInt8(ascii: "u") || letter == UInt8(ascii: "U") {
      let count = letter == UInt8(ascii: "u") ? 4 : 8
      let digits = bytes[min(start + 2, bytes.count)...].prefix(count)
      if digits.count == count,
        let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
        let scalar = Unicode.Scalar(number)
      {
        text += Array(String(Character(scalar)).utf8)
        offset += 2 + count
        return
      }
    }
    // A backslash at the end of a line takes the line end and the blanks behind it away.
    let rest = bytes[(start + 1)...].prefix { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    if isLong, rest.endIndex < bytes.count, bytes[rest.endIndex] == UInt8(ascii: "\n") {
      offset = rest.endIndex
      while let byte = peek(), byte == 0x20 || (0x09...0x0D).contains(byte) { offset += 1 }
      return
    }
    throw failure(
      start..<min(start + 2, bytes.count), "no such escape",
      help: "write \\\\ for a backslash, or the text in single quotes")
  }
}

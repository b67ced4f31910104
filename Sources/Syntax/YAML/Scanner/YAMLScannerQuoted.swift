/// Scalars in quotes.
extension YAMLScanner {
  mutating func fetchQuoted(_ style: YAMLStyle) throws(YAMLFault) {
    try saveSimpleKey()
    allowsSimpleKey = false
    let start = offset
    offset += 1
    var decoded: [UInt8] = []
    while true {
      try scanQuotedText(style, from: start, into: &decoded)
      let byte = text[offset]
      if byte == UInt8(ascii: style == .singleQuoted ? "'" : "\""), offset < end { break }
      try scanQuotedSpace(from: start, into: &decoded)
    }
    var token = YAMLToken(kind: .scalar, start: start, end: offset + 1, style: style)
    token.contentStart = start + 1
    token.contentEnd = offset
    offset += 1
    if !decoded.elementsEqual(text[token.contentStart..<token.contentEnd]) {
      token.value = values.count
      values.append(decoded)
    }
    append(token)
  }

  /// Scans up to a blank, a line break, the closing quote or the end of the file.
  private mutating func scanQuotedText(
    _ style: YAMLStyle, from start: Int, into decoded: inout [UInt8]
  ) throws(YAMLFault) {
    while !isSpace(at: offset) {
      let byte = text[offset]
      if style == .singleQuoted, byte == UInt8(ascii: "'") {
        guard text[offset + 1] == byte else { return }
        decoded.append(byte)
        offset += 2
      } else if style == .doubleQuoted, byte == UInt8(ascii: "\"") {
        return
      } else if style == .doubleQuoted, byte == UInt8(ascii: "\\") {
        let length = breakLength(at: offset + 1)
        if length > 0, offset + 1 < end {
          offset += 1
          passBreak(length)
          try passQuotedBreaks(from: start, into: &decoded)
        } else {
          try scanEscape(into: &decoded)
        }
      } else {
        decoded.append(byte)
        offset += 1
      }
    }
  }

  private mutating func scanQuotedSpace(
    from start: Int, into decoded: inout [UInt8]
  ) throws(YAMLFault) {
    let blank = offset
    while isBlank(text[offset]) { offset += 1 }
    guard offset < end else {
      throw YAMLFault(
        range: start..<start + 1, message: "found unexpected end of file in a quoted scalar",
        help: "close the quote", context: start)
    }
    guard breakLength(at: offset) > 0 else {
      decoded += text[blank..<offset]
      return
    }
    var first: [UInt8] = []
    var breaks: [UInt8] = []
    _ = consumeBreak(into: &first)
    try passQuotedBreaks(from: start, into: &breaks)
    if first != [0x0A] {
      decoded += first
    } else if breaks.isEmpty {
      decoded.append(0x20)
    }
    decoded += breaks
  }

  /// Steps over empty lines and the indentation of the next line.
  private mutating func passQuotedBreaks(
    from start: Int, into breaks: inout [UInt8]
  ) throws(YAMLFault) {
    while true {
      if isAtDocumentIndicator {
        throw YAMLFault(
          range: start..<start + 1,
          message: "found unexpected document indicator in a quoted scalar",
          help: "close the quote", context: start)
      }
      while isBlank(text[offset]) { offset += 1 }
      guard consumeBreak(into: &breaks) else { return }
    }
  }

  private mutating func scanEscape(into decoded: inout [UInt8]) throws(YAMLFault) {
    let start = offset
    let code = text[offset + 1]
    offset += 2
    if let bytes = Self.escape(code) {
      decoded += bytes
      return
    }
    let length = code == UInt8(ascii: "x") ? 2 : code == UInt8(ascii: "u") ? 4 : 8
    guard code == UInt8(ascii: "x") || code == UInt8(ascii: "u") || code == UInt8(ascii: "U") else {
      throw YAMLFault(
        range: start..<min(start + 2, end),
        message: "found unknown escape character \(character(at: start + 1))",
        help: "write \\\\ for a backslash or use single quotes")
    }
    var number: UInt32 = 0
    for _ in 0..<length {
      guard let digit = hexadecimalDigit(text[offset]) else {
        throw YAMLFault(
          range: start..<min(offset + 1, end),
          message: "did not find expected hexadecimal number in an escape")
      }
      number = number << 4 | digit
      offset += 1
    }
    guard let scalar = Unicode.Scalar(number) else { return try surrogate(number, start, &decoded) }
    decoded += Array(String(Character(scalar)).utf8)
  }

  /// Reads the second half of a character that is escaped as in JSON: `\uD83D\uDE00`.
  private mutating func surrogate(
    _ high: UInt32, _ start: Int, _ decoded: inout [UInt8]
  ) throws(YAMLFault) {
    if (0xD800..<0xDC00).contains(high), text[offset] == UInt8(ascii: "\\"),
      text[offset + 1] == UInt8(ascii: "u")
    {
      let digits = (2..<6).compactMap { hexadecimalDigit(text[min(offset + $0, end)]) }
      let low = digits.reduce(0) { $0 << 4 | $1 }
      if digits.count == 4, (0xDC00..<0xE000).contains(low),
        let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
      {
        offset += 6
        decoded += Array(String(Character(scalar)).utf8)
        return
      }
    }
    throw YAMLFault(range: start..<offset, message: "found invalid Unicode character escape code")
  }

  private func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  /// What an escape without a number stands for, in UTF-8.
  private static func escape(_ code: UInt8) -> [UInt8]? {
    switch code {
    case UInt8(ascii: "0"): [0]
    case UInt8(ascii: "a"): [0x07]
    case UInt8(ascii: "b"): [0x08]
    case UInt8(ascii: "t"), 0x09: [0x09]
    case UInt8(ascii: "n"): [0x0A]
    case UInt8(ascii: "v"): [0x0B]
    case UInt8(ascii: "f"): [0x0C]
    case UInt8(ascii: "r"): [0x0D]
    case UInt8(ascii: "e"): [0x1B]
    case UInt8(ascii: " "), UInt8(ascii: "\""), UInt8(ascii: "/"), UInt8(ascii: "\\"): [code]
    case UInt8(ascii: "N"): [0xC2, 0x85]
    case UInt8(ascii: "_"): [0xC2, 0xA0]
    case UInt8(ascii: "L"): [0xE2, 0x80, 0xA8]
    case UInt8(ascii: "P"): [0xE2, 0x80, 0xA9]
    default: nil
    }
  }
}

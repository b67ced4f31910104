/// The tokens of postgresql.conf: the longest match wins, as in the server's flex rules.
struct PostgreSQLLexer {
  enum Kind: Sendable {
    case identifier, qualifiedIdentifier, string, unquotedString, integer, real, equals
    case lineEnd, end
    /// A byte that no token begins with.
    case error

    /// Whether it may stand where a value is expected.
    var isValue: Bool {
      switch self {
      case .identifier, .string, .unquotedString, .integer, .real: true
      case .qualifiedIdentifier, .equals, .lineEnd, .end, .error: false
      }
    }
  }

  struct Token {
    let kind: Kind
    let range: Range<Int>
  }

  let bytes: [UInt8]
  var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Skips blanks and a comment, up to the line end or a token.
  mutating func skipTrivia() -> [PostgreSQLDocument.Item] {
    var items: [PostgreSQLDocument.Item] = []
    let start = offset
    while let byte = peek(0), byte == 0x20 || byte == 0x09 || byte == 0x0D { offset += 1 }
    if offset > start { items.append(.blank(start..<offset)) }
    if peek(0) == UInt8(ascii: "#") {
      let mark = offset
      offset = lineEnd(from: mark)
      items.append(.comment(mark..<offset))
    }
    return items
  }

  /// The line feed after `start`, or the end of the file.
  func lineEnd(from start: Int) -> Int {
    bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
  }

  /// The next token; call `skipTrivia` first.
  mutating func next() -> Token {
    let start = offset
    guard let byte = peek(0) else { return Token(kind: .end, range: start..<start) }
    if byte == UInt8(ascii: "\n") { return take(.lineEnd, 1) }
    if byte == UInt8(ascii: "=") { return take(.equals, 1) }
    if byte == UInt8(ascii: "'") {
      return stringLength().map { take(.string, $0) } ?? take(.error, 1)
    }
    if isLetter(byte) { return word() }
    let integer = integerLength()
    let real = realLength()
    if integer == 0 && real == 0 { return take(.error, 1) }
    return integer >= real ? take(.integer, integer) : take(.real, real)
  }

  private func peek(_ ahead: Int) -> UInt8? {
    offset + ahead < bytes.count ? bytes[offset + ahead] : nil
  }

  private mutating func take(_ kind: Kind, _ length: Int) -> Token {
    let start = offset
    offset += length
    return Token(kind: kind, range: start..<offset)
  }

  private func length(from start: Int = 0, while accepts: (UInt8) -> Bool) -> Int {
    var end = start
    while let byte = peek(end), accepts(byte) { end += 1 }
    return end - start
  }

  private mutating func word() -> Token {
    let identifier = length(while: isLetterOrDigit)
    var qualified = 0
    if peek(identifier) == UInt8(ascii: "."), let byte = peek(identifier + 1), isLetter(byte) {
      qualified = identifier + 1 + length(from: identifier + 1, while: isLetterOrDigit)
    }
    let unquoted = length(while: isUnquotedByte)
    if identifier >= unquoted { return take(.identifier, identifier) }
    return qualified >= unquoted
      ? take(.qualifiedIdentifier, qualified) : take(.unquotedString, unquoted)
  }

  /// `'…'` on one line, with `''` for a quote and `\` before any byte.
  private func stringLength() -> Int? {
    var end = 1
    while let byte = peek(end), byte != UInt8(ascii: "\n") {
      if byte == UInt8(ascii: "\\") {
        guard let escaped = peek(end + 1), escaped != UInt8(ascii: "\n") else { return nil }
        end += 2
      } else if byte == UInt8(ascii: "'") {
        guard peek(end + 1) == UInt8(ascii: "'") else { return end + 1 }
        end += 2
      } else {
        end += 1
      }
    }
    return nil
  }

  private var signLength: Int {
    peek(0) == UInt8(ascii: "-") || peek(0) == UInt8(ascii: "+") ? 1 : 0
  }

  /// Decimal or hexadecimal digits and the letters of a unit.
  private func integerLength() -> Int {
    let sign = signLength
    let decimal = length(from: sign, while: isDigit)
    guard decimal > 0 else { return 0 }
    var end = sign + decimal
    if decimal == 1, peek(sign) == UInt8(ascii: "0"), peek(end) == UInt8(ascii: "x") {
      let hexadecimal = length(from: end + 1, while: isHexadecimalDigit)
      if hexadecimal > 0 { end += 1 + hexadecimal }
    }
    return end + length(from: end, while: isUnitLetter)
  }

  /// Digits with a point and an optional exponent; no unit.
  private func realLength() -> Int {
    let sign = signLength
    var end = sign + length(from: sign, while: isDigit)
    guard peek(end) == UInt8(ascii: ".") else { return 0 }
    end += 1
    end += length(from: end, while: isDigit)
    if peek(end) == UInt8(ascii: "e") || peek(end) == UInt8(ascii: "E") {
      let exponentSign = peek(end + 1) == UInt8(ascii: "-") || peek(end + 1) == UInt8(ascii: "+")
      let digits = end + (exponentSign ? 2 : 1)
      let exponent = length(from: digits, while: isDigit)
      if exponent > 0 { end = digits + exponent }
    }
    return end
  }
}

private func isDigit(_ byte: UInt8) -> Bool {
  byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
}

private func isUnitLetter(_ byte: UInt8) -> Bool {
  let lower = byte | 0x20
  return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
}

private func isHexadecimalDigit(_ byte: UInt8) -> Bool {
  isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f"))
}

private func isLetter(_ byte: UInt8) -> Bool {
  isUnitLetter(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
}

private func isLetterOrDigit(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }

private func isUnquotedByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"),
    UInt8(ascii: "/"):
    true
  default: isLetterOrDigit(byte)
  }
}

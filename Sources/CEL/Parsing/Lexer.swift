/// Cuts an expression into tokens, on demand.
struct Lexer {
  let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The next token; at the end `end` again and again.
  ///
  /// - Throws: ``CELError`` for a character that begins no token, or a literal that doesn't end.
  mutating func next() throws(CELError) -> Token {
    skipBlanks()
    let start = offset
    guard let byte = peek() else { return Token(kind: .end, range: start..<start) }
    if byte.isIdentifierStart {
      if let literal = try stringLiteral() { return literal }
      return word()
    }
    if byte.isDigit || (byte == UInt8(ascii: ".") && peek(1)?.isDigit == true) {
      return try number()
    }
    switch byte {
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      return try quoted(from: start, isRaw: false, kind: .string)
    case UInt8(ascii: "`"): return try quotedIdentifier()
    default: return try punctuation(byte)
    }
  }

  /// The text of a token.
  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private func peek(_ distance: Int = 0) -> UInt8? {
    offset + distance < bytes.count ? bytes[offset + distance] : nil
  }

  private mutating func skipBlanks() {
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: " "), 9, 10, 12, 13: offset += 1
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
        while let byte = peek(), byte != 10 { _ = byte; offset += 1 }
      default: return
      }
    }
  }

  private mutating func word() -> Token {
    let start = offset
    while peek()?.isIdentifierPart == true { offset += 1 }
    return Token(kind: keyword(start..<offset) ?? .identifier, range: start..<offset)
  }

  private func keyword(_ range: Range<Int>) -> Token.Kind? {
    func isWord(_ word: StaticString) -> Bool {
      word.withUTF8Buffer { $0.elementsEqual(bytes[range]) }
    }
    switch range.count {
    case 2: return isWord("in") ? .binary(.in) : nil
    case 4: return isWord("true") ? .trueLiteral : isWord("null") ? .nullLiteral : nil
    case 5: return isWord("false") ? .falseLiteral : nil
    default: return nil
    }
  }

  private mutating func punctuation(_ byte: UInt8) throws(CELError) -> Token {
    let start = offset
    let following = peek(1)
    func isFollowed(by character: Unicode.Scalar) -> Bool { following == UInt8(ascii: character) }
    let (kind, length): (Token.Kind?, Int) =
      switch byte {
      case UInt8(ascii: "("): (.leftParen, 1)
      case UInt8(ascii: ")"): (.rightParen, 1)
      case UInt8(ascii: "["): (.leftBracket, 1)
      case UInt8(ascii: "]"): (.rightBracket, 1)
      case UInt8(ascii: "{"): (.leftBrace, 1)
      case UInt8(ascii: "}"): (.rightBrace, 1)
      case UInt8(ascii: "."): (.dot, 1)
      case UInt8(ascii: ","): (.comma, 1)
      case UInt8(ascii: ":"): (.colon, 1)
      case UInt8(ascii: "?"): (.question, 1)
      case UInt8(ascii: "+"): (.binary(.add), 1)
      case UInt8(ascii: "-"): (.minus, 1)
      case UInt8(ascii: "*"): (.binary(.multiply), 1)
      case UInt8(ascii: "/"): (.binary(.divide), 1)
      case UInt8(ascii: "%"): (.binary(.remainder), 1)
      case UInt8(ascii: "!"): isFollowed(by: "=") ? (.binary(.notEqual), 2) : (.not, 1)
      case UInt8(ascii: "="): isFollowed(by: "=") ? (.binary(.equal), 2) : (nil, 1)
      case UInt8(ascii: "<"): isFollowed(by: "=") ? (.binary(.lessOrEqual), 2) : (.binary(.less), 1)
      case UInt8(ascii: ">"):
        isFollowed(by: "=") ? (.binary(.greaterOrEqual), 2) : (.binary(.greater), 1)
      case UInt8(ascii: "&"): isFollowed(by: "&") ? (.and, 2) : (nil, 1)
      case UInt8(ascii: "|"): isFollowed(by: "|") ? (.or, 2) : (nil, 1)
      default: (nil, 1)
      }
    guard let kind else { throw strayCharacter(at: start) }
    offset += length
    return Token(kind: kind, range: start..<offset)
  }

  private func strayCharacter(at start: Int) -> CELError {
    var end = start + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    let suggestion: String? =
      switch bytes[start] {
      case UInt8(ascii: "="): "=="
      case UInt8(ascii: "&"): "&&"
      case UInt8(ascii: "|"): "||"
      default: nil
      }
    return CELError(
      message: "unexpected character '\(text(start..<end))'", range: start..<end,
      suggestion: suggestion)
  }
}

// MARK: Literals

extension Lexer {
  private mutating func number() throws(CELError) -> Token {
    let start = offset
    var kind = Token.Kind.int
    if peek() == UInt8(ascii: "0"), peek(1) == UInt8(ascii: "x") || peek(1) == UInt8(ascii: "X"),
      peek(2)?.hexadecimalValue != nil
    {
      offset += 2
      while peek()?.hexadecimalValue != nil { offset += 1 }
    } else {
      skipDigits()
      if peek() == UInt8(ascii: "."), peek(1)?.isDigit == true {
        kind = .double
        offset += 1
        skipDigits()
      }
      if skipExponent() { kind = .double }
    }
    if kind == .int, peek() == UInt8(ascii: "u") || peek() == UInt8(ascii: "U") {
      kind = .uint
      offset += 1
    }
    if peek()?.isIdentifierPart == true {
      while peek()?.isIdentifierPart == true { offset += 1 }
      throw CELError(
        message: "malformed number '\(text(start..<offset))'", range: start..<offset)
    }
    return Token(kind: kind, range: start..<offset)
  }

  private mutating func skipDigits() {
    while peek()?.isDigit == true { offset += 1 }
  }

  private mutating func skipExponent() -> Bool {
    guard peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") else { return false }
    let hasSign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")
    guard peek(hasSign ? 2 : 1)?.isDigit == true else { return false }
    offset += hasSign ? 2 : 1
    skipDigits()
    return true
  }

  /// A string literal with a prefix of `r`, `b` or `br`; `nil` where a plain name begins.
  private mutating func stringLiteral() throws(CELError) -> Token? {
    let start = offset
    var length = 0
    var kind = Token.Kind.string
    var isRaw = false
    if peek().map({ $0 | 0x20 }) == UInt8(ascii: "b") {
      kind = .bytes
      length += 1
    }
    if peek(length).map({ $0 | 0x20 }) == UInt8(ascii: "r") {
      isRaw = true
      length += 1
    }
    guard length > 0, let quote = peek(length),
      quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"")
    else { return nil }
    offset += length
    return try quoted(from: start, isRaw: isRaw, kind: kind)
  }

  /// Reads from the quote to the closing one; `start` is where the prefixes begin.
  private mutating func quoted(
    from start: Int, isRaw: Bool, kind: Token.Kind
  ) throws(CELError) -> Token {
    let quote = bytes[offset]
    let isTriple = peek(1) == quote && peek(2) == quote
    offset += isTriple ? 3 : 1
    while let byte = peek() {
      if byte == quote, !isTriple || (peek(1) == quote && peek(2) == quote) {
        offset += isTriple ? 3 : 1
        return Token(kind: kind, range: start..<offset)
      }
      if !isTriple, byte == 10 || byte == 13 { break }
      offset += byte == UInt8(ascii: "\\") && !isRaw && peek(1) != nil ? 2 : 1
    }
    throw CELError(
      message: "string literal doesn't end", range: start..<min(offset, bytes.count))
  }

  private mutating func quotedIdentifier() throws(CELError) -> Token {
    let start = offset
    offset += 1
    while let byte = peek(), byte.isIdentifierPart || ".-/ ".utf8.contains(byte) { offset += 1 }
    guard peek() == UInt8(ascii: "`"), offset > start + 1 else {
      throw CELError(message: "quoted name doesn't end", range: start..<offset)
    }
    offset += 1
    return Token(kind: .quotedIdentifier, range: start..<offset)
  }
}

extension UInt8 {
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

  var isIdentifierStart: Bool {
    let lower = self | 0x20
    return (lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")) || self == UInt8(ascii: "_")
  }

  var isIdentifierPart: Bool { isIdentifierStart || isDigit }

  /// The value of a hexadecimal digit.
  var hexadecimalValue: UInt8? {
    if isDigit { return self - UInt8(ascii: "0") }
    let lower = self | 0x20
    guard lower >= UInt8(ascii: "a"), lower <= UInt8(ascii: "f") else { return nil }
    return lower - UInt8(ascii: "a") + 10
  }
}

/// Reads a postgresql.conf line by line: key, an optional `=`, value, end of line.
struct PostgreSQLReader {
  private(set) var items: [PostgreSQLDocument.Item] = []
  private(set) var errors: [SyntaxError] = []
  private var lexer: PostgreSQLLexer

  init(_ bytes: [UInt8]) { lexer = PostgreSQLLexer(bytes) }

  /// Whether `value` is one token that needs no quotes.
  static func isUnquoted(_ value: String) -> Bool {
    var lexer = PostgreSQLLexer(Array(value.utf8))
    let token = lexer.next()
    return token.kind.isValue && token.kind != .string && token.range.count == value.utf8.count
  }

  mutating func read() {
    while true {
      let key = next()
      switch key.kind {
      case .end: return
      case .lineEnd: items.append(.blank(key.range))
      default: line(key)
      }
    }
  }

  /// The next token; white space and comments before it become items.
  private mutating func next() -> PostgreSQLLexer.Token {
    for item in lexer.skipTrivia() { items.append(item) }
    return lexer.next()
  }

  private mutating func line(_ key: PostgreSQLLexer.Token) {
    guard key.kind == .identifier || key.kind == .qualifiedIdentifier else {
      return fail(at: key, from: key)
    }
    _ = lexer.skipTrivia()
    var value = lexer.next()
    if value.kind == .equals {
      _ = lexer.skipTrivia()
      value = lexer.next()
    }
    guard value.kind.isValue else { return fail(at: value, from: key) }
    let mark = lexer.offset
    let trivia = lexer.skipTrivia()
    let after = lexer.next()
    guard after.kind == .lineEnd || after.kind == .end else { return fail(at: after, from: key) }
    lexer.offset = trivia.last?.range.upperBound ?? mark
    let raw = lexer.bytes[value.range]
    let isQuoted = value.kind == .string
    items.append(
      .entry(
        PostgreSQLEntry(
          key: String(decoding: lexer.bytes[key.range], as: UTF8.self),
          value: isQuoted ? unescaped(raw) : String(decoding: raw, as: UTF8.self),
          keyRange: key.range, valueRange: value.range, isQuoted: isQuoted)))
    items += trivia
  }

  /// Reports `token` and skips the rest of the line.
  private mutating func fail(at token: PostgreSQLLexer.Token, from key: PostgreSQLLexer.Token) {
    let text = String(decoding: lexer.bytes[token.range], as: UTF8.self)
    switch token.kind {
    case .lineEnd, .end:
      errors.append(
        SyntaxError(
          range: key.range.lowerBound..<token.range.lowerBound,
          message: "syntax error near end of line",
          help: "a key needs a value; write '' for an empty one"))
      lexer.offset = token.range.lowerBound
    default:
      errors.append(
        SyntaxError(
          range: token.range, message: "syntax error near token \"\(text)\"",
          help: help(for: token)))
      lexer.offset = lexer.lineEnd(from: token.range.lowerBound)
    }
    items.append(.unread(key.range.lowerBound..<lexer.offset))
  }

  private func help(for token: PostgreSQLLexer.Token) -> String? {
    guard let first = lexer.bytes[token.range].first else { return nil }
    return switch first {
    case UInt8(ascii: "'"): "this quote is not closed on its line"
    case UInt8(ascii: "="): "one = is enough"
    case UInt8(ascii: "\""): "values stand in single quotes"
    case UInt8(ascii: "%"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      "a value that is not one plain word or number stands in single quotes"
    default: nil
    }
  }

  /// The text between the quotes: `''` is one quote, `\` escapes as in C.
  private func unescaped(_ raw: ArraySlice<UInt8>) -> String {
    var text: [UInt8] = []
    let bytes = Array(raw.dropFirst().dropLast())
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "'") {
        index += 1
      } else if byte == UInt8(ascii: "\\"), index < bytes.count {
        let escape = bytes[index]
        index += 1
        switch escape {
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
          let digits = bytes[(index - 1)...].prefix(3)
            .prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "7") }
          text.append(digits.reduce(0) { $0 &* 8 &+ ($1 - UInt8(ascii: "0")) })
          index += digits.count - 1
        default: text.append(escape)
        }
        continue
      }
      text.append(byte)
    }
    return String(decoding: text, as: UTF8.self)
  }
}

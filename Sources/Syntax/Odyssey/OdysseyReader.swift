/// Reads odyssey.conf token by token.
struct OdysseyReader {
  /// Deeper than the format goes; blocks beyond it are not followed.
  static let depthLimit = 64

  private(set) var statements: [OdysseyStatement] = []
  private(set) var errors: [SyntaxError] = []
  private let bytes: [UInt8]
  private var offset = 0
  /// The statements whose blocks are open.
  private var open: [Int] = []
  /// The place of the last quote, and of the last one behind no backslash: texts that nothing
  /// closes are found without looking through the rest of the file each time.
  private let lastQuote: Int
  private let lastPlainQuote: Int

  /// Words that are values.
  private static let values: Set<String> = [
    "yes", "no", "default", "disabled", "minimal", "full", "admin", "stat", "notallow",
  ]
  /// Words whose block has a name and further words in front of it.
  private static let routes: Set<String> = ["database", "user", "group"]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    let quote = UInt8(ascii: "\"")
    lastQuote = bytes.lastIndex(of: quote) ?? -1
    lastPlainQuote =
      bytes.indices.last {
        bytes[$0] == quote && ($0 == 0 || bytes[$0 - 1] != UInt8(ascii: "\\"))
      } ?? -1
  }

  mutating func read() {
    while let token = next() {
      switch token.kind {
      case .open: openBlock(at: token.range)
      case .close: closeBlock(at: token.range)
      case .value(let kind): take(token, kind)
      }
    }
    for index in open {
      fail(statements[index].nameRange, "the block of \(statements[index].name) is not closed")
    }
    for (index, statement) in statements.enumerated()
    where statement.values.isEmpty && !statement.hasBlock && statement.parent.map(isPairs) != true {
      fail(statements[index].nameRange, "a value of \(statement.name) is expected")
    }
    errors.sort { $0.range.lowerBound < $1.range.lowerBound }
  }

  private mutating func fail(_ range: Range<Int>, _ message: String, help: String? = nil) {
    errors.append(SyntaxError(range: range, message: message, help: help))
  }

  // MARK: statements

  private mutating func openBlock(at range: Range<Int>) {
    guard let last = statements.indices.last, !statements[last].hasBlock,
      statements[last].parent == open.last
    else { return fail(range, "what this block belongs to is missing") }
    guard open.count < Self.depthLimit else {
      return fail(range, "blocks are nested more than \(Self.depthLimit) deep")
    }
    statements[last].hasBlock = true
    open.append(last)
  }

  private mutating func closeBlock(at range: Range<Int>) {
    if open.popLast() == nil { fail(range, "this } closes nothing") }
  }

  /// Whether the block of a statement holds pairs of texts.
  private func isPairs(_ index: Int) -> Bool {
    ["options", "backend_startup_options"].contains(statements[index].name)
  }

  private mutating func take(_ token: Token, _ kind: OdysseyValue.Kind) {
    let text = text(of: token, kind)
    if let last = statements.indices.last, !statements[last].hasBlock,
      statements[last].parent == open.last,
      takes(statements[last], kind, text, isPair: statements[last].parent.map(isPairs) == true)
    {
      let value = OdysseyValue(kind: kind, text: text, range: token.range)
      statements[last].values.append(value)
      return
    }
    let isName = kind == .word || kind == .text && open.last.map(isPairs) == true
    guard isName else {
      // A template or a stray value; what it means is for whoever made it to say.
      fail(token.range, "a word is expected here, not \(text.prefix(40))")
      return
    }
    statements.append(
      OdysseyStatement(
        name: text, nameRange: token.range, values: [], parent: open.last, hasBlock: false))
  }

  /// Whether a statement takes one more value.
  private func takes(
    _ statement: OdysseyStatement, _ kind: OdysseyValue.Kind, _ text: String, isPair: Bool
  ) -> Bool {
    // `user "app" "10.0.0.0/8" hostssl {`: everything up to the block.
    if Self.routes.contains(statement.name), !isPair { return statement.values.count < 3 }
    guard statement.values.isEmpty else { return false }
    return kind != .word || Self.values.contains(text)
  }

  private func text(of token: Token, _ kind: OdysseyValue.Kind) -> String {
    guard kind == .text else { return String(decoding: bytes[token.range], as: UTF8.self) }
    var text: [UInt8] = []
    let inner = token.range.dropFirst().dropLast()
    var index = inner.startIndex
    while index < inner.endIndex {
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < inner.endIndex,
        bytes[index + 1] == UInt8(ascii: "\"")
      {
        index += 1
      }
      text.append(bytes[index])
      index += 1
    }
    return String(decoding: text, as: UTF8.self)
  }

  // MARK: tokens

  private struct Token {
    enum Kind {
      case open, close
      case value(OdysseyValue.Kind)
    }

    let kind: Kind
    let range: Range<Int>
  }

  private mutating func next() -> Token? {
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "#") {
        offset = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      } else if byte == 0x20 || (0x09...0x0D).contains(byte) {
        offset += 1
      } else {
        return token(byte)
      }
    }
    return nil
  }

  private mutating func token(_ byte: UInt8) -> Token {
    let start = offset
    // `{{ … }}` is a template's, not two blocks.
    if bytes[start...].starts(with: "{{".utf8) {
      while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n"),
        !bytes[offset...].starts(with: "}}".utf8)
      {
        offset += 1
      }
      offset = min(offset + 2, bytes.count)
      return Token(kind: .value(.other), range: start..<offset)
    }
    offset += 1
    switch byte {
    case UInt8(ascii: "{"): return Token(kind: .open, range: start..<offset)
    case UInt8(ascii: "}"): return Token(kind: .close, range: start..<offset)
    case UInt8(ascii: "\""):
      guard let end = textEnd(from: offset) else { break }
      offset = end + 1
      return Token(kind: .value(.text), range: start..<offset)
    default:
      while offset < bytes.count, Self.isWord(bytes[offset]) { offset += 1 }
      let kind = Self.kind(bytes[start..<offset])
      return Token(kind: .value(kind), range: start..<offset)
    }
    return Token(kind: .value(.other), range: start..<offset)
  }

  /// The quote that ends a text: the first behind no backslash, or else the last of all, as the
  /// longest match takes it.
  private func textEnd(from start: Int) -> Int? {
    guard lastPlainQuote >= start else { return lastQuote >= start ? lastQuote : nil }
    var index = start
    while index <= lastPlainQuote {
      let isEscaped = index > start && bytes[index - 1] == UInt8(ascii: "\\")
      if bytes[index] == UInt8(ascii: "\""), !isEscaped { return index }
      index += 1
    }
    return lastQuote
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\""), UInt8(ascii: "#"), 0x20,
      0x09...0x0D:
      false
    default: true
    }
  }

  private static func kind(_ bytes: ArraySlice<UInt8>) -> OdysseyValue.Kind {
    func isLetter(_ byte: UInt8) -> Bool {
      (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    guard let first = bytes.first else { return .other }
    if isLetter(first) {
      return bytes.allSatisfy { isLetter($0) || isDigit($0) } ? .word : .other
    }
    let digits = first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes
    let rest = digits.drop(while: isDigit)
    guard rest.count < digits.count else { return .other }
    return rest.count <= 2 && rest.allSatisfy { isLetter($0) } ? .number : .other
  }
}

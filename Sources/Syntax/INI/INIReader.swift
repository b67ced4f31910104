/// Splits an INI file into items, construct by construct.
struct INIReader {
  private(set) var items: [INIDocument.Item] = []
  private(set) var errors: [SyntaxError] = []
  fileprivate let bytes: [UInt8]
  fileprivate let dialect: INIDialect
  /// Where the text ends: at a NUL byte, as in every reader written in C.
  private let end: Int
  private var offset = 0
  private var section: String?

  init(_ bytes: [UInt8], dialect: INIDialect) {
    self.bytes = bytes
    self.dialect = dialect
    end = bytes.firstIndex(of: 0) ?? bytes.count
  }

  mutating func read() {
    while true {
      skipSpace()
      guard offset < end else { break }
      let byte = bytes[offset]
      if let word = includeWord() {
        include(word)
      } else if dialect.commentMarks.contains(byte) {
        let start = offset
        offset = lineEnd()
        items.append(.comment(start..<offset))
      } else if byte == UInt8(ascii: "[") {
        header()
      } else {
        entry()
      }
    }
    if end < bytes.count { items.append(.unread(end..<bytes.count)) }
  }

  private mutating func skipSpace() {
    let start = offset
    while offset < end, isSpace(bytes[offset]) { offset += 1 }
    if offset > start { items.append(.blank(start..<offset)) }
  }

  /// The line feed after `offset`, or the end of the text.
  private func lineEnd() -> Int {
    bytes[offset..<end].firstIndex(of: UInt8(ascii: "\n")) ?? end
  }

  private func isBlank(at index: Int) -> Bool {
    index < end && (bytes[index] == 0x20 || bytes[index] == 0x09)
  }

  /// Where `range` ends without the white space at its end.
  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var upper = range.upperBound
    while upper > range.lowerBound, isSpace(bytes[upper - 1]) { upper -= 1 }
    return range.lowerBound..<upper
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private mutating func fail(_ range: Range<Int>, _ message: String, help: String? = nil) {
    errors.append(SyntaxError(range: range, message: message, help: help))
    let start = offset
    offset = lineEnd()
    items.append(.unread(start..<offset))
  }

  private func includeWord() -> Range<Int>? {
    for word in dialect.includeWords {
      let upper = offset + word.utf8.count
      if isBlank(at: upper), bytes[offset..<upper].elementsEqual(word.utf8) {
        return offset..<upper
      }
    }
    return nil
  }

  private mutating func include(_ word: Range<Int>) {
    let stop = lineEnd()
    var start = word.upperBound
    while isBlank(at: start) { start += 1 }
    let target = trimmed(start..<stop)
    items.append(.include(INIInclude(wordRange: word, targetRange: target)))
    offset = target.upperBound
  }

  private mutating func header() {
    // Only as far as the bracket: a line may hold very many headers.
    var close = offset + 1
    while close < end, bytes[close] != UInt8(ascii: "]"), bytes[close] != UInt8(ascii: "\n") {
      close += 1
    }
    guard close < end, bytes[close] == UInt8(ascii: "]") else {
      return fail(trimmed(offset..<close), "this section header is not closed")
    }
    let name = offset + 1..<close
    section = text(name)
    items.append(.section(INISection(name: text(name), nameRange: name)))
    offset = close + 1
    guard !dialect.continuesAfterHeader else { return }
    while isBlank(at: offset) || offset < end && bytes[offset] == 0x0D { offset += 1 }
    if offset > close + 1 { items.append(.blank(close + 1..<offset)) }
    let stop = lineEnd()
    if offset < stop, !dialect.commentMarks.contains(bytes[offset]) {
      fail(trimmed(offset..<stop), "unexpected text after the section header")
    }
  }

  private mutating func entry() {
    guard let (key, keyRange) = key() else { return }
    let stop = bytes[keyRange.upperBound..<end].firstIndex(of: UInt8(ascii: "\n")) ?? end
    let limit = inlineComment(from: keyRange.upperBound, to: stop)
    var start = keyRange.upperBound
    while isBlank(at: start) { start += 1 }
    guard start < limit, dialect.separators.contains(bytes[start]) else {
      guard dialect.allowsBareKeys, trimmed(start..<max(start, limit)).isEmpty else {
        return fail(
          trimmed(keyRange.lowerBound..<stop), "a key and = are expected here",
          help: key.isEmpty ? nil : "write \(key) = value, or make the line a comment")
      }
      return append(key, keyRange, keyRange.upperBound..<keyRange.upperBound, false)
    }
    start += 1
    while start < limit, isBlank(at: start) { start += 1 }
    append(key, keyRange, trimmed(start..<limit), true)
  }

  private mutating func append(
    _ key: String, _ keyRange: Range<Int>, _ valueRange: Range<Int>, _ hasSeparator: Bool
  ) {
    items.append(
      .entry(
        INIEntry(
          section: section, key: key, keyRange: keyRange, valueRange: valueRange,
          hasSeparator: hasSeparator)))
    offset = valueRange.upperBound
  }

  private mutating func key() -> (String, Range<Int>)? {
    if let quote = dialect.keyQuote, bytes[offset] == quote {
      // The quote may close on a later line, as PgBouncer reads it.
      guard let close = bytes[(offset + 1)..<end].firstIndex(of: quote), close > offset + 1 else {
        fail(offset..<offset + 1, "this quoted key is empty or not closed")
        return nil
      }
      return (text(offset + 1..<close), offset..<close + 1)
    }
    let stop = lineEnd()
    var upper = offset
    if let allowed = dialect.keyBytes {
      while upper < stop, allowed.contains(bytes[upper]) { upper += 1 }
    } else {
      let limit = inlineComment(from: offset, to: stop)
      while upper < limit, !dialect.separators.contains(bytes[upper]) { upper += 1 }
    }
    let range = trimmed(offset..<upper)
    return (text(range), range)
  }

  /// Where an inline comment begins, or `stop`.
  private func inlineComment(from start: Int, to stop: Int) -> Int {
    guard !dialect.inlineCommentMarks.isEmpty else { return stop }
    if dialect.inlineCommentsNeedNoBlank { return commentOutsideQuotes(from: start, to: stop) }
    return (start..<stop).first { index in
      dialect.inlineCommentMarks.contains(bytes[index])
        && (index == start || isBlank(at: index - 1))
    } ?? stop
  }
}

extension INIReader {
  /// The first comment mark outside quotes; a backslash inside them spares the byte behind it.
  private func commentOutsideQuotes(from start: Int, to stop: Int) -> Int {
    var quote: UInt8?
    var isEscaped = false
    for index in start..<stop {
      let byte = bytes[index]
      if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\""), !isEscaped {
        if quote == nil { quote = byte } else if quote == byte { quote = nil }
      }
      if quote == nil, dialect.inlineCommentMarks.contains(byte) { return index }
      isEscaped = quote != nil && byte == UInt8(ascii: "\\") && !isEscaped
    }
    return stop
  }
}

/// What `isspace` accepts in the C locale.
private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

extension NginxReader {
  /// Reads a comment up to its line feed, which is left to be counted as a blank.
  mutating func readComment(_ bytes: UnsafeBufferPointer<UInt8>) {
    let start = offset
    var end = start + 1
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    checkLength(from: start, taken: end, line: line, in: bytes)
    comments.append(Int32(truncatingIfNeeded: start)..<Int32(truncatingIfNeeded: end))
    offset = end
  }

  /// Reads a word without quotes.
  mutating func readWord(_ bytes: UnsafeBufferPointer<UInt8>) {
    beginWord()
    let start = offset
    let startLine = line
    let count = bytes.count
    var end = start
    var hasEscapes = false
    var mended: Int?
    scan: while end < count {
      let byte = bytes[end]
      guard NginxByte.mayEndWord(byte) else {
        end += 1
        continue
      }
      switch byte {
      case UInt8(ascii: "\\"):
        hasEscapes = true
        if end + 1 < count, bytes[end + 1] == UInt8(ascii: "\n") { line += 1 }
        end = min(end + 2, count)
      case UInt8(ascii: "$"):
        end += 1
        // A brace behind a dollar sign belongs to the word, and so do further ones.
        while end < count, bytes[end] == UInt8(ascii: "{") { end += 1 }
      case UInt8(ascii: "{") where mendsBraces:
        guard let close = NginxSuspectBrace.end(of: end, in: bytes) else { break scan }
        if mended == nil { mended = end }
        end = close
      default:
        // `;` or `{` as the first byte never gets here; a blank never does.
        break scan
      }
    }
    if let mended { mend(mended) }
    appendWord(start..<end, .none, hasEscapes: hasEscapes)
    offset = end
    let isBlank = end < count && NginxByte.isBlank(bytes[end])
    checkLength(from: start, taken: isBlank ? end + 1 : end, line: startLine, in: bytes)
  }

  /// Reads a word in quotes and looks at what stands directly behind it.
  mutating func readQuotedWord(_ bytes: UnsafeBufferPointer<UInt8>) {
    beginWord()
    let quote = bytes[offset]
    let start = offset + 1
    let startLine = line
    let quoting: NginxWord.Quoting = quote == UInt8(ascii: "\"") ? .double : .single
    let limit = min(bytes.count, start + NginxBuffer.size)
    var end = start
    var hasEscapes = false
    while end < limit {
      let byte = bytes[end]
      if byte == quote { break }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        end += 1
        guard end < limit else { break }
      }
      if bytes[end] == UInt8(ascii: "\n") { line += 1 }
      end += 1
    }
    guard end < limit else {
      recoverUnclosed(quoting, from: start, line: startLine, in: bytes)
      return
    }
    appendWord(start..<end, quoting, hasEscapes: hasEscapes)
    offset = end + 1
    checkAfterQuote(contentStart: start, line: startLine, in: bytes)
  }

  /// Refuses what nginx refuses directly behind a closing quote.
  private mutating func checkAfterQuote(
    contentStart: Int, line startLine: Int, in bytes: UnsafeBufferPointer<UInt8>
  ) {
    guard offset < bytes.count else { return }
    let next = bytes[offset]
    let isBlank = NginxByte.isBlank(next)
    if checkLength(
      from: contentStart, taken: isBlank ? offset + 1 : offset, line: startLine, in: bytes)
    {
      return
    }
    switch next {
    case UInt8(ascii: ";"), UInt8(ascii: "{"), UInt8(ascii: ")"): return
    case UInt8(ascii: "}"): return  // The caller refuses it with the same words.
    default:
      guard !isBlank else { return }
      let isLong = startLine != line && recovers
      report(
        offset..<offset + 1, line: line,
        "unexpected \"\(String(decoding: bytes[offset..<offset + 1], as: UTF8.self))\"",
        help: startLine == line
          ? "a closing quote ends the word: quote the whole of it or nothing"
          : "this quote closes the string opened in line \(startLine)",
        repair: isLong ? closingRepair(from: contentStart, in: bytes) : nil,
        start: contentStart - 1)
      // More likely the string was meant to end in its own line than here.
      if isLong { rereadUnclosed(from: contentStart, line: startLine, in: bytes) }
    }
  }

  /// Refuses a word or comment that fills nginx's buffer while the file goes on.
  ///
  /// - Parameters:
  ///   - start: what the buffer is counted from.
  ///   - taken: the end of the bytes that nginx takes before it begins something new.
  ///   - line: the line of `start`, which nginx names.
  /// - Returns: whether it was refused.
  @discardableResult
  private mutating func checkLength(
    from start: Int, taken: Int, line: Int, in bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let full = start + NginxBuffer.size
    guard taken >= full, full < bytes.count else { return false }
    let beginning = String(decoding: bytes[start..<start + 10], as: UTF8.self)
    report(
      start..<taken, line: line, "too long parameter \"\(beginning)...\" started",
      help: bytes[start] == UInt8(ascii: "#")
        ? "nginx reads no more than 4095 bytes of a comment; break the line"
        : "nginx reads no more than 4095 bytes of a word")
    return true
  }

  /// Refuses a string that is not closed in time, and takes its first line for what was meant.
  private mutating func recoverUnclosed(
    _ quoting: NginxWord.Quoting, from start: Int, line startLine: Int,
    in bytes: UnsafeBufferPointer<UInt8>
  ) {
    let quote: Character = quoting == .double ? "\"" : "'"
    let goesOn = start + NginxBuffer.size < bytes.count
    let recovers = recovers
    report(
      start - 1..<start, line: goesOn ? startLine : line,
      goesOn
        ? "too long parameter, probably missing terminating \"\(quote)\" character"
        : Self.endInStatement,
      help: "the string opened in line \(startLine) is not closed",
      repair: recovers ? closingRepair(from: start, in: bytes) : nil)
    guard recovers else {
      appendWord(start..<bytes.count, quoting, hasEscapes: true, isClosed: false)
      offset = bytes.count
      return
    }
    appendUnclosed(quoting, from: start, line: startLine, in: bytes)
  }

  /// Takes a string's first line for the whole of it.
  private mutating func appendUnclosed(
    _ quoting: NginxWord.Quoting, from start: Int, line startLine: Int,
    in bytes: UnsafeBufferPointer<UInt8>
  ) {
    line = startLine
    let (end, isClosed) = endOfUnclosed(bytes[start - 1], from: start, in: bytes)
    let hasEscapes = bytes[start..<end].contains(UInt8(ascii: "\\"))
    appendWord(start..<end, quoting, hasEscapes: hasEscapes, isClosed: isClosed)
    offset = isClosed ? end + 1 : end
  }

  /// Reads the last word again, as a string that was meant to end in its first line.
  private mutating func rereadUnclosed(
    from start: Int, line startLine: Int, in bytes: UnsafeBufferPointer<UInt8>
  ) {
    guard let word = dropLastWord() else { return }
    appendUnclosed(word.quoting, from: start, line: startLine, in: bytes)
  }

  /// The quote that is missing at the end of a line, where the line ends its statement.
  private func closingRepair(from start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Repair? {
    let (end, isClosed) = endOfUnclosed(bytes[start - 1], from: start, in: bytes)
    guard !isClosed, end < bytes.count, bytes[end] == UInt8(ascii: ";"),
      bytes[start..<end].last != UInt8(ascii: "\\")
    else { return nil }
    let quote = String(decoding: bytes[start - 1..<start], as: UTF8.self)
    return .insert(quote, at: end, "close the string with \(quote) before the \";\"")
  }

  /// Where a string that nginx does not accept probably ends, in the line where it began.
  ///
  /// At its quote where that follows further on in the line; else before the `;` that ends the
  /// line; else with the line.
  private func endOfUnclosed(
    _ quote: UInt8, from start: Int, in bytes: UnsafeBufferPointer<UInt8>
  ) -> (end: Int, isClosed: Bool) {
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") {
      if bytes[end] == quote { return (end, true) }
      let next = end + 1
      let isPair =
        bytes[end] == UInt8(ascii: "\\") && next < bytes.count
        && bytes[next] != UInt8(ascii: "\n")
      end += isPair ? 2 : 1
    }
    while end > start, NginxByte.isBlank(bytes[end - 1]) { end -= 1 }
    let endsStatement = end - 1 > start && bytes[end - 1] == UInt8(ascii: ";")
    return (endsStatement ? end - 1 : end, false)
  }
}

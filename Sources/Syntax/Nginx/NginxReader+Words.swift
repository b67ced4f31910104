/// The limits of nginx's 4,096-byte read buffer, which are limits of what a file may say.
///
/// A word or comment that fills the buffer is refused once more of the file follows. nginx counts
/// from the first byte of a comment or word (behind the opening quote) to the byte it takes next,
/// so that a closing quote and one following blank count, but `;` and `{` end the word in time.
enum NginxBuffer {
  /// Bytes in the buffer.
  static let size = 4096
}

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
      default:
        // `;` or `{` as the first byte never gets here; a blank never does.
        break scan
      }
    }
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
    let next = offset < bytes.count ? bytes[offset] : nil
    let isBlank = next.map(NginxByte.isBlank) ?? false
    if checkLength(
      from: contentStart, taken: isBlank ? offset + 1 : offset, line: startLine, in: bytes)
    {
      return
    }
    switch next {
    case nil, UInt8(ascii: ";"), UInt8(ascii: "{"), UInt8(ascii: ")"): return
    case UInt8(ascii: "}"): return  // The caller refuses it with the same words.
    default:
      guard !isBlank else { return }
      report(
        offset..<offset + 1, line: line,
        "unexpected \"\(String(decoding: bytes[offset..<offset + 1], as: UTF8.self))\"",
        help: "a closing quote ends the word: quote the whole of it or nothing")
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
    let help = "the string opened here in line \(startLine) is never closed"
    if start + NginxBuffer.size < bytes.count {
      report(
        start - 1..<start, line: startLine,
        "too long parameter, probably missing terminating \"\(quote)\" character", help: help)
    } else {
      report(
        start - 1..<start, line: line,
        "unexpected end of file, expecting \";\" or \"}\"", help: help)
    }
    offset = bytes.count
  }
}

/// What single bytes mean to the reader.
enum NginxByte {
  /// Blanks, `;`, `{`, `$` and `\` below byte 64, then from byte 64 on.
  private static let low: UInt64 =
    1 << 9 | 1 << 10 | 1 << 13 | 1 << 32 | 1 << 36 | 1 << 59
  private static let high: UInt64 = 1 << (92 - 64) | 1 << (123 - 64)

  /// Whether a byte of an unquoted word needs a look: a blank, `;`, `{`, `$` or `\`.
  @inline(__always)
  static func mayEndWord(_ byte: UInt8) -> Bool {
    let mask = byte < 64 ? low : high
    return byte < 128 && mask >> UInt64(byte & 63) & 1 != 0
  }

  /// Whether nginx takes `byte` for a blank: SP, TAB, CR or LF and nothing else.
  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t")
      || byte == UInt8(ascii: "\r")
  }
}

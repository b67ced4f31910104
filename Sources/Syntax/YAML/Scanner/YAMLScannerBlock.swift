/// Scalars below `|` and `>`.
extension YAMLScanner {
  /// What the header of a block scalar says about its end and its indentation.
  private struct Header {
    /// `nil` keeps one line break, `true` (`+`) all, `false` (`-`) none.
    var keepsBreaks: Bool?
    var increment: Int?
  }

  mutating func fetchBlockScalar(_ style: YAMLStyle) throws(YAMLFault) {
    try removeSimpleKey()
    allowsSimpleKey = true
    let start = offset
    offset += 1
    let header = try scanHeader()
    let headerEnd = offset
    if offset < end { passBreak(breakLength(at: offset)) }
    let contentStart = offset
    let least = max(indent + 1, 1)
    var breaks: [UInt8] = []
    let width: Int
    if let increment = header.increment {
      width = max(indent, 0) + increment
      passBreaks(width: width, into: &breaks)
    } else {
      width = max(least, findWidth(into: &breaks))
    }
    var decoded: [UInt8] = []
    var pending: [UInt8] = []
    var stop = headerEnd
    while column == width, offset < end {
      decoded += breaks
      let isIndented = isBlank(text[offset])
      let chunk = offset
      while offset < end, breakLength(at: offset) == 0 { offset += 1 }
      decoded += text[chunk..<offset]
      stop = offset
      pending = []
      breaks = []
      _ = consumeBreak(into: &pending)
      passBreaks(width: width, into: &breaks)
      guard column == width, offset < end else { break }
      if style == .folded, pending == [0x0A], !isIndented, !isBlank(text[offset]) {
        if breaks.isEmpty { decoded.append(0x20) }
      } else {
        decoded += pending
      }
    }
    if header.keepsBreaks != false { decoded += pending }
    if header.keepsBreaks == true { decoded += breaks }
    var token = YAMLToken(kind: .scalar, start: start, end: stop, style: style)
    token.contentStart = min(contentStart, max(stop, headerEnd))
    token.contentEnd = max(stop, token.contentStart)
    token.value = values.count
    values.append(decoded)
    append(token)
  }

  /// Scans `+`, `-` and the digit in either order, and what else stands in the line.
  private mutating func scanHeader() throws(YAMLFault) -> Header {
    var header = Header()
    for _ in 0..<2 {
      switch text[offset] {
      case UInt8(ascii: "+") where header.keepsBreaks == nil: header.keepsBreaks = true
      case UInt8(ascii: "-") where header.keepsBreaks == nil: header.keepsBreaks = false
      case UInt8(ascii: "1")...UInt8(ascii: "9") where header.increment == nil:
        header.increment = Int(text[offset] - UInt8(ascii: "0"))
      case UInt8(ascii: "0"):
        throw YAMLFault(
          range: offset..<offset + 1, message: "found an indentation indicator equal to 0")
      default: continue
      }
      offset += 1
    }
    while isBlank(text[offset]) { offset += 1 }
    if text[offset] == UInt8(ascii: "#"), isBlank(text[offset - 1]) {
      while offset < end, breakLength(at: offset) == 0 { offset += 1 }
    }
    guard offset >= end || breakLength(at: offset) > 0 else {
      throw YAMLFault(
        range: offset..<offset + 1,
        message: "did not find expected comment or line break after the header of a block scalar")
    }
    return header
  }

  /// Steps over empty lines before the content.
  ///
  /// - Returns: the indentation of the longest of them or of the first line with content.
  private mutating func findWidth(into breaks: inout [UInt8]) -> Int {
    var width = 0
    while offset < end {
      if text[offset] == 0x20 {
        offset += 1
        width = max(width, column)
      } else if !consumeBreak(into: &breaks) {
        break
      }
    }
    return width
  }

  /// Steps over empty lines and at most `width` blanks of the next line.
  private mutating func passBreaks(width: Int, into breaks: inout [UInt8]) {
    repeat {
      while column < width, text[offset] == 0x20 { offset += 1 }
    } while consumeBreak(into: &breaks)
  }
}

extension TerminalText {
  /// `text` in lines of at most `width` columns, broken at spaces; longer words stay whole.
  ///
  /// Line feeds and runs of spaces count as one space: reasons are written as folded paragraphs.
  static func wrapped(_ text: String, width: Int) -> [String] {
    if let lines = plainlyWrapped(text, width: width) { return lines }
    var lines: [String] = []
    var line = ""
    var column = 0
    for word in text.split(whereSeparator: { $0 == " " || $0.isNewline || $0 == "\t" }) {
      let word = safe(String(word))
      let wordWidth = TerminalText.width(word)
      if !line.isEmpty, column + 1 + wordWidth > width {
        lines.append(line)
        (line, column) = ("", 0)
      }
      if !line.isEmpty {
        line += " "
        column += 1
      }
      line += word
      column += wordWidth
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }
  /// The same by bytes, for text that is nothing but printable ASCII; `nil` for any other.
  ///
  /// Reports of thousands of findings wrap as many reasons, and next to all of them are such.
  private static func plainlyWrapped(_ text: String, width: Int) -> [String]? {
    var text = text
    return text.withUTF8 { bytes -> [String]? in
      guard bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A || $0 == 0x09 }) else {
        return nil
      }
      var lines: [String] = []
      var line: [UInt8] = []
      line.reserveCapacity(width)
      var start = 0
      while start < bytes.count {
        guard bytes[start] > 0x20 else {
          start += 1
          continue
        }
        var end = start
        while end < bytes.count, bytes[end] > 0x20 { end += 1 }
        if !line.isEmpty, line.count + 1 + end - start > width {
          lines.append(String(decoding: line, as: UTF8.self))
          line.removeAll(keepingCapacity: true)
        }
        if !line.isEmpty { line.append(0x20) }
        line.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<end]))
        start = end
      }
      if !line.isEmpty { lines.append(String(decoding: line, as: UTF8.self)) }
      return lines
    }
  }
}

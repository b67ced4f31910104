extension TerminalText {
  /// `text` in lines of at most `width` columns, broken at spaces; longer words stay whole.
  ///
  /// Line feeds and runs of spaces count as one space: reasons are written as folded paragraphs.
  static func wrapped(_ text: String, width: Int) -> [String] {
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
}

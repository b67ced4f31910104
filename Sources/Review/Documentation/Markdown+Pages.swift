extension Markdown {
  /// Our own words in a cell of a table or in a line: only back-ticks are markup in them.
  static func prose(_ text: String) -> String {
    var result = ""
    var isCode = false
    for letter in text {
      switch letter {
      case "`":
        isCode.toggle()
        result.append(letter)
      case "|": result += "\\|"
      case "\n": result += " "
      case "*", "_", "<", ">", "[", "]", "\\": result += isCode ? "\(letter)" : "\\\(letter)"
      default: result.append(letter)
      }
    }
    // An odd number of backticks would make code of the rest.
    return isCode
      ? result.split(separator: "`", omittingEmptySubsequences: false)
        .joined(separator: "\\`") : result
  }

  /// A file's text as a block, the fence longer than any in it.
  static func block(_ text: String, language: String) -> String {
    var fence = "```"
    while text.contains(fence) { fence += "`" }
    let end = text.hasSuffix("\n") ? "" : "\n"
    return "\(fence)\(language)\n\(text)\(end)\(fence)"
  }

  static func row(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }

  /// The head of a table.
  static func head(_ cells: [String]) -> [String] {
    [row(cells), "|" + String(repeating: "---|", count: cells.count)]
  }
}

/// Markdown as far as tests need it: what stands outside blocks of code.
struct MarkdownLines {
  private(set) var outsideBlocks: [Substring] = []

  init(_ text: String) {
    var fence: Substring?
    for line in text.split(separator: "\n") {
      let ticks = line.prefix { $0 == "`" }
      if let open = fence {
        if ticks.count >= open.count, ticks.count == line.count { fence = nil }
      } else if ticks.count >= 3, !line.dropFirst(ticks.count).contains("`") {
        fence = ticks
      } else {
        outsideBlocks.append(line)
      }
    }
  }

  /// `line` without its spans of code, which end at a run of as many backticks as they begin with.
  static func withoutCode(_ line: Substring) -> String {
    var result = ""
    var rest = line[...]
    while let tick = rest.firstIndex(of: "`") {
      result += rest[..<tick]
      let run = rest[tick...].prefix { $0 == "`" }
      guard let end = closing(run.count, in: rest[run.endIndex...]) else {
        return result + rest[tick...]
      }
      rest = rest[end...]
    }
    return result + rest
  }

  private static func closing(_ count: Int, in text: Substring) -> Substring.Index? {
    var rest = text
    while let tick = rest.firstIndex(of: "`") {
      let run = rest[tick...].prefix { $0 == "`" }
      if run.count == count { return run.endIndex }
      rest = rest[run.endIndex...]
    }
    return nil
  }
}

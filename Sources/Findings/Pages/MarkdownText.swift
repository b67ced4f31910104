/// Text from outside in Markdown, as GitHub and GitLab read it.
///
/// A comment is written in the name of a bot: a value must not call people (`@everyone`), name
/// issues (`#1`, `!1`), load pictures, make links or run GitLab's quick actions (`/merge`). In code
/// nothing of that happens, so every word that is more than letters becomes code.
enum MarkdownText {
  /// `text` as prose, with the words in it that could mean something as code.
  static func prose(_ text: String) -> String {
    var result: [String] = []
    var code: [Substring] = []
    func flush() {
      if !code.isEmpty { result.append(self.code(code.joined(separator: " "))) }
      code.removeAll()
    }
    for word in TerminalText.safe(text).split(separator: " ") {
      if isPlain(word) {
        flush()
        result.append(String(word))
      } else if word.utf8.count > 2, word.first == "`", word.last == "`",
        !word.dropFirst().dropLast().contains("`")
      {
        // A message marks names as Markdown does.
        code.append(word.dropFirst().dropLast())
      } else {
        code.append(word)
      }
    }
    flush()
    return result.joined(separator: " ")
  }

  /// `text` as code, whatever is in it.
  static func code(_ text: String) -> String {
    let safe = TerminalText.safe(text)
    let fence = String(repeating: "`", count: longestRun(in: safe) + 1)
    guard !safe.isEmpty else { return "` `" }
    // A space that is put at both ends is taken away again.
    let isOpen = safe.hasPrefix("`") || safe.hasSuffix("`")
    let pad = isOpen || (safe.hasPrefix(" ") && safe.hasSuffix(" ")) ? " " : ""
    return fence + pad + safe + pad + fence
  }

  /// `lines` as a block of code.
  static func block(_ lines: [String], language: String) -> String {
    let run = lines.map(longestRun).max() ?? 0
    let fence = String(repeating: "`", count: max(3, run + 1))
    return ([fence + language] + lines + [fence]).joined(separator: "\n")
  }

  private static func longestRun(in text: String) -> Int {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }

  /// Whether no reader of Markdown makes anything of a word: letters and digits of any script, with
  /// the usual signs of a sentence around them.
  private static func isPlain(_ word: Substring) -> Bool {
    var core = word[...]
    while let first = core.first, "(\"'".contains(first) { core.removeFirst() }
    while let last = core.last, ")\"',;:.?".contains(last) { core.removeLast() }
    // A word of hexadecimal digits is the name of a commit.
    guard core.utf8.count < 7 || !core.utf8.allSatisfy(isHexadecimal) else { return false }
    var parts = core.split(separator: "-", omittingEmptySubsequences: false)
    // `GH-1` and `ABC-1` are issues.
    if parts.count > 1, parts.contains(where: { $0.first?.isNumber ?? true }) { return false }
    parts = parts.isEmpty ? [core] : parts
    return parts.allSatisfy { part in part.allSatisfy { $0.isLetter || $0.isNumber } }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}

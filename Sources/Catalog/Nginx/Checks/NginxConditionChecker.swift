import Syntax

/// Judges the condition of `if`, word by word as nginx takes it apart.
struct NginxConditionChecker {
  /// What is wrong, with the word that nginx names.
  struct Mistake {
    let argument: Int
    let message: String
    let help: String?
    /// What to write in the place of the word, where that is certain.
    var better: String?
  }

  private let words: [String]

  /// - Parameter arguments: those of `if`, with the parentheses.
  init(_ arguments: [String]) { words = arguments }

  var mistake: Mistake? {
    guard let first = words.first, first.hasPrefix("(") else {
      return invalid(0, help: "the condition stands in parentheses: `if ($variable = value)`")
    }
    var words = words
    var (current, last) = (0, words.count - 1)
    if first.utf8.count == 1 { current = 1 } else { words[0].removeFirst() }
    guard words[last].hasSuffix(")") else {
      return invalid(last, in: words, help: "the closing parenthesis is missing")
    }
    if words[last].utf8.count == 1 { last -= 1 } else { words[last].removeLast() }
    guard current < words.count else { return invalid(0) }
    let word = words[current]
    if word.utf8.count > 1, word.hasPrefix("$") {
      return comparison(current, last, words)
    }
    if word.utf8.count == 2 && word.hasPrefix("-") || word.utf8.count == 3 && word.hasPrefix("!-") {
      return test(current, last, words)
    }
    return invalid(current, in: words, help: help(for: word))
  }

  private func comparison(_ current: Int, _ last: Int, _ words: [String]) -> Mistake? {
    guard current == last || current + 2 == last else {
      return invalid(
        current, in: words,
        help: "write `$variable`, or `$variable`, an operator and one value with blanks between; "
          + "`if` knows neither and nor or")
    }
    guard current < last else { return nil }
    let sign = words[current + 1]
    guard !["=", "!=", "~", "~*", "!~", "!~*"].contains(sign) else { return nil }
    let better = ["==": "=", "===": "=", "=~": "~", "eq": "=", "!==": "!=", "<>": "!="][sign]
    return Mistake(
      argument: current + 1, message: "unexpected \"\(sign)\" in condition",
      help: better.map { "nginx writes it `\($0)`" } ?? "it knows = != ~ ~* !~ !~*",
      better: better)
  }

  private func test(_ current: Int, _ last: Int, _ words: [String]) -> Mistake? {
    let isKnown = words[current].last.map { "fdex".contains($0) } == true
    guard current + 1 == last, isKnown else {
      return invalid(current, in: words, help: "write -f, -d, -e or -x and one name")
    }
    return nil
  }

  private func help(for word: String) -> String? {
    if word == "!" { return "no blank after the \"!\": write `!-f`" }
    return word.isEmpty ? nil : "a condition begins with a variable, or with -f, -d, -e or -x"
  }

  private func invalid(_ argument: Int, in words: [String]? = nil, help: String? = nil) -> Mistake {
    let words = words ?? self.words
    let word = argument < words.count ? words[argument] : ""
    return Mistake(
      argument: min(argument, self.words.count - 1), message: "invalid condition \"\(word)\"",
      help: help)
  }
}

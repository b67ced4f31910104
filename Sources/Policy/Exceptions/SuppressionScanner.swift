package import Syntax

/// Finds the suppressions of one file.
package struct SuppressionScanner {
  package private(set) var suppressions: [Suppression] = []
  package private(set) var mistakes: [SuppressionMistake] = []

  private let source: SourceText
  private let style: CommentStyle
  private let lines: LineTable
  /// Blocks that were begun and are not ended: what they say, innermost last.
  private var open: [(statement: Statement, line: Int)] = []

  static let word = Array("headgate:".utf8)

  /// Scans `source`, if the word is in it at all.
  ///
  /// - Returns: `nil` for the usual file, which has none.
  package init?(_ source: SourceText, style: CommentStyle) {
    guard Self.mentions(source.bytes) else { return nil }
    self.source = source
    self.style = style
    lines = LineTable(source.bytes)
    scan()
  }

  /// Whether the word stands anywhere, looked for by its colon, which is rarer than its letters.
  private static func mentions(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { buffer in
      var index = word.count - 1
      while index < buffer.count {
        if buffer[index] == UInt8(ascii: ":"), buffer[index - 1] == UInt8(ascii: "e") {
          let start = index - word.count + 1
          if word.indices.allSatisfy({ buffer[start + $0] == word[$0] }) { return true }
        }
        index += 1
      }
      return false
    }
  }

  /// What a comment says.
  private struct Statement {
    let word: String
    let rules: [String]
    let reason: String
    let range: Range<Int>
  }

  private mutating func scan() {
    var waiting: [(statement: Statement, line: Int)] = []
    for number in 1...lines.lineCount {
      let range = lines.range(ofLine: number)
      let line = style.line(source.bytes, range)
      if line.hasContent {
        for (statement, own) in waiting { add(statement, .line(number), own) }
        waiting = []
      }
      guard let comment = line.comment, let statement = statement(in: comment) else { continue }
      switch statement.word {
      case "ignore" where line.hasContent: add(statement, .line(number), number)
      case "ignore": waiting.append((statement, number))
      case "ignore-file": add(statement, .file, number)
      case "ignore-start": open.append((statement, number))
      default: end(statement, number)
      }
    }
    for (statement, line) in waiting { add(statement, .line(line), line) }
    for (statement, line) in open {
      add(statement, .lines(line...max(line, lines.lineCount)), line)
    }
    suppressions.sort { $0.line < $1.line }
  }

  private mutating func end(_ statement: Statement, _ line: Int) {
    let index = open.lastIndex { statement.rules.isEmpty || $0.statement.rules == statement.rules }
    guard let index else {
      return mistakes.append(
        mistake(.malformed, "ignore-end closes nothing that ignore-start opened", statement.range))
    }
    let (begin, first) = open.remove(at: index)
    add(begin, .lines(first...line), first)
  }

  private mutating func add(_ statement: Statement, _ scope: Suppression.Scope, _ line: Int) {
    suppressions.append(
      Suppression(
        path: source.path, rules: statement.rules, reason: statement.reason, scope: scope,
        line: line, range: statement.range))
  }

  private func mistake(
    _ kind: SuppressionMistake.Kind, _ message: String, _ range: Range<Int>, help: String? = nil
  ) -> SuppressionMistake {
    SuppressionMistake(kind, message, help: help, path: source.path, range: range)
  }
}

// MARK: - One comment

extension SuppressionScanner {
  private static let words = ["ignore", "ignore-file", "ignore-start", "ignore-end"]
  private static let form = "write `headgate: ignore[RULE] REASON`"

  /// The statement of a comment; `nil` for other comments and for mistakes, which are noted.
  private mutating func statement(in comment: Range<Int>) -> Statement? {
    let bytes = source.bytes[comment]
    let body = bytes.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    guard body.starts(with: Self.word) else { return nil }
    let range = Self.trimmed(body)
    let text = String(decoding: source.bytes[range].dropFirst(Self.word.count), as: UTF8.self)
    let rest = text.drop { $0 == " " || $0 == "\t" }
    let word = String(rest.prefix { $0.isASCII && ($0.isLetter || $0 == "-" || $0 == "_") })
    let behind = rest.dropFirst(word.count).drop { $0 == " " || $0 == "\t" }
    guard Self.words.contains(word) else {
      // `nginx=1.24.0` and other words belong to somebody else, a slip of ours does not.
      if behind.first == "[", let meant = Suggestion.nearest(to: word, in: Self.words) {
        mistakes.append(
          mistake(.malformed, "`\(word)` suppresses nothing", range, help: "write `\(meant)`"))
      }
      return nil
    }
    guard behind.first == "[", let close = behind.firstIndex(of: "]") else {
      if word == "ignore-end", behind.isEmpty {
        return Statement(word: word, rules: [], reason: "", range: range)
      }
      mistakes.append(
        mistake(.malformed, "a suppression names its rules in brackets", range, help: Self.form))
      return nil
    }
    let rules = behind[behind.index(after: behind.startIndex)..<close].split(separator: ",")
      .map { Self.trimmed($0) }
    guard !rules.isEmpty, !rules.contains("") else {
      mistakes.append(
        mistake(.malformed, "a suppression names its rules in brackets", range, help: Self.form))
      return nil
    }
    let reason = Self.reason(behind[behind.index(after: close)...])
    guard !reason.isEmpty || word == "ignore-end" else {
      mistakes.append(
        mistake(
          .withoutReason, "a suppression without a reason suppresses nothing", range,
          help: "say behind the bracket why \(rules.joined(separator: ", ")) does not matter here"))
      return nil
    }
    return Statement(word: word, rules: rules, reason: reason, range: range)
  }

  /// The words behind the bracket, without a mark that joins them to it.
  private static func reason(_ text: Substring) -> String {
    String(trimmed(text).drop { $0 == ":" || $0 == "-" || $0 == "–" || $0 == "—" || $0 == " " })
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop { $0 == " " || $0 == "\t" || $0 == "\r" }
    while let last = text.last, last == " " || last == "\t" || last == "\r" { text.removeLast() }
    return String(text)
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> Range<Int> {
    var end = bytes.endIndex
    while end > bytes.startIndex, bytes[end - 1] <= UInt8(ascii: " ") { end -= 1 }
    return bytes.startIndex..<end
  }
}

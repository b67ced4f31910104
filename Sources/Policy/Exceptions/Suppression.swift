/// A comment that takes findings out of the count: `# headgate: ignore[rule] reason`.
package struct Suppression: Sendable, Hashable {
  package enum Scope: Sendable, Hashable {
    /// Findings that begin in one line: the comment's own, or the next one with content.
    case line(Int)
    /// From `ignore-start` to `ignore-end`, or to the end of the file.
    case lines(ClosedRange<Int>)
    case file
  }

  package let path: String
  /// The rules that it names.
  package let rules: [String]
  /// Why; never empty.
  package let reason: String
  package let scope: Scope
  /// Where the comment stands, from 1.
  package let line: Int
  /// The comment from `headgate:` on, in bytes.
  package let range: Range<Int>

  /// Whether it speaks of a finding of `rule` that begins in `line` of its file.
  package func covers(_ rule: String, line: Int) -> Bool {
    guard rules.contains(rule) else { return false }
    return switch scope {
    case .line(let own): own == line
    case .lines(let lines): lines.contains(line)
    case .file: true
    }
  }

  /// What it says, wherever it stands: how two versions of a file are compared.
  package var words: Words {
    Words(rules: rules.sorted(), reason: reason, isWholeFile: scope == .file)
  }

  package struct Words: Sendable, Hashable {
    package let rules: [String]
    package let reason: String
    package let isWholeFile: Bool
  }
}

/// A comment that was meant to suppress and does not.
package struct SuppressionMistake: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable {
    case withoutReason = "suppression/without-reason"
    case malformed = "suppression/malformed"
    case unknownRule = "suppression/unknown-rule"
    case unused = "suppression/unused"
  }

  package let kind: Kind
  /// What is wrong with it; lower case, no full stop.
  package let message: String
  package let help: String?
  package let path: String
  package let range: Range<Int>

  package init(
    _ kind: Kind, _ message: String, help: String? = nil, path: String, range: Range<Int>
  ) {
    self.kind = kind
    self.message = message
    self.help = help
    self.path = path
    self.range = range
  }
}

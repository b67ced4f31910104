import Catalog
import Findings
import Model
import Policy
import Syntax

/// What a check looked at, as far as it decides whether an exception was needed.
struct CheckScope {
  /// Whether only some rules were evaluated: of the others nothing is known.
  var isOfSomeRules = false
  /// Whether every file of the repository was read: what is not there is gone.
  var isWholeRepository = false
  /// Whether files were read with all that includes them.
  var hasIncluders = true
  /// Whether comparisons along the load path were made.
  var hasLoadPath = true
}

/// Applies suppressions, waivers and the baseline to what was found, and says which were not
/// needed.
struct ExceptionReview {
  private let exceptions: Exceptions
  private let scope: CheckScope
  private let policy: PolicySet
  private let knownRules: Set<String>
  private let sources: [String: SourceText]
  /// Files of which something could not be read.
  private let broken: Set<String>
  private let undecided: Set<Place>
  private var suppressed: SuppressedFindings
  private var mistakes: [SuppressionMistake] = []

  private struct Place: Hashable {
    let rule: String
    let path: String
  }

  init(
    _ collection: Collection, sources: [String: SourceText], policy: PolicySet,
    knownRules: Set<String>, exceptions: Exceptions, scope: CheckScope, broken: Set<String>,
    undecided: [Finding]
  ) {
    self.exceptions = exceptions
    self.scope = scope
    self.policy = policy
    self.knownRules = knownRules
    self.sources = sources
    self.broken = broken
    self.undecided = Set(undecided.map { Place(rule: $0.rule, path: $0.path) })
    var suppressions: [Suppression] = []
    var seen: Set<String> = []
    for entry in collection.entries {
      for source in entry.reading.sources where seen.insert(source.path).inserted {
        guard let style = CommentStyle.of(source.path, entry.technology.name),
          let scanner = SuppressionScanner(source, style: style)
        else { continue }
        suppressions += scanner.suppressions
        mistakes += scanner.mistakes
      }
    }
    suppressed = SuppressedFindings(suppressions)
  }

  /// What becomes of `findings`, with those about the exceptions themselves.
  ///
  /// - Returns: the entries of the baseline that are no longer needed, beside them.
  mutating func apply(
    to findings: [Finding], rootPath: (String) -> String
  ) -> (findings: [Finding], unneeded: [Baseline.Entry]) {
    let found = suppressed.apply(to: findings)
    mistakes += suppressed.mistakes(known: knownRules) { rule, suppression in
      scope.hasIncluders && isJudged(rule, in: suppression.path)
    }
    var lines = SourceLines()
    lines.add(Set(mistakes.map(\.path)).compactMap { sources[$0] })
    let own = mistakes.map { finding($0, &lines) }.sorted(by: Finding.isBefore)
    let all =
      own.isEmpty
      ? found
      : (found + Checker.fingerprint.assign(to: own, sources: sources, rootPath: rootPath))
        .sorted(by: Finding.isBefore)
    let excused = exceptions.apply(to: all, rootPath: rootPath)
    return (excused, unneeded(excused, rootPath))
  }

  private func unneeded(_ findings: [Finding], _ rootPath: (String) -> String) -> [Baseline.Entry] {
    guard let baseline = exceptions.baseline else { return [] }
    let needed = Set(findings.filter { $0.status == .baseline }.map(\.fingerprint))
    let read = Dictionary(
      sources.keys.map { (rootPath($0), $0) }, uniquingKeysWith: { first, _ in first })
    return baseline.entries.filter { entry in
      guard !needed.contains(entry.fingerprint), !scope.isOfSomeRules else { return false }
      guard let path = read[entry.path] else { return scope.isWholeRepository }
      return scope.hasIncluders
        && (isJudged(entry.rule, in: path) || !knownRules.contains(entry.rule))
    }
  }

  private func isJudged(_ rule: String, in path: String) -> Bool {
    guard !scope.isOfSomeRules, !broken.contains(path),
      !undecided.contains(Place(rule: rule, path: path))
    else { return false }
    guard let rule = policy.rules.first(where: { $0.definition.id == rule }) else { return true }
    return rule.isActive && (rule.definition.kind != .invariant || scope.hasLoadPath)
  }

  private func finding(_ mistake: SuppressionMistake, _ lines: inout SourceLines) -> Finding {
    let start = SourcePosition(line: 1, column: 1, offset: 0)
    let range = SourceRange(
      start: lines.position(path: mistake.path, offset: mistake.range.lowerBound) ?? start,
      end: lines.position(path: mistake.path, offset: mistake.range.upperBound) ?? start)
    return Finding(
      rule: mistake.kind.rawValue, severity: mistake.kind == .unused ? .note : .warning,
      message: mistake.message, path: mistake.path, range: range, why: mistake.kind.why,
      help: mistake.help)
  }
}

extension SuppressionMistake.Kind {
  fileprivate var why: String {
    switch self {
    case .withoutReason:
      "Whoever reads the file next cannot know whether the exception still holds."
    case .malformed, .unknownRule:
      "The comment looks as if it took a finding out, and takes out nothing."
    case .unused: "A comment that is not needed hides the next defect of its line."
    }
  }
}

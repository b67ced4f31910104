package import Findings
import Syntax

/// Which suppressions took which findings out, and what is wrong with the others.
package struct SuppressedFindings {
  private let byPath: [String: [Suppression]]
  private var used: Set<Suppression> = []

  package init(_ suppressions: [Suppression]) {
    byPath = Dictionary(grouping: suppressions, by: \.path)
  }

  /// `findings` with those as suppressed that a comment covers.
  ///
  /// What breaks a file's grammar, or keeps it from being read, cannot be talked away.
  package mutating func apply(to findings: [Finding]) -> [Finding] {
    guard !byPath.isEmpty else { return findings }
    return findings.map { finding in
      guard finding.status == .new, Self.canBeSuppressed(finding.rule),
        let suppression = byPath[finding.path]?.first(where: {
          $0.covers(finding.rule, line: finding.range.start.line)
        })
      else { return finding }
      used.insert(suppression)
      var finding = finding
      finding.status = .suppressed
      finding.excuse = Excuse(reason: suppression.reason, line: suppression.line)
      return finding
    }
  }

  /// What is wrong with the suppressions: rules that are none, and those that suppress nothing.
  ///
  /// - Parameters:
  ///   - known: the names of all rules.
  ///   - isJudged: whether a rule was evaluated on all of a file, so that a suppression of it that
  ///     was not needed is known to be unused.
  package func mistakes(
    known: Set<String>, isJudged: (_ rule: String, _ suppression: Suppression) -> Bool
  ) -> [SuppressionMistake] {
    byPath.values.flatMap { $0 }.sorted { ($0.path, $0.line) < ($1.path, $1.line) }
      .compactMap { suppression in
        if let rule = suppression.rules.first(where: { !Self.isRule($0, known) }) {
          return unknown(rule, known, suppression)
        }
        guard !used.contains(suppression),
          suppression.rules.allSatisfy({ isJudged($0, suppression) })
        else { return nil }
        let rules = suppression.rules.joined(separator: ", ")
        return SuppressionMistake(
          .unused, "nothing here is found by \(rules)", help: "remove the comment",
          path: suppression.path, range: suppression.range)
      }
  }

  private func unknown(
    _ rule: String, _ known: Set<String>, _ suppression: Suppression
  ) -> SuppressionMistake {
    let message =
      Self.canBeSuppressed(rule)
      ? "no rule is called \(rule)" : "\(rule) cannot be suppressed"
    let meant = Suggestion.nearest(to: rule, in: known.sorted())
    return SuppressionMistake(
      .unknownRule, message,
      help: meant.map { "did you mean \($0)?" } ?? "`headgate policy list` shows the rules",
      path: suppression.path, range: suppression.range)
  }

  private static func isRule(_ rule: String, _ known: Set<String>) -> Bool {
    known.contains(rule) || rule.hasSuffix("/refused-at-start") && canBeSuppressed(rule)
  }

  private static func canBeSuppressed(_ rule: String) -> Bool {
    !["syntax/", "include/", "suppression/", "gate/"].contains { rule.hasPrefix($0) }
  }
}

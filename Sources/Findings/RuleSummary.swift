/// What reports say of a rule once, however often it was broken.
package struct RuleSummary: Sendable, Hashable {
  /// As in ``Finding/rule``.
  package let id: String
  /// The defect in a few words.
  package let title: String
  /// The severity in force, after the team's decisions.
  package let severity: Severity
  /// The reason, in two or three sentences.
  package let why: String
  /// What to do, where the rule says it.
  package let help: String?
  /// Addresses of pages that back the rule.
  package let references: [String]

  package init(
    id: String, title: String, severity: Severity, why: String, help: String? = nil,
    references: [String] = []
  ) {
    self.id = id
    self.title = title
    self.severity = severity
    self.why = why
    self.help = help
    self.references = references
  }
}

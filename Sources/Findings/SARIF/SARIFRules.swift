import Syntax

/// The rules of a run: those in force, and those that findings name beside them (`syntax/…`).
struct SARIFRules {
  private let rules: [RuleSummary]
  private let indexes: [String: Int]
  private let origins: [String: RuleOrigin]

  init(_ rules: [RuleSummary], findings: [Finding], origins: [RuleOrigin]) {
    self.origins = Dictionary(
      origins.map { ($0.rule, $0) }, uniquingKeysWith: { first, _ in first })
    var rules = rules
    var indexes: [String: Int] = [:]
    for (index, rule) in rules.enumerated() { indexes[rule.id] = index }
    for finding in findings where indexes[finding.rule] == nil {
      indexes[finding.rule] = rules.count
      rules.append(
        RuleSummary(
          id: finding.rule, title: finding.rule, severity: finding.severity,
          why: finding.why ?? "", help: finding.help))
    }
    self.rules = rules
    self.indexes = indexes
  }

  func index(of rule: String) -> Int? { indexes[rule] }

  var descriptors: [JSON] { rules.map(descriptor) }

  private func descriptor(_ rule: RuleSummary) -> JSON {
    let title = SARIFText.description(rule.title, or: rule.id)
    let why = SARIFText.description(rule.why, or: title)
    let help = rule.help.map { SARIFText.description($0, or: why) } ?? why
    let pages = rule.references.map { "\n- <\($0)>" }.joined()
    return .object(present: [
      ("id", .string(rule.id)),
      ("name", .string(rule.id)),
      ("shortDescription", ["text": .string(title)]),
      ("fullDescription", ["text": .string(why)]),
      (
        "help",
        [
          "text": .string(help),
          "markdown": .string(
            markdown(why) + (rule.help.map { "\n\n" + markdown($0) } ?? "")
              + (pages.isEmpty ? "" : "\n\(pages)")),
        ]
      ),
      ("helpUri", rule.references.first.map { .string($0) }),
      ("defaultConfiguration", ["level": .string(rule.severity.rawValue)]),
      (
        "properties",
        .object(present: [
          ("tags", .array(rule.id.split(separator: "/").prefix(1).map { .string(String($0)) })),
          ("precision", "very-high"),
          ("problem.severity", .string(problem(rule.severity))),
          ("source", origins[rule.id].map { .string($0.source) }),
          ("sha256", origins[rule.id].map { .string($0.digest) }),
        ])
      ),
    ])
  }

  /// Prose for a Markdown reader: a rule's text may name `<key>` and `*`, but not set pages.
  private func markdown(_ text: String) -> String {
    var result = ""
    for character in text {
      if "\\<>[]*_@!".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }

  private func problem(_ severity: Severity) -> String {
    severity == .note ? "recommendation" : severity.rawValue
  }
}

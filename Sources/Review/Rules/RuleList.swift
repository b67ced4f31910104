import Audit
import Findings
import Model
package import Policy
package import Syntax

/// The rules in force, a line each: what `headgate policy list` prints.
package struct RuleList: Sendable {
  private let rules: [ConfiguredRule]

  package init(_ policy: PolicySet) {
    rules = policy.rules
  }

  private init(rules: [ConfiguredRule]) {
    self.rules = rules
  }

  /// The rules that a filter lets through.
  package func only(_ filter: RuleFilter) -> RuleList {
    RuleList(rules: rules.filter { filter.takes($0.definition) })
  }

  /// The table, under a line of headings.
  ///
  /// - Parameter long: whether it shows where each rule comes from, and its digest.
  package func text(long: Bool = false) -> String {
    var rows = [["RULE", "SEVERITY", "PACKS", "FOR"] + (long ? ["DIGEST", "SOURCE"] : ["TITLE"])]
    for rule in rules {
      let definition = rule.definition
      let title = definition.title + (rule.whyIdle.map { " (\($0))" } ?? "")
      rows.append(
        [
          definition.id, rule.severity(in: "")?.rawValue ?? "off",
          definition.packs.map(\.rawValue).joined(separator: ","), definition.kind.rawValue,
        ]
          + (long
            ? [String(definition.digest.prefix(12)), definition.source.description] : [title]))
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { row in
      zip(row, widths).enumerated().map { column, cell in
        column == row.count - 1
          ? TerminalText.safe(cell.0) : TerminalText.safe(cell.0).padded(to: cell.1)
      }.joined(separator: "  ")
    }
    return (lines + ["", summary]).joined(separator: "\n") + "\n"
  }

  private var summary: String {
    let active = rules.count(where: \.isActive)
    let own = rules.count { $0.definition.source != .builtIn }
    return "\(rules.count) \(rules.count == 1 ? "rule" : "rules"), \(active) of them on"
      + (own > 0 ? "; \(own) not built in" : "")
      + "; headgate explain RULE tells more"
  }

  package var documents: [RuleDocument] { rules.map(RuleDocument.init) }

  package var json: JSON {
    ["version": 1, "rules": .array(rules.map { RuleDocument($0).json })]
  }

  /// The rule called `name`, by its id or its catalogue code.
  ///
  /// - Throws: `Failure` with the names that come near when there is none.
  package func rule(_ name: String) throws(Failure) -> ConfiguredRule {
    let wanted = name.lowercased()
    if let rule = rules.first(where: {
      $0.definition.id == wanted || $0.definition.code?.lowercased() == wanted
        || $0.definition.aliases.contains { $0.lowercased() == wanted }
    }) {
      return rule
    }
    let names = rules.map(\.definition.id)
    var near = names.filter { id in
      id.contains(wanted) || wanted.contains(id.split(separator: "/").last ?? "")
    }
    if near.isEmpty, let nearest = Suggestion.nearest(to: wanted, in: names) { near = [nearest] }
    throw Failure(
      "no rule is called \(TerminalText.safe(name))",
      help: near.isEmpty
        ? "headgate policy list names them all"
        : "did you mean \(near.prefix(4).joined(separator: ", "))?")
  }
}

extension ConfiguredRule {
  /// Why it looks at nothing, in words; `nil` where it does.
  var whyIdle: String? {
    switch idleness {
    case nil: nil
    case .off: "off in .headgate.yaml"
    case .packs(let packs):
      "off: `packs` chooses \(packs.count == 1 ? "not this one" : "none of these")"
    case .parameter(let name): "idle: the parameter `\(name)` is not set"
    }
  }
}

extension RuleDefinition {
  /// SHA-256 of what decides its verdicts, in hexadecimal; settings of a team are not part of it.
  var digest: String { Digest(of: Array(verdictText.utf8)).hex }
}

extension PolicySet {
  /// Where the rules that are on come from.
  var origins: [RuleOrigin] {
    rules.filter(\.isActive).map {
      RuleOrigin(
        rule: $0.definition.id, source: $0.definition.source.description,
        digest: $0.definition.digest)
    }
  }
}

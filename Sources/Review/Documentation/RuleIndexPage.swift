import Findings
import Policy

/// The list of all rules in the documentation, one table an area.
struct RuleIndexPage {
  private let rules: [RuleDefinition]

  init(_ rules: [RuleDefinition]) {
    self.rules = rules
  }

  /// The page as Markdown.
  var text: String {
    var lines = [
      "# Rules", "",
      "\(rules.count) rules come with Headgate. `headgate explain RULE` prints one with the values "
        + "in force; [policy.md](../policy.md) tells how to set, switch and write them, "
        + "[fields.md](fields.md) what they can ask.",
    ]
    for area in areas {
      lines += ["", "## \(area)", ""]
      lines += Markdown.head(["rule", "severity", "code", "packs", "what is wrong"])
      lines += rules.filter { $0.area == area }.map { rule in
        Markdown.row([
          "[\(rule.id)](\(rule.id).md)", rule.severity.rawValue, rule.code ?? "",
          rule.packs.map(\.rawValue).sorted().joined(separator: ", "), Markdown.prose(rule.title),
        ])
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var areas: [String] {
    var seen: Set<String> = []
    return rules.map(\.area).filter { seen.insert($0).inserted }
  }
}

extension RuleDefinition {
  /// The part of the name before the slash.
  fileprivate var area: String { String(id.prefix { $0 != "/" }) }
}

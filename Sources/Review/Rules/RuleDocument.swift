import Findings
import Model
package import Policy
package import Syntax

/// A rule explained: what `headgate explain` prints.
package struct RuleDocument: Sendable {
  private let rule: ConfiguredRule

  package init(_ rule: ConfiguredRule) {
    self.rule = rule
  }

  /// The explanation for a terminal of `width` columns.
  package func text(width: Int) -> String {
    let definition = rule.definition
    var lines = ["\(definition.id)\(definition.code.map { " (\($0))" } ?? ""), \(level)", ""]
    lines += wrap(definition.title, indent: 0, width)
    lines += wrap("packs: \(packText)", indent: 0, width)
    lines += section("why", definition.why, width)
    lines += ["", "condition"]
    lines += wrap("for each \(definition.kind.rawValue)\(subjectText)", indent: 2, width)
    if let when = definition.when { lines += wrap("when     \(flat(when))", indent: 2, width) }
    lines += wrap("require  \(flat(definition.require))", indent: 2, width)
    lines += parameterLines(width)
    if let limits = definition.limits { lines += section("what it does not see", limits, width) }
    lines += fixLines(width)
    lines += exampleLines("bad", definition.bad) + exampleLines("good", definition.good)
    lines += ["", "references"] + definition.references.map { "  \($0)" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The rule's page in the documentation.
  package var markdown: String { RulePage(rule.definition).text }

  /// The rule as data.
  package var json: JSON {
    let definition = rule.definition
    return [
      "id": .string(definition.id), "code": .string(orNull: definition.code),
      "title": .string(definition.title), "severity": .string(level),
      "packs": .array(definition.packs.map { .string($0.rawValue) }),
      "for": .string(definition.kind.rawValue),
      "directives": .array(definition.directives.map { .string($0) }),
      "when": .string(orNull: definition.when),
      "require": .string(definition.require), "why": .string(definition.why),
      "limits": .string(orNull: definition.limits), "active": .bool(rule.isActive),
      "parameters": .array(
        rule.parameters(in: "").map { parameter, value in
          [
            "name": .string(parameter.name), "type": .string(parameter.type.rawValue),
            "value": .string(orNull: value?.description), "about": .string(parameter.about),
          ]
        }),
      "references": .array(definition.references.map { .string($0) }),
    ]
  }

  private var level: String { rule.severity(in: "")?.rawValue ?? "off" }

  private var packText: String {
    let packs = rule.definition.packs.map(\.rawValue).joined(separator: ", ")
    return rule.whyIdle.map { "\(packs) (\($0))" } ?? packs
  }

  private var subjectText: String {
    let names = rule.definition.directives.joined(separator: ", ")
    let products = rule.definition.products.map(\.description).joined(separator: ", ")
    return (names.isEmpty ? "" : " \(names)") + (products.isEmpty ? "" : " of \(products)")
  }

  private func parameterLines(_ width: Int) -> [String] {
    let parameters = rule.parameters(in: "")
    guard !parameters.isEmpty else { return [] }
    return ["", "parameters (rules: in .headgate.yaml)"]
      + parameters.flatMap { parameter, value in
        wrap(
          "\(parameter.name): \(value?.description ?? "not set, so the rule is idle")"
            + " (\(parameter.type.rawValue)). \(parameter.about)", indent: 2, width)
      }
  }

  private func fixLines(_ width: Int) -> [String] {
    guard let fix = rule.definition.fix else { return [] }
    var lines = ["", "fix (\(fix.safety.rawValue))"]
    if let set = fix.set, let to = fix.to { lines.append("  set \(set) to \(flat(to))") }
    if let text = fix.text { lines += wrap(flat(text), indent: 2, width) }
    return lines
  }

  private func exampleLines(_ label: String, _ examples: [RuleExample]) -> [String] {
    examples.flatMap { example in
      var lines = [
        "", "\(label): \(example.file)" + (example.about.map { " (\(flat($0)))" } ?? ""),
      ]
      lines += indented(example.text)
      for other in example.others {
        lines.append("  beside it, \(other.path):")
        lines += indented(other.text)
      }
      return lines
    }
  }

  private func section(_ title: String, _ text: String, _ width: Int) -> [String] {
    ["", title] + wrap(flat(text), indent: 2, width)
  }

  private func indented(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { $0.isEmpty ? "" : "    \(TerminalText.safe(String($0)))" }
  }

  private func flat(_ text: String) -> String {
    text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
  }

  private func wrap(_ text: String, indent: Int, _ width: Int) -> [String] {
    let blank = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, indent + line.count + 1 + word.count > width {
        lines.append(blank + line)
        line = String(word)
      } else {
        line += (line.isEmpty ? "" : " ") + word
      }
    }
    if !line.isEmpty { lines.append(blank + line) }
    return lines
  }
}

extension ConfiguredRule {
  /// Why it looks at nothing, in words; `nil` where it does.
  fileprivate var whyIdle: String? {
    switch idleness {
    case nil: nil
    case .off: "off in .headgate.yaml"
    case .packs(let packs):
      "off: `packs` chooses \(packs.count == 1 ? "not this one" : "none of these")"
    case .parameter(let name): "idle: the parameter `\(name)` is not set"
    }
  }
}

/// The rules in force, a line each: what `headgate policy list` prints.
package struct RuleList: Sendable {
  private let policy: PolicySet

  package init(_ policy: PolicySet) {
    self.policy = policy
  }

  package var text: String {
    let width = policy.rules.map(\.definition.id.count).max() ?? 0
    let packWidth =
      policy.rules.map { $0.definition.packs.map(\.rawValue).joined(separator: ",").count }.max()
      ?? 0
    let lines = policy.rules.map { rule in
      let level = rule.severity(in: "")?.rawValue ?? "off"
      let packs = rule.definition.packs.map(\.rawValue).joined(separator: ",")
      return "\(rule.definition.id.padded(to: width))  \(level.padded(to: 7))  "
        + "\(packs.padded(to: packWidth))  "
        + rule.definition.title + (rule.whyIdle.map { " (\($0))" } ?? "")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  package var documents: [RuleDocument] { policy.rules.map(RuleDocument.init) }

  package var json: JSON {
    ["version": 1, "rules": .array(policy.rules.map { RuleDocument($0).json })]
  }

  /// The rule called `name`, by its id or its catalogue code.
  ///
  /// - Throws: `Failure` with the names that come near when there is none.
  package func rule(_ name: String) throws(Failure) -> ConfiguredRule {
    let wanted = name.lowercased()
    if let rule = policy.rules.first(where: {
      $0.definition.id == wanted || $0.definition.code?.lowercased() == wanted
        || $0.definition.aliases.contains { $0.lowercased() == wanted }
    }) {
      return rule
    }
    let names = policy.rules.map(\.definition.id)
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

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
    // A team's rules, and shared ones, are a stranger's words.
    return lines.map { TerminalText.safe($0) }.joined(separator: "\n") + "\n"
  }

  /// The rule's page in the documentation.
  package var markdown: String {
    RulePage(rule.definition).text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in
        line.split(separator: "\t", omittingEmptySubsequences: false)
          .map { TerminalText.safe(String($0)) }.joined(separator: "\t")
      }.joined(separator: "\n")
  }

  /// The rule as data.
  package var json: JSON {
    let definition = rule.definition
    return [
      "id": .string(definition.id), "code": .string(orNull: definition.code),
      "title": .string(definition.title), "severity": .string(level),
      "packs": .array(definition.packs.map { .string($0.rawValue) }),
      "source": .string(definition.source.description), "digest": .string(definition.digest),
      "for": .string(definition.kind.rawValue),
      "products": .array(definition.products.map { .string($0.description) }),
      "directives": .array(definition.directives.map { .string($0) }),
      "when": .string(orNull: definition.when),
      "require": .string(definition.require), "why": .string(definition.why),
      "limits": .string(orNull: definition.limits), "active": .bool(rule.isActive),
      "idle": .string(orNull: rule.whyIdle),
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

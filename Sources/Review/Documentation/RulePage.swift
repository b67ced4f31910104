import Findings
import Model
import Policy

/// A rule's page in the documentation.
struct RulePage {
  private let rule: RuleDefinition

  init(_ rule: RuleDefinition) {
    self.rule = rule
  }

  /// The page as Markdown.
  var text: String {
    var lines = ["# \(rule.id)", "", "**\(Markdown.prose(rule.title))**", ""]
    lines += Markdown.head(["severity", "code", "packs", "about", "fix"])
    lines.append(
      Markdown.row([
        rule.severity.rawValue, rule.code ?? "",
        rule.packs.map(\.rawValue).sorted().joined(separator: ", "), subject,
        fixWord,
      ]))
    lines += ["", flat(rule.why)]
    lines += condition + parameters
    if let limits = rule.limits { lines += ["", "## What it does not see", "", flat(limits)] }
    lines += fix
    lines += examples("## Found", rule.bad) + examples("## Not found", rule.good)
    lines += ["", "## References", ""] + rule.references.map { "- <\($0)>" }
    return lines.joined(separator: "\n") + "\n"
  }

  private var subject: String {
    let products = rule.products.map(\.description)
    let kind = rule.kind.rawValue
    return Markdown.prose(
      products.isEmpty ? kind : "\(kind) of \(products.joined(separator: ", "))")
  }

  private var fixWord: String {
    guard let fix = rule.fix else { return "none" }
    return fix.set == nil ? "in words" : fix.safety.rawValue
  }

  private var condition: [String] {
    var lines = ["", "## Condition", ""]
    if let when = rule.when { lines += ["Where", "", Markdown.block(flat(when), language: "cel")] }
    lines += [rule.when == nil ? "This must hold:" : "this must hold:", ""]
    return lines + [Markdown.block(flat(rule.require), language: "cel")]
  }

  private var parameters: [String] {
    guard !rule.parameters.isEmpty else { return [] }
    return ["", "## Parameters", ""] + Markdown.head(["name", "type", "default", "what it is"])
      + rule.parameters.map { parameter in
        Markdown.row([
          Markdown.code(parameter.name), parameter.type.rawValue,
          parameter.defaultValue.map { Markdown.code($0.description) }
            ?? "none: the rule is idle until it is set", Markdown.prose(parameter.about),
        ])
      }
  }

  private var fix: [String] {
    guard let fix = rule.fix else { return [] }
    var lines = ["", "## Fix (\(fix.safety.rawValue))", ""]
    if let set = fix.set, let to = fix.to {
      lines.append("Sets \(Markdown.code(set.description)) to \(Markdown.code(flat(to))).")
    }
    if let text = fix.text { lines.append(Markdown.prose(flat(text))) }
    return lines
  }

  private func examples(_ title: String, _ examples: [RuleExample]) -> [String] {
    guard !examples.isEmpty else { return [] }
    var lines = ["", title]
    for example in examples {
      lines += ["", heading(of: example), ""]
      lines.append(Markdown.block(example.text, language: language(of: example.file)))
      for other in example.others {
        lines += ["", "Beside it \(Markdown.code(other.path)):", ""]
        lines.append(Markdown.block(other.text, language: language(of: other.path)))
      }
    }
    return lines
  }

  /// The file's name, what the example shows, and the lines in which something is found.
  private func heading(of example: RuleExample) -> String {
    var parts = [Markdown.code(example.file)]
    if let about = example.about { parts.append(Markdown.prose(flat(about))) }
    if !example.products.isEmpty {
      let products = example.products.sorted { $0.key < $1.key }
      parts.append(products.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
    }
    let lines = example.finds.map { $0.path == example.file ? "\($0.line)" : "\($0)" }
    if lines.count == 1 { parts.append("line \(lines[0])") }
    if lines.count > 1 { parts.append("lines \(lines.joined(separator: ", "))") }
    return parts.joined(separator: " · ")
  }

  private func language(of path: String) -> String {
    if path.hasSuffix(".yml") || path.hasSuffix(".yaml") { return "yaml" }
    if path.hasSuffix(".ini") { return "ini" }
    if path.hasSuffix(".properties") { return "properties" }
    if rule.id.hasPrefix("nginx/") { return "nginx" }
    return "text"
  }

  private func flat(_ text: String) -> String {
    text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
  }
}

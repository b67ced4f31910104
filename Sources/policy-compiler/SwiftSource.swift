import Findings
import Model
import Policy

/// Writes rules as Swift source.
///
/// One function a rule, with the parts as typed constants: the type checker takes long over one
/// large literal, and texts that nobody asks for are never touched.
enum SwiftSource {
  static func file(of rules: [RuleDefinition]) -> String {
    let rules = rules.sorted { $0.id < $1.id }
    var text = """
      // Written by policy-compiler from policies/; changes belong there.
      import Findings
      import Model
      package import Policy

      /// The rules that come with Headgate, in order of their names.
      package enum BuiltInPolicies {
        package static let rules: [RuleDefinition] = [

      """
    for index in rules.indices { text += "    rule\(index)(),\n" }
    text += "  ]\n"
    for (index, rule) in rules.enumerated() { text += function(rule, index) }
    return text + "}\n"
  }

  /// The JSON Schemas, as the texts that `headgate policy schema` prints.
  static func schemas(_ schemas: [(name: String, text: String)]) -> String {
    var text = "\n/// The JSON Schemas of what people write for Headgate.\n"
    text += "package enum BuiltInSchemas {\n"
    for schema in schemas {
      text += "  package static let \(schema.name): String = \(literal(schema.text))\n"
    }
    return text + "}\n"
  }

  private static func function(_ rule: RuleDefinition, _ index: Int) -> String {
    """

      private static func rule\(index)() -> RuleDefinition {
        let directives: [String] = \(list(rule.directives.map(literal)))
        let aliases: [String] = \(list(rule.aliases.map(literal)))
        let downgrade: RuleDowngrade? = \(rule.downgrade.map(self.downgrade) ?? "nil")
        let packs: [Pack] = \(list(rule.packs.map { ".\($0)" }))
        let products: [ProductRequirement] = \(list(rule.products.map(product)))
        let parameters: [RuleParameter] = \(list(rule.parameters.map(parameter)))
        let at: [FieldPath] = \(list(rule.at.map(path)))
        let related: [FieldPath] = \(list(rule.related.map(path)))
        let fix: RuleFix? = \(rule.fix.map(self.fix) ?? "nil")
        let references: [String] = \(list(rule.references.map(literal)))
        let bad: [RuleExample] = \(list(rule.bad.map(example)))
        let good: [RuleExample] = \(list(rule.good.map(example)))
        return RuleDefinition(
          id: \(literal(rule.id)), code: \(optional(rule.code)), aliases: aliases,
          title: \(literal(rule.title)), severity: .\(rule.severity), downgrade: downgrade,
          kind: .\(rule.kind), directives: directives,
          packs: packs, products: products,
          when: \(optional(rule.when)), require: \(literal(rule.require)),
          parameters: parameters, at: at, related: related, message: \(literal(rule.message)),
          fix: fix, givesWay: \(rule.givesWay), why: \(literal(rule.why)),
          limits: \(optional(rule.limits)), references: references, bad: bad, good: good)
      }

    """
  }

  private static func product(_ product: ProductRequirement) -> String {
    let bounds = product.versions.map { bound in
      let parts = bound.version.parts.map(\.description).joined(separator: ", ")
      return "VersionBound(.\(bound.comparison), Version(\(parts)))"
    }
    return "ProductRequirement(name: \(literal(product.name)), versions: \(list(bounds)))"
  }

  private static func parameter(_ parameter: RuleParameter) -> String {
    let value = parameter.defaultValue.map(self.value) ?? "nil"
    return "RuleParameter(name: \(literal(parameter.name)), type: .\(parameter.type), "
      + "defaultValue: \(value), unit: .\(parameter.unit), about: \(literal(parameter.about)))"
  }

  private static func value(_ value: ParameterValue) -> String {
    switch value {
    case .bool(let value): ".bool(\(value))"
    case .int(let value): ".int(\(value))"
    case .double(let value): ".double(\(value))"
    case .string(let value): ".string(\(literal(value)))"
    case .duration(let value): ".duration(\(value))"
    case .strings(let values): ".strings(\(list(values.map(literal))))"
    }
  }

  private static func downgrade(_ downgrade: RuleDowngrade) -> String {
    "RuleDowngrade(when: \(literal(downgrade.when)), severity: .\(downgrade.severity))"
  }

  private static func path(_ path: FieldPath) -> String {
    "FieldPath(root: \(literal(path.root)), field: \(optional(path.field)))"
  }

  private static func fix(_ fix: RuleFix) -> String {
    "RuleFix(set: \(fix.set.map(path) ?? "nil"), to: \(optional(fix.to)), "
      + "safety: .\(fix.safety), text: \(optional(fix.text)))"
  }

  private static func example(_ example: RuleExample) -> String {
    let others = example.others.map {
      "ExampleFile(path: \(literal($0.path)), text: \(literal($0.text)))"
    }
    let finds = example.finds.map {
      "ExpectedFinding(path: \(literal($0.path)), line: \($0.line))"
    }
    let products = example.products.sorted { $0.key < $1.key }
      .map { "\(literal($0.key)): \(literal($0.value))" }
    let parameters = example.parameters.sorted { $0.key < $1.key }
      .map { "\(literal($0.key)): \(value($0.value))" }
    return "RuleExample(file: \(literal(example.file)), text: \(literal(example.text)), "
      + "others: \(list(others)), finds: \(list(finds)), about: \(optional(example.about)), "
      + "environment: \(optional(example.environment)), products: \(map(products)), "
      + "parameters: \(map(parameters)))"
  }

  private static func list(_ elements: [String]) -> String {
    "[\(elements.joined(separator: ", "))]"
  }

  private static func map(_ entries: [String]) -> String {
    entries.isEmpty ? "[:]" : list(entries)
  }

  private static func optional(_ text: String?) -> String { text.map(literal) ?? "nil" }

  private static func literal(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case " "..."~": result.unicodeScalars.append(scalar)
      default: result += "\\u{\(String(scalar.value, radix: 16))}"
      }
    }
    return result + "\""
  }
}

import Findings
import Syntax

/// Joins rules with what `.headgate.yaml` says about them.
struct SettingsBinder {
  private let rules: [RuleDefinition]
  private let configuration: Configuration
  private(set) var problems: [PolicyProblem] = []

  init(rules: [RuleDefinition], configuration: Configuration) {
    self.rules = rules
    self.configuration = configuration
  }

  mutating func bind() -> [ConfiguredRule] {
    reportUnknownRules()
    return rules.map { configured($0) }
  }

  private mutating func reportUnknownRules() {
    guard !configuration.rules.isEmpty else { return }
    let names = rules.map(\.id)
    let areas = Set(names.map { Self.areaPattern(of: $0) })
    for (name, settings) in configuration.rules.sorted(by: { $0.key < $1.key })
    where !names.contains(name) && !areas.contains(name) {
      var file = PolicyFileReader(settings.source)
      let code = rules.first { $0.code == name || $0.aliases.contains(name) }
      file.report(
        "there is no rule `\(name)`", at: settings.key,
        suggestion: code?.id ?? Suggestion.nearest(to: name, in: names + areas.sorted()))
      problems += file.problems
    }
  }

  /// `pool/size-below-minimum` belongs to `pool/*`.
  private static func areaPattern(of id: String) -> String {
    "\(id.prefix { $0 != "/" })/*"
  }

  private mutating func configured(_ rule: RuleDefinition) -> ConfiguredRule {
    let isChosen = rule.packs.contains(where: configuration.packs.contains)
    var layers = [configuration.rules[rule.id]].compactMap { $0 }
    // An area's severity is about the rules that are on; only `on` brings those of other packs.
    if let area = configuration.rules[Self.areaPattern(of: rule.id)],
      isChosen || area.level == .on || configuration.rules[rule.id]?.turnsOn == true
    {
      layers.insert(area, at: 0)
    }
    let start = ConfiguredRule.Setup(
      severity: isChosen ? rule.severity : nil, parameters: rule.parameters.map(\.defaultValue))
    guard !layers.isEmpty else {
      return ConfiguredRule(
        definition: rule, base: start, environments: [:], isChosen: isChosen)
    }
    let base = layers.reduce(start) { apply($1, to: $0, rule) }
    var environments: [String: ConfiguredRule.Setup] = [:]
    for name in Set(layers.flatMap(\.environments.keys)) {
      environments[name] = layers.compactMap { $0.environments[name] }
        .reduce(base) { apply($1, to: $0, rule) }
    }
    return ConfiguredRule(
      definition: rule, base: base, environments: environments, isChosen: isChosen)
  }

  private mutating func apply(
    _ settings: RuleSettings, to setup: ConfiguredRule.Setup, _ rule: RuleDefinition
  ) -> ConfiguredRule.Setup {
    var file = PolicyFileReader(settings.source)
    var parameters = setup.parameters
    for (name, value) in settings.parameters {
      guard let index = rule.parameters.firstIndex(where: { $0.name == name.text }) else {
        file.report(
          "rule `\(rule.id)` has no parameter `\(name.text)`", at: name,
          suggestion: Suggestion.nearest(to: name.text, in: rule.parameters.map(\.name)))
        continue
      }
      let type = rule.parameters[index].type
      if let value = file.parameterValue(value, of: type, what: "`\(name.text)`") {
        parameters[index] = value
      }
    }
    problems += file.problems
    return ConfiguredRule.Setup(
      severity: Self.severity(settings.level, of: rule, else: setup.severity),
      parameters: parameters)
  }

  private static func severity(
    _ level: RuleSettings.Level?, of rule: RuleDefinition, else severity: Severity?
  ) -> Severity? {
    switch level {
    case .none: severity
    case .off: nil
    case .on: severity ?? rule.severity
    case .note: .note
    case .warning: .warning
    case .error: .error
    }
  }
}

import Findings
import Syntax

/// Joins rules with what `.headgate.yaml` says about them.
struct SettingsBinder {
  private let rules: [RuleDefinition]
  private let configuration: Configuration
  private(set) var problems: [PolicyProblem] = []
  /// The patterns of paths for which some rule has settings of their own.
  private(set) var patterns: [Glob] = []

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
    let areas = Set(names.flatMap { Self.areaPatterns(of: $0) })
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

  /// `acme/pool/size` belongs to `acme/*` and to `acme/pool/*`, which is nearer.
  private static func areaPatterns(of id: String) -> [String] {
    id.indices.filter { id[$0] == "/" }.map { "\(id[..<$0])/*" }
  }

  private mutating func configured(_ rule: RuleDefinition) -> ConfiguredRule {
    let isChosen = rule.packs.contains(where: configuration.packs.contains)
    var layers: [RuleSettings] = []
    if !configuration.rules.isEmpty {
      let own = configuration.rules[rule.id]
      // An area's severity is about the rules that are on; only `on` brings those of other packs.
      layers = Self.areaPatterns(of: rule.id).compactMap { configuration.rules[$0] }
        .filter { isChosen || $0.level == .on || own?.turnsOn == true }
      if let own { layers.append(own) }
    }
    var base = ConfiguredRule.Setup(
      severity: isChosen ? rule.severity : nil, parameters: rule.parameters.map(\.defaultValue))
    guard !layers.isEmpty else {
      return ConfiguredRule(
        definition: rule, base: base, environments: [:], isChosen: isChosen)
    }
    for layer in layers { base = patch(layer, rule).applied(to: base, of: rule) }
    var environments: [String: ConfiguredRule.Setup] = [:]
    for layer in layers {
      for (name, settings) in layer.environments {
        environments[name] = patch(settings, rule).applied(
          to: environments[name] ?? base, of: rule)
      }
    }
    var paths: [PathPatch] = []
    for (pattern, settings) in layers.flatMap(\.paths) {
      var inside: [String: SettingsPatch] = [:]
      for (name, settings) in settings.environments { inside[name] = patch(settings, rule) }
      paths.append(
        PathPatch(
          pattern: number(of: pattern), text: pattern.description, patch: patch(settings, rule),
          environments: inside))
    }
    return ConfiguredRule(
      definition: rule, base: base, environments: environments, paths: paths, isChosen: isChosen)
  }

  /// The number of a pattern among ``patterns``, to which it is added where it is new.
  private mutating func number(of pattern: Glob) -> Int {
    if let known = patterns.firstIndex(of: pattern) { return known }
    patterns.append(pattern)
    return patterns.count - 1
  }

  /// What settings change of a rule; what it does not have is reported.
  private mutating func patch(
    _ settings: RuleSettings, _ rule: RuleDefinition
  ) -> SettingsPatch {
    var file = PolicyFileReader(settings.source)
    var values: [Int: ParameterValue] = [:]
    for (name, value) in settings.parameters {
      guard let index = rule.parameters.firstIndex(where: { $0.name == name.text }) else {
        file.report(
          "rule `\(rule.id)` has no parameter `\(name.text)`", at: name,
          suggestion: Suggestion.nearest(to: name.text, in: rule.parameters.map(\.name)))
        continue
      }
      let type = rule.parameters[index].type
      values[index] = file.parameterValue(value, of: type, what: "`\(name.text)`")
    }
    problems += file.problems
    return SettingsPatch(level: settings.level, values: values)
  }
}

import Findings

/// What a team changes of a rule's severity and parameters in one place.
struct SettingsPatch: Sendable {
  /// `nil` leaves the severity as it is.
  let level: RuleSettings.Level?
  /// By the parameter's place among the rule's.
  let values: [Int: ParameterValue]

  func applied(
    to setup: ConfiguredRule.Setup, of rule: RuleDefinition
  ) -> ConfiguredRule.Setup {
    var parameters = setup.parameters
    for (index, value) in values { parameters[index] = value }
    return ConfiguredRule.Setup(
      severity: severity(of: rule, else: setup.severity), parameters: parameters)
  }

  private func severity(of rule: RuleDefinition, else severity: Severity?) -> Severity? {
    switch level {
    case .none: severity
    case .off: nil
    case .on: severity ?? rule.severity
    case .note: .note
    case .warning: .warning
    case .error: .error
    }
  }

  /// The same without turning anything off.
  var turnedOn: SettingsPatch { SettingsPatch(level: level == .off ? nil : level, values: values) }

  /// The bytes that decide verdicts.
  func verdictText(of rule: RuleDefinition) -> String {
    let numbers = values.sorted { $0.key < $1.key }
      .map { "\(rule.parameters[$0.key].name)=\($0.value)" }
    return (level?.rawValue ?? "") + ":" + numbers.joined(separator: "|")
  }
}

/// What differs in files whose paths match a pattern.
struct PathPatch: Sendable {
  /// The pattern's number among those of the policy.
  let pattern: Int
  /// The pattern as written.
  let text: String
  let patch: SettingsPatch
  /// What differs besides in one environment.
  let environments: [String: SettingsPatch]

  func applied(
    to setup: ConfiguredRule.Setup, in environment: String, of rule: RuleDefinition
  ) -> ConfiguredRule.Setup {
    let setup = patch.applied(to: setup, of: rule)
    return environments[environment]?.applied(to: setup, of: rule) ?? setup
  }

  /// Whether it, or one of its environments, gives a parameter a value.
  func sets(_ parameter: Int) -> Bool {
    patch.values[parameter] != nil
      || environments.values.contains { $0.values[parameter] != nil }
  }

  /// The same without turning anything off.
  var turnedOn: PathPatch {
    PathPatch(
      pattern: pattern, text: text, patch: patch.turnedOn,
      environments: environments.mapValues(\.turnedOn))
  }

  /// Appends the bytes that decide verdicts.
  func addVerdict(to text: inout String, of rule: RuleDefinition) {
    text += "\npath \(self.text.utf8.count):\(self.text):" + patch.verdictText(of: rule)
    for (name, patch) in environments.sorted(by: { $0.key < $1.key }) {
      text += "\n\(name):" + patch.verdictText(of: rule)
    }
  }
}

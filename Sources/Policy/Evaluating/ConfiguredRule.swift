package import Findings
import Model

/// A rule with what a team decided about it.
package struct ConfiguredRule: Sendable {
  package let definition: RuleDefinition
  private let base: Setup
  private let environments: [String: Setup]
  /// What differs in files of some paths, the stronger later.
  private let paths: [PathPatch]
  /// Whether one of its packs is chosen.
  private let isChosen: Bool

  /// A rule's severity and parameters in one environment.
  struct Setup: Sendable {
    /// `nil` where the rule is off.
    let severity: Severity?
    /// In the order of the rule's parameters; `nil` where none is set.
    let parameters: [ParameterValue?]

    /// Whether the rule applies at all: it is on and knows every number that it needs.
    var applies: Bool { severity != nil && parameters.allSatisfy { $0 != nil } }
  }

  init(
    definition: RuleDefinition, base: Setup, environments: [String: Setup],
    paths: [PathPatch] = [], isChosen: Bool = true
  ) {
    self.definition = definition
    self.base = base
    self.environments = environments
    self.paths = paths
    self.isChosen = isChosen
  }

  /// A rule as its file says it, with some parameters given.
  init(_ definition: RuleDefinition, parameters: [String: ParameterValue] = [:]) {
    self.init(
      definition: definition,
      base: Setup(
        severity: definition.severity,
        parameters: definition.parameters.map { parameters[$0.name] ?? $0.defaultValue }),
      environments: [:])
  }

  /// The rule on, whatever the configuration says, with the parameters it gives.
  func turnedOn() -> ConfiguredRule {
    let on = { (setup: Setup) in
      Setup(severity: setup.severity ?? definition.severity, parameters: setup.parameters)
    }
    return ConfiguredRule(
      definition: definition, base: on(base), environments: environments.mapValues(on),
      paths: paths.map(\.turnedOn))
  }

  /// Why a rule doesn't look at anything.
  package enum Idleness: Sendable, Hashable {
    /// `.headgate.yaml` says so.
    case off
    /// None of its packs is chosen.
    case packs([Pack])
    /// This parameter has no value.
    case parameter(String)
  }

  /// Why it doesn't look at anything where no environment is declared; `nil` where it does.
  package var idleness: Idleness? {
    if base.severity == nil { return isChosen ? .off : .packs(definition.packs) }
    return zip(definition.parameters, base.parameters).first { $0.1 == nil }
      .map { .parameter($0.0.name) }
  }

  func setup(in environment: String) -> Setup { environments[environment] ?? base }

  /// The severity and parameters for resources of a profile.
  func setup(for profile: ResourceProfile) -> Setup {
    let setup = setup(in: profile.environment)
    guard !paths.isEmpty, !profile.scopes.isEmpty else { return setup }
    return paths.filter { profile.scopes.contains($0.pattern) }.reduce(setup) {
      $1.applied(to: $0, in: profile.environment, of: definition)
    }
  }

  /// The value of a parameter that is the same in every environment; `nil` where they differ.
  func commonValue(of parameter: Int) -> ParameterValue? {
    guard !paths.contains(where: { $0.sets(parameter) }) else { return nil }
    let value = base.parameters[parameter]
    return environments.values.allSatisfy { $0.parameters[parameter] == value } ? value : nil
  }

  /// Whether the rule is on somewhere and knows its parameters there.
  package var isActive: Bool {
    if base.applies || environments.values.contains(where: \.applies) { return true }
    let names = [""] + environments.keys + paths.flatMap(\.environments.keys)
    return paths.contains { path in
      names.contains { path.applied(to: setup(in: $0), in: $0, of: definition).applies }
    }
  }

  /// How bad its findings are in `environment`; `nil` where it is off.
  package func severity(in environment: String) -> Severity? { setup(in: environment).severity }

  /// The value of each parameter in `environment`; those without value make the rule idle.
  package func parameters(
    in environment: String
  ) -> [(parameter: RuleParameter, value: ParameterValue?)] {
    Array(zip(definition.parameters, setup(in: environment).parameters))
  }

  /// The bytes that decide verdicts, for the policy's digest.
  package var verdictText: String {
    var text = ""
    addVerdict(to: &text)
    return text
  }

  /// Appends ``verdictText``.
  func addVerdict(to text: inout String) {
    definition.addVerdict(to: &text)
    add(base, of: "", to: &text)
    for path in paths { path.addVerdict(to: &text, of: definition) }
    guard !environments.isEmpty else { return }
    for (name, setup) in environments.sorted(by: { $0.key < $1.key }) {
      add(setup, of: name, to: &text)
    }
  }

  private func add(_ setup: Setup, of environment: String, to text: inout String) {
    text += "\n"
    text += environment
    text += ":"
    text += setup.severity?.rawValue ?? "off"
    text += ":"
    var separator = ""
    for value in setup.parameters {
      text += separator
      text += value?.description ?? "none"
      separator = "|"
    }
  }
}

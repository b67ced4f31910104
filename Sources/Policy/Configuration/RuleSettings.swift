import Syntax

/// What a team decided about a rule in `.headgate.yaml`.
package struct RuleSettings: Sendable {
  package enum Level: String, Sendable, Hashable, CaseIterable {
    /// `on` brings a rule of another pack with its own severity.
    case off, on, note, warning, error
  }

  /// How findings count; `nil` leaves it to the rule.
  package let level: Level?
  /// Values by parameter; their types are known to the rule only.
  let parameters: [(name: YAMLNode, value: YAMLNode)]
  /// What differs in one environment.
  package let environments: [String: RuleSettings]
  /// What differs in files whose path from the root matches, in the order of the file: of several
  /// that match the later wins.
  let paths: [(pattern: Glob, settings: RuleSettings)]
  /// Where the settings stand, for mistakes.
  let key: YAMLNode
  let source: SourceText

  init(
    level: Level?, parameters: [(name: YAMLNode, value: YAMLNode)],
    environments: [String: RuleSettings],
    paths: [(pattern: Glob, settings: RuleSettings)] = [], key: YAMLNode, source: SourceText
  ) {
    self.level = level
    self.parameters = parameters
    self.environments = environments
    self.paths = paths
    self.key = key
    self.source = source
  }

  /// Whether they bring a rule in, in some environment or path, whatever its packs.
  var turnsOn: Bool {
    (level.map { $0 != .off } ?? false) || environments.values.contains(where: \.turnsOn)
      || paths.contains(where: \.settings.turnsOn)
  }
}

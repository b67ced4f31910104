import Syntax

/// `rules`.
extension ConfigurationReader {
  /// What settings stand in, which decides what they may hold.
  private enum Scope {
    case everywhere, path, environment

    var keys: [String] {
      switch self {
      case .everywhere: ["severity", "parameters", "environments", "paths"]
      case .path: ["severity", "parameters", "environments"]
      case .environment: ["severity", "parameters"]
      }
    }
  }

  mutating func rules(_ node: YAMLNode) -> [String: RuleSettings] {
    var result: [String: RuleSettings] = [:]
    for (key, value) in file.entries(of: node, what: "rules") {
      result[key.text] = settings(value, key: key, .everywhere)
    }
    return result
  }

  /// A rule's settings; a single word is its severity.
  private mutating func settings(
    _ node: YAMLNode, key: YAMLNode, _ scope: Scope
  ) -> RuleSettings {
    if node.kind == .scalar {
      return RuleSettings(
        level: file.choice(node, what: "a rule's severity"), parameters: [], environments: [:],
        key: key, source: source)
    }
    let values = file.pairs(of: node, known: scope.keys, what: "the settings of a rule")
    var environments: [String: RuleSettings] = [:]
    if let nested = values["environments"] {
      for (name, value) in file.entries(of: nested, what: "environments") {
        environments[name.text] = settings(value, key: name, .environment)
      }
    }
    var paths: [(pattern: Glob, settings: RuleSettings)] = []
    if let nested = values["paths"] {
      for (name, value) in file.entries(of: nested, what: "paths") {
        guard let pattern = glob(name) else { continue }
        paths.append((pattern, settings(value, key: name, .path)))
      }
    }
    return RuleSettings(
      level: values["severity"].flatMap { file.choice($0, what: "severity") },
      parameters: values["parameters"].map { file.entries(of: $0, what: "parameters") }?
        .map { (name: $0.key, value: $0.value) } ?? [],
      environments: environments, paths: paths, key: key, source: source)
  }
}

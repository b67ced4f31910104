import Capacity
import Model
package import Syntax

/// Reads `.headgate.yaml`.
package struct ConfigurationReader {
  private var file: PolicyFileReader
  private let source: SourceText

  static let keys = [
    "version", "files", "ignore", "products", "packs", "rules", "policies", "load_path",
    "approvals", "baseline", "gate",
  ]
  /// Nodes of a declaration that is kept as written; aliases could make it exponentially larger.
  private static let nodeLimit = 10_000
  /// Levels of a declaration that is kept as written.
  private static let depthLimit = 16

  /// Reads the configuration in `source`.
  ///
  /// - Throws: every mistake in the file; an empty file means the defaults.
  package static func read(_ source: SourceText) throws(PolicyError) -> Configuration {
    var reader = ConfigurationReader(file: PolicyFileReader(source), source: source)
    let configuration = reader.configuration()
    guard reader.file.problems.isEmpty else { throw PolicyError(reader.file.problems) }
    return configuration
  }

  private mutating func configuration() -> Configuration {
    guard let root = file.root(required: false) else { return .defaults }
    let values = file.pairs(of: root, known: Self.keys, what: Configuration.fileName)
    if let version = values["version"], version.text != "1" {
      file.report("version 1 is the only one", at: version)
    }
    var configuration = Configuration(
      files: values["files"].map { governedFiles($0) } ?? [],
      ignored: values["ignore"].map { globs($0) } ?? [],
      products: values["products"].map { products($0) } ?? [:],
      rules: values["rules"].map { rules($0) } ?? [:],
      policies: values["policies"].map { file.texts($0, what: "policies") } ?? [],
      packs: values["packs"].map { packs($0) } ?? Pack.standard,
      loadPath: values["load_path"].map { loadPath($0) },
      approvals: values["approvals"].flatMap { declaration($0) })
    configuration.baseline = values["baseline"].flatMap { file.text($0, what: "baseline") }
    if let gate = values["gate"] { configuration.gate = GateSettings.read(gate, &file) }
    return configuration
  }

  private mutating func governedFiles(_ node: YAMLNode) -> [GovernedFiles] {
    var result: [GovernedFiles] = []
    for element in file.elements(of: node, what: "files") {
      if element.kind == .scalar {
        if let glob = glob(element) { result.append(GovernedFiles(pattern: glob)) }
        continue
      }
      let values = file.pairs(
        of: element, known: ["path", "environment", "technology"], what: "an entry of files")
      guard let path = values["path"] else {
        file.report("an entry of files needs `path`", at: element)
        continue
      }
      let environment = values["environment"].flatMap { file.text($0, what: "environment") }
      let technology = values["technology"].flatMap { file.text($0, what: "technology") }
      for node in path.kind == .sequence ? path.elements : [path] {
        guard let glob = glob(node) else { continue }
        result.append(
          GovernedFiles(pattern: glob, environment: environment, technology: technology))
      }
    }
    return result
  }

  private mutating func globs(_ node: YAMLNode) -> [Glob] {
    (node.kind == .sequence ? node.elements : [node]).compactMap { glob($0) }
  }

  private mutating func glob(_ node: YAMLNode) -> Glob? {
    guard let text = file.text(node, what: "a pattern of paths") else { return nil }
    let glob = Glob(text)
    if glob == nil { file.report("`\(text)` is no pattern of paths", at: node) }
    return glob
  }

  private mutating func products(_ node: YAMLNode) -> [String: Version] {
    var result: [String: Version] = [:]
    for (key, value) in file.entries(of: node, what: "products") {
      guard value.kind == .scalar, let version = Version(value.text) else {
        file.report("the version of `\(key.text)` is like 1.2.3", at: value)
        continue
      }
      result[key.text] = version
    }
    return result
  }

  private mutating func packs(_ node: YAMLNode) -> Set<Pack> {
    Set(
      (node.kind == .sequence ? node.elements : [node]).compactMap { element -> Pack? in
        file.choice(element.resolved ?? element, what: "a pack")
      })
  }

  private mutating func rules(_ node: YAMLNode) -> [String: RuleSettings] {
    var result: [String: RuleSettings] = [:]
    for (key, value) in file.entries(of: node, what: "rules") {
      result[key.text] = settings(value, key: key, isNested: false)
    }
    return result
  }

  /// A rule's settings; a single word is its severity.
  private mutating func settings(
    _ node: YAMLNode, key: YAMLNode, isNested: Bool
  ) -> RuleSettings {
    if node.kind == .scalar {
      return RuleSettings(
        level: file.choice(node, what: "a rule's severity"), parameters: [], environments: [:],
        key: key, source: source)
    }
    let known = ["severity", "parameters"] + (isNested ? [] : ["environments"])
    let values = file.pairs(of: node, known: known, what: "the settings of a rule")
    var environments: [String: RuleSettings] = [:]
    if let nested = values["environments"] {
      for (name, value) in file.entries(of: nested, what: "environments") {
        environments[name.text] = settings(value, key: name, isNested: true)
      }
    }
    return RuleSettings(
      level: values["severity"].flatMap { file.choice($0, what: "severity") },
      parameters: values["parameters"].map { file.entries(of: $0, what: "parameters") }?
        .map { (name: $0.key, value: $0.value) } ?? [],
      environments: environments, key: key, source: source)
  }

  private mutating func loadPath(_ node: YAMLNode) -> LoadDeclaration {
    var reader = LoadPathReader(file: file)
    let declaration = reader.read(node)
    file = reader.file
    return declaration
  }

  private mutating func declaration(_ node: YAMLNode) -> Declaration? {
    var budget = Self.nodeLimit
    return declaration(node, depth: 0, budget: &budget)
  }

  private mutating func declaration(
    _ node: YAMLNode, depth: Int, budget: inout Int
  ) -> Declaration? {
    budget -= 1
    guard let node = node.resolved, budget > 0, depth < Self.depthLimit else {
      file.report("more nesting or more values than a declaration may have", at: node)
      return nil
    }
    var content = Declaration.Content.text(node.text)
    switch node.kind {
    case .scalar, .alias: break
    case .sequence:
      var list: [Declaration] = []
      for element in node.elements {
        guard let value = declaration(element, depth: depth + 1, budget: &budget) else {
          return nil
        }
        list.append(value)
      }
      content = .list(list)
    case .mapping:
      var entries: [DeclaredEntry] = []
      for pair in node.pairs {
        guard let value = declaration(pair.value, depth: depth + 1, budget: &budget) else {
          return nil
        }
        entries.append(DeclaredEntry(key: pair.key.text, value: value))
      }
      content = .mapping(entries)
    }
    return Declaration(content: content, position: file.position(of: node))
  }
}

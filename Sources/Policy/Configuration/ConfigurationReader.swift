import Capacity
import Model
package import Syntax

/// Reads `.headgate.yaml`: the keys here, each one's value in a file of its own.
package struct ConfigurationReader {
  var file: PolicyFileReader
  let source: SourceText
  /// Names of products with their places: whoever knows the products judges them.
  private(set) var productPlaces: [(name: String, position: SourcePosition)] = []

  static let keys = [
    "version", "files", "formats", "ignore", "products", "packs", "rules", "policies", "load_path",
    "approvals", "baseline", "gate",
  ]

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
    let policies = values["policies"].map { self.policies($0) }
    var configuration = Configuration(
      files: values["files"].map { governedFiles($0) } ?? [],
      ignored: values["ignore"].map { globs($0) } ?? [],
      products: values["products"].map { products($0) } ?? [:],
      rules: values["rules"].map { rules($0) } ?? [:],
      policies: policies?.folders ?? [], sharedPolicies: policies?.shared ?? [],
      packs: values["packs"].map { packs($0) } ?? Pack.standard,
      formats: values["formats"].map { FormatsReader.paths(in: $0, &file) } ?? [],
      loadPath: values["load_path"].map { loadPath($0) },
      approvals: values["approvals"].flatMap { declaration($0) })
    configuration.productPlaces = productPlaces
    configuration.baseline = values["baseline"].flatMap { file.text($0, what: "baseline") }
    if let gate = values["gate"] { configuration.gate = GateSettings.read(gate, &file) }
    return configuration
  }

  private mutating func products(_ node: YAMLNode) -> [String: Version] {
    var result: [String: Version] = [:]
    for (key, value) in file.entries(of: node, what: "products") {
      noteProduct(key.text, at: key)
      guard value.kind == .scalar, let version = Version(value.text) else {
        file.report("the version of `\(key.text)` is like 1.2.3", at: value)
        continue
      }
      result[key.text] = version
    }
    return result
  }

  mutating func noteProduct(_ name: String, at node: YAMLNode) {
    productPlaces.append((name, file.position(of: node)))
  }

  private mutating func packs(_ node: YAMLNode) -> Set<Pack> {
    Set(
      (node.kind == .sequence ? node.elements : [node]).compactMap { element -> Pack? in
        file.choice(element.resolved ?? element, what: "a pack")
      })
  }

  private mutating func loadPath(_ node: YAMLNode) -> LoadDeclaration {
    var reader = LoadPathReader(file: file)
    let declaration = reader.read(node)
    file = reader.file
    return declaration
  }
}

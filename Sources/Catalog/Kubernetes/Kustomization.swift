import Model
import Syntax

/// The ConfigMaps and replicas that a `kustomization.yaml` adds to the manifests beside it.
///
/// Name prefixes change the names of objects and of all references alike, so that they change
/// nothing here. Patches and bases of other folders are not applied, which is said.
struct Kustomization {
  static let names = ["kustomization.yaml", "kustomization.yml", "Kustomization"]

  let source: SourceText
  private let text: KubernetesText
  private let root: YAMLNode?
  private let folder: String
  private var generators: [String: YAMLNode] = [:]
  /// The files of variables of each generated ConfigMap.
  private var environments: [String: [SourceText]] = [:]

  /// Files of variables that are read; more are no configuration.
  private static let fileLimit = 100

  init(_ source: SourceText, _ files: any FileSource) {
    self.source = source
    text = KubernetesText(source)
    root = text.control == nil ? YAMLFile(parsing: text.masked).documents.first?.root : nil
    folder = ConfigurationText.directory(of: source.path)
    for generator in root?["configMapGenerator"]?.elements ?? [] {
      if let name = string(generator["name"]) { generators[name] = generator }
    }
    var budget = Self.fileLimit
    for (name, generator) in generators.sorted(by: { $0.key < $1.key }) {
      let nodes = (generator["envs"]?.elements ?? []) + [generator["env"]].compactMap { $0 }
      for path in nodes.compactMap(string) where budget > 0 {
        budget -= 1
        // A missing file keeps kustomize from building, which it says itself.
        if let text = try? files.read(ConfigurationText.resolve(path, in: folder)) {
          environments[name, default: []].append(text)
        }
      }
    }
  }

  /// The file and those whose variables it takes.
  var sources: [SourceText] {
    [source] + environments.sorted { $0.key < $1.key }.flatMap(\.value)
  }

  private func string(_ node: YAMLNode?) -> String? {
    guard let node = node?.resolved, !text.isTemplate(node.range) else { return nil }
    return node.string
  }

  private func origin(_ node: YAMLNode) -> Origin {
    let node = node.resolved ?? node
    return Origin(path: source.path, range: node.contentRange)
  }

  /// The variables of a generated ConfigMap; `nil` where none is generated.
  func variables(of map: String) -> [EnvironmentVariable]? {
    guard let generator = generators[map] else { return nil }
    let read = (environments[map] ?? []).flatMap { source in
      DotEnvDocument(source).entries.map { entry in
        EnvironmentVariable(
          name: entry.name, value: entry.value,
          origin: Origin(path: source.path, range: entry.valueRange))
      }
    }
    return read + literals(generator)
  }

  private func literals(_ generator: YAMLNode) -> [EnvironmentVariable] {
    (generator["literals"]?.elements ?? []).compactMap { node in
      guard let literal = string(node), let equals = literal.firstIndex(of: "=") else { return nil }
      let value = literal[literal.index(after: equals)...]
      let place = origin(node)
      let start = place.range.upperBound - value.utf8.count
      let isAsWritten = start >= place.range.lowerBound
      let range = isAsWritten ? start..<place.range.upperBound : place.range
      return EnvironmentVariable(
        name: String(literal[..<equals]), value: String(value),
        origin: Origin(path: source.path, range: range))
    }
  }

  /// The files of a generated ConfigMap: the key that each becomes, and its path.
  func files(of map: String) -> [(String, String)] {
    (generators[map]?["files"]?.elements ?? []).compactMap { node in
      guard let entry = string(node) else { return nil }
      let equals = entry.firstIndex(of: "=")
      let path = equals.map { String(entry[entry.index(after: $0)...]) } ?? entry
      let key = equals.map { String(entry[..<$0]) } ?? ConfigurationText.name(of: path)
      return (key, ConfigurationText.resolve(path, in: folder))
    }
  }

  /// The files that are patches: parts of objects, and none of their own.
  var patches: Set<String> {
    let entries = (root?["patches"]?.elements ?? []) + (root?["patchesJson6902"]?.elements ?? [])
    let named = entries.compactMap { string($0["path"]) }
    let merged = (root?["patchesStrategicMerge"]?.elements ?? []).compactMap(string)
    return Set(
      (named + merged).filter { $0.firstIndex(of: "\n") == nil }.map {
        ConfigurationText.resolve($0, in: folder)
      })
  }

  /// What it does to objects and what is not applied: one line for each, at its key.
  var problems: [Problem] {
    var found = ["patches", "patchesStrategicMerge", "patchesJson6902"].compactMap { key in
      root?[key].flatMap { node in
        node.elements.isEmpty ? nil : problem(key, node, "\(key) are not applied")
      }
    }
    guard let base = bases.first else { return found }
    for key in ["replicas", "images", "configMapGenerator", "components"] {
      guard let node = root?[key], !node.elements.isEmpty else { continue }
      let name = string(base) ?? "the base"
      found.append(problem(key, node, "\(key) are not applied to the objects of \(name)"))
    }
    return found
  }

  /// Other folders and repositories whose objects it takes.
  private var bases: [YAMLNode] {
    let nodes = (root?["resources"]?.elements ?? []) + (root?["bases"]?.elements ?? [])
    return nodes.filter { node in
      guard let path = string(node) else { return false }
      return !path.hasSuffix(".yaml") && !path.hasSuffix(".yml")
    }
  }

  private func problem(_ key: String, _ node: YAMLNode, _ message: String) -> Problem {
    Problem(
      kind: .unknown, origin: Origin(path: source.path, range: node.range),
      message: "kustomize: \(message), so that what it deploys may be other than what is read",
      help: "check what `kubectl kustomize` writes")
  }

  /// The replicas that it sets for a workload.
  func replicas(of workload: String) -> Setting? {
    for entry in root?["replicas"]?.elements ?? [] where string(entry["name"]) == workload {
      guard let node = entry["count"] else { continue }
      let count = string(node).flatMap { Int64($0) }
      return Setting(
        key: "replicas", field: "replicas", written: source.text(node.range),
        effective: count.map(Scalar.int), unit: .process,
        provenance: count == nil ? .unknown : .explicit, origin: origin(node),
        note: count == nil ? ConfigurationText.templateNote : "the kustomization sets it")
    }
    return nil
  }
}

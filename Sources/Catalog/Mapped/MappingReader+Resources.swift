import Model
import Syntax

extension MappingReader {
  static let resourceKeys = ["kind", "at", "name", "environment", "keys"]

  mutating func resources(_ node: YAMLNode) -> [MappedResource] {
    guard node.kind == .sequence else {
      file.report("resources is a list", at: node)
      return []
    }
    let elements = file.elements(of: node, what: "resources")
    if elements.count > Self.resourceLimit {
      file.report("more than \(Self.resourceLimit) resources", at: node)
    }
    return elements.prefix(Self.resourceLimit).compactMap { resource($0) }
  }

  private mutating func resource(_ node: YAMLNode) -> MappedResource? {
    let values = file.block(node, of: Self.resourceKeys, what: "a resource")
    for key in ["kind", "keys"] where values[key] == nil {
      file.report("a resource needs `\(key)`", at: node)
    }
    let kind: Kind? = values["kind"].flatMap {
      file.choice($0, what: "kind", among: Self.kinds.map { ($0.rawValue, $0) })
    }
    let place = values["at"].flatMap { node in
      file.path(node, what: "at").flatMap { checked($0, node, "at") }
    }
    guard let kind, let node = values["keys"] else { return nil }
    let keys = keys(node, of: kind)
    return MappedResource(
      kind: kind, place: place, name: values["name"].flatMap { text($0, "name") },
      environment: values["environment"].flatMap { text($0, "environment") }, keys: keys)
  }

  /// A text, or `{key: PATH}` for what a key of the resource holds.
  private mutating func text(_ node: YAMLNode, _ what: String) -> MappedResource.Text? {
    guard node.kind == .mapping else {
      return file.text(node, what: what).map { .fixed($0) }
    }
    guard let value = file.block(node, of: ["key"], what: what)["key"] else {
      file.report("\(what) is a text or `{key: PATH}`", at: node)
      return nil
    }
    guard let path = file.path(value, what: what) else { return nil }
    if path.hasWildcard {
      file.report("\(what) is one key: a wildcard cannot stand in its path", at: value)
    }
    return .key(path)
  }

  /// A path that the format can have: names of the environment do not nest.
  mutating func checked(
    _ path: MappedPath, _ node: YAMLNode, _ what: String
  ) -> MappedPath? {
    guard format == .dotenv, path.segments.count > 1 else { return path }
    file.report("\(what): names of variables do not nest; `\\.` is a dot in one", at: node)
    return nil
  }
}

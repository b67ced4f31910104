import Model
import Syntax

/// A block of a file that is one resource, with the values in it that the mapping knows.
struct MappedBlock {
  /// A value and the key of the mapping that it is of.
  struct Value {
    let key: MappedKey
    /// As the setting is called.
    let name: String
    let node: Int
    /// The bytes of the key.
    let place: Range<Int>
  }

  let node: Int
  /// The bytes of the key that leads to it; `nil` for a whole file.
  let key: Range<Int>?
  /// What the wildcards stand for.
  let name: String
  let environment: String?
  let values: [Value]
  /// Of variables of the environment: what stands before the names of the mapping's keys.
  fileprivate let prefix: String?

  /// The nodes that a path leads to inside the block.
  func find(_ path: MappedPath, in tree: MappedTree) -> [MappedTree.Match] {
    guard let prefix else { return tree.matches(path, from: node) }
    let name = prefix + path.text
    return tree.nodes[node][name].map {
      MappedTree.Match(node: $0.node, key: $0.key, text: name)
    }
  }
}

/// The blocks of a file that a mapping makes resources of.
struct MappedBlocks {
  let all: [MappedBlock]

  /// - Parameter isFlat: whether names do not nest, so that `at` is how they begin.
  init(_ tree: MappedTree, _ resource: MappedResource, isFlat: Bool) {
    all =
      isFlat
      ? tree.roots.flatMap { Self.variables(tree, $0, resource) }
      : tree.roots.flatMap { Self.blocks(tree, $0, resource) }
  }

  private static func blocks(
    _ tree: MappedTree, _ root: Int, _ resource: MappedResource
  ) -> [MappedBlock] {
    guard let place = resource.place else {
      return [
        MappedBlock(
          node: root, key: nil, name: "", environment: nil,
          values: values(tree, root, resource), prefix: nil)
      ]
    }
    return tree.matches(place, from: root).compactMap { match in
      let node = tree.nodes[match.node]
      // What holds a single value is no block.
      guard !node.members.isEmpty || node.isEmpty else { return nil }
      let names = match.names.isEmpty ? match.others : match.names
      return MappedBlock(
        node: match.node, key: match.key, name: names.joined(separator: "."),
        environment: match.environment, values: values(tree, match.node, resource), prefix: nil)
    }
  }

  private static func values(
    _ tree: MappedTree, _ node: Int, _ resource: MappedResource
  ) -> [MappedBlock.Value] {
    resource.keys.flatMap { key in
      ([key.path] + key.aliases).flatMap { path in
        tree.matches(path, from: node).map { match in
          MappedBlock.Value(
            key: key, name: path.hasWildcard ? match.text : path.text, node: match.node,
            place: match.key)
        }
      }
    }
  }

  // MARK: variables of the environment

  /// Variables whose names begin alike are one resource.
  ///
  /// Of several keys that a name could end with the longest counts.
  private static func variables(
    _ tree: MappedTree, _ root: Int, _ resource: MappedResource
  ) -> [MappedBlock] {
    var keys: [String: MappedKey] = [:]
    for key in resource.keys {
      for path in [key.path] + key.aliases { keys[path.text] = key }
    }
    let lengths = Set(keys.keys.map(\.utf8.count)).sorted(by: >)
    var order: [String] = []
    var groups: [String: (captured: String, values: [MappedBlock.Value])] = [:]
    for member in tree.nodes[root].members {
      let bytes = member.name.utf8
      for length in lengths where length <= bytes.count {
        let name = String(decoding: bytes.suffix(length), as: UTF8.self)
        guard let key = keys[name] else { continue }
        let prefix = String(decoding: bytes.dropLast(length), as: UTF8.self)
        guard let captured = captured(prefix, resource.place) else { continue }
        if groups[prefix] == nil { order.append(prefix) }
        groups[prefix, default: (captured, [])].values.append(
          MappedBlock.Value(key: key, name: name, node: member.node, place: member.key))
        break
      }
    }
    return order.compactMap { prefix in
      guard let group = groups[prefix] else { return nil }
      let isEnvironment = resource.place?.segments.first?.wildcard == .environment
      return MappedBlock(
        node: root, key: resource.place == nil ? nil : group.values.first?.place,
        name: isEnvironment ? "" : group.captured,
        environment: isEnvironment ? group.captured : nil, values: group.values, prefix: prefix)
    }
  }

  private static func captured(_ prefix: String, _ place: MappedPath?) -> String? {
    guard let segment = place?.segments.first else { return prefix.isEmpty ? "" : nil }
    return segment.captured(from: prefix)
  }
}

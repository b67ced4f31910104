/// A key and its value.
package struct YAMLPair: Sendable, Hashable {
  package let key: YAMLNode
  /// As written: an alias stays an alias.
  package let value: YAMLNode
}

extension YAMLNode {
  /// The elements of a sequence, empty for every other node; an alias is followed.
  package var elements: [YAMLNode] {
    guard let node = resolved, node.kind == .sequence else { return [] }
    return node.children
  }

  /// The pairs of a mapping as written, with duplicate and merge keys; empty for every other node.
  ///
  /// An alias is followed.
  package var pairs: [YAMLPair] {
    guard let node = resolved, node.kind == .mapping else { return [] }
    let children = node.children
    return stride(from: 0, to: children.count - 1, by: 2).map {
      YAMLPair(key: children[$0], value: children[$0 + 1])
    }
  }

  /// The pairs of a mapping with those that `<<` brings in; the mapping's own keys win.
  ///
  /// Pairs whose key stands twice are both there. A merged mapping's own merge keys are followed
  /// too,
  /// up to ``mergeLimit`` mappings in all.
  package var mergedPairs: [YAMLPair] {
    let own = pairs
    guard own.contains(where: { $0.key.isMergeKey }) else { return own }
    var result = own.filter { !$0.key.isMergeKey }
    var names = Set(result.map(\.key.text))
    var waiting = Array(own.reversed().filter { $0.key.isMergeKey }.map(\.value))
    var visited: Set<Int> = [index]
    while let next = waiting.popLast()?.resolved, visited.count < Self.mergeLimit {
      guard visited.insert(next.index).inserted else { continue }
      waiting += next.elements.reversed()
      let merged = next.pairs
      for pair in merged where !pair.key.isMergeKey && names.insert(pair.key.text).inserted {
        result.append(pair)
      }
      waiting += merged.reversed().filter { $0.key.isMergeKey }.map(\.value)
    }
    return result
  }

  /// Mappings that one mapping may merge: more is an attack, not a configuration.
  package static let mergeLimit = 256

  /// Whether the node is the key `<<`, which merges other mappings into its own.
  package var isMergeKey: Bool {
    kind == .scalar && style == .plain && withBytes { $0.elementsEqual("<<".utf8) }
  }

  /// The value of `key`: the last one where it stands twice, a merged one where the mapping has
  /// none.
  ///
  /// Aliases are followed, so that the value is never an alias.
  package subscript(key: String) -> YAMLNode? {
    pair(key)?.value.resolved
  }

  /// The pair of `key`, with the key's own place.
  package func pair(_ key: String) -> YAMLPair? {
    guard let node = resolved, node.kind == .mapping else { return nil }
    var found: YAMLPair?
    var hasMerge = false
    var child = node.record.first
    while child >= 0 {
      let name = YAMLNode(tree: tree, index: child)
      let value = tree.records[child].next
      guard value >= 0 else { break }
      if name.kind == .scalar {
        if name.withBytes({ $0.elementsEqual(key.utf8) }) {
          found = YAMLPair(key: name, value: YAMLNode(tree: tree, index: value))
        }
        hasMerge = hasMerge || name.isMergeKey
      }
      child = tree.records[value].next
    }
    guard found == nil, hasMerge else { return found }
    return mergedPairs.first { $0.key.text == key }
  }

  /// The node below this one at `path`, keys from the outside in: `root.at("spring",
  /// "datasource")`.
  package func at(_ path: String...) -> YAMLNode? { at(path) }

  /// The node below this one at `path`, keys from the outside in; a number may index a sequence.
  package func at(_ path: [String]) -> YAMLNode? {
    var node: YAMLNode? = self
    for step in path {
      guard let present = node?.resolved else { return nil }
      if present.kind == .sequence {
        let elements = present.elements
        guard let index = Int(step), elements.indices.contains(index) else { return nil }
        node = elements[index].resolved
      } else {
        node = present[step]
      }
    }
    return node
  }
}

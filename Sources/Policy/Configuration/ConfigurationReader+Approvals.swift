import Syntax

/// `approvals`, kept as written.
extension ConfigurationReader {
  /// Nodes of a declaration that is kept as written; aliases could make it exponentially larger.
  private static let nodeLimit = 10_000
  /// Levels of a declaration that is kept as written.
  private static let depthLimit = 16

  mutating func declaration(_ node: YAMLNode) -> Declaration? {
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

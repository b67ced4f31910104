import Model
import Syntax

/// A file of any format as blocks of keys and values, each with its place.
///
/// An array of nodes instead of nested values: no depth of the input can exhaust the stack, and a
/// key is found by its name without a search.
struct MappedTree {
  struct Member {
    let name: String
    let key: Range<Int>
    let node: Int
  }

  struct Node {
    /// The value, where one is written; blocks of properties may have one beside their members.
    var scalar: MappedScalar?
    /// In file order, repeated names included.
    var members: [Member] = []
    fileprivate(set) var places: [String: [Int]] = [:]
    var elements: [Int] = []
    /// The bytes of all of it.
    var range: Range<Int>
    /// What it stands in; -1 for a root.
    let parent: Int

    /// The members of a name, in file order.
    subscript(name: String) -> [Member] { (places[name] ?? []).map { members[$0] } }
    /// Whether nothing is written here: no value, no key, no element.
    var isEmpty: Bool { scalar == nil && members.isEmpty && elements.isEmpty }
  }

  private(set) var nodes: [Node] = []
  /// One for each document of the file.
  private(set) var roots: [Int] = []
  private(set) var problems: [Problem] = []
  /// Whether the file has more than what is read of one.
  private(set) var isCut = false
  /// The keys of blocks that aliases repeat, worked out once.
  private var repeated: [YAMLNode: [YAMLPair]] = [:]

  /// Values of one file that are read: more is data, not configuration, or aliases that repeat what
  /// they refer to.
  static let nodeLimit = 200_000
  /// Blocks inside each other.
  static let depthLimit = 64

  mutating func report(_ problem: Problem) { problems.append(problem) }

  /// Adds a node; `nil` where the file has too many or they nest too deeply.
  mutating func add(
    _ range: Range<Int>, below parent: Int = -1, depth: Int = 0, scalar: MappedScalar? = nil
  ) -> Int? {
    guard nodes.count < Self.nodeLimit, depth < Self.depthLimit else {
      isCut = true
      return nil
    }
    nodes.append(Node(scalar: scalar, range: range, parent: parent))
    if parent < 0 { roots.append(nodes.count - 1) }
    return nodes.count - 1
  }

  mutating func link(_ node: Int, as name: String, key: Range<Int>, in parent: Int) {
    nodes[parent].places[name, default: []].append(nodes[parent].members.count)
    nodes[parent].members.append(Member(name: name, key: key, node: node))
  }

  mutating func link(_ node: Int, elementOf parent: Int) {
    nodes[parent].elements.append(node)
  }

  /// Gives a node a value beside its members.
  mutating func set(_ scalar: MappedScalar, at node: Int) { nodes[node].scalar = scalar }

  /// The keys of a block of YAML with those that it merges.
  mutating func pairs(of node: YAMLNode, isRepeated: Bool) -> [YAMLPair] {
    guard isRepeated else { return node.mergedPairs }
    if let known = repeated[node] { return known }
    let pairs = node.mergedPairs
    repeated[node] = pairs
    return pairs
  }

  /// The member of `name` in `parent`, made where it is not there.
  mutating func member(
    _ name: String, key: Range<Int>, in parent: Int, depth: Int
  ) -> Int? {
    if let known = nodes[parent][name].last { return known.node }
    guard let node = add(key, below: parent, depth: depth) else { return nil }
    link(node, as: name, key: key, in: parent)
    return node
  }
}

/// A value as the file has it.
struct MappedScalar {
  enum Sort {
    /// Whatever the text says: formats without types, and quoted texts of the others.
    case text
    case int(Int64)
    case real(Double)
    case bool(Bool)
    /// A number that readers of the format take differently: `010`, `1_000`, `10:30` of YAML.
    case ambiguous
  }

  /// Without quotes and escapes.
  let text: String
  /// With its quotes, as an edit has to replace it.
  let range: Range<Int>
  var sort = Sort.text
}

extension MappedTree {
  /// A node that a path leads to, with what its wildcards stand for.
  struct Match {
    let node: Int
    /// The key that leads to it; its own first bytes for an element of a list.
    var key: Range<Int>
    /// The keys behind each other.
    var text: String
    var names: [String] = []
    var others: [String] = []
    var environment: String?
  }

  /// Every node that `path` leads to from `node`, in file order.
  ///
  /// Each node is looked at once at most, so that no number of wildcards makes it more.
  func matches(_ path: MappedPath, from node: Int) -> [Match] {
    var found = [Match(node: node, key: nodes[node].range, text: "")]
    for segment in path.segments {
      found = found.flatMap { step(segment, from: $0) }
      if found.isEmpty { break }
    }
    return found
  }

  private func step(_ segment: MappedPath.Segment, from match: Match) -> [Match] {
    let node = nodes[match.node]
    guard segment.wildcard != nil else {
      let members = node[segment.prefix].map { next(match, $0.node, $0.key, $0.name) }
      guard members.isEmpty, let index = Int(segment.prefix), node.elements.indices.contains(index)
      else { return members }
      return [element(match, node.elements[index], segment.prefix)]
    }
    let members = node.members.compactMap { member in
      segment.captured(from: member.name).map { captured in
        next(match, member.node, member.key, member.name).with(captured, as: segment.wildcard)
      }
    }
    guard segment.prefix.isEmpty, segment.suffix.isEmpty else { return members }
    return members
      + node.elements.enumerated().map { index, child in
        element(match, child, String(index)).with(String(index), as: segment.wildcard)
      }
  }

  private func next(_ match: Match, _ node: Int, _ key: Range<Int>, _ name: String) -> Match {
    var next = Match(
      node: node, key: key, text: match.text.isEmpty ? name : match.text + "." + name)
    (next.names, next.others) = (match.names, match.others)
    next.environment = match.environment
    return next
  }

  /// An element of a list is shown by its first key, not by the whole block.
  private func element(_ match: Match, _ node: Int, _ name: String) -> Match {
    next(match, node, nodes[node].members.first?.key ?? nodes[node].range, name)
  }
}

extension MappedTree.Match {
  fileprivate func with(_ captured: String, as wildcard: MappedPath.Wildcard?) -> Self {
    var copy = self
    switch wildcard {
    case .name: copy.names.append(captured)
    case .environment: copy.environment = captured
    case .any: copy.others.append(captured)
    case nil: break
    }
    return copy
  }
}

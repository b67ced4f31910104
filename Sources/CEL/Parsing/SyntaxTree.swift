/// Names a node of a ``SyntaxTree``.
typealias NodeID = Int

/// An expression's tree, its nodes in one array, children before their parents.
struct SyntaxTree {
  private(set) var nodes: [Node] = []
  /// The whole expression; valid once parsing is done.
  var root: NodeID = 0

  /// An expression nests at most this deep, counted in nodes.
  ///
  /// The language demands 12 to 32 levels of implementations; 250 leaves room for generated rules
  /// and bounds the recursion of checker, planner and evaluator.
  static let depthLimit = 250

  subscript(id: NodeID) -> Node { nodes[id] }

  /// Adds a node.
  ///
  /// - Throws: ``CELError`` when the tree becomes deeper than ``depthLimit``.
  mutating func add(
    _ kind: NodeKind, _ range: Range<Int>, focus: Range<Int>? = nil, below children: [NodeID] = []
  ) throws(CELError) -> NodeID {
    var depth = 0
    for child in children { depth = max(depth, nodes[child].depth) }
    guard depth < Self.depthLimit else { throw Self.tooDeep(range) }
    nodes.append(Node(kind: kind, range: range, focus: focus ?? range, depth: depth + 1))
    return nodes.count - 1
  }

  static func tooDeep(_ range: Range<Int>) -> CELError {
    CELError(message: "expression nests deeper than \(depthLimit) levels", range: range)
  }
}

/// A node: what it is and the bytes it covers.
struct Node {
  let kind: NodeKind
  let range: Range<Int>
  /// The bytes that a message about the node underlines: a field's or function's name, an operator.
  let focus: Range<Int>
  /// Levels from the deepest leaf, counted from 1.
  let depth: Int
}

/// What a node is; macros are kinds of their own.
indirect enum NodeKind {
  case literal(Value)
  /// A name; absolute when written with a dot before it.
  case identifier(String, isAbsolute: Bool)
  case select(NodeID, field: String, isOptional: Bool)
  /// `has(operand.field)`.
  case has(NodeID, field: String)
  case index(NodeID, NodeID, isOptional: Bool)
  case call(String, isAbsolute: Bool, arguments: [NodeID])
  case memberCall(String, target: NodeID, arguments: [NodeID])
  case not(NodeID)
  case negate(NodeID)
  case binary(BinaryOperator, NodeID, NodeID)
  case and([NodeID])
  case or([NodeID])
  case conditional(NodeID, NodeID, NodeID)
  case list([ListEntry])
  case map([MapEntry])
  /// `Name{field: value}`: the language has it, this implementation has no type that can be built.
  case structure(String)
  case comprehension(Comprehension)
  case binding(Binding)
}

/// An element of a list literal.
struct ListEntry {
  let element: NodeID
  /// Written with `?`: left out when the optional is empty.
  let isOptional: Bool
}

/// An entry of a map literal.
struct MapEntry {
  let key: NodeID
  let value: NodeID
  /// Written with `?`: left out when the optional is empty.
  let isOptional: Bool
}

/// A macro over the elements of a list or the entries of a map.
struct Comprehension {
  enum Kind {
    case all, exists, existsOne
    case filter, map
    case transformList, transformMap, transformMapEntry
  }

  let kind: Kind
  let range: NodeID
  /// One name for the element or key, or two: for index or key, and for the value.
  let variables: [String]
  /// The condition under which an element takes part, for kinds that have one.
  let filter: NodeID?
  let body: NodeID
}

/// A macro that gives a value a name: `cel.bind`, `optMap` and `optFlatMap`.
struct Binding {
  enum Kind {
    /// The body's value.
    case bind
    /// Of an optional: none for none, else the body's value as an optional.
    case optionalMap
    /// The same where the body itself is an optional.
    case optionalFlatMap
  }

  let kind: Kind
  let variable: String
  let value: NodeID
  let body: NodeID
}

/// What the checker found out about a node, for the planner.
enum Resolution {
  case none
  case variable(Int)
  case local(Int)
  /// A local of `cel.bind`, which may stand for a value that failed.
  case bound(Int)
  case typeName(String)
  /// A field of a structure type known before evaluation.
  case field(Int)
  /// A call with the overloads that can apply.
  case function([Overload])
  /// A call written like a member's, whose target is part of the function's name.
  case namespaced([Overload])
  /// A question about a field: the structure's node, and the slot to read.
  case aspect(NodeID, Int)
  /// Unchecked, what a check would have refused: fails when it is evaluated.
  case failure(String)
}

/// A checked expression: its tree and what was found out about each node.
struct CheckedTree {
  let tree: SyntaxTree
  let resolutions: [Resolution]
  /// The slot of a macro's first variable, by node; the second is the next slot.
  let localSlots: [NodeID: Int]
  let resultType: ValueType
  let fieldReferences: [FieldReference]
  let localCount: Int
}

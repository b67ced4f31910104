/// Finds the conditions of an expression: the parts that decide, each true or false.
///
/// The whole expression where it is a condition, the operands of `&&`, `||` and `!`, what is before
/// `?` and, in a condition, after it, and what macros ask of each element. Literals decide nothing.
struct ConditionPlaces {
  private let tree: SyntaxTree
  /// The nodes in the order in which they are written, a whole before its parts.
  private(set) var nodes: [NodeID] = []

  init(_ tree: SyntaxTree) {
    self.tree = tree
    condition(tree.root)
  }

  /// A node's bytes with the parentheses around its first and last part, which belong to no node.
  static func balanced(_ range: Range<Int>, in source: [UInt8]) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    var open = 0
    var missing = 0
    var quote: UInt8?
    for byte in source[range] {
      if let mark = quote {
        if byte == mark { quote = nil }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      } else if byte == UInt8(ascii: "(") {
        open += 1
      } else if byte == UInt8(ascii: ")") {
        if open == 0 { missing += 1 } else { open -= 1 }
      }
    }
    while missing > 0, start > 0 {
      start -= 1
      if source[start] == UInt8(ascii: "(") { missing -= 1 }
    }
    while open > 0, end < source.count {
      if source[end] == UInt8(ascii: ")") { open -= 1 }
      end += 1
    }
    return start..<end
  }

  private mutating func condition(_ id: NodeID) {
    switch tree[id].kind {
    case .literal: return
    case .not(let operand):
      // `!x` is false where `x` is true: one of them tells both.
      condition(operand)
      return
    case .binding(let binding):
      inner(binding.value)
      condition(binding.body)
      return
    default: nodes.append(id)
    }
    switch tree[id].kind {
    case .and(let operands), .or(let operands): for operand in operands { condition(operand) }
    case .conditional(let test, let first, let second):
      condition(test)
      condition(first)
      condition(second)
    default: inner(id)
    }
  }

  /// The conditions inside something that is a value.
  private mutating func inner(_ id: NodeID) {
    switch tree[id].kind {
    case .literal, .identifier, .structure: break
    case .and, .or, .not: condition(id)
    case .select(let operand, _, _), .has(let operand, _), .negate(let operand): inner(operand)
    case .index(let first, let second, _), .binary(_, let first, let second): each([first, second])
    case .call(_, _, let arguments): each(arguments)
    case .memberCall(_, let target, let arguments): each([target] + arguments)
    case .conditional(let test, let first, let second):
      condition(test)
      each([first, second])
    case .list(let entries): each(entries.map(\.element))
    case .map(let entries): each(entries.flatMap { [$0.key, $0.value] })
    case .comprehension(let comprehension): self.comprehension(comprehension)
    case .binding(let binding): each([binding.value, binding.body])
    }
  }

  private mutating func each(_ ids: [NodeID]) { for id in ids { inner(id) } }

  private mutating func comprehension(_ comprehension: Comprehension) {
    inner(comprehension.range)
    if let filter = comprehension.filter { condition(filter) }
    switch comprehension.kind {
    case .all, .exists, .existsOne, .filter: condition(comprehension.body)
    case .map, .transformList, .transformMap, .transformMapEntry: inner(comprehension.body)
    }
  }
}

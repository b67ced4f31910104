/// Gives every node a type and every name a meaning.
///
/// Types are gradual: `dyn` goes with everything and is looked at during evaluation. Unchecked
/// (`isStrict` false) the same walk resolves the names, and what it would refuse fails later.
struct Checker {
  let environment: Environment
  let tree: SyntaxTree
  let isStrict: Bool
  var resolutions: [Resolution]
  var scope: [Local] = []
  var localSlots: [NodeID: Int] = [:]
  var localCount = 0
  var fieldReferences: [FieldReference] = []

  /// A variable of a macro.
  struct Local {
    let name: String
    let type: ValueType
    let slot: Int
    var isBinding = false
  }

  /// The expression with its types and meanings.
  ///
  /// - Throws: ``CELError`` for the first part that is refused.
  static func check(
    _ tree: SyntaxTree, in environment: Environment, isStrict: Bool
  ) throws(CELError) -> CheckedTree {
    var checker = Checker(environment: environment, tree: tree, isStrict: isStrict)
    let type = try checker.type(of: tree.root)
    return CheckedTree(
      tree: tree, resolutions: checker.resolutions, localSlots: checker.localSlots,
      resultType: type.settledThroughout, fieldReferences: checker.fieldReferences,
      localCount: checker.localCount)
  }

  private init(environment: Environment, tree: SyntaxTree, isStrict: Bool) {
    self.environment = environment
    self.tree = tree
    self.isStrict = isStrict
    resolutions = Array(repeating: .none, count: tree.nodes.count)
  }

  /// The type of a node, after looking at all below it.
  mutating func type(of id: NodeID) throws(CELError) -> ValueType {
    switch tree[id].kind {
    case .literal(let value): return value.literalType
    case .identifier(let name, let isAbsolute):
      return try identifier(id, name, isAbsolute: isAbsolute)
    case .select(let operand, let field, let isOptional):
      return try select(id, operand, field, isOptional: isOptional)
    case .has(let operand, let field):
      _ = try fieldType(id, of: type(of: operand), field)
      return .bool
    case .index(let operand, let index, let isOptional):
      return try self.index(id, operand, index, isOptional: isOptional)
    case .call(let name, let isAbsolute, let arguments):
      return try call(id, name, isAbsolute: isAbsolute, arguments)
    case .memberCall(let name, let target, let arguments):
      return try memberCall(id, name, target, arguments)
    case .not(let operand): return try unary(id, "!_", operand, [.bool])
    case .negate(let operand): return try unary(id, "-_", operand, [.int, .double])
    case .binary(let binary, let left, let right):
      let types = (try type(of: left), try type(of: right))
      guard let result = binary.resultType(types.0, types.1) else {
        return try mismatch(id, binary.functionName, [types.0, types.1])
      }
      return result
    case .and(let operands): return try logic(id, "_&&_", operands)
    case .or(let operands): return try logic(id, "_||_", operands)
    case .conditional(let condition, let first, let second):
      return try conditional(id, condition, first, second)
    case .list(let entries): return try list(entries)
    case .map(let entries): return try map(entries)
    case .structure(let name):
      return try refuse(id, "type '\(name)' cannot be built in an expression")
    case .comprehension(let comprehension): return try self.comprehension(id, comprehension)
    case .binding(let binding): return try self.binding(id, binding)
    }
  }

  /// Refuses a node: an error when checking, else a failure at evaluation.
  @discardableResult
  mutating func refuse(
    _ id: NodeID, _ message: String, suggestion: String? = nil
  ) throws(CELError) -> ValueType {
    if isStrict {
      throw CELError(message: message, range: tree[id].focus, suggestion: suggestion)
    }
    resolutions[id] = .failure(message)
    return .dyn
  }

  /// Refuses operands or arguments; unchecked, evaluation finds out by itself.
  func mismatch(
    _ id: NodeID, _ function: String, _ types: [ValueType]
  ) throws(CELError) -> ValueType {
    guard isStrict else { return .dyn }
    let list = types.map(\.description).joined(separator: ", ")
    throw CELError(
      message: "found no matching overload for '\(function)' applied to '(\(list))'",
      range: tree[id].focus)
  }

  /// Checks that a part has the type that its place wants.
  mutating func expect(
    _ expected: ValueType, _ id: NodeID, _ what: String
  ) throws(CELError) {
    let found = try type(of: id)
    guard isStrict, found.joined(with: expected) == nil else { return }
    throw CELError(
      message: "expected \(what) of type '\(expected)' but found '\(found)'",
      range: tree[id].range)
  }
}

// MARK: Operators and literals

extension Checker {
  private mutating func unary(
    _ id: NodeID, _ function: String, _ operand: NodeID, _ accepted: [ValueType]
  ) throws(CELError) -> ValueType {
    let found = try type(of: operand)
    if accepted.contains(found) { return found }
    if found == .dyn { return accepted.count == 1 ? accepted[0] : .dyn }
    return try mismatch(id, function, [found])
  }

  private mutating func logic(
    _ id: NodeID, _ function: String, _ operands: [NodeID]
  ) throws(CELError) -> ValueType {
    for operand in operands {
      let found = try type(of: operand)
      if found != .bool, found != .dyn {
        _ = try mismatch(id, function, operand == operands[0] ? [found, .bool] : [.bool, found])
      }
    }
    return .bool
  }

  private mutating func conditional(
    _ id: NodeID, _ condition: NodeID, _ first: NodeID, _ second: NodeID
  ) throws(CELError) -> ValueType {
    let test = try type(of: condition)
    let types = (try type(of: first), try type(of: second))
    guard test == .bool || test == .dyn, let joined = types.0.joined(with: types.1) else {
      return try mismatch(id, "_?_:_", [test, types.0, types.1])
    }
    return joined
  }

  private mutating func index(
    _ id: NodeID, _ operand: NodeID, _ index: NodeID, isOptional: Bool
  ) throws(CELError) -> ValueType {
    let container = try type(of: operand)
    let key = try type(of: index)
    var (base, yieldsOptional) = (container, isOptional)
    if case .optional(let wrapped) = container {
      (base, yieldsOptional) = (wrapped.settled, true)
    }
    let element: ValueType
    switch base {
    case .list(let type) where key == .int || key == .dyn: element = type
    case .map(let keyType, let type) where key.joined(with: keyType) != nil: element = type
    case .dyn: element = .dyn
    default: return try mismatch(id, isOptional ? "_[?_]" : "_[_]", [container, key])
    }
    return yieldsOptional ? .optional(element) : element.settled
  }

  private mutating func list(_ entries: [ListEntry]) throws(CELError) -> ValueType {
    var element: ValueType?
    for entry in entries {
      let found = try type(of: entry.element)
      join(
        entry.isOptional ? try wrapped(found, entry.element) : found, into: &element)
    }
    return .list(element ?? .undetermined)
  }

  private mutating func map(_ entries: [MapEntry]) throws(CELError) -> ValueType {
    var key: ValueType?
    var value: ValueType?
    for entry in entries {
      join(try type(of: entry.key), into: &key)
      let found = try type(of: entry.value)
      join(entry.isOptional ? try wrapped(found, entry.value) : found, into: &value)
    }
    return .map(key ?? .undetermined, value ?? .undetermined)
  }

  private func join(_ type: ValueType, into common: inout ValueType?) {
    common = common.map { $0.joined(with: type) ?? .dyn } ?? type
  }

  /// The type in an optional.
  func wrapped(_ type: ValueType, _ id: NodeID) throws(CELError) -> ValueType {
    switch type {
    case .optional(let wrapped): return wrapped.settled
    case .dyn: return .dyn
    default:
      guard isStrict else { return .dyn }
      throw CELError(
        message: "expected type 'optional_type' but found '\(type)'", range: tree[id].range)
    }
  }
}

extension Value {
  fileprivate var literalType: ValueType {
    switch self {
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    case .null: .null
    default: .dyn
    }
  }
}

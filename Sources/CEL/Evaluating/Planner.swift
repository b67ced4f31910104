/// Turns a checked tree into closures over slots.
struct Planner {
  let environment: Environment
  let checked: CheckedTree
  /// Where somebody wants to know what conditions come to.
  var log: ConditionLog?

  var tree: SyntaxTree { checked.tree }

  /// The code of a node.
  ///
  /// - Throws: ``CELError`` for what can be seen to be wrong beforehand: a regular expression.
  func plan(_ id: NodeID) throws(CELError) -> Code {
    let code = try code(of: id)
    return log?.noting(code, of: id) ?? code
  }

  private func code(of id: NodeID) throws(CELError) -> Code {
    if case .failure(let message) = checked.resolutions[id] {
      let failure = EvaluationFailure.error(message)
      return { _ throws(EvaluationFailure) in throw failure }
    }
    switch tree[id].kind {
    case .literal(let value): return { _ throws(EvaluationFailure) in value }
    case .identifier: return name(id) ?? Self.nothing
    case .select(let operand, let field, let isOptional):
      if let name = name(id) { return name }
      return try select(id, operand, field, isOptional: isOptional)
    case .has(let operand, let field): return try has(id, operand, field)
    case .index(let operand, let index, let isOptional):
      return try self.index(operand, index, isOptional: isOptional)
    case .call(let function, _, let arguments):
      return try call(id, function, target: nil, arguments)
    case .memberCall(let function, let target, let arguments):
      return try call(id, function, target: target, arguments)
    case .not(let operand): return try not(operand)
    case .negate(let operand): return try negate(operand)
    case .binary(let binary, let left, let right): return try self.binary(binary, left, right)
    case .and(let operands): return try logic(operands, decides: false)
    case .or(let operands): return try logic(operands, decides: true)
    case .conditional(let condition, let first, let second):
      return try conditional(condition, first, second)
    case .list(let entries): return try list(entries)
    case .map(let entries): return try map(entries)
    case .structure: return Self.nothing
    case .comprehension(let comprehension): return try self.comprehension(id, comprehension)
    case .binding(let binding): return try self.binding(id, binding)
    }
  }

  func plan(all nodes: [NodeID]) throws(CELError) -> [Code] {
    var codes: [Code] = []
    codes.reserveCapacity(nodes.count)
    for node in nodes { codes.append(try plan(node)) }
    return codes
  }

  /// For nodes that the checker always refuses; nothing else leads here.
  private static let nothing: Code = { _ throws(EvaluationFailure) in
    throw .error("expression without a meaning")
  }

  private func name(_ id: NodeID) -> Code? {
    switch checked.resolutions[id] {
    case .variable(0):
      return { frame throws(EvaluationFailure) in
        frame.trace?.useWhole()
        return frame.variables[0]
      }
    case .variable(let slot): return { frame throws(EvaluationFailure) in frame.variables[slot] }
    case .local(let slot): return { frame throws(EvaluationFailure) in frame.locals[slot] }
    case .bound(let slot):
      return { frame throws(EvaluationFailure) in
        if !frame.failures.isEmpty, let failure = frame.failures[slot] { throw failure }
        return frame.locals[slot]
      }
    case .typeName(let name): return { _ throws(EvaluationFailure) in .type(name) }
    default: return nil
    }
  }
}

// MARK: Operators

extension Planner {
  private func not(_ operand: NodeID) throws(CELError) -> Code {
    let operand = try plan(operand)
    return { frame throws(EvaluationFailure) in
      let value = try operand(&frame)
      guard case .bool(let bool) = value else { throw .noOverload("!_", value) }
      return .bool(!bool)
    }
  }

  private func negate(_ operand: NodeID) throws(CELError) -> Code {
    let operand = try plan(operand)
    return { frame throws(EvaluationFailure) in
      let value = try operand(&frame)
      switch value {
      case .int(.min): throw .error("integer overflow")
      case .int(let int): return .int(-int)
      case .double(let double): return .double(-double)
      default: throw .noOverload("-_", value)
      }
    }
  }

  private func binary(
    _ binary: BinaryOperator, _ left: NodeID, _ right: NodeID
  ) throws(CELError) -> Code {
    let left = try plan(left)
    let right = try plan(right)
    switch binary {
    case .equal, .notEqual:
      let wanted = binary == .equal
      return { frame throws(EvaluationFailure) in
        let left = try left(&frame)
        return .bool(try frame.areEqual(left, right(&frame)) == wanted)
      }
    case .in:
      return { frame throws(EvaluationFailure) in
        let left = try left(&frame)
        return .bool(try frame.contains(left, in: right(&frame)))
      }
    case .less, .lessOrEqual, .greater, .greaterOrEqual: return order(binary, left, right)
    case .add, .subtract, .multiply, .divide, .remainder:
      return { frame throws(EvaluationFailure) in
        let left = try left(&frame)
        return try frame.arithmetic(binary, left, right(&frame))
      }
    }
  }

  private func order(
    _ binary: BinaryOperator, _ left: @escaping Code, _ right: @escaping Code
  ) -> Code {
    let wanted: ValueOrder = binary == .less || binary == .lessOrEqual ? .before : .after
    let orSame = binary == .lessOrEqual || binary == .greaterOrEqual
    return { frame throws(EvaluationFailure) in
      let left = try left(&frame)
      let right = try right(&frame)
      if case .int(let left) = left, case .int(let right) = right {
        return .bool(left == right ? orSame : (left < right) == (wanted == .before))
      }
      guard let order = left.order(right) else {
        throw .noOverload(binary.functionName, left, right)
      }
      return .bool(order == wanted || (orSame && order == .same))
    }
  }

  /// `&&` and `||`: an operand that decides wins over failures on either side of it.
  private func logic(_ operands: [NodeID], decides: Bool) throws(CELError) -> Code {
    let operands = try plan(all: operands)
    let function = decides ? "_||_" : "_&&_"
    return { frame throws(EvaluationFailure) in
      var pending = PendingFailure()
      for operand in operands {
        do throws(EvaluationFailure) {
          let value = try operand(&frame)
          guard case .bool(let bool) = value else { throw .noOverload(function, value) }
          if bool == decides { return .bool(decides) }
        } catch {
          pending.add(error)
        }
      }
      try pending.rethrow()
      return .bool(!decides)
    }
  }

  private func conditional(
    _ condition: NodeID, _ first: NodeID, _ second: NodeID
  ) throws(CELError) -> Code {
    let condition = try plan(condition)
    let first = try plan(first)
    let second = try plan(second)
    return { frame throws(EvaluationFailure) in
      let value = try condition(&frame)
      guard case .bool(let bool) = value else { throw .noOverload("_?_:_", value) }
      return bool ? try first(&frame) : try second(&frame)
    }
  }
}

/// The failures of a chain's operands, kept until it is clear that none of the others decides.
///
/// What is unknown outweighs an error: the chain might have been decided by it.
struct PendingFailure {
  /// Only so many reasons are kept: a macro may meet thousands, and people read the first few.
  private static let reasonLimit = 16

  private var error: EvaluationFailure?
  private var reasons: [String] = []

  mutating func add(_ failure: EvaluationFailure) {
    switch failure {
    case .error: error = error ?? failure
    case .unknown(let more):
      for reason in more where reasons.count < Self.reasonLimit && !reasons.contains(reason) {
        reasons.append(reason)
      }
    }
  }

  func rethrow() throws(EvaluationFailure) {
    if !reasons.isEmpty { throw .unknown(reasons) }
    if let error { throw error }
  }
}

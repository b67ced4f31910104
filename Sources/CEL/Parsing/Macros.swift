extension Parser {
  /// `has(e.f)`: the only way to ask whether something is there.
  mutating func has(_ argument: NodeID, _ range: Range<Int>) throws(CELError) -> NodeID {
    guard case .select(let operand, let field, false) = tree[argument].kind else {
      throw CELError(
        message: "argument of has() must be a field selection", range: tree[argument].range)
    }
    return try tree.add(
      .has(operand, field: field), range, focus: tree[argument].focus, below: [argument])
  }

  /// A call of a member: a macro where name and number of arguments are a macro's, else a function.
  mutating func memberCall(
    _ name: String, on target: NodeID, _ arguments: [NodeID], _ range: Range<Int>,
    focus: Range<Int>
  ) throws(CELError) -> NodeID {
    let kind: NodeKind
    if let shape = MacroShape(name, argumentCount: arguments.count) {
      kind = .comprehension(try comprehension(shape, target, arguments))
    } else if let binding = try binding(name, target, arguments) {
      kind = .binding(binding)
    } else {
      kind = .memberCall(name, target: target, arguments: arguments)
    }
    return try tree.add(kind, range, focus: focus, below: [target] + arguments)
  }

  private func comprehension(
    _ shape: MacroShape, _ range: NodeID, _ arguments: [NodeID]
  ) throws(CELError) -> Comprehension {
    var variables: [String] = []
    for argument in arguments.prefix(shape.variableCount) {
      let name = try variableName(argument)
      guard !variables.contains(name) else {
        throw CELError(
          message: "variable '\(name)' is declared twice", range: tree[argument].range)
      }
      variables.append(name)
    }
    let hasFilter = arguments.count == shape.variableCount + 2
    return Comprehension(
      kind: shape.kind, range: range, variables: variables,
      filter: hasFilter ? arguments[shape.variableCount] : nil,
      body: arguments[arguments.count - 1])
  }

  private func binding(
    _ name: String, _ target: NodeID, _ arguments: [NodeID]
  ) throws(CELError) -> Binding? {
    switch (name, arguments.count) {
    case ("bind", 3):
      guard case .identifier("cel", _) = tree[target].kind else { return nil }
      return Binding(
        kind: .bind, variable: try variableName(arguments[0]), value: arguments[1],
        body: arguments[2])
    case ("optMap", 2), ("optFlatMap", 2):
      return Binding(
        kind: name == "optMap" ? .optionalMap : .optionalFlatMap,
        variable: try variableName(arguments[0]), value: target, body: arguments[1])
    default: return nil
    }
  }

  private func variableName(_ node: NodeID) throws(CELError) -> String {
    guard case .identifier(let name, false) = tree[node].kind else {
      throw CELError(message: "argument must be a simple name", range: tree[node].range)
    }
    return name
  }
}

/// What a macro over elements does with its arguments.
private struct MacroShape {
  let kind: Comprehension.Kind
  /// How many of the arguments, from the first, are names of variables.
  let variableCount: Int

  /// The macro of a name that takes this many arguments.
  init?(_ name: String, argumentCount: Int) {
    switch (name, argumentCount) {
    case ("all", 2), ("all", 3): kind = .all
    case ("exists", 2), ("exists", 3): kind = .exists
    case ("exists_one", 2), ("exists_one", 3), ("existsOne", 2), ("existsOne", 3):
      kind = .existsOne
    case ("filter", 2): kind = .filter
    case ("map", 2), ("map", 3): kind = .map
    case ("transformList", 3), ("transformList", 4): kind = .transformList
    case ("transformMap", 3), ("transformMap", 4): kind = .transformMap
    case ("transformMapEntry", 3), ("transformMapEntry", 4): kind = .transformMapEntry
    default: return nil
    }
    switch kind {
    case .all, .exists, .existsOne: variableCount = argumentCount - 1
    case .filter, .map: variableCount = 1
    case .transformList, .transformMap, .transformMapEntry: variableCount = 2
    }
  }
}

extension Checker {
  /// A macro over elements: gives its variables slots and types, then looks at its body.
  mutating func comprehension(
    _ id: NodeID, _ comprehension: Comprehension
  ) throws(CELError) -> ValueType {
    let range = try type(of: comprehension.range)
    let elements: (key: ValueType, value: ValueType, isMap: Bool)
    switch range {
    case .list(let element): elements = (.int, element.settled, false)
    case .map(let key, let value): elements = (key.settled, value.settled, true)
    case .dyn: elements = (.dyn, .dyn, false)
    default:
      if isStrict {
        throw CELError(
          message: "expression of type '\(range)' cannot be the range of a macro",
          range: tree[comprehension.range].range)
      }
      elements = (.dyn, .dyn, false)
    }
    let single = elements.isMap ? elements.key : elements.value
    let types =
      comprehension.variables.count == 1 ? [single] : [elements.key, elements.value]
    localSlots[id] = scope.count
    for (name, type) in zip(comprehension.variables, types) { push(name, type) }
    defer { scope.removeLast(comprehension.variables.count) }
    if let filter = comprehension.filter { try expect(.bool, filter, "a condition") }
    return try result(of: comprehension, element: single, key: elements.key)
  }

  private mutating func result(
    of comprehension: Comprehension, element: ValueType, key: ValueType
  ) throws(CELError) -> ValueType {
    switch comprehension.kind {
    case .all, .exists, .existsOne:
      try expect(.bool, comprehension.body, "a condition")
      return .bool
    case .filter:
      try expect(.bool, comprehension.body, "a condition")
      return .list(element)
    case .map, .transformList: return .list(try type(of: comprehension.body))
    case .transformMap: return .map(key, try type(of: comprehension.body))
    case .transformMapEntry:
      let found = try type(of: comprehension.body)
      if case .map = found { return found }
      guard isStrict, found != .dyn else { return .map(.dyn, .dyn) }
      throw CELError(
        message: "expected an entry of type 'map' but found '\(found)'",
        range: tree[comprehension.body].range)
    }
  }

  /// A macro that names a value.
  mutating func binding(_ id: NodeID, _ binding: Binding) throws(CELError) -> ValueType {
    var value = try type(of: binding.value)
    if binding.kind != .bind { value = try wrapped(value, binding.value) }
    localSlots[id] = scope.count
    push(binding.variable, value, isBinding: binding.kind == .bind)
    defer { scope.removeLast() }
    let body = try type(of: binding.body)
    switch binding.kind {
    case .bind: return body
    case .optionalMap: return .optional(body)
    case .optionalFlatMap: return .optional(try wrapped(body, binding.body))
    }
  }

  private mutating func push(_ name: String, _ type: ValueType, isBinding: Bool = false) {
    scope.append(Local(name: name, type: type, slot: scope.count, isBinding: isBinding))
    localCount = max(localCount, scope.count)
  }
}

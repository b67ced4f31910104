extension Checker {
  /// A call of a plain function, or a question about a field.
  mutating func call(
    _ id: NodeID, _ name: String, isAbsolute: Bool, _ arguments: [NodeID]
  ) throws(CELError) -> ValueType {
    if let aspect = environment.aspects[name], arguments.count == 1 {
      return try self.aspect(id, aspect, arguments[0])
    }
    guard let function = function(name, isAbsolute: isAbsolute) else {
      _ = try types(of: arguments)
      return try refuse(
        id, undeclared(name),
        suggestion: isStrict ? nearestName(to: name, among: environment.functionNames) : nil)
    }
    let types = try types(of: arguments)
    let (result, overloads) = try resolve(id, function, isMember: false, types)
    resolutions[id] = .function(overloads)
    return result
  }

  /// A call after a dot: of a function in a namespace, or of one that belongs to the target.
  mutating func memberCall(
    _ id: NodeID, _ name: String, _ target: NodeID, _ arguments: [NodeID]
  ) throws(CELError) -> ValueType {
    if let function = namespaced(name, target) {
      let types = try types(of: arguments)
      let (result, overloads) = try resolve(id, function, isMember: false, types)
      resolutions[id] = .namespaced(overloads)
      return result
    }
    let types = [try type(of: target)] + (try types(of: arguments))
    guard let function = function(name, isAbsolute: false) else {
      return try refuse(
        id, undeclared(name),
        suggestion: isStrict ? nearestName(to: name, among: environment.functionNames) : nil)
    }
    let (result, overloads) = try resolve(id, function, isMember: true, types)
    resolutions[id] = .function(overloads)
    return result
  }

  private mutating func types(of nodes: [NodeID]) throws(CELError) -> [ValueType] {
    var types: [ValueType] = []
    types.reserveCapacity(nodes.count + 1)
    for node in nodes { types.append(try type(of: node)) }
    return types
  }

  private func function(_ name: String, isAbsolute: Bool) -> Function? {
    for candidate in environment.candidates(for: name, isAbsolute: isAbsolute) {
      if let function = environment.function(named: candidate) { return function }
    }
    return nil
  }

  private func namespaced(_ name: String, _ target: NodeID) -> Function? {
    guard let head = head(of: target), head.isAbsolute || local(head.name) == nil,
      environment.isFunctionNamespace(head.name) || !environment.container.isEmpty,
      let (prefix, isAbsolute) = tree.qualifiedName(target)
    else { return nil }
    return function("\(prefix).\(name)", isAbsolute: isAbsolute)
  }

  /// The overloads that can apply to arguments of these types, and what they yield.
  ///
  /// Where an argument has a `dyn` in its type several can; unless they agree on the result, it
  /// is `dyn` then.
  private func resolve(
    _ id: NodeID, _ function: Function, isMember: Bool, _ types: [ValueType]
  ) throws(CELError) -> (ValueType, [Overload]) {
    var result: ValueType?
    var overloads: [Overload] = []
    let isKnown = !types.contains(where: \.hasDyn)
    for overload in function.overloads
    where overload.isMember == isMember && overload.takes(types.count) {
      guard isStrict else {
        overloads.append(overload)
        continue
      }
      var bindings = TypeBindings()
      let fits = types.enumerated().allSatisfy { index, type in
        bindings.accept(type, as: overload.parameter(index))
      }
      guard fits else { continue }
      overloads.append(overload)
      let found = bindings.substitute(overload.result).settled
      result = result == nil || result == found ? found : .dyn
      if isKnown { break }
    }
    if overloads.isEmpty { _ = try mismatch(id, function.name, types) }
    return (result ?? .dyn, overloads)
  }

  /// `written(pool.max_size)`: reads another slot of the structure that the field belongs to.
  private mutating func aspect(
    _ id: NodeID, _ aspect: FieldAspect, _ argument: NodeID
  ) throws(CELError) -> ValueType {
    guard case .select(let operand, _, false) = tree[argument].kind else {
      return try refuse(id, "argument of \(aspect.function)() must be a field selection")
    }
    _ = try type(of: argument)
    guard case .field(let slot) = resolutions[argument] else {
      return try refuse(id, "argument of \(aspect.function)() must be a field of a structure")
    }
    resolutions[id] = .aspect(operand, aspect.slot(slot))
    return aspect.resultType
  }
}

extension Environment {
  /// The host's and the library's overloads of a name, the host's first.
  func function(named name: String) -> Function? {
    let standard = StandardLibrary.functions[name]
    guard let own = functions[name] else { return standard }
    return standard.map { own.adding($0.overloads) } ?? own
  }

  /// Every function and question about a field that an expression can call.
  var functionNames: [String] {
    Array(functions.keys) + Array(StandardLibrary.functions.keys) + Array(aspects.keys)
      + ["has"]
  }

  func isFunctionNamespace(_ name: String) -> Bool {
    StandardLibrary.namespaces.contains(name) || functionNamespaces.contains(name)
  }
}

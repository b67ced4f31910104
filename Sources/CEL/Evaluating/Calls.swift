extension Planner {
  /// A call: a question about a field, a function that the evaluator knows itself, or overloads.
  func call(
    _ id: NodeID, _ name: String, target: NodeID?, _ arguments: [NodeID]
  ) throws(CELError) -> Code {
    switch checked.resolutions[id] {
    case .aspect(let operand, let slot): return try aspect(operand, slot, name)
    case .namespaced(let overloads):
      return Self.dispatch(name, overloads, try plan(all: arguments))
    case .function(let overloads):
      let nodes = (target.map { [$0] } ?? []) + arguments
      if let code = try special(name, nodes, isMember: target != nil) { return code }
      let code = Self.dispatch(name, overloads, try plan(all: nodes))
      return nodes.allSatisfy(isLiteral) && isPure(name) ? Self.folded(code) : code
    default: return Self.dispatch(name, [], try plan(all: arguments))
    }
  }

  private func aspect(
    _ operand: NodeID, _ slot: Int, _ name: String
  ) throws(CELError) -> Code {
    let code = try plan(operand)
    if let read = fieldRead(operand, slot) {
      return { frame throws(EvaluationFailure) in
        if let result = try read(&frame) { return try result.value(name) }
        throw .noOverload(name, try code(&frame))
      }
    }
    return { frame throws(EvaluationFailure) in
      let value = try code(&frame)
      guard case .object(let object) = value else { throw .noOverload(name, value) }
      return try object.field(slot).value(name)
    }
  }

  func isLiteral(_ id: NodeID) -> Bool {
    if case .literal = tree[id].kind { true } else { false }
  }

  /// A host's function may answer otherwise each time, the library's never do.
  private func isPure(_ name: String) -> Bool {
    environment.functions[name] == nil
  }

  /// Code without variables such as `duration('30s')`, run once.
  ///
  /// What fails is left to fail in its place, where logic may absorb it.
  static func folded(_ code: @escaping Code) -> Code {
    var frame = Frame(variables: [], localCount: 0)
    do throws(EvaluationFailure) {
      let value = try code(&frame)
      return { _ throws(EvaluationFailure) in value }
    } catch {
      return code
    }
  }

  /// Calls the first overload that takes the arguments' kinds.
  private static func dispatch(
    _ name: String, _ overloads: [Overload], _ arguments: [Code]
  ) -> Code {
    { frame throws(EvaluationFailure) in
      var values: [Value] = []
      values.reserveCapacity(arguments.count)
      for argument in arguments { values.append(try argument(&frame)) }
      for overload in overloads where overload.accepts(values) {
        try frame.charge()
        for value in values { try frame.charge(for: value) }
        let result = try overload.implementation(values)
        try frame.charge(for: result)
        return result
      }
      throw .noOverload(name, values)
    }
  }

  /// Functions that need more than their arguments' values.
  private func special(
    _ name: String, _ nodes: [NodeID], isMember: Bool
  ) throws(CELError) -> Code? {
    guard environment.functions[name] == nil else { return nil }
    switch (name, nodes.count, isMember) {
    case ("matches", 2, _): return try matches(nodes[0], nodes[1])
    case ("or", 2, true): return try orElse(name, nodes[0], nodes[1])
    case ("orValue", 2, true): return try orElse(name, nodes[0], nodes[1])
    case (_, 2, true) where TimeField(function: name) != nil:
      return try timeField(name, nodes[0], zone: nodes[1])
    default: return nil
    }
  }

  /// `or` and `orValue` look at their argument only when the optional is empty.
  private func orElse(
    _ name: String, _ optional: NodeID, _ other: NodeID
  ) throws(CELError) -> Code {
    let optional = try plan(optional)
    let other = try plan(other)
    return { frame throws(EvaluationFailure) in
      let value = try optional(&frame)
      guard case .optional(let wrapped) = value else { throw .noOverload(name, value) }
      if let wrapped { return name == "or" ? value : wrapped }
      let result = try other(&frame)
      if name == "or", case .optional = result { return result }
      guard name == "orValue" else { throw .noOverload(name, value, result) }
      return result
    }
  }

  /// `matches`: a literal pattern is compiled once, and refused beforehand if it is malformed.
  private func matches(_ text: NodeID, _ pattern: NodeID) throws(CELError) -> Code {
    let textCode = try plan(text)
    guard case .literal(.string(let literal)) = tree[pattern].kind else {
      let patternCode = try plan(pattern)
      return { frame throws(EvaluationFailure) in
        let text = try textCode(&frame)
        let pattern = try patternCode(&frame)
        guard case .string(let source) = pattern else {
          throw .noOverload("matches", text, pattern)
        }
        // Compiling takes a few hundred nanoseconds for each byte.
        try frame.charge(4 * source.utf8.count)
        let regex: RegularExpression
        do throws(RegexError) {
          regex = try RegularExpression(source)
        } catch {
          throw .error("invalid regular expression: \(error.message)")
        }
        try frame.charge(regex.size)
        return try frame.matches(text, regex)
      }
    }
    let regex: RegularExpression
    do throws(RegexError) {
      regex = try RegularExpression(literal)
    } catch {
      throw CELError(
        message: "invalid regular expression: \(error.message)", range: tree[pattern].range)
    }
    return { frame throws(EvaluationFailure) in try frame.matches(textCode(&frame), regex) }
  }

  /// `t.getHours("Europe/Berlin")`: a literal zone is looked up once.
  private func timeField(
    _ name: String, _ time: NodeID, zone: NodeID
  ) throws(CELError) -> Code? {
    guard let field = TimeField(function: name) else { return nil }
    let time = try plan(time)
    let source = environment.timeZones
    if case .literal(.string(let literal)) = tree[zone].kind,
      let known = TimeZone(name: literal, source: source)
    {
      return { frame throws(EvaluationFailure) in try time(&frame).field(field, known) }
    }
    let zone = try plan(zone)
    return { frame throws(EvaluationFailure) in
      let value = try time(&frame)
      let name = try zone(&frame)
      guard case .string(let text) = name else { throw .noOverload(field.function, value, name) }
      guard let zone = TimeZone(name: text, source: source) else {
        throw .error("unknown time zone '\(text)'")
      }
      return try value.field(field, zone)
    }
  }
}

extension Value {
  fileprivate func field(
    _ field: TimeField, _ zone: TimeZone
  ) throws(EvaluationFailure) -> Value {
    guard case .timestamp(let time) = self else { throw .noOverload(field.function, self) }
    return .int(field.value(of: time, in: zone))
  }
}

extension Frame {
  fileprivate mutating func matches(
    _ value: Value, _ regex: RegularExpression
  ) throws(EvaluationFailure) -> Value {
    guard case .string(let text) = value else { throw .noOverload("matches", value) }
    // The machine visits each instruction at most once a character.
    let (work, overflow) = (text.utf8.count + 1).multipliedReportingOverflow(by: regex.size)
    try charge(1 + (overflow ? Program.stepLimit : work >> 3))
    return .bool(regex.matches(text))
  }
}

extension Overload {
  /// Whether the overload is made for these arguments' kinds; elements aren't looked at.
  func accepts(_ values: [Value]) -> Bool {
    guard takes(values.count) else { return false }
    for (index, value) in values.enumerated() where !parameter(index).accepts(value) {
      return false
    }
    return true
  }
}

extension ValueType {
  fileprivate func accepts(_ value: Value) -> Bool {
    switch (self, value) {
    case (.dyn, _), (.parameter, _), (.null, .null), (.bool, .bool), (.int, .int), (.uint, .uint),
      (.double, .double), (.string, .string), (.bytes, .bytes), (.timestamp, .timestamp),
      (.duration, .duration), (.list, .list), (.map, .map), (.optional, .optional),
      (.type, .type), (.number, .int), (.number, .uint), (.number, .double):
      true
    case (.object(let name), .object(let object)): name == object.typeName
    default: false
    }
  }
}

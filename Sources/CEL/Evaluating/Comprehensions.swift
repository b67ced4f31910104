extension Planner {
  /// A macro over elements.
  func comprehension(_ id: NodeID, _ comprehension: Comprehension) throws(CELError) -> Code {
    let loop = Loop(
      range: try plan(comprehension.range), slot: checked.localSlots[id] ?? 0,
      hasTwoVariables: comprehension.variables.count == 2)
    let filter: Code? =
      if let filter = comprehension.filter { try plan(filter) } else { nil }
    let body = try plan(comprehension.body)
    switch comprehension.kind {
    case .all: return Self.chain(loop, body, decides: false)
    case .exists: return Self.chain(loop, body, decides: true)
    case .existsOne: return Self.existsOne(loop, body)
    case .filter: return Self.filter(loop, body)
    case .map, .transformList: return Self.transform(loop, filter, body)
    case .transformMap: return Self.transformMap(loop, filter, body)
    case .transformMapEntry: return Self.transformEntries(loop, filter, body)
    }
  }

  /// `all` and `exists`: chains of `&&` and `||`.
  private static func chain(
    _ loop: Loop, _ body: @escaping Code, decides: Bool
  ) -> Code {
    { frame throws(EvaluationFailure) in
      var pending = PendingFailure()
      let isDecided = try loop.run(&frame) { frame, _ throws(EvaluationFailure) in
        do throws(EvaluationFailure) {
          return try condition(body, &frame) == decides
        } catch {
          pending.add(error)
          return false
        }
      }
      if isDecided { return .bool(decides) }
      try pending.rethrow()
      return .bool(!decides)
    }
  }

  /// `exists_one` looks at every element and absorbs nothing.
  private static func existsOne(_ loop: Loop, _ body: @escaping Code) -> Code {
    { frame throws(EvaluationFailure) in
      var count = 0
      _ = try loop.run(&frame) { frame, _ throws(EvaluationFailure) in
        if try condition(body, &frame) { count += 1 }
        return false
      }
      return .bool(count == 1)
    }
  }

  private static func filter(_ loop: Loop, _ body: @escaping Code) -> Code {
    { frame throws(EvaluationFailure) in
      var kept: [Value] = []
      _ = try loop.run(&frame) { frame, _ throws(EvaluationFailure) in
        if try condition(body, &frame) { kept.append(frame.locals[loop.slot]) }
        return false
      }
      return .list(kept)
    }
  }

  private static func transform(
    _ loop: Loop, _ filter: Code?, _ body: @escaping Code
  ) -> Code {
    { frame throws(EvaluationFailure) in
      var results: [Value] = []
      _ = try loop.run(&frame) { frame, _ throws(EvaluationFailure) in
        if try passes(filter, &frame) { results.append(try body(&frame)) }
        return false
      }
      return .list(results)
    }
  }

  /// What an entry of a large map costs beside an element of a list.
  private static let insertionSteps = 8

  private static func transformMap(
    _ loop: Loop, _ filter: Code?, _ body: @escaping Code
  ) -> Code {
    { frame throws(EvaluationFailure) in
      var results = MapValue()
      _ = try loop.run(&frame) { frame, key throws(EvaluationFailure) in
        guard try passes(filter, &frame) else { return false }
        try frame.charge(insertionSteps)
        try results.add(key, body(&frame))
        return false
      }
      return .map(results)
    }
  }

  private static func transformEntries(
    _ loop: Loop, _ filter: Code?, _ body: @escaping Code
  ) -> Code {
    { frame throws(EvaluationFailure) in
      var results = MapValue()
      _ = try loop.run(&frame) { frame, _ throws(EvaluationFailure) in
        guard try passes(filter, &frame) else { return false }
        let value = try body(&frame)
        guard case .map(let entries) = value else {
          throw .error("expected a map, found '\(value.typeName)'")
        }
        for (key, value) in entries.entries {
          try frame.charge(insertionSteps)
          try results.add(key.value, value)
        }
        return false
      }
      return .map(results)
    }
  }

  private static func passes(
    _ filter: Code?, _ frame: inout Frame
  ) throws(EvaluationFailure) -> Bool {
    guard let filter else { return true }
    return try condition(filter, &frame)
  }

  private static func condition(
    _ code: Code, _ frame: inout Frame
  ) throws(EvaluationFailure) -> Bool {
    let value = try code(&frame)
    guard case .bool(let bool) = value else {
      throw .error("expected a condition of type 'bool' but found '\(value.typeName)'")
    }
    return bool
  }
}

/// Runs over the elements of a list or the entries of a map, with the macro's variables set.
private struct Loop {
  let range: Code
  /// The first variable's slot; the second's is the next.
  let slot: Int
  let hasTwoVariables: Bool

  /// Runs `body` for each element with its index or key, until it answers `true`.
  ///
  /// - Returns: whether it did.
  func run(
    _ frame: inout Frame,
    _ body: (inout Frame, Value) throws(EvaluationFailure) -> Bool
  ) throws(EvaluationFailure) -> Bool {
    let value = try range(&frame)
    switch value {
    case .list(let list):
      for (index, element) in list.enumerated() {
        try frame.charge()
        let index = Value.int(Int64(index))
        set(&frame, index, element, single: element)
        if try body(&frame, index) { return true }
      }
    case .map(let map):
      for (key, element) in map.entries {
        try frame.charge()
        set(&frame, key.value, element, single: key.value)
        if try body(&frame, key.value) { return true }
      }
    default:
      throw .error("'\(value.typeName)' cannot be the range of a macro")
    }
    return false
  }

  private func set(_ frame: inout Frame, _ key: Value, _ element: Value, single: Value) {
    if hasTwoVariables {
      frame.locals[slot] = key
      frame.locals[slot + 1] = element
    } else {
      frame.locals[slot] = single
    }
  }
}

extension Planner {
  /// A macro that names a value.
  func binding(_ id: NodeID, _ binding: Binding) throws(CELError) -> Code {
    let slot = checked.localSlots[id] ?? 0
    let value = try plan(binding.value)
    let body = try plan(binding.body)
    if binding.kind == .bind { return Self.bind(slot, value, body) }
    let isFlat = binding.kind == .optionalFlatMap
    return { frame throws(EvaluationFailure) in
      let optional = try value(&frame)
      guard case .optional(let wrapped) = optional else {
        throw .noOverload(isFlat ? "optFlatMap" : "optMap", optional)
      }
      guard let wrapped else { return .optional(nil) }
      frame.locals[slot] = wrapped
      let result = try body(&frame)
      guard isFlat else { return .optional(result) }
      guard case .optional = result else { throw .noOverload("optFlatMap", optional, result) }
      return result
    }
  }

  /// A value that fails does so where its name is used, which may be nowhere.
  private static func bind(_ slot: Int, _ value: @escaping Code, _ body: @escaping Code) -> Code {
    { frame throws(EvaluationFailure) in
      let outer = frame.failures[slot]
      do throws(EvaluationFailure) {
        frame.locals[slot] = try value(&frame)
        frame.failures[slot] = nil
      } catch {
        frame.failures[slot] = error
      }
      defer { frame.failures[slot] = outer }
      return try body(&frame)
    }
  }
}

/// A checked expression, ready to be evaluated any number of times, on any thread.
package struct Program: Sendable {
  /// The type of the result, `dyn` where it isn't known before evaluation.
  package let resultType: ValueType
  /// The fields of host structures that the expression can read, in order of appearance, each once.
  ///
  /// Fields of structures that the checker knows only as `dyn` are not among them.
  package let fieldReferences: [FieldReference]
  let code: Code
  let variableCount: Int
  let localCount: Int

  /// An evaluation takes at most this many steps: elements visited, calls, and what these build.
  ///
  /// Macros within macros are the one way to write work that grows beyond bounds. A step takes
  /// some 50 to 100 ns, so a rule ends within about a second; an honest one over a large
  /// configuration takes thousands.
  package static let stepLimit = 10_000_000

  /// The expression's value.
  ///
  /// - Parameters:
  ///   - variables: the values in the order of ``Environment/variables``.
  ///   - stepLimit: the number of steps after which the evaluation fails.
  package func evaluate(
    _ variables: [Value] = [], stepLimit: Int = Program.stepLimit
  ) -> Outcome {
    guard variables.count == variableCount else {
      return .error(
        EvaluationError("\(variables.count) values given for \(variableCount) variables"))
    }
    var frame = Frame(variables: variables, localCount: localCount, stepLimit: stepLimit)
    return outcome(&frame)
  }

  /// The expression's value, and what it read of the first variable besides what `trace` holds.
  package func evaluate(_ variables: [Value], trace: inout ReadTrace) -> Outcome {
    guard variables.count == variableCount else { return evaluate(variables) }
    // Handed over whole: two owners would have every read copied at the next one.
    let reads = trace
    trace = ReadTrace()
    var frame = Frame(variables: variables, localCount: localCount, trace: reads)
    let outcome = outcome(&frame)
    trace = frame.trace ?? trace
    trace.count(steps: frame.stepsTaken)
    return outcome
  }

  private func outcome(_ frame: inout Frame) -> Outcome {
    do throws(EvaluationFailure) {
      let value = try code(&frame)
      try frame.chargeParts(of: value)
      return .value(value)
    } catch {
      switch error {
      case .error(let error): return .error(error)
      case .unknown(let reasons): return .unknown(reasons)
      }
    }
  }
}

extension Frame {
  /// Counts the parts of a result as often as they occur in it.
  ///
  /// A list may hold one part many times, and that part another: small in memory, endless in print.
  fileprivate mutating func chargeParts(of value: Value) throws(EvaluationFailure) {
    switch value {
    case .list(let list):
      for element in list {
        try charge()
        try chargeParts(of: element)
      }
    case .map(let map):
      for entry in map.entries {
        try charge()
        try chargeParts(of: entry.value)
      }
    case .optional(let wrapped?): try chargeParts(of: wrapped)
    default: break
    }
  }
}

/// A field that an expression reads.
package struct FieldReference: Sendable, Hashable {
  /// The name of the ``StructType``.
  package let typeName: String
  /// The field's name, as written.
  package let field: String
  /// The slot that the type gave for it; a question about the field reads another one.
  package let slot: Int
}

/// A planned part of an expression.
typealias Code = @Sendable (inout Frame) throws(EvaluationFailure) -> Value

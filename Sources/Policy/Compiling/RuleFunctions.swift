package import CEL
package import Model

/// The functions that expressions of rules have besides CEL's own.
package enum RuleFunctions {
  /// Ours and those of the products' readers.
  package static func all(_ schema: Schema) -> [Function] {
    OwnFunction.all.map(\.function) + schema.functions.map(function)
  }

  private static func function(_ function: SchemaFunction) -> Function {
    let call = function.call
    let name = function.name
    return Function(
      name,
      [
        Overload(
          function.parameters.map(RuleEnvironment.valueType),
          RuleEnvironment.valueType(function.result)
        ) { arguments throws(EvaluationFailure) in
          try value(of: call(arguments.map(field)), name)
        }
      ])
  }

  /// An argument in the terms of the model.
  private static func field(_ value: Value) -> FieldValue {
    switch value {
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .double(let value): .double(value)
    case .string(let value): .string(value)
    case .duration(let span):
      .duration(
        span.seconds < TimeSpan.secondsLimit
          ? span.seconds * 1_000_000 + Int64(span.nanoseconds) / 1_000 : .max)
    case .list(let values): .list(values.map(field))
    default: .absent
    }
  }

  private static func value(
    of result: FieldValue, _ name: String
  ) throws(EvaluationFailure) -> Value {
    switch result {
    case .bool(let value): return .bool(value)
    case .int(let value): return .int(value)
    case .double(let value): return .double(value)
    case .string(let value): return .string(value)
    case .duration(let value): return .duration(TimeSpan(microseconds: value))
    case .list(let values):
      var elements: [Value] = []
      for value in values { elements.append(try self.value(of: value, name)) }
      return .list(elements)
    case .unknown(let reason): throw .unknown([reason])
    case .absent, .resource: throw .error("\(name) gives nothing for this")
    }
  }
}

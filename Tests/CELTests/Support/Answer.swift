import CEL

/// What an expression comes to, in a notation that tables can hold.
enum Answer: Equatable, CustomStringConvertible {
  /// A value in the language's own notation: `1u`, `'a'`, `[1, 2.0]`, `{'a': true}`.
  case value(String)
  case error
  case unknown([String])
  case refused

  var description: String {
    switch self {
    case .value(let notation): notation
    case .error: "an error"
    case .unknown(let reasons): "unknown: \(reasons)"
    case .refused: "refused"
    }
  }
}

/// What an expression comes to.
func answer(
  _ expression: String, in environment: Environment = Environment(), with values: [Value] = [],
  checked: Bool = true, stepLimit: Int = Program.stepLimit
) -> Answer {
  let program: Program
  do {
    program = try environment.compile(expression, checked: checked)
  } catch {
    return .refused
  }
  switch program.evaluate(values, stepLimit: stepLimit) {
  case .value(let value): return .value(value.notation)
  case .error: return .error
  case .unknown(let reasons): return .unknown(reasons)
  }
}

/// Why an expression is refused.
func refusal(
  _ expression: String, in environment: Environment = Environment()
) -> CELError? {
  do {
    _ = try environment.compile(expression)
    return nil
  } catch {
    return error
  }
}

extension Value {
  /// The value as an expression would write it.
  var notation: String {
    switch self {
    case .null: "null"
    case .bool(let bool): "\(bool)"
    case .int(let int): "\(int)"
    case .uint(let uint): "\(uint)u"
    case .double(let double): double.isNaN ? "nan" : "\(double)"
    case .string(let string): "'\(string)'"
    case .bytes(let bytes): "b'\(bytes.map { String($0, radix: 16) }.joined(separator: " "))'"
    case .list(let list): "[\(list.map(\.notation).joined(separator: ", "))]"
    case .map(let map):
      "{"
        + map.entries.map { "\($0.key.value.notation): \($0.value.notation)" }
        .joined(separator: ", ") + "}"
    case .type(let name): name
    case .timestamp(let time): "timestamp('\(time.text)')"
    case .duration(let span): "duration('\(span.text)')"
    case .optional(let wrapped): wrapped.map { "optional.of(\($0.notation))" } ?? "optional.none()"
    case .object(let object): object.typeName
    }
  }
}

extension StandardLibrary {
  /// Optional values; `or` and `orValue` are the evaluator's, since they look at one side first.
  static let optionalFunctions: [Function] = {
    let element = ValueType.parameter("T")
    let optional = ValueType.optional(element)
    return [
      Function(
        "optional.of",
        [
          Overload([element], optional) { a throws(EvaluationFailure) in .optional(a[0]) }
        ]),
      Function(
        "optional.ofNonZeroValue",
        [
          Overload([element], optional) { a throws(EvaluationFailure) in
            .optional(a[0].isZero ? nil : a[0])
          }
        ]),
      Function(
        "optional.none",
        [
          Overload([], .optional(.undetermined)) { _ throws(EvaluationFailure) in .optional(nil) }
        ]),
      Function(
        "optional.unwrap",
        [
          Overload([.list(optional)], .list(element)) { a throws(EvaluationFailure) in
            .list(try unwrap(a[0].asList))
          }
        ]),
      Function(
        "unwrapOpt",
        [
          Overload(member: true, [.list(optional)], .list(element)) { a throws(EvaluationFailure) in
            .list(try unwrap(a[0].asList))
          }
        ]),
      Function(
        "hasValue",
        [
          Overload(member: true, [optional], .bool) { a throws(EvaluationFailure) in
            .bool(try wrapped(a[0]) != nil)
          }
        ]),
      Function(
        "value",
        [
          Overload(member: true, [optional], element) { a throws(EvaluationFailure) in
            guard let value = try wrapped(a[0]) else { throw .error("optional has no value") }
            return value
          }
        ]),
      Function(
        "or",
        [
          Overload(member: true, [optional, optional], optional) { a throws(EvaluationFailure) in
            try wrapped(a[0]) == nil ? a[1] : a[0]
          }
        ]),
      Function(
        "orValue",
        [
          Overload(member: true, [optional, element], element) { a throws(EvaluationFailure) in
            try wrapped(a[0]) ?? a[1]
          }
        ]),
      end("first") { $0.first },
      end("last") { $0.last },
    ]
  }()

  private static func end(
    _ name: String, _ element: @escaping @Sendable ([Value]) -> Value?
  ) -> Function {
    Function(
      name,
      [
        Overload(member: true, [.list(.parameter("T"))], .optional(.parameter("T"))) {
          a throws(EvaluationFailure) in .optional(element(try a[0].asList))
        }
      ])
  }

  private static func wrapped(_ value: Value) throws(EvaluationFailure) -> Value? {
    guard case .optional(let wrapped) = value else {
      throw .error("expected an optional, found '\(value.typeName)'")
    }
    return wrapped
  }

  private static func unwrap(_ list: [Value]) throws(EvaluationFailure) -> [Value] {
    var values: [Value] = []
    for element in list {
      if let value = try wrapped(element) { values.append(value) }
    }
    return values
  }
}

extension Value {
  /// Whether this is what its type starts from: 0, an empty text, null.
  fileprivate var isZero: Bool {
    switch self {
    case .null: true
    case .bool(let bool): !bool
    case .int(let int): int == 0
    case .uint(let uint): uint == 0
    case .double(let double): double == 0
    case .string(let string): string.isEmpty
    case .bytes(let bytes): bytes.isEmpty
    case .list(let list): list.isEmpty
    case .map(let map): map.count == 0
    case .timestamp(let time): time.seconds == 0 && time.nanoseconds == 0
    case .duration(let span): span.seconds == 0 && span.nanoseconds == 0
    case .type, .optional, .object: false
    }
  }
}

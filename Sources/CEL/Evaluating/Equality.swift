extension Frame {
  /// The language's equality: numbers by value whatever their kind, other unlike kinds unequal.
  ///
  /// NaN equals nothing; each pair of elements is a step, since values may share parts many times.
  mutating func areEqual(_ left: Value, _ right: Value) throws(EvaluationFailure) -> Bool {
    switch (left, right) {
    case (.int(let left), .int(let right)): return left == right
    case (.string(let left), .string(let right)): return left.hasSameScalars(as: right)
    case (.bool(let left), .bool(let right)): return left == right
    case (.null, .null): return true
    case (.bytes(let left), .bytes(let right)): return left == right
    case (.type(let left), .type(let right)): return left == right
    case (.timestamp(let left), .timestamp(let right)): return left == right
    case (.duration(let left), .duration(let right)): return left == right
    case (.optional(let left), .optional(let right)):
      guard let left, let right else { return left == nil && right == nil }
      return try areEqual(left, right)
    case (.list(let left), .list(let right)): return try areEqual(left, right)
    case (.map(let left), .map(let right)): return try areEqual(left, right)
    case (.object(let left), .object(let right)): return left.isEqual(to: right)
    default: return left.numericOrder(right) == .same
    }
  }

  private mutating func areEqual(
    _ left: [Value], _ right: [Value]
  ) throws(EvaluationFailure) -> Bool {
    guard left.count == right.count else { return false }
    for (left, right) in zip(left, right) {
      try charge()
      guard try areEqual(left, right) else { return false }
    }
    return true
  }

  private mutating func areEqual(
    _ left: MapValue, _ right: MapValue
  ) throws(EvaluationFailure) -> Bool {
    guard left.count == right.count else { return false }
    for (key, value) in left.entries {
      try charge()
      guard let other = right[key], try areEqual(value, other) else { return false }
    }
    return true
  }

  /// Whether a list has an equal element, or a map an equal key.
  mutating func contains(_ element: Value, in container: Value) throws(EvaluationFailure) -> Bool {
    switch container {
    case .list(let list):
      for other in list {
        try charge()
        if try areEqual(element, other) { return true }
      }
      return false
    case .map(let map):
      if let key = MapKey(element) { return map[key] != nil }
      guard case .double = element else { throw .noOverload("@in", element, container) }
      return false
    default: throw .noOverload("@in", element, container)
    }
  }
}

/// How one value stands to another.
enum ValueOrder {
  case before, same, after
  /// One of them is NaN.
  case unordered

  init<T: Comparable>(_ left: T, _ right: T) {
    self = left < right ? .before : left == right ? .same : left > right ? .after : .unordered
  }
}

extension Value {
  /// The order of two numbers of any kinds; `nil` where one is no number.
  ///
  /// An integer beside a double is taken as a double, as the reference implementations do.
  func numericOrder(_ other: Value) -> ValueOrder? {
    switch (self, other) {
    case (.int(let left), .int(let right)): ValueOrder(left, right)
    case (.uint(let left), .uint(let right)): ValueOrder(left, right)
    case (.double(let left), .double(let right)): ValueOrder(left, right)
    case (.int(let left), .uint(let right)):
      UInt64(exactly: left).map { ValueOrder($0, right) } ?? .before
    case (.uint(let left), .int(let right)):
      UInt64(exactly: right).map { ValueOrder(left, $0) } ?? .after
    case (.int(let left), .double(let right)): ValueOrder(Double(left), right)
    case (.double(let left), .int(let right)): ValueOrder(left, Double(right))
    case (.uint(let left), .double(let right)): ValueOrder(Double(left), right)
    case (.double(let left), .uint(let right)): ValueOrder(left, Double(right))
    default: nil
    }
  }

  /// The order of two values of one kind that has an order, or of two numbers.
  func order(_ other: Value) -> ValueOrder? {
    switch (self, other) {
    case (.string(let left), .string(let right)):
      left.isBeforeByScalars(right)
        ? .before : right.isBeforeByScalars(left) ? .after : .same
    case (.bytes(let left), .bytes(let right)):
      left.lexicographicallyPrecedes(right)
        ? .before : right.lexicographicallyPrecedes(left) ? .after : .same
    case (.bool(let left), .bool(let right)): ValueOrder(left ? 1 : 0, right ? 1 : 0)
    case (.timestamp(let left), .timestamp(let right)): ValueOrder(left, right)
    case (.duration(let left), .duration(let right)): ValueOrder(left, right)
    default: numericOrder(other)
    }
  }
}

extension EvaluationFailure {
  /// The failure of a function that isn't made for its arguments' kinds.
  static func noOverload(_ function: String, _ arguments: Value...) -> Self {
    noOverload(function, arguments)
  }

  static func noOverload(_ function: String, _ arguments: [Value]) -> Self {
    let list = arguments.map(\.typeName).joined(separator: ", ")
    return .error("found no matching overload for '\(function)' applied to '(\(list))'")
  }
}

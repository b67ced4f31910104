extension Frame {
  /// The result of `+`, `-`, `*`, `/` or `%`.
  ///
  /// - Throws: for overflow, division by zero, a time out of range, and kinds without an overload.
  mutating func arithmetic(
    _ operation: BinaryOperator, _ left: Value, _ right: Value
  ) throws(EvaluationFailure) -> Value {
    switch (left, right) {
    case (.int(let left), .int(let right)): return .int(try integer(operation, left, right))
    case (.uint(let left), .uint(let right)): return .uint(try integer(operation, left, right))
    case (.double(let left), .double(let right)):
      if let result = floating(operation, left, right) { return .double(result) }
    default:
      if operation == .add, let result = try concatenation(left, right) { return result }
      if let result = try time(operation, left, right) { return result }
    }
    throw .noOverload(operation.functionName, left, right)
  }

  private func integer<Integer: FixedWidthInteger>(
    _ operation: BinaryOperator, _ left: Integer, _ right: Integer
  ) throws(EvaluationFailure) -> Integer {
    let result: (partialValue: Integer, overflow: Bool)
    switch operation {
    case .add: result = left.addingReportingOverflow(right)
    case .subtract: result = left.subtractingReportingOverflow(right)
    case .multiply: result = left.multipliedReportingOverflow(by: right)
    case .divide:
      guard right != 0 else { throw .error("division by zero") }
      result = left.dividedReportingOverflow(by: right)
    default:
      guard right != 0 else { throw .error("modulus by zero") }
      result = left.remainderReportingOverflow(dividingBy: right)
    }
    guard !result.overflow else { throw .error("integer overflow") }
    return result.partialValue
  }

  private func floating(_ operation: BinaryOperator, _ left: Double, _ right: Double) -> Double? {
    switch operation {
    case .add: left + right
    case .subtract: left - right
    case .multiply: left * right
    case .divide: left / right
    default: nil
    }
  }

  private mutating func concatenation(
    _ left: Value, _ right: Value
  ) throws(EvaluationFailure) -> Value? {
    let result: Value
    switch (left, right) {
    case (.string(let left), .string(let right)): result = .string(left + right)
    case (.bytes(let left), .bytes(let right)): result = .bytes(left + right)
    case (.list(let left), .list(let right)): result = .list(left + right)
    default: return nil
    }
    try charge(for: result)
    return result
  }

  private func time(
    _ operation: BinaryOperator, _ left: Value, _ right: Value
  ) throws(EvaluationFailure) -> Value? {
    switch (left, right, operation) {
    case (.timestamp(let time), .duration(let span), .add),
      (.duration(let span), .timestamp(let time), .add):
      return .timestamp(try time.adding(span, sign: 1))
    case (.timestamp(let time), .duration(let span), .subtract):
      return .timestamp(try time.adding(span, sign: -1))
    case (.timestamp(let left), .timestamp(let right), .subtract):
      return .duration(try left.since(right))
    case (.duration(let left), .duration(let right), .add):
      return .duration(try left.adding(right, sign: 1))
    case (.duration(let left), .duration(let right), .subtract):
      return .duration(try left.adding(right, sign: -1))
    default: return nil
    }
  }
}

extension Timestamp {
  fileprivate func adding(_ span: TimeSpan, sign: Int64) throws(EvaluationFailure) -> Timestamp {
    // Both are far from Int64's limits, so the sums cannot overflow.
    let sum = Timestamp(
      seconds: seconds + sign * span.seconds,
      nanoseconds: Int64(nanoseconds) + sign * Int64(span.nanoseconds))
    guard let sum else { throw .error("timestamp out of range") }
    return sum
  }

  /// The difference, limited to 64 bits of nanoseconds, as the conformance suite wants it.
  fileprivate func since(_ other: Timestamp) throws(EvaluationFailure) -> TimeSpan {
    let whole = seconds - other.seconds
    let (product, overflow) = whole.multipliedReportingOverflow(by: 1_000_000_000)
    let rest = Int64(nanoseconds) - Int64(other.nanoseconds)
    guard !overflow, !product.addingReportingOverflow(rest).overflow,
      let span = TimeSpan(seconds: whole, nanoseconds: rest)
    else { throw .error("duration out of range") }
    return span
  }
}

extension TimeSpan {
  fileprivate func adding(_ other: TimeSpan, sign: Int64) throws(EvaluationFailure) -> TimeSpan {
    let sum = TimeSpan(
      seconds: seconds + sign * other.seconds,
      nanoseconds: Int64(nanoseconds) + sign * Int64(other.nanoseconds))
    guard let sum else { throw .error("duration out of range") }
    return sum
  }
}

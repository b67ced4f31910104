import CEL

/// Sums and sets.
extension OwnFunction {
  static let lists: [OwnFunction] = [
    OwnFunction(
      signature: "list.sum()",
      about: "the sum of whole numbers, fractions or durations; 0 for an empty list",
      function: Function(
        "sum",
        [
          Overload(member: true, [.list(.parameter("T"))], .parameter("T")) {
            arguments throws(EvaluationFailure) in
            try sum(elements(arguments[0]))
          }
        ])),
    OwnFunction(
      signature: "sets.contains(list, list)",
      about: "whether the first holds every element of the second",
      function: sets("sets.contains") { $0.isSuperset(of: $1) }),
    OwnFunction(
      signature: "sets.intersects(list, list)", about: "whether they share an element",
      function: sets("sets.intersects") { !$0.isDisjoint(with: $1) }),
    OwnFunction(
      signature: "sets.equivalent(list, list)",
      about: "whether they hold the same elements, in whatever order and number",
      function: sets("sets.equivalent") { $0 == $1 }),
  ]

  private static func sets(
    _ name: String, _ answer: @escaping @Sendable (Set<MapKey>, Set<MapKey>) -> Bool
  ) -> Function {
    let list = ValueType.list(.parameter("T"))
    return Function(
      name,
      [
        Overload([list, list], .bool) { arguments throws(EvaluationFailure) in
          .bool(answer(try set(arguments[0], name), try set(arguments[1], name)))
        }
      ])
  }

  /// The elements as a set; linear, so that no list is too long.
  private static func set(
    _ value: Value, _ name: String
  ) throws(EvaluationFailure) -> Set<MapKey> {
    var set: Set<MapKey> = []
    for element in try elements(value) {
      guard let key = MapKey(element) else {
        throw .error("\(name) compares whole numbers, texts and Booleans, not \(element.typeName)")
      }
      set.insert(key)
    }
    return set
  }

  private static func elements(_ value: Value) throws(EvaluationFailure) -> [Value] {
    guard case .list(let elements) = value else { throw .error("no list") }
    return elements
  }

  private static func sum(_ values: [Value]) throws(EvaluationFailure) -> Value {
    guard var total = values.first else { return .int(0) }
    // A single element must be a number as well.
    total = try added(total, zero(of: total))
    for value in values.dropFirst() { total = try added(total, value) }
    return total
  }

  private static func zero(of value: Value) -> Value {
    switch value {
    case .uint: .uint(0)
    case .double: .double(0)
    case .duration: .duration(TimeSpan(microseconds: 0))
    default: .int(0)
    }
  }

  private static func added(_ left: Value, _ right: Value) throws(EvaluationFailure) -> Value {
    switch (left, right) {
    case (.int(let left), .int(let right)):
      let (sum, overflow) = left.addingReportingOverflow(right)
      guard !overflow else { throw .error("integer overflow") }
      return .int(sum)
    case (.uint(let left), .uint(let right)):
      let (sum, overflow) = left.addingReportingOverflow(right)
      guard !overflow else { throw .error("unsigned integer overflow") }
      return .uint(sum)
    case (.double(let left), .double(let right)): return .double(left + right)
    case (.duration(let left), .duration(let right)):
      // A time without end stays without end.
      if max(left, right).seconds == TimeSpan.secondsLimit { return .duration(max(left, right)) }
      guard
        let sum = TimeSpan(
          seconds: left.seconds + right.seconds,
          nanoseconds: Int64(left.nanoseconds) + Int64(right.nanoseconds))
      else { throw .error("duration out of range") }
      return .duration(sum)
    default: throw .error("there is no sum of \(left.typeName) and \(right.typeName)")
    }
  }
}

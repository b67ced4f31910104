extension BinaryOperator {
  /// The type of the operator's result for operands of these types; `nil` where it has no overload.
  func resultType(_ left: ValueType, _ right: ValueType) -> ValueType? {
    switch self {
    case .equal, .notEqual: left.joined(with: right) == nil ? nil : .bool
    case .less, .lessOrEqual, .greater, .greaterOrEqual: orderType(left, right)
    case .in: membershipType(left, right)
    case .add, .subtract, .multiply, .divide, .remainder: arithmeticType(left, right)
    }
  }

  private func orderType(_ left: ValueType, _ right: ValueType) -> ValueType? {
    let (known, other) = left == .dyn ? (right, left) : (left, right)
    guard known == other || other == .dyn else { return nil }
    switch known {
    case .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .dyn: return .bool
    default: return nil
    }
  }

  private func membershipType(_ left: ValueType, _ right: ValueType) -> ValueType? {
    switch right {
    case .list(let element): left.joined(with: element) == nil ? nil : .bool
    case .map(let key, _): left.joined(with: key) == nil ? nil : .bool
    case .dyn: .bool
    default: nil
    }
  }

  private func arithmeticType(_ left: ValueType, _ right: ValueType) -> ValueType? {
    switch (left, right) {
    case (.int, .int), (.uint, .uint): return left
    case (.double, .double) where self != .remainder: return left
    default: break
    }
    if case (.list, .list) = (left, right) { return self == .add ? left.joined(with: right) : nil }
    var result: ValueType?
    for (formalLeft, formalRight, formalResult) in signatures {
      guard left.mayBe(formalLeft), right.mayBe(formalRight) else { continue }
      result = result == nil || result == formalResult ? formalResult : .dyn
    }
    return result
  }

  private var signatures: [(ValueType, ValueType, ValueType)] {
    switch self {
    case .add:
      Self.numbers + [
        (.string, .string, .string), (.bytes, .bytes, .bytes),
        (.list(.dyn), .list(.dyn), .list(.dyn)),
        (.timestamp, .duration, .timestamp), (.duration, .timestamp, .timestamp),
        (.duration, .duration, .duration),
      ]
    case .subtract:
      Self.numbers + [
        (.timestamp, .timestamp, .duration), (.timestamp, .duration, .timestamp),
        (.duration, .duration, .duration),
      ]
    case .multiply, .divide: Self.numbers
    case .remainder: [(.int, .int, .int), (.uint, .uint, .uint)]
    default: []
    }
  }

  private static let numbers: [(ValueType, ValueType, ValueType)] = [
    (.int, .int, .int), (.uint, .uint, .uint), (.double, .double, .double),
  ]
}

extension ValueType {
  /// Whether a value of this type can be of a concrete one.
  fileprivate func mayBe(_ formal: ValueType) -> Bool {
    if self == .dyn || self == formal { return true }
    if case (.list, .list) = (self, formal) { return true }
    return false
  }
}

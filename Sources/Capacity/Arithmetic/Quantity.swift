/// A number with the formula and the inputs it was worked out from.
package struct Quantity: Sendable, Hashable {
  /// `nil` where an input is unknown and matters.
  package let value: Double?
  /// Why there is no value; no full stop.
  package let reason: String?
  /// The formula with numbers: `(20 + 5) × 5`.
  package let text: String
  package let inputs: [Input]
  /// Whether the formula needs brackets inside a product.
  private let isSum: Bool

  private init(
    _ value: Double?, _ reason: String?, _ text: String, _ inputs: [Input], isSum: Bool = false
  ) {
    self.value = value
    self.reason = reason
    self.text = text
    self.inputs = inputs
    self.isSum = isSum
  }

  /// Decimals of a number in a formula, so that people can work it out again.
  static let digits = 3

  package init(_ input: Input) {
    self.init(
      input.value, input.reason,
      input.value.map { NumberText.short($0, digits: Self.digits) } ?? "?",
      [input])
  }

  /// A number of the formula itself.
  package init(constant: Double) {
    self.init(constant, nil, NumberText.short(constant, digits: Self.digits), [])
  }

  /// The smaller of a number and a bound; formula and lines are those of the one that counts.
  package func bounded(by bound: Quantity) -> Quantity {
    guard let limit = bound.value else { return self }
    if let value, value <= limit { return self }
    return Quantity(limit, nil, bound.text, bound.inputs)
  }

  package static func + (left: Quantity, right: Quantity) -> Quantity {
    if right.value == 0 { return Quantity(left, alsoFrom: right) }
    return combined(left, right, "+", isSum: true) { $0 + $1 }
  }

  package static func - (left: Quantity, right: Quantity) -> Quantity {
    combined(left, right, "−", isSum: true) { $0 - $1 }
  }

  /// One as a factor is left out of the formula, and nothing times without bound is nothing.
  package static func * (left: Quantity, right: Quantity) -> Quantity {
    if left.value == 1 { return Quantity(right, alsoFrom: left) }
    if right.value == 1 { return Quantity(left, alsoFrom: right) }
    return combined(left, right, "×", isSum: false) { $0 == 0 || $1 == 0 ? 0 : $0 * $1 }
  }

  package static func / (left: Quantity, right: Quantity) -> Quantity {
    guard right.value != 0 else {
      return Quantity(nil, "\(right.text) divides nothing", "?", left.inputs + right.inputs)
    }
    return combined(left, right, "/", isSum: false) { $0 / $1 }
  }

  private init(_ kept: Quantity, alsoFrom other: Quantity) {
    self.init(kept.value, kept.reason, kept.text, kept.inputs + other.inputs, isSum: kept.isSum)
  }

  private static func combined(
    _ left: Quantity, _ right: Quantity, _ sign: String, isSum: Bool,
    _ calculate: (Double, Double) -> Double
  ) -> Quantity {
    var value: Double?
    if let a = left.value, let b = right.value { value = calculate(a, b) }
    let parts = isSum ? (left.text, right.text) : (left.bracketed, right.bracketed)
    return Quantity(
      value, value == nil ? left.reason ?? right.reason : nil,
      "\(parts.0) \(sign) \(parts.1)", left.inputs + right.inputs, isSum: isSum)
  }

  private var bracketed: String { isSum ? "(\(text))" : text }
}

/// Numbers as people write them in sums.
package enum NumberText {
  /// Up to `digits` decimals, four for one or three where the number is below one, without trailing
  /// zeros.
  ///
  /// `no limit` stands for what is infinite.
  package static func short(_ value: Double, digits: Int = 1) -> String {
    guard value.isFinite else { return value > 0 ? "no limit" : "−no limit" }
    let digits = value.magnitude < 1 && (digits == 1 || digits == 3) ? 4 : digits
    let scale = [1.0, 10, 100, 1_000, 10_000][max(0, min(4, digits))]
    let rounded = (value * scale).rounded() / scale
    guard rounded.magnitude < 1e15 else { return "\(value)" }
    return rounded == rounded.rounded() ? "\(Int64(rounded))" : "\(rounded)"
  }
}

package import Model

/// One summand of a side of a comparison.
package struct Term: Sendable, Hashable {
  /// What it counts: `auth`, `reserved for superusers`.
  package let label: String
  package let quantity: Quantity
  /// Whether it is taken off.
  package let isNegative: Bool

  package init(_ label: String, _ quantity: Quantity, isNegative: Bool = false) {
    self.label = label
    self.quantity = quantity
    self.isNegative = isNegative
  }

  package init(_ label: String, _ input: Input, isNegative: Bool = false) {
    self.init(label, Quantity(input), isNegative: isNegative)
  }

  /// With its sign; `nil` where it cannot be known.
  package var value: Double? { quantity.value.map { isNegative ? -$0 : $0 } }
  package var reason: String? { quantity.reason }
  package var inputs: [Input] { quantity.inputs }
  /// Whether every number in it was decided by somebody.
  package var isFirm: Bool { inputs.allSatisfy(\.basis.isFirm) && value != nil }
}

/// One comparison along a load path: the left side must not be the larger one.
package struct Invariant: Sendable, Hashable {
  package enum Relation: String, Sendable, Hashable {
    case atMost = "≤"
    case below = "<"
  }

  package let id: InvariantID
  /// The deployment that it was worked out for.
  package let deployment: String
  /// What it is about, as people call it: `clients of pgbouncer`.
  package let subject: String
  package let left: [Term]
  package let relation: Relation
  package let right: [Term]
  /// The unit of both sides.
  package let unit: Unit
  /// What follows where it does not hold; no full stop.
  package let consequence: String
  /// Whether values count as they are written where the product runs others.
  package let isAsWritten: Bool
  /// Whether only the further replicas of a roll-out break it.
  package let isOnlyInRollout: Bool

  package init(
    _ id: InvariantID, of deployment: String, subject: String, left: [Term],
    _ relation: Relation = .atMost, right: [Term], unit: Unit = .none, consequence: String,
    isAsWritten: Bool = false, isOnlyInRollout: Bool = false
  ) {
    self.id = id
    self.deployment = deployment
    self.subject = subject
    self.left = left
    self.relation = relation
    self.right = right
    self.unit = unit
    self.consequence = consequence
    self.isAsWritten = isAsWritten
    self.isOnlyInRollout = isOnlyInRollout
  }

  /// Whether it holds; `nil` where a term that cannot be known decides.
  ///
  /// A left side that is too large with its known terms alone is broken whatever the others are.
  package var holds: Bool? {
    if isBroken(counting: { $0.value != nil }) { return false }
    let unknown = (left + right).contains { $0.value == nil }
    guard !unknown else { return nil }
    return !exceeds(leftSum, rightSum)
  }

  /// Whether it is broken by numbers alone that somebody decided.
  package var isFirm: Bool { isBroken(counting: \.isFirm) }

  /// The left side as far as it is known.
  package var leftSum: Double { sum(left) { $0.value != nil } }
  /// The right side as far as it is known; without bound where a part of it is not.
  package var rightSum: Double {
    right.contains(where: isOpen) ? .infinity : sum(right) { $0.value != nil }
  }
  /// Why it cannot be decided, each reason once.
  package var reasons: [String] {
    var seen: Set<String> = []
    return (left + right).compactMap(\.reason).filter { seen.insert($0).inserted }
  }

  /// Whether the left side is too large when only some terms count.
  ///
  /// A term left out is taken as favourably as it can be: as nothing on the left and of what is
  /// taken off, as without bound on the right.
  private func isBroken(counting counts: (Term) -> Bool) -> Bool {
    guard !right.contains(where: { !$0.isNegative && !counts($0) }) else { return false }
    guard !left.contains(where: { $0.isNegative && !counts($0) }) else { return false }
    return exceeds(sum(left, where: counts), sum(right, where: counts))
  }

  private func isOpen(_ term: Term) -> Bool { term.value == nil && !term.isNegative }

  private func sum(_ terms: [Term], where counts: (Term) -> Bool) -> Double {
    terms.reduce(0) { $0 + (counts($1) ? $1.value ?? 0 : 0) }
  }

  /// A hair is left for binary fractions: 0.9 × 8192 is no whole number.
  private func exceeds(_ left: Double, _ right: Double) -> Bool {
    guard left.isFinite, right.isFinite else {
      return left > right || relation == .below && left == right && left.isFinite
    }
    let hair = 1e-9 * max(1, left.magnitude, right.magnitude)
    return relation == .atMost ? left > right + hair : left >= right - hair
  }
}

import Model

/// I4: what fits on an ordinary day fits during a roll-out as well, when old and new replicas run
/// side by side.
///
/// Said beside the comparison that breaks, and only where the roll-out alone breaks it.
enum Rollout {
  static func invariants(among others: [Invariant]) -> [Invariant] {
    others.filter(\.isOnlyInRollout).map { other in
      Invariant(
        .rollout, of: other.deployment, subject: "\(other.subject) during a roll-out",
        left: other.left, right: other.right, unit: other.unit, consequence: other.consequence,
        isOnlyInRollout: true)
    }
  }
}

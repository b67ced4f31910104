/// What requests ask of a pool: how many come, and how long each keeps its connection.
package struct Demand: Sendable, Hashable {
  /// Requests per second that want a connection.
  package let rate: Double
  /// Mean seconds from acquire to release, which is more than the time of the queries.
  package let holdTime: Double

  /// - Parameters:
  ///   - rate: requests per second, 0 or more.
  ///   - holdTime: seconds, above 0.
  /// - Throws: ``CapacityError`` when a number is out of range.
  package init(rate: Double, holdTime: Double) throws(CapacityError) {
    try CapacityError.check(rate, "request rate")
    try CapacityError.check(holdTime, "hold time")
    guard holdTime > 0 else {
      throw CapacityError(.outOfRange, "hold time must be above 0 seconds")
    }
    guard (rate * holdTime).isFinite else {
      throw CapacityError(.outOfRange, "offered load is too large to compute with")
    }
    self.rate = rate
    self.holdTime = holdTime
  }

  /// Mean number of connections in use, in erlangs (Little's law).
  package var offeredLoad: Double { rate * holdTime }

  /// What each of `replicas` equal pools gets.
  ///
  /// Pools of replicas do not lend each other connections, so each is sized for its own share.
  ///
  /// - Throws: ``CapacityError`` when there is no replica.
  package func share(ofReplicas replicas: Int) throws(CapacityError) -> Demand {
    guard replicas >= 1 else {
      throw CapacityError(.outOfRange, "there must be at least 1 replica, not \(replicas)")
    }
    return try Demand(rate: rate / Double(replicas), holdTime: holdTime)
  }
}

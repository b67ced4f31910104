/// What a pool must achieve to count as large enough.
package enum SizeTarget: Sendable, Hashable {
  /// At most this share of requests waits at all, above 0 and below 1.
  case waitProbability(Double)
  /// The wait at this percentile (above 0, below 1) is at most so many seconds.
  case wait(percentile: Double, seconds: Double)
}

extension PoolQueue {
  /// The smallest pool for `demand` that is not saturated and meets `target`.
  ///
  /// - Throws: ``CapacityError``: `tooManyServers` when none up to ``Erlang/maximumServers`` does,
  ///   `outOfRange` when the target is none.
  /// - Complexity: O(size of the result).
  package static func smallest(
    for demand: Demand, meeting target: SizeTarget
  ) throws(CapacityError) -> PoolQueue {
    switch target {
    case .waitProbability(let share): try CapacityError.check(share: share, "target")
    case .wait(let percentile, let seconds):
      try CapacityError.check(share: percentile, "percentile")
      try CapacityError.check(seconds, "longest wait")
    }
    var loss = LossRecursion(load: demand.offeredLoad)
    while loss.servers < Erlang.maximumServers {
      loss.addServer()
      guard Double(loss.servers) > loss.load else { continue }
      let pool = PoolQueue(demand, loss: loss)
      if try pool.meets(target) { return pool }
    }
    throw CapacityError(
      .tooManyServers,
      "\(demand.offeredLoad) erlangs need more than \(Erlang.maximumServers) connections")
  }

  /// Whether this pool is large enough; a saturated one never is.
  ///
  /// - Throws: ``CapacityError`` when the target's percentile is out of range.
  package func meets(_ target: SizeTarget) throws(CapacityError) -> Bool {
    guard !isSaturated else { return false }
    switch target {
    case .waitProbability(let share): return waitProbability <= share
    case .wait(let percentile, let seconds):
      guard let wait = try wait(atPercentile: percentile) else { return false }
      return wait <= seconds
    }
  }
}

/// Sizes that are often used, for comparison: a reviewer sees what the habit would have given.
package enum RuleOfThumb {
  /// The load plus 2.326 times its root, rounded up: the normal approximation for 1 %.
  ///
  /// - Returns: `nil` when the result is beyond ``Erlang/maximumServers``.
  package static func squareRoot(load: Double) -> Int? {
    size(load + 2.326 * load.squareRoot())
  }

  /// Half as much again, rounded up: too small for small pools, too large for large ones.
  ///
  /// - Returns: `nil` when the result is beyond ``Erlang/maximumServers``.
  package static func flatHeadroom(load: Double) -> Int? { size(load * 1.5) }

  private static func size(_ value: Double) -> Int? {
    guard value >= 0, value <= Double(Erlang.maximumServers) else { return nil }
    return max(1, Int(value.rounded(.up)))
  }
}

/// Connections below which threads that hold several at once can block each other for ever.
///
/// With one connection fewer, every thread can hold all but its last and wait for it.
///
/// - Parameters:
///   - threads: threads that use the pool.
///   - held: connections that one thread holds at a time, 2 for nested transactions.
/// - Returns: threads × (held − 1) + 1; `nil` when a number is below 1 or the result too large.
package func deadlockFreeSize(threads: Int, held: Int) -> Int? {
  guard threads >= 1, held >= 1 else { return nil }
  let (product, overflow) = threads.multipliedReportingOverflow(by: held - 1)
  return overflow || product == .max ? nil : product + 1
}

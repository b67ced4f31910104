/// A pool before which only so many may wait, the rest being refused: the M/M/c/K queue.
///
/// Never saturated: an overload turns into refusals, which is what a bounded queue is for.
package struct FiniteQueue: Sendable, Hashable {
  /// Connections of the pool.
  package let servers: Int
  /// Most requests that are served or wait at one time, never less than `servers`.
  package let capacity: Int
  /// The share of requests that are refused.
  package let blockingProbability: Double
  /// The share of time in which no connection is in use.
  package let idleProbability: Double
  /// Mean number of connections in use.
  package let meanBusy: Double
  /// Mean number of requests that wait.
  package let meanQueue: Double

  /// The largest capacity that is computed; one step each, and longer queues help nobody.
  package static let maximumCapacity = 1_000_000

  /// Mean number of requests that are served or wait.
  package var meanInSystem: Double { meanBusy + meanQueue }

  /// - Parameters:
  ///   - load: offered load in erlangs.
  ///   - servers: number of connections.
  ///   - capacity: places in all, `servers` to ``maximumCapacity``.
  /// - Throws: ``CapacityError`` when a number is out of range.
  /// - Complexity: O(*capacity*).
  package init(load: Double, servers: Int, capacity: Int) throws(CapacityError) {
    try CapacityError.check(load, "offered load")
    try CapacityError.check(servers: servers)
    guard capacity >= servers, capacity <= Self.maximumCapacity else {
      throw CapacityError(
        .outOfRange,
        "capacity must be \(servers) to \(Self.maximumCapacity) requests, not \(capacity)")
    }
    var states = StateWeights(servers: servers)
    for count in 1...capacity { states.add(count, load: load) }
    self.servers = servers
    self.capacity = capacity
    blockingProbability = states.last / states.total
    idleProbability = states.first / states.total
    meanBusy = states.busy / states.total
    meanQueue = states.queue / states.total
  }

  /// Mean seconds that an admitted request waits.
  ///
  /// - Parameter demand: whose load this queue was computed for.
  package func meanWait(_ demand: Demand) -> Double {
    let admitted = demand.rate * (1 - blockingProbability)
    return admitted > 0 ? meanQueue / admitted : 0
  }
}

/// The weights of the states 0, 1, … K, scaled down together before any of them overflows.
private struct StateWeights {
  let servers: Int
  var first = 1.0
  var last = 1.0
  var total = 1.0
  var busy = 0.0
  var queue = 0.0

  /// Far below the largest Double, so that sums of 10^6 weights times 10^6 still fit.
  private static let limit = 1e200

  init(servers: Int) { self.servers = servers }

  mutating func add(_ count: Int, load: Double) {
    last *= load / Double(min(count, servers))
    total += last
    busy += last * Double(min(count, servers))
    queue += last * Double(max(0, count - servers))
    // Dividing by the weight just added, and not by a constant, holds for any load.
    if last > Self.limit {
      let scale = 1 / last
      first *= scale
      total *= scale
      busy *= scale
      queue *= scale
      last = 1
    }
  }
}

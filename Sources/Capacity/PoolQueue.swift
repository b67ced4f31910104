/// A pool before which everybody waits in order of arrival: the M/M/c queue.
///
/// The model assumes Poisson arrivals and exponential hold times. Real traffic comes in bursts and
/// waits longer, so the figures are lower bounds; outputs say so. Times are in seconds.
package struct PoolQueue: Sendable, Hashable {
  package let demand: Demand
  /// Connections of the pool.
  package let servers: Int
  /// Erlang B: the share that would be lost without a queue.
  package let lossProbability: Double
  /// Erlang C: the share of requests that wait at all; 1 when saturated.
  package let waitProbability: Double

  /// - Throws: ``CapacityError`` when `servers` is not 1 to ``Erlang/maximumServers``.
  /// - Complexity: O(*servers*).
  package init(_ demand: Demand, servers: Int) throws(CapacityError) {
    let load = demand.offeredLoad
    self.demand = demand
    self.servers = servers
    lossProbability = try Erlang.lossProbability(load: load, servers: servers)
    waitProbability = Erlang.waitProbability(
      loss: lossProbability, load: load, servers: servers)
  }

  /// For searches that have the loss already.
  init(_ demand: Demand, loss: LossRecursion) {
    self.demand = demand
    servers = loss.servers
    lossProbability = loss.probability
    waitProbability = Erlang.waitProbability(
      loss: loss.probability, load: loss.load, servers: loss.servers)
  }

  /// Offered load for each connection; 1 or more when saturated.
  package var utilisation: Double { demand.offeredLoad / Double(servers) }

  /// Whether more is asked than the pool can ever serve, so that the queue grows without end.
  package var isSaturated: Bool { demand.offeredLoad >= Double(servers) }

  /// The requests per second that the pool can serve at most.
  package var ceiling: Double { Double(servers) / demand.holdTime }

  /// The share of requests that cannot be served however long they wait; 0 unless saturated.
  package var minimumLossFraction: Double {
    guard isSaturated else { return 0 }
    return (demand.offeredLoad - Double(servers)) / demand.offeredLoad
  }

  /// Mean wait over all requests, those that do not wait included; `nil` when saturated.
  package var meanWait: Double? {
    spareTime.map { waitProbability * $0 }
  }

  /// Mean number of requests that wait; `nil` when saturated.
  package var meanQueue: Double? { meanWait.map { $0 * demand.rate } }

  /// The wait that the share `percentile` of all requests does not exceed.
  ///
  /// - Parameter percentile: above 0 and below 1; 0.99 for the 99th percentile.
  /// - Returns: `nil` when saturated.
  /// - Throws: ``CapacityError`` when `percentile` is out of range.
  package func wait(atPercentile percentile: Double) throws(CapacityError) -> Double? {
    try CapacityError.check(share: percentile, "percentile")
    guard let spareTime else { return nil }
    guard waitProbability > 1 - percentile else { return 0 }
    return spareTime * naturalLogarithm(waitProbability / (1 - percentile))
  }

  /// The share of requests that wait longer than `seconds`; 1 when saturated.
  package func probability(ofWaitOver seconds: Double) -> Double {
    guard let spareTime else { return 1 }
    return waitProbability * exponential(-max(0, seconds) / spareTime)
  }

  /// Mean wait for other arrivals and hold times than the model's (Allen and Cunneen, 1978).
  ///
  /// - Parameters:
  ///   - arrivals: squared coefficient of variation of the times between arrivals; 1 for Poisson.
  ///   - holds: the same of the hold times; 1 for exponential, 0 for a constant.
  /// - Returns: `nil` when saturated.
  package func meanWait(arrivals: Double, holds: Double) -> Double? {
    meanWait.map { $0 * (arrivals + holds) / 2 }
  }

  /// Mean wait of those who wait: the hold time over the spare connections.
  private var spareTime: Double? {
    isSaturated ? nil : demand.holdTime / (Double(servers) - demand.offeredLoad)
  }
}

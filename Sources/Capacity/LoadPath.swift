/// One station of a load path: equal replicas, each with so many places that a request occupies.
package struct Tier: Sendable, Hashable {
  /// What people call it.
  package let name: String
  package let replicas: Int
  /// Connections, threads or the like of one replica.
  package let servers: Int
  /// Mean seconds that a request occupies one of them.
  package let holdTime: Double
  /// How often a request of the path comes by here: 1 for each, 0.2 for every fifth, 3 for three.
  package let visits: Double

  /// - Throws: ``CapacityError`` when a number is out of range.
  package init(
    name: String, replicas: Int = 1, servers: Int, holdTime: Double, visits: Double = 1
  ) throws(CapacityError) {
    try CapacityError.check(servers: servers)
    _ = try Demand(rate: visits, holdTime: holdTime).share(ofReplicas: replicas)
    self.name = name
    self.replicas = replicas
    self.servers = servers
    self.holdTime = holdTime
    self.visits = visits
  }

  /// Most requests of the path per second; infinite when none comes by here.
  package var ceiling: Double {
    Double(replicas) * Double(servers) / (holdTime * visits)
  }

  /// The share of the places in use at `peak` requests of the path per second; above 1 in overload.
  package func utilisation(atPeak peak: Double) -> Double { peak / ceiling }

  /// The queue before one replica at `peak` requests of the path per second.
  ///
  /// - Throws: ``CapacityError`` when `peak` is out of range.
  package func queue(atPeak peak: Double) throws(CapacityError) -> PoolQueue {
    let demand = try Demand(rate: peak * visits, holdTime: holdTime)
    return try PoolQueue(demand.share(ofReplicas: replicas), servers: servers)
  }
}

/// The stations that a request passes one after the other; the narrowest decides.
package struct LoadPath: Sendable, Hashable {
  /// In the order in which a request passes them.
  package let tiers: [Tier]

  package init(_ tiers: [Tier]) { self.tiers = tiers }

  /// The tiers, the narrowest first; equal ones keep their order along the path.
  package var narrowestFirst: [Tier] {
    tiers.enumerated().sorted { left, right in
      (left.element.ceiling, left.offset) < (right.element.ceiling, right.offset)
    }.map(\.element)
  }

  /// The tier that limits the path; `nil` for an empty path.
  package var bottleneck: Tier? { narrowestFirst.first }

  /// Most requests per second that the whole path carries; infinite for an empty path.
  package var ceiling: Double { tiers.map(\.ceiling).min() ?? .infinity }

  /// The share of `peak` requests per second that cannot be served whatever happens elsewhere.
  package func minimumLossFraction(atPeak peak: Double) -> Double {
    peak > ceiling ? (peak - ceiling) / peak : 0
  }

  /// The mean wait of a request over all tiers, in seconds; `nil` when one is saturated.
  ///
  /// A lower bound: tiers upstream keep their places while a request waits downstream.
  ///
  /// - Throws: ``CapacityError`` when `peak` is out of range.
  package func meanWait(atPeak peak: Double) throws(CapacityError) -> Double? {
    var sum = 0.0
    for tier in tiers {
      guard let wait = try tier.queue(atPeak: peak).meanWait else { return nil }
      sum += wait * tier.visits
    }
    return sum
  }
}

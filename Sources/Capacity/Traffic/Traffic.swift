import Model

/// How many requests come to each service, and how long each holds a connection.
package struct Traffic: Sendable, Hashable {
  /// Requests each second for the services that the path begins with; `nil` where only the
  /// declaration says something.
  package var peak: Input?
  /// Seconds for every pool without a hold time of its own.
  package var hold: Input?
  /// The share of requests that may wait.
  package var target: Double

  /// The share where nobody says one.
  package static let standardTarget = 0.01

  package init(peak: Input? = nil, hold: Input? = nil, target: Double? = nil) {
    self.peak = peak
    self.hold = hold
    self.target = target ?? Self.standardTarget
  }
}

/// The requests of one pool, over all replicas of its service.
struct PoolTraffic {
  let service: Service
  let pool: Service.Pool
  let edge: Edge?
  let peak: Input
  let hold: Input

  /// Busy connections of all replicas together.
  var load: Double? {
    guard let peak = peak.value, let hold = hold.value else { return nil }
    return peak * hold
  }
}

extension Deployment {
  /// The pools that requests come to; all of them, with unknown peaks, where nobody says which.
  ///
  /// A peak without a service is that of the services that a proxy hands requests to; where no
  /// proxy is, of the only service with a pool.
  func poolTraffic(_ traffic: Traffic) -> [PoolTraffic] {
    let entries = entryServices
    let known = pools.filter {
      entries.contains($0.service.name) || $0.pool.declared?.peak != nil
        || $0.service.number(.peak) != nil
    }
    return (known.isEmpty ? pools : known).map { client in
      let name = client.pool.owner
      let asked = entries.contains(client.service.name) ? traffic.peak : nil
      let peak = asked ?? client.pool.declared?.peak ?? client.service.number(.peak)
      let hold = traffic.hold ?? client.pool.declared?.hold ?? client.service.number(.hold)
      return PoolTraffic(
        service: client.service, pool: client.pool, edge: client.edge,
        peak: peak ?? .unknown("\(name).peak", "no peak is declared for \(name)"),
        hold: hold ?? .unknown("\(name).hold", "no hold time is declared for \(name)"))
    }
  }

  /// The services that a peak without a name is about.
  package var entryServices: Set<String> {
    let withPools = Set(services.filter { !$0.pools.isEmpty }.map(\.name))
    let behindProxy = Set(
      edges.filter { $0.step == .proxy }.compactMap(\.service)
    ).intersection(withPools)
    if !behindProxy.isEmpty { return behindProxy }
    return withPools.count == 1 ? withPools : []
  }

  /// The services with pools whose requests nobody knows: they are neglected.
  package func neglected(_ traffic: Traffic) -> [String] {
    let known = Set(poolTraffic(traffic).filter { $0.load != nil }.map(\.service.name))
    return services.filter { !$0.pools.isEmpty && !known.contains($0.name) }.map(\.name)
  }
}

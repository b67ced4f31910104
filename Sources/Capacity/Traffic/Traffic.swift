import Model

/// How many requests come to each service, and how long each holds a connection.
package struct Traffic: Sendable, Hashable {
  /// Requests each second for the services that the path begins with; `nil` where only the
  /// declaration says something.
  package var peak: Input?
  /// Seconds for the pools of these services, and for every other one without a hold time of its
  /// own.
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
      let isEntry = entries.contains(client.service.name)
      let peak = Self.number(
        client, asked: isEntry ? traffic.peak : nil, client.pool.declared?.peak, .peak)
      let hold =
        Self.number(
          client, asked: isEntry ? traffic.hold : nil, client.pool.declared?.hold, .hold)
        ?? traffic.hold
      return PoolTraffic(
        service: client.service, pool: client.pool, edge: client.edge,
        peak: peak ?? .unknown("\(name).peak", "no peak is declared for \(name)"),
        hold: hold ?? .unknown("\(name).hold", "no hold time is declared for \(name)"))
    }
  }

  /// A number of one pool: of several pools of a service each keeps what is declared for it alone.
  private static func number(
    _ client: Client, asked: Input?, _ own: Input?, _ key: DeclaredService.Key
  ) -> Input? {
    let service = client.service.number(key)
    let isSide = client.service.pools.count > 1
    if let own, isSide || own.basis == .whatIf { return own }
    if let service, service.basis == .whatIf { return service }
    return asked ?? own ?? service
  }

  /// Why a peak without a name is about no pool of this deployment; `nil` where it is about one.
  package var unanswered: String? {
    let withPools = services.filter { !$0.pools.isEmpty }.map(\.name)
    guard !withPools.isEmpty else { return nil }
    let names = withPools.joined(separator: ", ")
    guard !entryServices.isEmpty else {
      return "several services of \(name) have pools (\(names)), and no proxy says which of them"
        + " the requests come to"
    }
    let takes = pools.contains { client in
      entryServices.contains(client.service.name)
        && (client.service.pools.count == 1 || client.pool.declared?.peak == nil)
    }
    return takes
      ? nil
      : "every pool of \(entryServices.sorted().joined(separator: ", ")) has a peak of its own"
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

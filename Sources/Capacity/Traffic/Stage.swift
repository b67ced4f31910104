import Model

/// One narrow place of a load path with what comes to it.
package struct Stage: Sendable {
  package enum Role: String, Sendable, Hashable {
    case proxy, threads, pool, pooler, server
  }

  package let role: Role
  package let name: String
  /// The service that it belongs to.
  package let service: String
  /// How many work side by side without helping each other.
  package let replicas: Quantity
  /// Places of one of them.
  package let servers: Quantity
  /// Requests each second over all of them.
  package let peak: Input
  /// Seconds that a request keeps a place.
  package let hold: Input
  /// The line behind the number of places.
  package let input: Input?

  package init(
    _ role: Role, name: String, service: String, replicas: Quantity, servers: Quantity,
    peak: Input, hold: Input, input: Input?
  ) {
    self.role = role
    self.name = name
    self.service = service
    self.replicas = replicas
    self.servers = servers
    self.peak = peak
    self.hold = hold
    self.input = input
  }

  /// Why it cannot be calculated; `nil` where it can.
  package var reason: String? {
    replicas.reason ?? servers.reason ?? peak.reason ?? hold.reason
      ?? (tier == nil ? "its numbers are too large or too small to calculate with" : nil)
  }

  /// The same as a station of the queueing model; `nil` where a number is unknown or none.
  package var tier: Tier? {
    guard let replicas = replicas.value.flatMap(Self.whole),
      let servers = servers.value.flatMap(Self.whole), let hold = hold.value
    else { return nil }
    // A number out of range has a reason of its own.
    return try? Tier(
      name: name, replicas: replicas, servers: min(servers, Erlang.maximumServers),
      holdTime: hold)
  }

  /// Most requests each second; infinite where places are without bound.
  package var ceiling: Double? { tier?.ceiling }

  /// The queue before one of its replicas at the peak.
  package var queue: PoolQueue? {
    guard let peak = peak.value, let tier else { return nil }
    return try? tier.queue(atPeak: peak)
  }

  /// The places of one replica at which no more than `target` of the requests wait.
  package func recommended(_ target: Double) -> Int? {
    guard let queue else { return nil }
    // More than can be calculated has no recommendation.
    return try? PoolQueue.smallest(for: queue.demand, meeting: .waitProbability(target)).servers
  }

  private static func whole(_ value: Double) -> Int? {
    value >= 1 ? (value.isFinite ? Int(exactly: value.rounded(.down)) : Int.max) : nil
  }
}

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
      ?? (isClosed || tier != nil || tooLarge != nil
        ? nil : "its numbers are too large or too small to calculate with")
  }

  /// Whether nothing passes at all: no replica runs, or none of them has a place.
  package var isClosed: Bool {
    replicas.value.map { $0 < 1 } ?? false || servers.value.map { $0 < 1 } ?? false
  }

  /// Why nothing passes; no full stop.
  package var closure: String? {
    guard isClosed else { return nil }
    return replicas.value.map { $0 < 1 } ?? false
      ? "no replica of \(service) runs" : "\(name) has no place for a request"
  }

  /// Why waits before it are not calculated although its ceiling is known.
  package var tooLarge: String? {
    guard let servers = servers.value, servers.isFinite,
      servers > Double(Erlang.maximumServers)
    else { return nil }
    return "waits before more than \(Erlang.maximumServers) places are not calculated"
  }

  /// The same as a station of the queueing model; `nil` where a number is unknown, none, or beyond
  /// what the model calculates.
  ///
  /// What has no bound stands for the largest station.
  package var tier: Tier? {
    guard tooLarge == nil, let replicas = replicas.value.flatMap(Self.whole),
      let servers = servers.value.flatMap(Self.whole), let hold = hold.value
    else { return nil }
    // A number out of range has a reason of its own.
    return try? Tier(
      name: name, replicas: replicas, servers: min(servers, Erlang.maximumServers),
      holdTime: hold)
  }

  /// Most requests each second; infinite where places are without bound.
  package var ceiling: Double? {
    if isClosed, replicas.value != nil, servers.value != nil { return 0 }
    guard let replicas = replicas.value, let servers = servers.value, let hold = hold.value,
      hold > 0
    else { return nil }
    return replicas.rounded(.down) * servers.rounded(.down) / hold
  }

  /// Whether more is asked than it can ever carry.
  package var isSaturated: Bool {
    guard let peak = peak.value, let ceiling, ceiling.isFinite else { return false }
    return isClosed ? peak > 0 : queue?.isSaturated ?? (peak >= ceiling)
  }

  /// The queue before one of its replicas at the peak.
  package var queue: PoolQueue? {
    guard let peak = peak.value, let tier else { return nil }
    return try? tier.queue(atPeak: peak)
  }

  /// The places of one replica at which no more than `target` of the requests wait.
  package func recommended(_ target: Double) -> Int? {
    guard let peak = peak.value, let hold = hold.value,
      let replicas = replicas.value.flatMap(Self.whole),
      // A demand that cannot be calculated has a reason of its own, and what needs more than can
      // be calculated has no recommendation.
      let demand = try? Demand(rate: peak, holdTime: hold).share(ofReplicas: replicas)
    else { return nil }
    return try? PoolQueue.smallest(for: demand, meeting: .waitProbability(target)).servers
  }

  private static func whole(_ value: Double) -> Int? {
    value >= 1 ? (value.isFinite ? Int(exactly: value.rounded(.down)) : Int.max) : nil
  }
}

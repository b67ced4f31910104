import Model

/// I6: a pool gives an idle connection up, or uses it, before the database or the network drops it.
enum Lifetimes {
  /// How much earlier the pool must be, in seconds: pools spread their lifetimes a little.
  private static let safety = 30.0

  static func invariants(of deployment: Deployment) -> [Invariant] {
    deployment.pools.flatMap { client -> [Invariant] in
      guard let part = client.pool.part else { return [] }
      return limits(of: client, deployment).compactMap { name, limit in
        guard let seconds = limit.value, seconds.isFinite, seconds > 0 else { return nil }
        guard
          let kept = IdleTime.shortest(of: part, owner: client.pool.owner, below: seconds - safety)
        else { return nil }
        let margin = Input("safety", safety, basis: .assumed)
        return Invariant(
          .lifetimes, of: deployment.name, subject: "connections of \(client.pool.owner)",
          left: [Term(kept.label, kept.input), Term("safety", margin)],
          right: [Term("idle limit of \(name)", limit)], unit: .second,
          consequence: "\(name) drops connections that the pool believes are good")
      }
    }
  }

  private static func limits(
    of client: Deployment.Client, _ deployment: Deployment
  ) -> [(String, Input)] {
    var limits = deployment.declaration.idleLimits.map { ($0.name, $0) }
    if let name = client.edge?.service, let target = deployment.service(name),
      target.poolers.isEmpty, let limit = target.servers.first?.limit("idle_session_timeout")
    {
      limits.append((name, limit))
    }
    return limits
  }
}

/// After what time a pool closes or uses an idle connection at the latest.
enum IdleTime {
  /// The first way that is short enough; where none is, how long a connection is kept.
  ///
  /// - Returns: `nil` where nothing is known of the pool's times.
  static func shortest(
    of pool: Part, owner: String, below limit: Double
  ) -> (label: String, input: Input)? {
    var ways: [(label: String, input: Input)] = []
    if let lifetime = pool.limit("max_lifetime", of: owner) {
      ways.append(("lifetime in \(owner)", lifetime))
    }
    if let keepalive = pool.number("keepalive", of: owner), (keepalive.value ?? 1) > 0 {
      ways.append(("keepalive of \(owner)", keepalive))
    }
    // The idle time closes all connections only where none is kept.
    if pool.number("min_idle")?.value == 0, let idle = pool.number("idle_timeout", of: owner),
      (idle.value ?? 1) > 0
    {
      ways.append(("idle time in \(owner)", idle))
    }
    return ways.first { ($0.input.value ?? .infinity) <= limit } ?? ways.first
  }
}

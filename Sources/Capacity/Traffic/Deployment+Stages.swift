import Model

extension Deployment {
  /// The narrow places that the requests pass, in the order in which they do.
  package func stages(_ traffic: Traffic) -> [Stage] {
    let pools = poolTraffic(traffic)
    return proxyStages(pools) + pools.flatMap { threadStages($0) + [poolStage($0)] }
      + poolerStages(pools) + serverStages(pools)
  }

  private func proxyStages(_ pools: [PoolTraffic]) -> [Stage] {
    services.compactMap { proxy in
      guard let nginx = proxy.proxies.first,
        let accepted = ProxyQueue.accepted(by: nginx, of: proxy)
      else { return nil }
      let reached = Set(
        edges.filter { $0.step == .proxy && $0.from == proxy.name }.compactMap(\.service))
      guard let flow = Flow(pools.filter { reached.contains($0.service.name) }, inAll: true)
      else { return nil }
      return Stage(
        .proxy, name: proxy.name, service: proxy.name, replicas: Quantity(proxy.replicas),
        servers: accepted, peak: flow.peak(of: proxy.name), hold: flow.hold(of: proxy.name),
        input: nginx.number("worker_connections"))
    }
  }

  private func threadStages(_ pool: PoolTraffic) -> [Stage] {
    guard let threads = pool.service.threads(of: pool.pool) else { return [] }
    return [
      Stage(
        .threads, name: "threads of \(pool.pool.owner)", service: pool.service.name,
        replicas: Quantity(pool.service.replicas) * Quantity(pool.service.processes),
        servers: Quantity(threads), peak: pool.peak,
        hold: pool.service.number(.requestTime) ?? pool.hold, input: threads)
    ]
  }

  private func poolStage(_ pool: PoolTraffic) -> Stage {
    Stage(
      .pool, name: pool.pool.owner, service: pool.service.name,
      replicas: Quantity(pool.service.replicas) * Quantity(pool.service.processes),
      servers: Quantity(pool.pool.size), peak: pool.peak, hold: pool.hold,
      input: pool.pool.size)
  }

  private func poolerStages(_ pools: [PoolTraffic]) -> [Stage] {
    services.flatMap { pooler -> [Stage] in
      guard !pooler.poolers.isEmpty else { return [] }
      let coming = pools.filter { $0.edge?.service == pooler.name }
      return pooler.databases.compactMap { database in
        let own = coming.filter {
          self.database(of: $0.pool, in: pooler)?.name == database.name
        }
        guard let flow = Flow(own) else { return nil }
        let size = PoolerSize(
          service: pooler, pooler: pooler.poolers.first, database: database)
        let name = "\(pooler.name)/\(database.name)"
        return Stage(
          .pooler, name: name, service: pooler.name, replicas: Quantity(pooler.replicas),
          servers: size.bound.map { Quantity(size.size).bounded(by: $0) } ?? Quantity(size.size),
          peak: flow.peak(of: name), hold: flow.hold(of: name), input: size.size)
      }
    }
  }

  private func serverStages(_ pools: [PoolTraffic]) -> [Stage] {
    services.compactMap { server in
      guard let terms = usableConnections(of: server), let first = terms.first else { return nil }
      let coming = pools.filter { pool in
        let client = (service: pool.service, pool: pool.pool, edge: pool.edge)
        return Timeouts.serverBehind(client, self)?.name == server.name
      }
      guard let flow = Flow(coming) else { return nil }
      let usable = terms.dropFirst().reduce(first.quantity) { $0 - $1.quantity }
      return Stage(
        .server, name: server.name, service: server.name, replicas: Quantity(constant: 1),
        servers: usable, peak: flow.peak(of: server.name), hold: flow.hold(of: server.name),
        input: first.inputs.first)
    }
  }
}

/// The requests of several pools at a place that they all pass.
private struct Flow {
  private let rate: Double?
  private let load: Double?
  private let inputs: [Input]
  private let reason: String?

  /// - Parameter inAll: whether a request keeps its place for as long as it takes in all.
  init?(_ pools: [PoolTraffic], inAll: Bool = false) {
    guard !pools.isEmpty else { return nil }
    let holds = pools.map { inAll ? $0.service.number(.requestTime) ?? $0.hold : $0.hold }
    inputs = pools.map(\.peak) + holds
    reason = inputs.compactMap(\.reason).first
    rate = reason == nil ? pools.reduce(0) { $0 + ($1.peak.value ?? 0) } : nil
    load =
      reason == nil
      ? zip(pools, holds).reduce(0) { $0 + ($1.0.peak.value ?? 0) * ($1.1.value ?? 0) } : nil
  }

  func peak(of name: String) -> Input {
    Input("\(name).peak", rate, basis: basis, reason: reason)
  }

  /// The mean over all requests.
  func hold(of name: String) -> Input {
    var mean: Double?
    if let rate, let load, rate > 0 { mean = load / rate }
    return Input("\(name).hold", mean, basis: basis, reason: reason ?? "nobody comes by")
  }

  private var basis: Basis {
    inputs.first { !$0.basis.isFirm }?.basis ?? inputs.first?.basis ?? .declared
  }
}

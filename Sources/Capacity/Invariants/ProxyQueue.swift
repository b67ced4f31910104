import Model

/// I13: the proxy hands on no more requests at once than there are threads.
///
/// What it hands on beyond them queues inside the service, where nobody sees it.
enum ProxyQueue {
  /// Connections that a proxied request takes: the client's and the one to the service.
  private static let connectionsPerRequest = 2.0

  static func invariants(of deployment: Deployment) -> [Invariant] {
    deployment.services.flatMap { proxy -> [Invariant] in
      guard let nginx = proxy.proxies.first else { return [] }
      let targets = Set(
        deployment.edges.filter { $0.step == .proxy && $0.from == proxy.name }
          .compactMap(\.service))
      return targets.sorted().compactMap { name in
        deployment.service(name).flatMap { invariant(nginx, proxy, $0, deployment) }
      }
    }
  }

  private static func invariant(
    _ nginx: Part, _ proxy: Service, _ target: Service, _ deployment: Deployment
  ) -> Invariant? {
    let pools = deployment.pools.filter { $0.service.name == target.name }
    guard let threads = pools.compactMap(\.pool).compactMap({ target.threads(of: $0) }).first
    else { return nil }
    let right = Quantity(target.replicas) * Quantity(target.processes) * Quantity(threads)
    guard let accepted = accepted(by: nginx, of: proxy) else { return nil }
    let limit = limit(of: proxy, to: target, deployment)
    let left = Quantity(proxy.replicas) * (limit.map { accepted.bounded(by: $0) } ?? accepted)
    return Invariant(
      .proxyQueue, of: deployment.name, subject: "requests from \(proxy.name) to \(target.name)",
      left: [Term("requests that \(proxy.name) hands on at once", left)],
      right: [Term("threads of \(target.name)", right)], unit: .request,
      consequence: "an overload queues inside \(target.name), where nobody sees it")
  }

  static func accepted(by nginx: Part, of proxy: Service) -> Quantity? {
    guard let workers = nginx.number("workers"),
      let connections = nginx.number("worker_connections")
    else { return nil }
    return Quantity(workers) * Quantity(connections)
      / Quantity(constant: connectionsPerRequest)
  }

  /// The sum of `max_conns` of the servers that lead to `target`; `nil` where one has none.
  private static func limit(
    of proxy: Service, to target: Service, _ deployment: Deployment
  ) -> Quantity? {
    var seen: Set<String> = []
    var sum: Quantity?
    for location in proxy.locations {
      let leads = deployment.edges(.proxy, from: proxy.name, location.key).contains {
        $0.service == target.name
      }
      guard leads else { continue }
      guard let upstream = location.part("upstream", in: deployment.schema) else { return nil }
      guard seen.insert(upstream.name).inserted else { continue }
      for server in upstream.texts("servers") {
        guard let limit = maximum(in: server), limit > 0 else { return nil }
        let input = Input(
          "\(proxy.name)/\(upstream.name).max_conns", limit, basis: .explicit,
          setting: upstream.setting("servers"))
        sum = sum.map { $0 + Quantity(input) } ?? Quantity(input)
      }
    }
    return sum
  }

  private static func maximum(in server: String) -> Double? {
    server.split(separator: " ").first { $0.hasPrefix("max_conns=") }
      .flatMap { Double($0.dropFirst("max_conns=".count)) }
  }
}

extension Service {
  /// Threads of one process that may ask a pool for a connection.
  func threads(of pool: Pool) -> Input? {
    declared?.numbers[.threads] ?? pool.part?.number("request_threads", of: pool.owner)
  }
}

import Model

/// I7: who waits outside waits longer than all that happens inside.
///
/// Where the proxy gives up first, its client gets a 504 while the service goes on waiting and
/// working for nobody.
enum Timeouts {
  static func invariants(of deployment: Deployment) -> [Invariant] {
    deployment.services.flatMap { proxy -> [Invariant] in
      reached(from: proxy, deployment).flatMap { service, timeout -> [Invariant] in
        guard timeout.value?.isFinite != false else { return [] }
        return deployment.pools.filter { $0.service.name == service.name }.compactMap { client in
          invariant(proxy, client, timeout, deployment)
        }
      }
    }
  }

  private static func invariant(
    _ proxy: Service, _ client: Deployment.Client, _ timeout: Input, _ deployment: Deployment
  ) -> Invariant? {
    guard let acquire = client.pool.part?.limit("acquire_timeout", of: client.pool.owner) else {
      return nil
    }
    let owner = client.pool.owner
    let terms = statementTerms(client, deployment)
    // Of a server outside of the deployment nothing is known: only what is too long without it.
    guard
      serverBehind(client, deployment) != nil || terms.allSatisfy({ $0.value != nil })
        || (acquire.value ?? 0) >= (timeout.value ?? .infinity)
    else { return nil }
    return Invariant(
      .timeouts, of: deployment.name, subject: "\(proxy.name) waiting for \(owner)",
      left: [Term("wait for a connection of \(owner)", acquire)]
        + terms,
      .below, right: [Term("read timeout of \(proxy.name)", timeout)], unit: .second,
      consequence: "\(proxy.name) answers 504 while \(owner) still waits")
  }

  /// The services that a proxy hands requests to, each with the shortest time it waits for them.
  private static func reached(
    from proxy: Service, _ deployment: Deployment
  ) -> [(Service, Input)] {
    var result: [String: Input] = [:]
    for location in proxy.locations {
      let targets = deployment.edges(.proxy, from: proxy.name, location.key)
        .compactMap(\.service)
      guard let timeout = location.limit("proxy_read_timeout", of: "\(proxy.name)/\(location.name)")
      else { continue }
      for target in targets {
        guard let known = result[target] else {
          result[target] = timeout
          continue
        }
        if (timeout.value ?? .infinity) < (known.value ?? .infinity) { result[target] = timeout }
      }
    }
    return result.keys.sorted().compactMap { name in
      guard let service = deployment.service(name), let timeout = result[name] else { return nil }
      return (service, timeout)
    }
  }

  /// How long a statement may take that got its connection.
  static func statementTerms(_ client: Deployment.Client, _ deployment: Deployment) -> [Term] {
    let owner = client.pool.owner
    if let socket = client.pool.part?.limit("socket_timeout", of: owner),
      socket.value?.isFinite == true
    {
      return [Term("longest answer that \(owner) waits for", socket)]
    }
    let server = serverBehind(client, deployment)
    if let statement = server?.servers.first?.limit("statement_timeout"),
      statement.value?.isFinite == true
    {
      return [Term("longest statement of \(server?.name ?? "the server")", statement)]
    }
    return [
      Term(
        "longest statement",
        .unknown("\(owner).statement", "no file limits the statements of \(owner)"))
    ]
  }

  /// The database server at the end of a pool's path, through a pooler or directly.
  static func serverBehind(
    _ client: Deployment.Client, _ deployment: Deployment
  ) -> Service? {
    guard let name = client.edge?.service, let target = deployment.service(name) else { return nil }
    guard !target.poolers.isEmpty else { return target.hasServer ? target : nil }
    let database = deployment.database(of: client.pool, in: target)
    let edge = database.flatMap {
      deployment.edges(.pooler, from: target.name, $0.name).first
    }
    return edge?.service.flatMap { deployment.service($0) }
  }
}

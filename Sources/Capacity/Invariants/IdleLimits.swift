import Model

/// I9: along the chain each part gives an idle connection up before the next one drops it.
enum IdleLimits {
  static func invariants(of deployment: Deployment) -> [Invariant] {
    serverSide(deployment) + clientSide(deployment)
  }

  /// The pooler against the server.
  private static func serverSide(_ deployment: Deployment) -> [Invariant] {
    deployment.services.flatMap { server -> [Invariant] in
      guard let limit = server.servers.first?.limit("idle_session_timeout"),
        limit.value?.isFinite != false
      else { return [] }
      var seen: Set<String> = []
      return deployment.poolerDatabases(to: server).compactMap { service, pooler, _ in
        guard seen.insert(service.name).inserted,
          let idle = pooler?.limit("server_idle_timeout")
        else { return nil }
        return Invariant(
          .idleLimits, of: deployment.name,
          subject: "idle connections between \(service.name) and \(server.name)",
          left: [Term("idle time in \(service.name)", idle)], .below,
          right: [Term("idle limit of \(server.name)", limit)], unit: .second,
          consequence: "\(server.name) closes connections that \(service.name) believes are good")
      }
    }
  }

  /// The application against the pooler.
  private static func clientSide(_ deployment: Deployment) -> [Invariant] {
    deployment.pools.compactMap { client in
      guard let name = client.edge?.service, let part = client.pool.part,
        let limit = deployment.service(name)?.poolers.first?.limit("client_idle_timeout"),
        let seconds = limit.value, seconds.isFinite, seconds > 0,
        let kept = IdleTime.shortest(of: part, owner: client.pool.owner, below: seconds.nextDown)
      else { return nil }
      return Invariant(
        .idleLimits, of: deployment.name,
        subject: "idle connections between \(client.pool.owner) and \(name)",
        left: [Term(kept.label, kept.input)], .below,
        right: [Term("idle limit of \(name)", limit)], unit: .second,
        consequence: "\(name) closes connections that \(client.pool.owner) believes are good")
    }
  }
}

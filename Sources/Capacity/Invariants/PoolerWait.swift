import Model

/// I8: a client waits longer for its answer than the pooler lets it queue and the server work.
enum PoolerWait {
  static func invariants(of deployment: Deployment) -> [Invariant] {
    deployment.pools.compactMap { client in
      let owner = client.pool.owner
      guard let name = client.edge?.service, let pooler = deployment.service(name)?.poolers.first,
        let wait = pooler.limit("query_wait_timeout"),
        let socket = client.pool.part?.limit("socket_timeout", of: owner),
        socket.value?.isFinite == true
      else { return nil }
      var left = [Term("queue of \(name)", wait)]
      let server = Timeouts.serverBehind(client, deployment)
      // Of a server outside of the deployment nothing is known: only what is too long without it.
      guard server != nil || (wait.value ?? 0) >= (socket.value ?? .infinity) else { return nil }
      if let statement = server?.servers.first?.limit("statement_timeout"),
        statement.value?.isFinite == true
      {
        left.insert(Term("longest statement of \(server?.name ?? "")", statement), at: 0)
      } else {
        left.append(
          Term("longest statement", .unknown("statement", "no file limits the statements")))
      }
      return Invariant(
        .poolerWait, of: deployment.name, subject: "\(owner) waiting for \(name)", left: left,
        .below, right: [Term("longest answer that \(owner) waits for", socket)], unit: .second,
        consequence: "\(name) runs work whose client has gone")
    }
  }
}

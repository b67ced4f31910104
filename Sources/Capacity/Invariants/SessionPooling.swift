import Model

/// I20: with session pooling each client connection keeps a server connection for its life.
enum SessionPooling {
  static func invariants(of deployment: Deployment) -> [Invariant] {
    deployment.services.flatMap { service -> [Invariant] in
      service.databases.compactMap { invariant(service, $0, deployment) }
    }
  }

  private static func invariant(
    _ service: Service, _ database: Part, _ deployment: Deployment
  ) -> Invariant? {
    let pooler = service.poolers.first
    let own = database.text("pool_mode") ?? ""
    guard (own.isEmpty ? pooler?.text("pool_mode") : own) == "session" else { return nil }
    let left = deployment.clientTerms(of: service) { client in
      deployment.database(of: client.pool, in: service)?.name == database.name
    }
    guard !left.isEmpty else { return nil }
    let size = PoolerSize(service: service, pooler: pooler, database: database)
    let right = Quantity(service.replicas) * size.quantity
    let excess = left.reduce(0) { $0 + ($1.value ?? 0) } - (right.value ?? .infinity)
    let wait = pooler?.limit("query_wait_timeout")?.value
    let ending = wait.map { $0.isFinite ? "\(NumberText.short($0)) s" : "ever" } ?? "a while"
    return Invariant(
      .sessionPooling, of: deployment.name,
      subject: "clients of \(service.name)/\(database.name) in session mode", left: left,
      right: [Term("server connections of \(database.name)", right)], unit: .connection,
      consequence: "\(NumberText.short(max(0, excess))) clients wait for \(ending)")
  }
}

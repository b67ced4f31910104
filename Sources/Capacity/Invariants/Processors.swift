import Model

/// I19: no more connections work at once than the server's processors can keep busy.
enum Processors {
  /// Connections that keep one processor busy, and one for a disk.
  private static let perCore = 2.0

  static func invariants(of deployment: Deployment) -> [Invariant] {
    deployment.services.compactMap { server in
      guard server.hasServer, let cores = server.number(.cores, field: "cpu_limit") else {
        return nil
      }
      let poolers = deployment.poolerDatabases(to: server).map {
        PoolerSize(service: $0.service, pooler: $0.pooler, database: $0.database)
      }
      let left =
        poolers.map { Term($0.label, $0.service.copies * $0.quantity) }
        + deployment.clientTerms(of: server)
      guard !left.isEmpty else { return nil }
      let right = Quantity(constant: perCore) * Quantity(cores) + Quantity(constant: 1)
      return Invariant(
        .processors, of: deployment.name, subject: "active connections of \(server.name)",
        left: left, right: [Term("connections that its processors can serve", right)],
        unit: .connection, consequence: "more of them make nothing faster")
    }
  }
}

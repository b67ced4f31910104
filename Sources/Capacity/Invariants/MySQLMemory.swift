import Model

/// I11: what MySQL or MariaDB may take at worst fits into the machine.
enum MySQLMemory {
  private static let standardShare = 0.85

  static func invariants(of deployment: Deployment) -> [Invariant] {
    deployment.services.compactMap { service in
      guard let server = service.servers.first,
        ["mysql", "mariadb"].contains(server.technology),
        let memory = service.number(.memory, field: "memory_limit"),
        let most = server.number("max_connections"), let shared = server.number("shared_memory"),
        let each = server.number("connection_memory")
      else { return nil }
      return MemoryBudget.invariant(
        .mysqlMemory, of: deployment, service,
        left: [
          Term("shared buffers", shared.megabytes),
          Term("connections", Quantity(most) * Quantity(each.megabytes)),
        ], memory: memory, share: standardShare)
    }
  }
}

import Model

/// I10: what PostgreSQL may take at worst fits into the machine.
enum PostgresMemory {
  /// Sorts and hashes that one connection runs at once, as tuners for PostgreSQL count them.
  private static let operations = 1.5
  /// What a connection takes besides, in megabytes.
  private static let connection = 10.0
  private static let standardShare = 0.9

  static func invariants(of deployment: Deployment) -> [Invariant] {
    deployment.services.compactMap { service in
      guard let server = service.servers.first, server.technology == "postgresql",
        let memory = service.number(.memory, field: "memory_limit"),
        let most = server.number("max_connections"), let work = server.number("work_memory"),
        let shared = server.number("shared_memory")
      else { return nil }
      let factor = server.number("hash_memory_multiplier").map { Quantity($0) }
      let sorts =
        Quantity(work.megabytes) * (factor ?? Quantity(constant: 1))
        * Quantity(constant: operations)
      let each = sorts + Quantity(constant: connection)
      var left = [
        Term("shared buffers", shared.megabytes),
        Term("connections", Quantity(most) * each),
      ]
      if let workers = server.number("autovacuum_workers"), let memory = vacuumMemory(server) {
        left.append(Term("autovacuum", Quantity(workers) * Quantity(memory.megabytes)))
      }
      if let wal = server.number("wal_memory") {
        left.append(Term("write-ahead log", wal.megabytes))
      }
      return MemoryBudget.invariant(
        .postgresMemory, of: deployment, service, left: left, memory: memory,
        share: standardShare)
    }
  }

  private static func vacuumMemory(_ server: Part) -> Input? {
    if let own = server.number("autovacuum_memory"), (own.value ?? 0) > 0 { return own }
    return server.number("maintenance_memory")
  }
}

/// A server's memory against that of its machine.
enum MemoryBudget {
  static func invariant(
    _ id: InvariantID, of deployment: Deployment, _ service: Service, left: [Term],
    memory: Input, share: Double
  ) -> Invariant {
    let megabytes = Quantity(memory.megabytes)
    let part = deployment.declaration.memoryShare.map { Quantity($0) } ?? Quantity(constant: share)
    return Invariant(
      id, of: deployment.name, subject: "memory of \(service.name)", left: left,
      right: [Term("of the memory of \(service.name)", part * megabytes)], unit: .mebibyte,
      consequence: "the kernel ends the database when every connection has work")
  }
}

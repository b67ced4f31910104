import Model

/// I12: not too many threads wait for each connection.
enum Threads {
  /// More threads for each connection than this only wait.
  private static let standard = 20.0

  static func invariants(of deployment: Deployment) -> [Invariant] {
    deployment.pools.compactMap { client in
      guard let threads = client.service.threads(of: client.pool) else { return nil }
      let most =
        deployment.declaration.threadsPerConnection
        ?? Input("load_path.threads_per_connection", standard, basis: .implied)
      return Invariant(
        .threads, of: deployment.name, subject: "threads of \(client.pool.owner)",
        left: [
          Term("threads for each connection", Quantity(threads) / Quantity(client.pool.size))
        ], right: [Term("threads that one connection can serve", most)],
        consequence: "most threads only wait for a connection")
    }
  }
}

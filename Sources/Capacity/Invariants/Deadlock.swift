import Model

/// I17: threads that hold several connections at once cannot block each other for ever.
enum Deadlock {
  static func invariants(of deployment: Deployment) -> [Invariant] {
    deployment.pools.compactMap { client in
      guard let held = client.pool.declared?.heldAtOnce ?? client.service.number(.heldAtOnce),
        (held.value ?? 2) > 1, let threads = client.service.threads(of: client.pool)
      else { return nil }
      let one = Quantity(constant: 1)
      return Invariant(
        .deadlock, of: deployment.name, subject: "threads of \(client.pool.owner)",
        left: [
          Term(
            "connections that all threads can hold but one",
            Quantity(threads)
              * (Quantity(held) - one)),
          Term("one to go on with", one),
        ], right: [Term("connections of \(client.pool.owner)", client.pool.size)],
        unit: .connection,
        consequence: "every thread can hold a connection and wait for its next one, for ever")
    }
  }
}

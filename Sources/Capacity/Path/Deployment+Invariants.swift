extension Deployment {
  /// Every comparison that both sides are there for, in order of their numbers.
  package var invariants: [Invariant] {
    let budgets = ClientsOfPooler.invariants(of: self) + ServerBudget.invariants(of: self)
    let all =
      budgets + Rollout.invariants(among: budgets)
      + [
        FileDescriptors.invariants, Lifetimes.invariants, Timeouts.invariants,
        PoolerWait.invariants, IdleLimits.invariants, PostgresMemory.invariants,
        MySQLMemory.invariants, Threads.invariants, ProxyQueue.invariants, Deadlock.invariants,
        ConnectionsAtRest.invariants, Processors.invariants, SessionPooling.invariants,
      ].flatMap { $0(self) }
    let order = Dictionary(
      uniqueKeysWithValues: InvariantID.allCases.enumerated().map { ($1, $0) })
    return all.enumerated().sorted { left, right in
      (order[left.element.id] ?? 0, left.offset) < (order[right.element.id] ?? 0, right.offset)
    }.map(\.element)
  }
}

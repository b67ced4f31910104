/// The size for each of several equal pools, and what not sharing costs.
package struct ReplicaSizing: Sendable, Hashable {
  package let replicas: Int
  /// The pool of one replica under its share of the demand.
  package let pool: PoolQueue
  /// The one pool that would do if all replicas could share it.
  package let shared: PoolQueue

  /// Connections of all replicas together.
  package var total: Int { pool.servers * replicas }

  /// Connections that are needed only because replicas do not share.
  package var poolingLoss: Int { total - shared.servers }

  /// - Throws: ``CapacityError`` when a number is out of range or the pool too large.
  package init(
    _ demand: Demand, replicas: Int, meeting target: SizeTarget
  ) throws(CapacityError) {
    let share = try demand.share(ofReplicas: replicas)
    pool = try PoolQueue.smallest(for: share, meeting: target)
    shared = try PoolQueue.smallest(for: demand, meeting: target)
    let (_, overflow) = pool.servers.multipliedReportingOverflow(by: replicas)
    guard !overflow else {
      throw CapacityError(.tooManyServers, "\(replicas) replicas are too many to add up")
    }
    self.replicas = replicas
  }
}

import Model

/// I18: pools of a fixed size keep their connections also when nothing happens; they must fit, or
/// an autoscaler fills the target without any load.
enum ConnectionsAtRest {
  static func invariants(of deployment: Deployment) -> [Invariant] {
    deployment.services.compactMap { target in
      let left = deployment.clients(of: target).compactMap { client -> Term? in
        guard let idle = client.pool.part?.number("min_idle", of: client.pool.owner),
          idle.value != 0
        else { return nil }
        return Term(
          "\(client.pool.owner) at rest", client.service.copiesAtRest * Quantity(idle))
      }
      guard !left.isEmpty, let right = bound(of: target, deployment) else { return nil }
      return Invariant(
        .connectionsAtRest, of: deployment.name, subject: "connections to \(target.name) at rest",
        left: left, right: right, unit: .connection,
        consequence: "\(target.name) is full before anything happens")
    }
  }

  private static func bound(of target: Service, _ deployment: Deployment) -> [Term]? {
    if let pooler = target.poolers.first {
      return pooler.number(ClientsOfPooler.limitField(of: pooler.technology)).map {
        [Term("clients that \(target.name) accepts", Quantity(target.replicas) * Quantity($0))]
      }
    }
    return deployment.usableConnections(of: target)
  }
}

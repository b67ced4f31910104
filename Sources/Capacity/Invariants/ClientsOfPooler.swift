import Model

/// I1: the connections of all pools fit into the pooler's limit of clients.
///
/// With several instances the clients must fit into one less, because one may be gone; where they
/// are too many for all of them, all are counted.
enum ClientsOfPooler {
  static func invariants(of deployment: Deployment) -> [Invariant] {
    deployment.services.compactMap { service in
      guard let pooler = service.poolers.first,
        let limit = pooler.number(limitField(of: pooler.technology))
      else { return nil }
      let left = deployment.clientTerms(of: service)
      guard !left.isEmpty else { return nil }
      let right = right(limit, service: service, pooler: pooler, left: left)
      let sum = left.reduce(0) { $0 + ($1.value ?? 0) }
      let bound = right.value ?? .infinity
      let atRest = deployment.clientTerms(of: service, counting: \.copiesAtRest)
        .reduce(0) { $0 + ($1.value ?? 0) }
      return Invariant(
        identifier(pooler.technology), of: deployment.name, subject: "clients of \(service.name)",
        left: left, right: [Term("clients that \(service.name) accepts", right)], unit: .client,
        consequence: "\(NumberText.short(max(0, sum - bound))) clients are refused",
        isOnlyInRollout: sum > bound && atRest <= bound)
    }
  }

  private static func right(
    _ limit: Input, service: Service, pooler: Part, left: [Term]
  ) -> Quantity {
    let instances = service.replicas
    guard let count = instances.value, count > 1, let most = limit.value else {
      return Quantity(limit)
    }
    let sum = left.reduce(0) { $0 + ($1.value ?? 0) }
    if sum > most * count { return Quantity(instances) * Quantity(limit) }
    let lasting = Input("\(service.name).replicas − 1", count - 1, basis: .assumed)
    return Quantity(lasting) * Quantity(limit)
  }

  /// Each child of Pgpool-II serves one client.
  static func limitField(of technology: String) -> String {
    technology.hasPrefix("pgpool") ? "children" : "max_clients"
  }

  static func identifier(_ technology: String) -> InvariantID {
    switch technology {
    case "proxysql": .proxysql
    case let name where name.hasPrefix("pgpool"): .pgpool
    default: .clientsOfPooler
    }
  }
}

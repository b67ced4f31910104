import Model

/// I2, I3, I14 and the server's side of I15 and I16: what connects fits into the server.
enum ServerBudget {
  static func invariants(of deployment: Deployment) -> [Invariant] {
    deployment.services.flatMap { server -> [Invariant] in
      guard server.hasServer, let right = deployment.usableConnections(of: server) else {
        return []
      }
      let databases = deployment.poolerDatabases(to: server).map {
        PoolerSize(service: $0.service, pooler: $0.pooler, database: $0.database)
      }
      let direct = deployment.clientTerms(of: server)
      guard !databases.isEmpty || !direct.isEmpty else { return [] }
      let id = identifier(of: databases.first, server)
      let strays = direct.isEmpty ? deployment.strayTerms : []
      // MySQL and MariaDB keep a connection of their own for an administrator.
      let margin =
        id == .mysqlServer && deployment.declaration.margin == nil
        ? nil : deployment.margin(of: server)
      let rest = direct + strays + (margin.map { [$0] } ?? [])
      let left = poolerTerms(databases) + rest
      let restAtRest =
        deployment.clientTerms(of: server, counting: \.copiesAtRest)
        + strays + (margin.map { [$0] } ?? [])
      let runs = invariant(id, deployment, server, left, right, atRest: restAtRest, databases)
      return [runs] + asWritten(runs, databases, rest)
    }
  }

  private static func invariant(
    _ id: InvariantID, _ deployment: Deployment, _ server: Service, _ left: [Term],
    _ right: [Term], atRest: [Term], _ databases: [PoolerSize]
  ) -> Invariant {
    let sum = { (terms: [Term]) in terms.reduce(0) { $0 + ($1.value ?? 0) } }
    let bound = sum(right)
    let calm = sum(poolerTerms(databases, copies: \.copiesAtRest)) + sum(atRest)
    return Invariant(
      id, of: deployment.name, subject: "connections of \(server.name)", left: left, right: right,
      unit: .connection,
      consequence:
        "\(NumberText.short(max(0, sum(left) - bound))) connections more than \(server.name) has",
      isOnlyInRollout: sum(left) > bound && calm <= bound)
  }

  /// A term for each database of a pooler; those of one user whom the pooler limits are one.
  private static func poolerTerms(
    _ databases: [PoolerSize], copies: KeyPath<Service, Quantity> = \.copies
  ) -> [Term] {
    var terms: [Term] = []
    var limited: [String: [PoolerSize]] = [:]
    var order: [String] = []
    for database in databases {
      if let limit = database.userLimit, database.hasOneUser, limit.value?.isFinite == true {
        let key = "\(database.service.name) \(database.database.text("forced_user") ?? "")"
        if limited[key] == nil { order.append(key) }
        limited[key, default: []].append(database)
      } else {
        terms.append(
          Term(database.label, database.service[keyPath: copies] * database.quantity))
        if let further = database.furtherUsers { terms.append(further) }
      }
    }
    for key in order {
      guard let group = limited[key], let first = group.first, let limit = first.userLimit else {
        continue
      }
      let sum = group.dropFirst().reduce(first.quantity) { $0 + $1.quantity }
      terms.append(
        Term(
          group.map(\.label).joined(separator: ", "),
          first.service[keyPath: copies] * sum.bounded(by: Quantity(limit))))
    }
    return terms
  }

  /// The same with the sizes that are written where the pooler runs others.
  ///
  /// What a repair of the file alone would bring; only said where it would break.
  private static func asWritten(
    _ runs: Invariant, _ databases: [PoolerSize], _ rest: [Term]
  ) -> [Invariant] {
    guard databases.contains(where: { $0.written != nil }) else { return [] }
    let terms = databases.map { database in
      Term(
        database.label,
        database.service.copies * (database.written ?? database.quantity))
    }
    let written = Invariant(
      runs.id, of: runs.deployment, subject: "\(runs.subject) as written", left: terms + rest,
      right: runs.right, unit: runs.unit,
      consequence: "a repair of the file alone would exhaust the server", isAsWritten: true)
    return written.holds == false ? [written] : []
  }

  private static func identifier(of database: PoolerSize?, _ server: Service) -> InvariantID {
    if let technology = database?.pooler?.technology {
      let id = ClientsOfPooler.identifier(technology)
      return id == .clientsOfPooler ? .serverBehindPooler : id
    }
    let technology = server.servers.first?.technology ?? ""
    return ["mysql", "mariadb"].contains(technology) ? .mysqlServer : .serverDirectly
  }
}

extension PoolerSize {
  /// Most connections of one user, over all databases of an instance.
  var userLimit: Input? {
    pooler?.number("max_user_connections").flatMap {
      ($0.value ?? 0) > 0 ? $0 : nil
    }
  }

  /// Pool and reserve as they are written, where something else runs.
  var written: Quantity? {
    guard let size = writtenSize else { return nil }
    guard let reserve = database.number("reserve_pool_size"), reserve.value != 0 else {
      return Quantity(size)
    }
    return Quantity(size) + Quantity(reserve)
  }

  private var writtenSize: Input? {
    let own = database.setting("pool_size")
    let inherited = pooler?.setting("default_pool_size")
    guard let own, own.provenance != .explicit else { return nil }
    let source = own.origin == inherited?.origin ? inherited : own
    guard let source, source.provenance == .clamped, let text = source.written,
      let value = Double(text), value != self.size.value
    else { return nil }
    return Input("\(label).pool_size", value, basis: .explicit, setting: source)
  }
}

import Model

/// How often things count in a deployment.
extension Deployment {
  /// The connections that the pools leading to `target` open at once, a term each.
  ///
  /// A pool of which nobody knows where it leads may lead here: it counts as unknown.
  func clientTerms(
    of target: Service, counting copies: KeyPath<Service, Quantity> = \.copies,
    where isMeant: (Client) -> Bool = { _ in true }
  ) -> [Term] {
    let known = clients(of: target).filter(isMeant).map { client in
      Term(client.pool.owner, client.service[keyPath: copies] * Quantity(client.pool.size))
    }
    return known.isEmpty ? [] : known + strayTerms
  }

  /// A term for each pool that leads nobody knows where.
  var strayTerms: [Term] {
    strays.compactMap { client in
      guard case .unknown(let reason)? = client.edge?.target else { return nil }
      return Term(
        client.pool.owner,
        .unknown("\(client.pool.owner).target_host", "\(client.pool.owner): \(reason)"))
    }
  }

  /// The databases of poolers that lead to `target`, each with its pooler's service.
  func poolerDatabases(to target: Service) -> [(service: Service, pooler: Part?, database: Part)] {
    services.flatMap { service in
      service.databases.compactMap { database in
        let leads = edges(.pooler, from: service.name, database.name).contains {
          $0.service == target.name
        }
        return leads ? (service, service.poolers.first, database) : nil
      }
    }
  }

  /// The database of a pooler that a pool's connections belong to; `nil` where nobody can tell.
  func database(of pool: Service.Pool, in pooler: Service) -> Part? {
    let name = pool.part?.text("target_database")
    return pooler.databases.first { $0.name == name } ?? pooler.databases.first { $0.name == "*" }
      ?? (name == nil && pooler.databases.count == 1 ? pooler.databases.first : nil)
  }

  /// The most connections of a server that anybody but superusers may use.
  func usableConnections(of server: Service) -> [Term]? {
    let part = server.servers.first
    let named = { (field: String, key: DeclaredService.Key) in
      server.declared?.numbers[key] ?? part?.number(field)
    }
    guard let most = named("max_connections", .maxConnections) else { return nil }
    var terms = [Term("connections of \(server.name)", most)]
    let reserves = [
      ("reserved for superusers", part?.number("reserved_superuser")),
      ("reserved for roles", named("reserved", .reserved)),
    ]
    for (label, input) in reserves {
      guard let input, input.value != 0 else { continue }
      terms.append(Term(label, input, isNegative: true))
    }
    return terms
  }

  /// The connections that are kept free; a tenth where nobody says how many.
  func margin(of server: Service) -> Term? {
    if let declared = server.declared?.numbers[.margin] ?? declaration.margin {
      return declared.value == 0 ? nil : Term("margin", declared)
    }
    let most =
      server.declared?.numbers[.maxConnections]
      ?? server.servers.first?
      .number("max_connections")
    guard let value = most?.value, value.isFinite else { return nil }
    return Term(
      "margin for people and migrations",
      Input("\(server.name).margin", (value / 10).rounded(.up), basis: .assumed))
  }
}

/// How many server connections the databases of a pooler open.
struct PoolerSize {
  let service: Service
  let pooler: Part?
  let database: Part

  /// Connections of one instance for one user, without reserve.
  var size: Input {
    database.number("pool_size", of: owner)
      ?? .unknown("\(owner).pool_size", "the pool size of \(database.name) is not known")
  }

  /// The reserve, where the pooler ever uses it.
  var reserve: Input? {
    guard let reserve = database.number("reserve_pool_size", of: owner), reserve.value != 0 else {
      return nil
    }
    // A delay of nothing switches the reserve off.
    return pooler?.number("reserve_pool_timeout")?.value == 0 ? nil : reserve
  }

  /// Most connections for the database, whoever uses it; `nil` where there is no such limit.
  var bound: Quantity? {
    let limits = [
      database.number("max_db_connections", of: owner), pooler?.number("max_db_connections"),
    ]
    return limits.compactMap { $0 }.first { ($0.value ?? 0) > 0 && $0.value?.isFinite == true }
      .map { Quantity($0) }
  }

  /// Whether that limit, and no pool's size, decides.
  var isBounded: Bool {
    guard let limit = bound?.value else { return false }
    return unbounded.value.map { $0 > limit } ?? true
  }

  /// Connections of one instance for one user with the reserve, as far as the limits let it.
  ///
  /// Each child of Pgpool-II keeps connections of its own.
  var quantity: Quantity {
    if let children = pooler?.number("children"), let each = pooler?.number("pools_per_child") {
      return Quantity(children) * Quantity(each)
    }
    return bound.map { unbounded.bounded(by: $0) } ?? unbounded
  }

  private var unbounded: Quantity {
    reserve.map { Quantity(size) + Quantity($0) } ?? Quantity(size)
  }

  /// Whether every client shares one user of the server, so that there is one pool.
  var hasOneUser: Bool { database.text("forced_user").map { !$0.isEmpty } ?? false }

  /// What is not known of the users: a term without value, where no limit bounds it.
  var furtherUsers: Term? {
    guard !hasOneUser, bound == nil, pooler?.technology == "pgbouncer" else { return nil }
    return Term(
      "pools of further users",
      .unknown(
        "\(owner).users",
        "no user is forced for \(database.name) and no limit bounds it: it has a pool for each"
          + " user"))
  }

  var label: String { owner }
  private var owner: String { "\(service.name)/\(database.name)" }
}

import Model

/// Sorts the resources of one service by what they are.
struct ServiceBuilder {
  let name: String
  let resources: [any Resource]
  let declared: DeclaredService?
  let schema: Schema

  var service: Service {
    let parts = running.map { Part($0, service: name, schema: schema) }
    let of = { (kind: Kind) in parts.filter { $0.resource.kind == kind } }
    return Service(
      name: name, workload: of(.service).first, declared: declared,
      pools: pools(of(.pool)), poolers: of(.pooler), databases: of(.poolerDatabase),
      servers: of(.databaseServer), proxies: of(.nginx), locations: of(.location))
  }

  /// The resources of the environment that the service runs in, each once.
  ///
  /// A file of Spring Boot holds the pools of all its profiles; a deployment runs one of them.
  private var running: [any Resource] {
    var seen: Set<ResourceIdentity> = []
    let own = resources.filter { $0.kind == .location || seen.insert($0.identity).inserted }
    let environment =
      own.first { $0.kind == .service && $0.identity.environmentIsDeclared }?
      .identity.environment ?? "production"
    let names = Set(own.lazy.filter { Self.hasEnvironment($0.kind) }.map(\.profile.environment))
    guard names.count > 1, names.contains(environment) else { return own }
    return own.filter {
      !Self.hasEnvironment($0.kind) || $0.profile.environment == environment
    }
  }

  private static func hasEnvironment(_ kind: Kind) -> Bool {
    kind != .service && kind != .location
  }

  private func pools(_ parts: [Part]) -> [Service.Pool] {
    let declaredPools = declared?.pools ?? []
    let known = Set(parts.map(\.name))
    let alone = declaredPools.filter { !known.contains($0.name) }
    let count = parts.count + alone.count
    let owner = { (pool: String) in count == 1 ? name : "\(name)/\(pool)" }
    return parts.map { part in
      Service.Pool(
        name: part.name, owner: owner(part.name), part: part,
        declared: declaredPools.first { $0.name == part.name })
    }
      + alone.map {
        Service.Pool(name: $0.name, owner: owner($0.name), part: nil, declared: $0)
      }
  }
}

import Model

/// Finds where the parts of services lead, by the names of services that addresses hold.
struct EdgeFinder {
  private let services: [Service]
  private let deployment: String
  private let schema: Schema
  /// The services by each name that they answer to, in lower case.
  private let named: [String: [Int]]
  /// The services of each pod.
  private let pods: [Substring: [Int]]

  init(services: [Service], deployment: String, schema: Schema) {
    self.services = services
    self.deployment = deployment
    self.schema = schema
    var named: [String: [Int]] = [:]
    for (number, service) in services.enumerated() {
      for host in Set(service.hosts.map { $0.lowercased() }) {
        named[host, default: []].append(number)
      }
    }
    self.named = named
    pods = Dictionary(
      grouping: services.indices, by: { services[$0].name.prefix { $0 != "/" } })
  }

  var edges: [Edge] {
    services.flatMap { service in
      proxyEdges(service) + poolEdges(service) + poolerEdges(service)
    }
  }

  // MARK: pools

  private func poolEdges(_ service: Service) -> [Edge] {
    service.pools.map { pool in
      if let name = pool.declared?.target ?? service.declared?.target {
        let origin = pool.declared?.origin ?? service.declared?.origin
        return declaredEdge(.pool, service, pool.name, name, origin)
      }
      guard let part = pool.part else {
        return edge(
          .pool, service, pool.name, .unknown("where pool \(pool.name) leads is not declared"),
          "nothing says it")
      }
      return poolEdge(service, pool, part)
    }
  }

  private func poolEdge(_ service: Service, _ pool: Service.Pool, _ part: Part) -> Edge {
    switch part.value("target_host") {
    case .string(let host):
      let port = part.number("target_port")?.value.map { ":\(NumberText.short($0))" } ?? ""
      let (target, found) = resolve(host, from: service)
      let origin = part.setting("target_host")?.origin ?? part.origin
      return edge(
        .pool, service, pool.name, target, "its address is \(host)\(port)\(found)", origin: origin)
    case .unknown(let reason):
      return edge(.pool, service, pool.name, .unknown(reason), reason, origin: part.origin)
    default:
      let target: Edge.Target =
        part.text("target_product") == nil
        ? .unknown("the address of pool \(pool.name) is written nowhere")
        : .external(part.text("target_product") ?? "a database in the process")
      return edge(
        .pool, service, pool.name, target, "no host is written", origin: part.origin)
    }
  }

  // MARK: poolers

  private func poolerEdges(_ service: Service) -> [Edge] {
    service.databases.map { database in
      if let name = service.declared?.target {
        return declaredEdge(.pooler, service, database.name, name, service.declared?.origin)
      }
      switch database.value("host") {
      case .string(let host) where !host.isEmpty:
        let (target, found) = resolve(host, from: service)
        return edge(
          .pooler, service, database.name, target, "its host is \(host)\(found)",
          origin: database.setting("host")?.origin ?? database.origin)
      case .unknown(let reason):
        return edge(
          .pooler, service, database.name, .unknown(reason), reason, origin: database.origin)
      default:
        let (target, found) = resolve("localhost", from: service)
        return edge(
          .pooler, service, database.name, target, "no host is written\(found)",
          origin: database.origin)
      }
    }
  }

  // MARK: proxies

  private func proxyEdges(_ service: Service) -> [Edge] {
    service.locations.flatMap { location -> [Edge] in
      guard location.text("passes") != nil else { return [] }
      var seen: Set<String?> = []
      return hosts(of: location).compactMap { host, evidence in
        guard seen.insert(host).inserted else { return nil }
        var target = (Edge.Target.unknown("a variable decides where it leads"), "")
        if let host { target = resolve(host, from: service) }
        return Edge(
          .proxy, from: service.name, part: location.name, key: location.key, to: target.0,
          evidence: evidence + target.1,
          origin: location.setting("pass_url")?.origin ?? location.origin)
      }
    }
  }

  private func hosts(of location: Part) -> [(host: String?, evidence: String)] {
    let address = location.text("pass_url") ?? ""
    if let upstream = location.part("upstream", in: schema) {
      return upstream.texts("servers").map { server in
        let words = server.split(separator: " ")
        let host = HostName.host(ofAddress: String(words.first ?? ""))
        return (
          host, "\(address) is the upstream \(upstream.name) with the server \(words.first ?? "")"
        )
      }
    }
    return [(HostName.host(ofAddress: address), "its address is \(address)")]
  }

  // MARK: names

  /// The service that a host name leads to, and the words that say why.
  private func resolve(_ host: String, from service: Service) -> (Edge.Target, String) {
    if HostName.isLocal(host) {
      let pod = service.name.prefix { $0 != "/" }
      let near = (pods[pod] ?? []).map { services[$0] }.filter(\.holdsDatabase)
      guard near.count == 1, let found = near.first else {
        return near.isEmpty
          ? (.external(host), ", on the same machine")
          : (.unknown("several parts of \(pod) answer at \(host)"), "")
      }
      return (.service(found.name), ", which is \(found.name) itself")
    }
    let found = Set(HostName.names(of: host).flatMap { named[$0] ?? [] }).sorted()
      .map { services[$0] }
    switch found.count {
    case 0: return (.external(host), ", which is no service of \(deployment)")
    case 1: return (.service(found[0].name), ", a service of \(deployment)")
    default:
      // Of a pod's containers the one that holds what is looked for.
      let holding = found.filter(\.holdsDatabase)
      if holding.count == 1 { return (.service(holding[0].name), ", a service of \(deployment)") }
      let names = found.map(\.name).joined(separator: ", ")
      return (.unknown("\(host) may be \(names)"), "")
    }
  }

  private func declaredEdge(
    _ step: Edge.Step, _ service: Service, _ part: String, _ name: String, _ origin: Origin?
  ) -> Edge {
    let isHere = services.contains { $0.name == name }
    return edge(
      step, service, part, isHere ? .service(name) : .external(name),
      "declared in .headgate.yaml" + (isHere ? "" : ", which is no service of \(deployment)"),
      origin: origin, isDeclared: true)
  }

  private func edge(
    _ step: Edge.Step, _ service: Service, _ part: String, _ target: Edge.Target,
    _ evidence: String, origin: Origin? = nil, isDeclared: Bool = false
  ) -> Edge {
    Edge(
      step, from: service.name, part: part, to: target, evidence: evidence,
      isDeclared: isDeclared, origin: origin)
  }
}

extension Service {
  /// Whether a pool can lead to it.
  var holdsDatabase: Bool { !poolers.isEmpty || hasServer }

  /// Whether it is a database server, read from files or declared.
  var hasServer: Bool { !servers.isEmpty || declared?.numbers[.maxConnections] != nil }
}

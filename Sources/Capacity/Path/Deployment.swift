package import Model

/// A resource with the service that runs it.
package struct PlacedResource: Sendable {
  package let resource: any Resource
  /// `nil` where no deployment says so; a service's own resource names itself.
  package let service: ServiceReference?

  package init(_ resource: any Resource, service: ServiceReference? = nil) {
    self.resource = resource
    self.service = service ?? resource.identity.service ?? Self.own(resource)
  }

  private static func own(_ resource: any Resource) -> ServiceReference? {
    guard resource.kind == .service else { return nil }
    let identity = resource.identity
    return ServiceReference(deployment: identity.origin.path, name: identity.name)
  }
}

/// What runs together: services, and where their parts lead.
package struct Deployment: Sendable {
  /// The file or folder that deploys it; `.headgate.yaml` for what is only declared.
  package let name: String
  /// In order of their names.
  package let services: [Service]
  package let edges: [Edge]
  package let declaration: LoadDeclaration
  /// Every pool with its service and where it leads.
  package let pools: [Client]
  /// Those of which nobody knows where they lead.
  let strays: [Client]
  let schema: Schema
  private let serviceNumbers: [String: Int]
  private let edgeNumbers: [EdgeKey: [Int]]
  private let clientNumbers: [String: [Int]]

  /// A pool with its service and where it leads.
  package typealias Client = (service: Service, pool: Service.Pool, edge: Edge?)

  /// Edges are looked up by where they begin: a large deployment has thousands.
  private struct EdgeKey: Hashable {
    let step: Edge.Step
    let from: String
    let part: String
  }

  init(
    name: String, services: [Service], declaration: LoadDeclaration, schema: Schema
  ) {
    self.name = name
    self.services = services
    self.declaration = declaration
    self.schema = schema
    let edges = EdgeFinder(services: services, deployment: name, schema: schema).edges
    self.edges = edges
    var edgeNumbers: [EdgeKey: [Int]] = [:]
    for (number, edge) in edges.enumerated() {
      let key = EdgeKey(step: edge.step, from: edge.from, part: edge.key)
      edgeNumbers[key, default: []].append(number)
    }
    self.edgeNumbers = edgeNumbers
    serviceNumbers = Dictionary(
      services.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    pools = services.flatMap { service in
      service.pools.map { pool in
        let key = EdgeKey(step: .pool, from: service.name, part: pool.name)
        return (service, pool, edgeNumbers[key]?.first.map { edges[$0] })
      }
    }
    strays = pools.filter { client in
      if case .unknown? = client.edge?.target { true } else { false }
    }
    clientNumbers = Dictionary(
      grouping: pools.indices.filter { [pools] in pools[$0].edge?.service != nil },
      by: { [pools] in pools[$0].edge?.service ?? "" })
  }

  package func service(_ name: String) -> Service? { serviceNumbers[name].map { services[$0] } }

  /// The edges that begin at a part of a service.
  func edges(_ step: Edge.Step, from service: String, _ part: String) -> [Edge] {
    (edgeNumbers[EdgeKey(step: step, from: service, part: part)] ?? []).map { edges[$0] }
  }

  /// The pools that lead to a service.
  func clients(of service: Service) -> [Client] {
    (clientNumbers[service.name] ?? []).map { pools[$0] }
  }
}

/// Puts the services of all deployments together.
package struct DeploymentBuilder: Sendable {
  private let schema: Schema
  private let declaration: LoadDeclaration
  private let changes: [WhatIf]

  /// The name of the deployment of what is declared and deployed by no file.
  package static let declaredName = ".headgate.yaml"

  package init(
    schema: Schema, declaration: LoadDeclaration = LoadDeclaration(), changes: [WhatIf] = []
  ) {
    self.schema = schema
    self.declaration = declaration
    self.changes = changes
  }

  /// The deployments that `placed` resources and the declaration make, in order of their names.
  package func deployments(_ placed: [PlacedResource]) -> [Deployment] {
    var groups: [String: [String: [any Resource]]] = [:]
    for item in placed {
      guard let service = item.service else { continue }
      groups[service.deployment, default: [:]][service.name, default: []].append(item.resource)
    }
    let deployed = Set(groups.values.flatMap(\.keys))
    let alone = declaration.services.filter { !deployed.contains($0.name) }
    if groups.isEmpty, !alone.isEmpty { groups[Self.declaredName] = [:] }
    return groups.keys.sorted().map { name in
      var services = groups[name] ?? [:]
      for service in alone where services[service.name] == nil { services[service.name] = [] }
      let changed = ChangeSet(changes, of: services, schema: schema, declaration)
      return Deployment(
        name: name,
        services: services.keys.sorted().map { key in
          ServiceBuilder(
            name: key, resources: changed.resources(services[key] ?? [], of: key),
            declared: changed.declared(declaration.service(key), of: key), schema: schema
          ).service
        },
        declaration: declaration, schema: schema)
    }
  }

  /// The changes that no part of any deployment answers to.
  package func unmatched(_ placed: [PlacedResource]) -> [WhatIf] {
    let sets = changeSets(placed)
    return changes.filter { change in sets.allSatisfy { $0.unmatched.contains(change) } }
  }

  /// The changes that some part answers to and that cannot be, each once.
  package func refused(_ placed: [PlacedResource]) -> [RefusedChange] {
    var seen: Set<WhatIf> = []
    return changeSets(placed).flatMap(\.refused).filter { seen.insert($0.change).inserted }
  }

  private func changeSets(_ placed: [PlacedResource]) -> [ChangeSet] {
    var groups: [String: [String: [any Resource]]] = [:]
    for item in placed {
      guard let service = item.service else { continue }
      groups[service.deployment, default: [:]][service.name, default: []].append(item.resource)
    }
    if groups.isEmpty { groups[Self.declaredName] = [:] }
    return groups.keys.sorted().map { name in
      var services = groups[name] ?? [:]
      for service in declaration.services where services[service.name] == nil {
        services[service.name] = []
      }
      return ChangeSet(changes, of: services, schema: schema, declaration)
    }
  }
}

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
  let schema: Schema

  init(
    name: String, services: [Service], declaration: LoadDeclaration, schema: Schema
  ) {
    self.name = name
    self.services = services
    self.declaration = declaration
    self.schema = schema
    edges = EdgeFinder(services: services, deployment: name, schema: schema).edges
  }

  package func service(_ name: String) -> Service? { services.first { $0.name == name } }

  /// Every pool with its service and where it leads.
  package var pools: [(service: Service, pool: Service.Pool, edge: Edge?)] {
    services.flatMap { service in
      service.pools.map { pool in
        (
          service, pool,
          edges.first { $0.step == .pool && $0.from == service.name && $0.part == pool.name }
        )
      }
    }
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
      let changed = ChangeSet(changes, of: services, schema: schema)
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
    var left = changes
    var groups: [String: [String: [any Resource]]] = [:]
    for item in placed {
      guard let service = item.service else { continue }
      groups[service.deployment, default: [:]][service.name, default: []].append(item.resource)
    }
    if groups.isEmpty { groups[Self.declaredName] = [:] }
    for services in groups.values {
      var services = services
      for service in declaration.services where services[service.name] == nil {
        services[service.name] = []
      }
      let missing = ChangeSet(changes, of: services, schema: schema).unmatched
      left.removeAll { !missing.contains($0) }
    }
    return left
  }
}

package import Capacity
package import Catalog
package import Model
import Policy

/// The load paths that the files of a collection make, and what must hold along them.
package struct LoadPathReview: Sendable {
  package let deployments: [Deployment]
  /// Every comparison, those against a declared peak included.
  package let invariants: [Invariant]
  /// What somebody asked about and nothing answers to.
  package let unmatched: [WhatIf]
  /// What somebody asked about and cannot be.
  package let refused: [RefusedChange]
  /// The declared services that no deployment runs and of which nothing else is known, so that
  /// what is declared of them counts nowhere.
  package let strangers: [DeclaredService]

  /// Builds the paths and compares.
  ///
  /// - Parameters:
  ///   - collection: what was read, with the services that run it.
  ///   - declaration: what `.headgate.yaml` says of the path.
  ///   - changes: numbers that are asked about instead of those in the files.
  ///   - traffic: the peak and hold time that are asked about.
  package init(
    _ collection: Collection, declaration: LoadDeclaration?, changes: [WhatIf] = [],
    traffic: Traffic? = nil
  ) {
    let declaration = declaration ?? LoadDeclaration()
    let traffic = traffic ?? Traffic(target: declaration.target)
    let placed = Self.placed(collection, declaration)
    let builder = DeploymentBuilder(
      schema: Catalog.schema, declaration: declaration, changes: changes)
    let isNeeded = !declaration.services.isEmpty || placed.contains { $0.service != nil }
    deployments = isNeeded ? builder.deployments(placed) : []
    invariants = deployments.flatMap { deployment in
      deployment.invariants + PeakInvariants(deployment, traffic).all
    }
    unmatched = changes.isEmpty ? [] : builder.unmatched(placed)
    refused = changes.isEmpty ? [] : builder.refused(placed)
    strangers = Self.strangers(declaration, placed)
  }

  /// What a check of everything says of ``strangers``; nothing where no file deploys anything, as
  /// in the repository of one program.
  package var remarks: [Problem] {
    guard deployments.contains(where: { $0.name != DeploymentBuilder.declaredName }) else {
      return []
    }
    return strangers.map { service in
      Problem(
        kind: .unknown, origin: service.origin,
        message: "no file here deploys a service \"\(service.name)\", and none leads to it: what "
          + "is declared of it counts nowhere")
    }
  }

  private static func strangers(
    _ declaration: LoadDeclaration, _ placed: [PlacedResource]
  ) -> [DeclaredService] {
    let running = Set(placed.compactMap(\.service?.name))
    let targets = Set(
      declaration.services.compactMap(\.target)
        + declaration.services.flatMap(\.pools).compactMap(\.target))
    return declaration.services.filter { service in
      !running.contains(service.name) && service.pools.isEmpty && service.hosts.isEmpty
        && service.numbers[.maxConnections] == nil && !targets.contains(service.name)
    }
  }

  /// The comparisons for rules, at lines of `paths` where they have any there.
  package func resources(at paths: Set<String>? = nil) -> [any Resource] {
    invariants.map { $0.resource(at: paths) }
  }

  /// Every resource with the services that run it.
  ///
  /// A resource that names its service counts there; others as often as their file is run.
  private static func placed(
    _ collection: Collection, _ declaration: LoadDeclaration
  ) -> [PlacedResource] {
    let patterns = declaration.services.map { service in
      (service.name, service.files.compactMap { Glob($0) })
    }
    return collection.entries.flatMap { entry -> [PlacedResource] in
      var services = entry.services
      if services.isEmpty, let path = entry.path {
        services = patterns.filter { $0.1.contains { $0.matches(path) } }.map {
          ServiceReference(deployment: deployment(of: $0.0, in: collection), name: $0.0)
        }
      }
      return entry.reading.resources.flatMap { resource -> [PlacedResource] in
        guard isOnPath(resource.kind) else { return [] }
        let own = resource.kind == .location ? nil : resource.identity.service
        if own != nil || resource.kind == .service {
          return [PlacedResource(resource, service: own)]
        }
        let origin = resource.identity.origin
        let inner = entry.reading.embedded.first { $0.holds(origin) }?.services
        // What no service runs is on no path.
        return (inner ?? services).map { PlacedResource(resource, service: $0) }
      }
    }
  }

  /// The deployment that runs a declared service; the declaration's own where none does.
  private static func deployment(of service: String, in collection: Collection) -> String {
    for entry in collection.entries {
      for workload in entry.reading.workloads where workload.service.name == service {
        return workload.service.deployment
      }
    }
    return DeploymentBuilder.declaredName
  }

  /// The fields of pools, poolers and servers that a change can name.
  static var fieldNames: [String] {
    [Kind.pool, .pooler, .poolerDatabase, .databaseServer].flatMap { kind in
      Catalog.schema[kind]?.fields.map(\.name) ?? []
    }
  }

  private static func isOnPath(_ kind: Kind) -> Bool {
    switch kind {
    case .service, .pool, .pooler, .poolerDatabase, .databaseServer, .nginx, .location: true
    default: false
    }
  }
}

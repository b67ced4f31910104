import Model

/// The changes somebody asks about, led to the parts of one deployment that they mean.
struct ChangeSet {
  /// The changes that nothing answers to.
  private(set) var unmatched: [WhatIf] = []
  private var numbers: [String: [DeclaredService.Key: Input]] = [:]
  private var fields: [Target: [String: Double]] = [:]
  private let schema: Schema

  private struct Target: Hashable {
    let service: String
    let identity: ResourceIdentity
  }

  init(_ changes: [WhatIf], of services: [String: [any Resource]], schema: Schema) {
    self.schema = schema
    for change in changes { add(change, services) }
  }

  private mutating func add(_ change: WhatIf, _ services: [String: [any Resource]]) {
    let isService = services[change.owner] != nil
    if isService, let key = DeclaredService.Key(rawValue: change.field) {
      numbers[change.owner, default: [:]][key] = Input(
        "\(change.owner).\(change.field)", change.value, basis: .whatIf)
      return
    }
    // What somebody names is first a service, then a thing by its own name, then a product.
    let ways: [(String, any Resource) -> Bool] = [
      { service, _ in service == change.owner },
      { service, resource in "\(service)/\(resource.identity.name)" == change.owner },
      { _, resource in resource.identity.name == change.owner },
      { _, resource in resource.identity.technology == change.owner },
    ]
    for way in ways {
      var found = false
      for (service, resources) in services {
        for resource in resources where Self.mayChange(resource.kind) && way(service, resource) {
          guard schema[resource.kind]?.field(named: change.field) != nil else { continue }
          fields[Target(service: service, identity: resource.identity), default: [:]][
            change.field] = change.value
          found = true
          if resource.kind == .pooler { inherit(change, service, resources) }
        }
      }
      if found { return }
    }
    unmatched.append(change)
  }

  /// Leads a pooler's number to those of its databases that have none of their own.
  private mutating func inherit(
    _ change: WhatIf, _ service: String, _ resources: [any Resource]
  ) {
    let name = change.field == "default_pool_size" ? "pool_size" : change.field
    guard let field = schema[.poolerDatabase]?.field(named: name) else { return }
    for database in resources where database.kind == .poolerDatabase {
      let provenance = database.setting(for: field)?.provenance ?? .default
      guard provenance == .default || provenance == .inherited else { continue }
      fields[Target(service: service, identity: database.identity), default: [:]][name] =
        change.value
    }
  }

  private static func mayChange(_ kind: Kind) -> Bool {
    [.pool, .pooler, .poolerDatabase, .databaseServer, .service].contains(kind)
  }

  func resources(_ resources: [any Resource], of service: String) -> [any Resource] {
    guard !fields.isEmpty else { return resources }
    return resources.map { resource in
      guard Self.mayChange(resource.kind),
        let changes = fields[Target(service: service, identity: resource.identity)]
      else { return resource }
      return ChangedResource(base: resource, changes: changes)
    }
  }

  func declared(_ declared: DeclaredService?, of service: String) -> DeclaredService? {
    guard let numbers = numbers[service] else { return declared }
    var result =
      declared ?? DeclaredService(name: service, origin: Origin(path: "--set", range: 0..<0))
    result.numbers.merge(numbers) { _, asked in asked }
    // A number of replicas that somebody asks about is all of them.
    if numbers[.replicas] != nil, numbers[.maxReplicas] == nil {
      result.numbers[.maxReplicas] = nil
    }
    return result
  }
}

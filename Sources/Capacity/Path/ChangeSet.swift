import Model

/// The changes somebody asks about, led to the parts of one deployment that they mean.
struct ChangeSet {
  /// The changes that nothing answers to.
  private(set) var unmatched: [WhatIf] = []
  /// Those that something answers to and that cannot be.
  private(set) var refused: [RefusedChange] = []
  private var numbers: [String: [DeclaredService.Key: Input]] = [:]
  private var pools: [String: [DeclaredPool]] = [:]
  private var fields: [Target: [String: Double]] = [:]
  private let schema: Schema
  private let declaration: LoadDeclaration

  private struct Target: Hashable {
    let service: String
    let identity: ResourceIdentity
  }

  init(
    _ changes: [WhatIf], of services: [String: [any Resource]], schema: Schema,
    _ declaration: LoadDeclaration
  ) {
    self.schema = schema
    self.declaration = declaration
    for change in changes {
      do throws(RefusedChange) {
        var isFound = false
        for reading in change.readings where !isFound { isFound = try add(reading, services) }
        if !isFound { unmatched.append(change) }
      } catch {
        refused.append(error)
      }
    }
  }

  /// - Returns: whether anything answers to it.
  private mutating func add(
    _ change: WhatIf, _ services: [String: [any Resource]]
  ) throws(RefusedChange) -> Bool {
    if let resources = services[change.owner] {
      if let key = key(change.field, of: resources) {
        numbers[change.owner, default: [:]][key] = Input(
          "\(change.owner).\(key.rawValue)", try key.value(change), basis: .whatIf)
        return true
      }
    }
    if try addPool(change, services) { return true }
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
          guard let changed = try ChangedField(change, of: resource, schema) else { continue }
          let name = changed.field.name
          fields[Target(service: service, identity: resource.identity), default: [:]][name] =
            changed.value
          found = true
          if resource.kind == .pooler { inherit(name, changed.value, service, resources) }
        }
      }
      if found { return true }
    }
    return false
  }

  /// The number of a service that a name means: its own, or the deployment's key for it.
  private func key(_ name: String, of resources: [any Resource]) -> DeclaredService.Key? {
    if let key = DeclaredService.Key(rawValue: name) { return key }
    let spelling = ChangedField.spelling(name)
    let setting = resources.first { $0.kind == .service }?.settings.first {
      $0.field != nil && ChangedField.spelling($0.key) == spelling
    }
    return setting?.field.flatMap(DeclaredService.Key.init)
  }

  /// Leads the peak and the hold time of one pool of several to it: `auth/reports.peak`.
  private mutating func addPool(
    _ change: WhatIf, _ services: [String: [any Resource]]
  ) throws(RefusedChange) -> Bool {
    guard let key = DeclaredService.Key(rawValue: change.field),
      [.peak, .hold, .heldAtOnce].contains(key)
    else { return false }
    for (service, resources) in services {
      guard change.owner.hasPrefix("\(service)/") else { continue }
      let name = String(change.owner.dropFirst(service.count + 1))
      let known = pools[service] ?? declaration.service(service)?.pools ?? []
      let isPool = resources.contains { $0.kind == .pool && $0.identity.name == name }
      guard isPool || known.contains(where: { $0.name == name }) else { continue }
      let origin = Origin(path: "--set", range: 0..<0)
      var pool = known.first { $0.name == name } ?? DeclaredPool(name: name, origin: origin)
      let input = Input("\(change.owner).\(change.field)", try key.value(change), basis: .whatIf)
      switch key {
      case .peak: pool.peak = input
      case .hold: pool.hold = input
      default: pool.heldAtOnce = input
      }
      pools[service] = known.filter { $0.name != name } + [pool]
      return true
    }
    return false
  }

  /// Leads a pooler's number to those of its databases that have none of their own.
  private mutating func inherit(
    _ name: String, _ value: Double, _ service: String, _ resources: [any Resource]
  ) {
    let name = name == "default_pool_size" ? "pool_size" : name
    guard let field = schema[.poolerDatabase]?.field(named: name) else { return }
    for database in resources where database.kind == .poolerDatabase {
      let provenance = database.setting(for: field)?.provenance ?? .default
      guard provenance == .default || provenance == .inherited else { continue }
      fields[Target(service: service, identity: database.identity), default: [:]][name] = value
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
    let numbers = numbers[service] ?? [:]
    guard !numbers.isEmpty || pools[service] != nil else { return declared }
    var result =
      declared ?? DeclaredService(name: service, origin: Origin(path: "--set", range: 0..<0))
    if let pools = pools[service] { result.pools = pools }
    result.numbers.merge(numbers) { _, asked in asked }
    // A number of replicas that somebody asks about is all of them.
    if numbers[.replicas] != nil, numbers[.maxReplicas] == nil {
      result.numbers[.maxReplicas] = nil
    }
    return result
  }
}

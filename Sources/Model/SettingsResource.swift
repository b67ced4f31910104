/// A resource that holds its few settings: pools, poolers and database servers.
package struct SettingsResource: Resource {
  package private(set) var identity: ResourceIdentity
  package private(set) var settings: [Setting]
  private let settingOfField: [String: Int]
  private var facts: [String: FieldValue]
  private var factSettings: [String: Setting]

  /// A resource of `settings`.
  ///
  /// - Parameters:
  ///   - identity: what it is and where it stands.
  ///   - settings: every key the catalog knows, in the product's order; those with a `field` answer
  ///   for it.
  ///   - facts: values of fields that no single setting holds; they win over settings.
  ///   - factSettings: the setting to underline for a fact, by the fact's field name.
  package init(
    identity: ResourceIdentity, settings: [Setting], facts: [String: FieldValue] = [:],
    factSettings: [String: Setting] = [:]
  ) {
    self.identity = identity
    self.settings = settings
    self.facts = facts
    self.factSettings = factSettings
    var settingOfField: [String: Int] = [:]
    for (index, setting) in settings.enumerated() {
      if let field = setting.field { settingOfField[field] = index }
    }
    self.settingOfField = settingOfField
  }

  package func value(of field: Field) -> FieldValue {
    if let fact = facts[field.name] { return fact }
    if let common = identity.value(of: field) { return common }
    if field.name == Self.plainPassword { return .bool(plainSecret != nil) }
    if field.name == Self.leadsElsewhere { return leadsElsewhere }
    guard let index = settingOfField[field.name] else { return .absent }
    return settings[index].value(as: field.type)
  }

  package func setting(for field: Field) -> Setting? {
    if let setting = factSettings[field.name] { return setting }
    if field.name == Self.plainPassword { return plainSecret }
    return settingOfField[field.name].map { settings[$0] }
  }

  private static let plainPassword = "has_plain_password"
  private static let leadsElsewhere = "leads_elsewhere"
  private static let localHosts: Set<String> = [
    "localhost", "127.0.0.1", "::1", "host.docker.internal",
  ]

  /// A database without a host is inside the program or on the same machine.
  private var leadsElsewhere: FieldValue {
    switch facts["target_host"] {
    case .string(let host)?: .bool(!Self.localHosts.contains(host))
    case .unknown?: .bool(true)
    default: .bool(false)
    }
  }

  /// The first setting whose file holds a secret as it is.
  private var plainSecret: Setting? { settings.first(where: \.isPlainSecret) }

  /// The same with each place of a file where `move` says that it is.
  ///
  /// For what was read from a text that stands inside another file. A place that `move` has none
  /// for is the resource's own, so that nothing can be replaced there.
  package func moved(
    to place: Origin, _ move: (Origin) -> Origin?
  ) -> SettingsResource {
    var copy = self
    copy.identity.origin = move(identity.origin) ?? place
    copy.settings = settings.map { $0.moved(move) }
    copy.facts = facts.mapValues { $0.moved(to: place, move) }
    copy.factSettings = factSettings.mapValues { $0.moved(move) }
    return copy
  }

  /// The same with further facts.
  package func with(facts more: [String: FieldValue]) -> SettingsResource {
    var copy = self
    copy.facts.merge(more) { $1 }
    return copy
  }

  /// The same as `service` runs it.
  package func run(by service: ServiceReference) -> SettingsResource {
    var copy = self
    copy.identity.service = service
    return copy
  }
}

extension FieldValue {
  fileprivate func moved(to place: Origin, _ move: (Origin) -> Origin?) -> FieldValue {
    switch self {
    case .list(let values): .list(values.map { $0.moved(to: place, move) })
    case .resource(let resource as SettingsResource): .resource(resource.moved(to: place, move))
    default: self
    }
  }
}

extension Setting {
  fileprivate func moved(_ move: (Origin) -> Origin?) -> Setting {
    var copy = self
    copy.origin = origin.flatMap(move)
    return copy
  }
}

extension ResourceIdentity {
  /// The fields that every kind has; `nil` for the kind's own.
  package func value(of field: Field) -> FieldValue? {
    switch field.name {
    case "name": .string(name)
    case "technology": .string(technology)
    case "version": version.map { .string($0.description) } ?? .unknown("version not given")
    case "environment": .string(environment)
    case "environment_declared": .bool(environmentIsDeclared)
    case "path": .string(origin.path)
    case "service": service.map { .string($0.name) } ?? .absent
    default: nil
    }
  }
}

extension Setting {
  /// The value as rules see it: vendor-neutral, with durations as durations and sizes in bytes.
  ///
  /// An endless or unbounded value is the largest of its type, so that comparisons mean what they
  /// say; one that is off or immediate is zero. `unlimited()`, `forever()` and `disabled()` tell
  /// them apart.
  package func value(as type: FieldType) -> FieldValue {
    guard let effective else { return .unknown(note ?? "\(key) cannot be known") }
    switch meaning {
    case .unlimited, .forever: return type == .duration ? .duration(.max) : .int(.max)
    case .disabled, .immediate:
      switch type {
      case .duration: return .duration(0)
      case .int: return .int(0)
      default: break
      }
    case nil: break
    }
    switch (effective, type) {
    case (.null, _): return .absent
    case (.bool(let value), _): return .bool(value)
    case (.string(let value), _): return .string(value)
    case (.int(let value), .duration):
      return .duration(value.saturatingMultiplied(by: unit.microseconds ?? 1))
    case (.double(let value), .duration):
      let product = value * Double(unit.microseconds ?? 1)
      return .duration(product < Double(Int64.max) ? Int64(product) : .max)
    case (.int(let value), .double): return .double(Double(value))
    case (.int(let value), _): return .int(value.saturatingMultiplied(by: unit.bytes ?? 1))
    case (.double(let value), _): return .double(value)
    }
  }
}

extension Int64 {
  fileprivate func saturatingMultiplied(by factor: Int64) -> Int64 {
    let (product, overflow) = multipliedReportingOverflow(by: factor)
    return overflow ? ((self < 0) == (factor < 0) ? .max : .min) : product
  }
}

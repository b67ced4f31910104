package import Model

/// A resource of a service, read by the names of its fields.
package struct Part: Sendable {
  package let resource: any Resource
  /// The service that runs it.
  package let service: String
  private let schema: KindSchema?

  package init(_ resource: any Resource, service: String, schema: Schema) {
    self.resource = resource
    self.service = service
    self.schema = schema[resource.kind]
  }

  package var name: String { resource.identity.name }
  package var technology: String { resource.identity.technology }
  package var origin: Origin { resource.identity.origin }
  /// Tells it from others of its service that have the same name.
  var key: String { "\(origin.path):\(origin.range.lowerBound)" }

  package func value(_ field: String) -> FieldValue {
    schema?.field(named: field).map(resource.value) ?? .absent
  }

  package func setting(_ field: String) -> Setting? {
    schema?.field(named: field).flatMap(resource.setting)
  }

  package func text(_ field: String) -> String? {
    if case .string(let text) = value(field) { text } else { nil }
  }

  package func texts(_ field: String) -> [String] {
    guard case .list(let values) = value(field) else { return [] }
    return values.compactMap { if case .string(let text) = $0 { text } else { nil } }
  }

  /// The resource that a field leads to.
  package func part(_ field: String, in schema: Schema) -> Part? {
    guard case .resource(let resource) = value(field) else { return nil }
    return Part(resource, service: service, schema: schema)
  }

  package func parts(_ field: String, in schema: Schema) -> [Part] {
    guard case .list(let values) = value(field) else { return [] }
    return values.compactMap {
      if case .resource(let resource) = $0 {
        Part(resource, service: service, schema: schema)
      } else {
        nil
      }
    }
  }

  /// The number of a field: counts as they are, times in seconds, sizes in bytes.
  ///
  /// - Parameter owner: what `--set` calls the resource; the service where nothing else is said.
  /// - Returns: `nil` where the resource has no such field.
  package func number(_ field: String, of owner: String? = nil) -> Input? {
    let name = "\(owner ?? service).\(field)"
    let setting = setting(field)
    let basis = basis(field, setting)
    switch value(field) {
    case .absent, .bool, .string, .list, .resource: return nil
    case .unknown(let reason): return .unknown(name, reason, setting: setting)
    case .int(let value) where value < 0:
      // A product that gives such a number a meaning has said so: it is none to add up.
      return .unknown(name, "\(name) is \(value)", setting: setting)
    case .int(let value):
      return Input(name, value == .max ? .infinity : Double(value), basis: basis, setting: setting)
    case .double(let value): return Input(name, value, basis: basis, setting: setting)
    case .duration(let value):
      let seconds = value == .max ? .infinity : Double(value) / 1_000_000
      return Input(name, seconds, basis: basis, setting: setting)
    }
  }

  /// A time after which something ends: one that is off never does.
  package func limit(_ field: String, of owner: String? = nil) -> Input? {
    guard let input = number(field, of: owner) else { return nil }
    let isOff = input.setting?.meaning == .disabled
    return isOff && input.value == 0
      ? Input(input.name, .infinity, basis: input.basis, setting: input.setting) : input
  }

  /// Replicas and the like that nobody wrote are one because there is nothing to decide.
  private func basis(_ field: String, _ setting: Setting?) -> Basis {
    if let setting {
      if setting.note == WhatIf.note { return .whatIf }
      let basis = Basis(setting.provenance)
      return basis == .default && resource.kind == .service ? .implied : basis
    }
    // A fact of a pool without a setting is read out of what is written, such as its address.
    return switch resource.kind {
    case .service: .implied
    case .pool: .explicit
    default: .default
    }
  }
}

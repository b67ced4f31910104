import Model

/// A number that somebody asks about instead of the one in the files: `auth.replicas=12`.
package struct WhatIf: Sendable, Hashable {
  /// The service, pool or product.
  package let owner: String
  package let field: String
  /// Counts as they are, times in seconds.
  package let value: Double

  /// What tells such a number from a written one.
  package static let note = "asked for with --set"

  package init(owner: String, field: String, value: Double) {
    self.owner = owner
    self.field = field
    self.value = value
  }
}

/// A resource with some numbers replaced.
struct ChangedResource: Resource {
  let base: any Resource
  /// By field.
  let changes: [String: Double]

  var identity: ResourceIdentity { base.identity }
  var settings: [Setting] { base.settings }

  func value(of field: Field) -> FieldValue {
    guard let number = changes[field.name] else { return base.value(of: field) }
    switch field.type {
    case .int: return .int(Int64(exactly: number.rounded()) ?? .max)
    case .double: return .double(number)
    case .duration: return .duration(Int64(exactly: (number * 1_000_000).rounded()) ?? .max)
    default: return base.value(of: field)
    }
  }

  func setting(for field: Field) -> Setting? {
    guard let number = changes[field.name] else { return base.setting(for: field) }
    return Setting(
      key: base.setting(for: field)?.key ?? field.name, field: field.name,
      effective: .double(number), provenance: .explicit, note: WhatIf.note)
  }
}

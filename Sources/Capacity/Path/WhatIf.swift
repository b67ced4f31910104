import Model

/// A number that somebody asks about instead of the one in the files: `auth.replicas=12`.
package struct WhatIf: Sendable, Hashable {
  /// How the number was written.
  package enum Form: Sendable, Hashable {
    /// Without a unit.
    case plain
    /// With a unit of time; the value is in seconds.
    case time
    /// With a unit of size; the value is in bytes.
    case size
  }

  /// The service, pool or product.
  package let owner: String
  package let field: String
  /// Counts as they are, times in seconds, sizes in bytes.
  package let value: Double
  package let form: Form

  /// What tells such a number from a written one.
  package static let note = "asked for with --set"

  package init(owner: String, field: String, value: Double, form: Form = .plain) {
    self.owner = owner
    self.field = field
    self.value = value
    self.form = form
  }

  /// What owner and field may be: a product's key may have dots of its own.
  ///
  /// `auth.spring.datasource.hikari.maximum-pool-size` is first the field of what stands before its
  /// last dot, and at the end a key of `auth`.
  var readings: [WhatIf] {
    var all = [self]
    var rest = owner[...]
    while let dot = rest.lastIndex(of: "."), dot > rest.startIndex {
      let field = "\(owner[owner.index(after: dot)...]).\(field)"
      rest = rest[..<dot]
      all.append(WhatIf(owner: String(rest), field: field, value: value, form: form))
    }
    return all
  }
}

/// A change that means something and cannot be.
package struct RefusedChange: Error, Sendable, Hashable {
  package let change: WhatIf
  /// Why not; no full stop.
  package let reason: String
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

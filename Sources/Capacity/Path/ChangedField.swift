import Model

/// The field of a resource that a change means, by the neutral name or the product's own key.
struct ChangedField {
  let field: Field
  /// In the unit of the field: counts, seconds, bytes.
  let value: Double

  /// - Returns: `nil` where the resource has no such field.
  /// - Throws: ``RefusedChange`` where the number is none for it.
  init?(_ change: WhatIf, of resource: any Resource, _ schema: Schema) throws(RefusedChange) {
    let kind = schema[resource.kind]
    if let field = kind?.field(named: change.field) {
      self.field = field
      value = try Self.value(change, field, unit: nil)
      return
    }
    let name = Self.spelling(change.field)
    let setting = resource.settings.first { $0.field != nil && Self.spelling($0.key) == name }
    guard let setting, let field = setting.field.flatMap({ kind?.field(named: $0) }) else {
      return nil
    }
    self.field = field
    value = try Self.value(change, field, unit: setting.unit)
  }

  /// What stays of a key when its place and its way of writing are left out.
  static func spelling(_ key: String) -> String {
    let last = key.lastIndex(of: ".").map { key[key.index(after: $0)...] } ?? key[...]
    return last.lowercased().filter { $0 != "-" && $0 != "_" }
  }

  /// - Parameter unit: that of the product's key, where the change is by its name.
  private static func value(
    _ change: WhatIf, _ field: Field, unit: Unit?
  ) throws(RefusedChange) -> Double {
    switch field.type {
    case .int, .double:
      if field.unit.bytes != nil {
        guard change.form == .plain, let unit, let bytes = unit.bytes else {
          return try checked(change, change.form != .time, "is a size, such as 512MB")
        }
        return change.value * Double(bytes)
      }
      guard field.type == .int else {
        return try checked(change, change.form == .plain, "is a number without a unit")
      }
      return try count(change)
    case .duration:
      if change.form == .plain, let microseconds = unit?.microseconds {
        return change.value * Double(microseconds) / 1_000_000
      }
      return try checked(
        change, change.form == .time || change.value == 0, "is a time: write 2s or 200ms")
    default: throw RefusedChange(change: change, reason: "\(change.field) is no number")
    }
  }

  /// A whole number without a unit.
  static func count(_ change: WhatIf) throws(RefusedChange) -> Double {
    try checked(
      change, change.form == .plain && change.value == change.value.rounded(),
      "is a whole number without a unit")
  }

  private static func checked(
    _ change: WhatIf, _ isAllowed: Bool, _ reason: String
  ) throws(RefusedChange) -> Double {
    guard isAllowed else {
      throw RefusedChange(change: change, reason: "\(change.field) \(reason)")
    }
    return change.value
  }
}

extension DeclaredService.Key {
  /// The number that a change gives it.
  ///
  /// - Throws: ``RefusedChange`` where the change's number is none for it.
  func value(_ change: WhatIf) throws(RefusedChange) -> Double {
    let isFine: Bool
    let reason: String
    switch self {
    case .replicas, .maxReplicas, .surge, .processes, .threads, .heldAtOnce, .fileLimit,
      .maxConnections, .reserved, .margin:
      return try ChangedField.count(change)
    case .peak, .cores:
      (isFine, reason) = (change.form == .plain, "is a number without a unit")
    case .hold, .requestTime:
      (isFine, reason) = (
        change.form == .time && change.value > 0, "is a time above 0: write 50ms or 0.05s"
      )
    case .memory: (isFine, reason) = (change.form != .time, "is a size, such as 8GiB")
    }
    guard isFine else {
      throw RefusedChange(change: change, reason: "\(change.field) \(reason)")
    }
    return change.value
  }
}

import Model

/// One setting as a resource of its own, for rules that look at values and not at what they size.
struct SettingSubject: Resource {
  let identity: ResourceIdentity
  private let setting: Setting

  init(_ setting: Setting, of owner: ResourceIdentity) {
    self.setting = setting
    identity = ResourceIdentity(
      kind: .setting, technology: owner.technology, version: owner.version, name: owner.name,
      origin: setting.origin ?? owner.origin, environment: owner.environment,
      environmentIsDeclared: owner.environmentIsDeclared)
  }

  var settings: [Setting] { [setting] }

  func setting(for field: Field) -> Setting? {
    switch field.name {
    case "written", "effective": setting
    default: nil
    }
  }

  func value(of field: Field) -> FieldValue {
    switch field.name {
    case "key": .string(setting.key)
    case "field": .string(setting.field ?? "")
    case "written": optional(setting.shownWritten)
    case "effective":
      setting.effectiveText.map { .string($0) }
        ?? .unknown(setting.note ?? "\(setting.key) cannot be known")
    case "unit": .string(setting.unit.rawValue)
    case "provenance": .string(setting.provenance.rawValue)
    case "note": optional(setting.note)
    case "refusal": optional(setting.refusal)
    case "is_plain_secret": .bool(setting.isPlainSecret)
    case "overridden": optional(setting.isSecret ? nil : setting.overridden)
    default: identity.value(of: field) ?? .absent
    }
  }

  private func optional(_ text: String?) -> FieldValue { text.map { .string($0) } ?? .absent }
}

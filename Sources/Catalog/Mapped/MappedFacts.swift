import Model

/// Values of fields that no single setting of a mapped resource holds.
struct MappedFacts {
  private(set) var values: [String: FieldValue] = [:]
  /// The setting behind each.
  private(set) var settings: [String: Setting] = [:]

  init(
    _ definition: MappedResource, _ written: [MappedSettings.Written], _ settings: [Setting]
  ) {
    for value in written {
      let setting = settings.last { $0.key == value.name }
      if value.key.sort == .address {
        for (name, fact) in DatabaseTarget.facts(value.text) {
          guard let field = Self.field(name, of: definition.kind) else { continue }
          values[field] = fact
          self.settings[field] = setting
        }
      } else if let field = value.key.field, case .list(.string) = field.type,
        case .text = value.input.value
      {
        values[field.name] = .list(value.texts.map(FieldValue.string))
        self.settings[field.name] = setting
      }
    }
    // A key of its own says more than a part of the address.
    for setting in settings where setting.written != nil {
      guard let field = setting.field, let fact = values[field] else { continue }
      if case .list = fact { continue }
      values[field] = nil
      self.settings[field] = nil
    }
  }

  /// What a kind calls a part of an address.
  private static func field(_ name: String, of kind: Kind) -> String? {
    switch (kind, name) {
    case (.pool, _): name
    case (.poolerDatabase, "target_host"), (.proxyServer, "target_host"): "host"
    case (.poolerDatabase, "target_port"), (.proxyServer, "target_port"): "port"
    case (.poolerDatabase, "target_database"): "database"
    default: nil
    }
  }
}

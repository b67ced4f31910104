import Model
package import Syntax

extension InventoryDocument {
  /// The inventory as others build on it: fields may be added, never changed.
  package var json: JSON {
    ["version": 1, "resources": .array(entries.map(\.json))]
  }
}

extension InventoryDocument.Entry {
  fileprivate var json: JSON {
    [
      "kind": .string(identity.kind.rawValue),
      "technology": .string(identity.technology),
      "technologyVersion": .string(orNull: identity.version?.description),
      "name": .string(identity.name),
      "path": .string(identity.origin.path),
      "line": .number(line),
      "environment": .string(identity.environment),
      "environmentDeclared": .bool(identity.environmentIsDeclared),
      "settings": .array(settings.map(\.json)),
    ]
  }
}

extension InventoryDocument.Row {
  fileprivate var json: JSON {
    [
      "key": .string(setting.key),
      "field": .string(orNull: setting.field),
      "written": .string(orNull: setting.shownWritten),
      "effective": setting.isSecret && setting.written != nil
        ? .string(Setting.mask) : setting.effective?.json ?? .null,
      "meaning": .string(orNull: setting.meaning?.rawValue),
      "unit": .string(orNull: setting.unit == .none ? nil : setting.unit.rawValue),
      "provenance": .string(setting.provenance.rawValue),
      "path": .string(orNull: setting.origin?.path),
      "line": position.map { .number($0.line) } ?? .null,
      "column": position.map { .number($0.column) } ?? .null,
      "note": .string(orNull: setting.note),
      "refused": .string(orNull: setting.refusal),
    ]
  }
}

extension Scalar {
  /// The value in JSON's own types.
  package var json: JSON {
    switch self {
    case .null: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .double(let value): .double(value)
    case .string(let value): .string(value)
    }
  }
}

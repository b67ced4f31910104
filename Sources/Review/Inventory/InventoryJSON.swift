import Findings
import Model
package import Syntax

extension InventoryDocument {
  /// The inventory as others build on it: fields may be added, never changed.
  package var json: JSON {
    [
      "version": 1, "resources": .array(entries.map(\.json)),
      "assumptions": .array(
        assumptions.map { ["path": .string($0.path), "text": .string($0.text)] }),
    ]
  }
}

extension InventoryDocument.Entry {
  /// With the service that runs it, where a deployment says so, and the team's mapping that read
  /// it, where one did.
  fileprivate var json: JSON {
    guard case .object(var members) = alone else { return alone }
    if let service = identity.service {
      members.append(JSON.Member("service", .string(service.name)))
      members.append(JSON.Member("deployment", .string(service.deployment)))
    }
    if let mapping = identity.mapping {
      members.append(JSON.Member("mapping", .string(mapping)))
    }
    return .object(members)
  }

  private var alone: JSON {
    [
      "kind": .string(identity.kind.rawValue),
      "technology": .string(identity.technology),
      "technologyVersion": .string(orNull: identity.version?.description),
      "name": .string(identity.name),
      "path": .string(identity.origin.path),
      "line": .number(line),
      "environment": .string(identity.environment),
      "environmentDeclared": .bool(identity.environmentIsDeclared),
      "settings": .array(settings.map { $0.json(of: identity.kind) }),
    ]
  }
}

extension InventoryDocument.Row {
  /// The setting of a resource of `kind`; its name is the one that `headgate who` takes.
  func json(of kind: Kind) -> JSON {
    [
      "key": .string(setting.key),
      "field": .string(orNull: setting.field.map { "\(kind.rawValue).\($0)" }),
      "written": .string(orNull: setting.publicWritten),
      "effective": setting.publicValue,
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

extension Setting {
  /// What runs in JSON's own types, without secrets.
  fileprivate var publicValue: JSON {
    guard case .string = effective else { return effective?.json ?? .null }
    return .string(orNull: publicEffective)
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

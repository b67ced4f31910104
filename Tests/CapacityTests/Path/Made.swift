import Capacity
import Model

/// Resources made by hand: what the readers of products would give.
enum Made {
  static let deployment = "docker-compose.yml"

  /// The kinds of nginx with the few fields that a load path reads.
  static let schema = Schema([
    .pool, .pooler, .poolerDatabase, .databaseServer, .service,
    kind(.nginx, [("workers", .int), ("worker_connections", .int)]),
    kind(
      .location,
      [
        ("passes", .string), ("pass_url", .string), ("upstream", .resource(.upstream)),
        ("proxy_read_timeout", .duration),
      ]),
    kind(.upstream, [("servers", .list(.string))]),
  ])

  private static func kind(_ kind: Kind, _ fields: [(String, FieldType)]) -> KindSchema {
    KindSchema(
      kind: kind,
      fields: KindSchema.common(kind)
        + fields.enumerated().map {
          Field(kind: kind, slot: 50 + $0, name: $1.0, type: $1.1, about: "")
        })
  }

  /// A number of a setting: written, unless something else is said.
  struct Number {
    let field: String
    let value: Scalar
    var unit = Unit.none
    var meaning: Meaning?
    var provenance = Provenance.explicit
    var written: String?
  }

  static func count(
    _ field: String, _ value: Int64, _ provenance: Provenance = .explicit, written: String? = nil
  ) -> Number {
    Number(field: field, value: .int(value), provenance: provenance, written: written)
  }

  static func milliseconds(
    _ field: String, _ value: Int64, _ meaning: Meaning? = nil
  ) -> Number {
    Number(field: field, value: .int(value), unit: .millisecond, meaning: meaning)
  }

  static func seconds(_ field: String, _ value: Int64, _ meaning: Meaning? = nil) -> Number {
    Number(field: field, value: .int(value), unit: .second, meaning: meaning)
  }

  static func megabytes(_ field: String, _ value: Int64) -> Number {
    Number(field: field, value: .int(value), unit: .mebibyte)
  }

  static func word(_ field: String, _ value: String) -> Number {
    Number(field: field, value: .string(value))
  }

  /// A resource that `service` runs; each setting has a line of its own.
  static func resource(
    _ kind: Kind, _ name: String, _ technology: String, of service: String,
    in deployment: String = deployment, _ numbers: [Number], facts: [String: FieldValue] = [:]
  ) -> PlacedResource {
    let path = "\(technology).conf"
    let settings = numbers.enumerated().map { index, number in
      Setting(
        key: number.field, field: number.field, written: number.written,
        effective: number.value, meaning: number.meaning, unit: number.unit,
        provenance: number.provenance,
        origin: number.provenance == .default
          ? nil : Origin(path: path, range: index * 10..<index * 10 + 5))
    }
    let reference = ServiceReference(deployment: deployment, name: service)
    return PlacedResource(
      SettingsResource(
        identity: ResourceIdentity(
          kind: kind, technology: technology, version: nil, name: name,
          origin: Origin(path: path, range: 0..<1), service: reference),
        settings: settings, facts: facts),
      service: reference)
  }

  static func service(
    _ name: String, in deployment: String = deployment, replicas: Int64 = 1, most: Int64? = nil,
    surge: Int64 = 0, _ more: [Number] = []
  ) -> PlacedResource {
    resource(
      .service, name, "compose", of: name, in: deployment,
      [
        count("replicas", replicas), count("max_replicas", most ?? replicas),
        count("surge", surge),
      ] + more)
  }

  static func deployments(
    _ resources: [PlacedResource], _ declaration: LoadDeclaration = LoadDeclaration(),
    changes: [WhatIf] = []
  ) -> [Deployment] {
    DeploymentBuilder(schema: schema, declaration: declaration, changes: changes)
      .deployments(resources)
  }

  /// A margin of ten connections, as the stack's own arithmetic has it.
  static let margin = LoadDeclaration(
    margin: Input("load_path.margin", 10, basis: .declared))
}

extension Deployment {
  func only(_ id: InvariantID, _ subject: String? = nil) -> Invariant? {
    invariants.first { $0.id == id && (subject == nil || $0.subject == subject) }
  }
}

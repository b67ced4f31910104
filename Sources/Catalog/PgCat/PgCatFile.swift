import Model
import Syntax

/// The pools of one pgcat.toml.
struct PgCatFile {
  private let file: PoolFile
  private let document: TOMLDocument

  /// Keys of a pool that a user's pool runs with.
  private static let poolTables: Set<String> = ["users", "shards", "plugins"]
  private static let generalTimes = ["connect_timeout", "idle_timeout", "server_lifetime"]

  init(_ source: SourceText, _ context: ReadingContext) {
    file = PoolFile(source, context)
    document = TOMLDocument(source)
  }

  var reading: Reading {
    var problems = document.errors.map { error in
      Problem(error, in: file.source, unlessTemplate: line(at: error.range.lowerBound))
    }
    let root = document.root
    let general = root["general"]
    if general == nil {
      problems.append(
        file.problem(.refused, 0..<min(1, file.source.bytes.count), "missing field `general`"))
    }
    let inputs = inputs(general, .pgcat)
    var pools: [SettingsResource] = []
    for pool in root["pools"]?.members ?? [] {
      for user in pool.value["users"]?.members ?? [] {
        pools.append(self.pool(pool, user, inputs.filter { Self.generalTimes.contains($0.key) }))
        if pools.last?.settings.setting("pool_size")?.written == nil {
          problems.append(
            file.problem(.refused, user.value.range, "missing field `pool_size`"))
        }
      }
    }
    let pooler = file.resource(
      .pooler, .pgcat, file.baseName, at: file.origin(general?.range ?? 0..<0),
      settings: PoolProduct.pgcat.settings(inputs, version: file.version(.pgcat)),
      facts: ["databases": .list(pools.map { .resource($0) }), "max_clients": .int(.max)])
    return Reading(resources: [pooler] + pools, problems: problems, sources: [file.source])
  }

  /// The line of a byte, to see whether a template stands in it.
  private func line(at offset: Int) -> String {
    let bytes = file.source.bytes
    let start = bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    return file.source.text(start..<end)
  }

  // MARK: pools

  private func pool(
    _ pool: TOMLMember, _ user: TOMLMember, _ general: [PoolInput]
  ) -> SettingsResource {
    let product = PoolProduct.pgcatPool
    let version = file.version(product)
    var inputs = general.map(inherited)
    inputs += self.inputs(pool.value, product, without: Self.poolTables).map(inherited)
    inputs += self.inputs(user.value, product)
    var settings = product.settings(inputs, version: version)
    // A size that nobody wrote is not a default: PgCat does not start.
    settings = settings.map { setting in
      guard setting.key == "pool_size", setting.written == nil else { return setting }
      return Setting(
        key: setting.key, field: setting.field, effective: nil, unit: setting.unit,
        provenance: .unknown, note: "a user's pool must have a size")
    }
    let name = user.value["username"].flatMap(text) ?? user.name
    return file.resource(
      .poolerDatabase, product, "\(pool.name).\(name)", at: file.origin(user.value.range),
      settings: settings, facts: facts(pool.value, user.value))
  }

  private func inherited(_ input: PoolInput) -> PoolInput {
    PoolInput(
      key: input.key, written: input.written, origin: input.origin, value: input.value,
      provenance: .inherited, note: input.note)
  }

  private func text(_ node: TOMLNode) -> String? {
    if case .string(let text) = node.content { text } else { nil }
  }

  /// What the shards say of the servers; several servers have no single host.
  private func facts(_ pool: TOMLNode, _ user: TOMLNode) -> [String: FieldValue] {
    var facts: [String: FieldValue] = [:]
    if let name = user["server_username"].flatMap(text) { facts["forced_user"] = .string(name) }
    let shards = pool["shards"]?.members.map(\.value) ?? []
    let servers = shards.flatMap { $0["servers"]?.elements ?? [] }
    if shards.count == 1, let database = shards[0]["database"].flatMap(text) {
      facts["database"] = .string(database)
    }
    guard servers.count == 1, servers[0].elements.count >= 2 else {
      if servers.count > 1 {
        facts["host"] = .unknown("the pool has \(servers.count) servers")
        facts["port"] = .unknown("the pool has \(servers.count) servers")
      }
      return facts
    }
    if let host = text(servers[0].elements[0]), !ConfigurationText.isTemplate(host) {
      facts["host"] = .string(host)
    }
    if case .integer(let port) = servers[0].elements[1].content { facts["port"] = .int(port) }
    return facts
  }

  // MARK: inputs

  private func inputs(
    _ table: TOMLNode?, _ product: PoolProduct, without others: Set<String> = []
  ) -> [PoolInput] {
    (table?.members ?? []).compactMap { member in
      guard !others.contains(member.name), !member.value.isTable else { return nil }
      let range = member.value.range.isEmpty ? member.keyRange : member.value.range
      return PoolInput(
        key: member.name, written: file.source.text(member.value.range),
        origin: file.origin(range),
        value: value(member.value, product.key(named: member.name)?.kind))
    }
  }

  private func value(_ node: TOMLNode, _ kind: PoolKey.Kind?) -> PoolInput.Value {
    switch (kind, node.content) {
    case (_, .unread): return .unknown("it could not be read")
    case (_, .string(let text)) where ConfigurationText.isTemplate(text):
      return .unknown(ConfigurationText.templateNote)
    case (.count, .integer(let value)), (.time, .integer(let value)),
      (.size, .integer(let value)), (.fraction, .integer(let value)):
      return .int(value)
    case (.bool, .boolean(let value)): return .bool(value)
    case (.text, .string(let text)), (.secret, .string(let text)): return .text(text)
    case (nil, .string(let text)): return .text(text)
    case (.text, _), (nil, _): return .text(file.source.text(node.range))
    case (.bool, _): return .refused("invalid type: expected a boolean")
    case (.secret, _): return .refused("invalid type: expected a string")
    case (.count, _), (.time, _), (.size, _), (.fraction, _):
      return .refused("invalid type: expected a whole number")
    }
  }
}

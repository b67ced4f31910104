import Model
import Syntax

/// The poolers of one proxysql.cnf: one for each database protocol that it configures.
struct ProxySQLFile {
  private let file: PoolFile
  private let document: LibconfigDocument

  init(_ source: SourceText, _ context: ReadingContext) {
    file = PoolFile(source, context)
    document = LibconfigDocument(source)
  }

  var reading: Reading {
    var problems = document.errors.map { error in
      Problem(error, in: file.source, unlessTemplate: file.source.text(error.range))
    }
    problems += document.includes.map { include in
      file.problem(
        .unknown, include.range, "what \(include.target) holds is not read",
        help: "check it on its own")
    }
    var resources: [any Resource] = []
    for name in ["mysql", "pgsql"] { resources += pooler(name, &problems) }
    return Reading(resources: resources, problems: problems, sources: [file.source])
  }

  private func pooler(_ protocolName: String, _ problems: inout [Problem]) -> [any Resource] {
    let root = document.root
    let variables = root["\(protocolName)_variables"]
    let servers = root["\(protocolName)_servers"]
    let users = root["\(protocolName)_users"]
    // An empty list is in the file that comes with ProxySQL.
    guard variables != nil || servers?.elements.isEmpty == false else { return [] }
    let isMySQL = protocolName == "mysql"
    let rows = (servers?.elements ?? []).enumerated().compactMap { index, server in
      self.server(server, at: index, isMySQL: isMySQL, &problems)
    }
    var settings = settings(variables, .proxysql, isKnown: isMySQL)
    for user in users?.elements ?? [] { settings += self.user(user, isKnown: isMySQL) }
    let name = isMySQL ? file.baseName : "\(file.baseName).\(protocolName)"
    let pooler = file.resource(
      .pooler, .proxysql, name, at: file.origin((variables ?? servers)?.range ?? 0..<0),
      settings: settings, facts: ["databases": .list(rows.map { .resource($0) })])
    return [pooler] + rows
  }

  /// The settings of a group; where the product's table is not for it, what is written only.
  private func settings(
    _ group: LibconfigNode?, _ product: PoolProduct, isKnown: Bool, isRow: Bool = false
  ) -> [Setting] {
    let inputs = (group?.settings ?? []).map { setting in
      PoolInput(
        key: setting.name, written: file.source.text(setting.value.range),
        origin: file.origin(setting.value.range.isEmpty ? setting.nameRange : setting.value.range),
        value: value(setting.value, product.key(named: setting.name)?.kind, isRow: isRow))
    }
    let settings = product.settings(inputs, version: file.version(product))
    return isKnown ? settings : settings.filter { $0.written != nil }
  }

  private func server(
    _ node: LibconfigNode, at index: Int, isMySQL: Bool, _ problems: inout [Problem]
  ) -> SettingsResource? {
    let product = PoolProduct.proxysqlServer
    guard node.content == .group else { return nil }
    for names in [["address", "hostname"], ["hostgroup", "hostgroup_id"]]
    where names.allSatisfy({ node[$0] == nil }) {
      problems.append(
        file.problem(
          .refused, node.range.lowerBound..<node.range.lowerBound + 1,
          "a server without \(names[0]) is left out"))
    }
    let settings = settings(node, product, isKnown: isMySQL, isRow: true)
    let host = (node["address"] ?? node["hostname"]).map { text($0) } ?? "server \(index + 1)"
    let group = (node["hostgroup"] ?? node["hostgroup_id"]).map { "\(text($0))." } ?? ""
    let port = node["port"].map { ":\(text($0))" } ?? ""
    // All users share the connections of a server: its limit is the size of its pool.
    let limit = settings.setting("max_connections")
    return file.resource(
      .poolerDatabase, product, group + host + port,
      at: file.origin(node.range.lowerBound..<node.range.lowerBound + 1), settings: settings,
      facts: limit.map { ["pool_size": $0.value(as: .int)] } ?? [:],
      factSettings: limit.map { ["pool_size": $0] } ?? [:])
  }

  /// A user's settings under the pooler, as `mysql_users.NAME.KEY`.
  private func user(_ node: LibconfigNode, isKnown: Bool) -> [Setting] {
    guard node.content == .group, let name = node["username"].map({ text($0) }) else { return [] }
    return settings(node, .proxysqlUser, isKnown: isKnown, isRow: true).map { setting in
      Setting(
        key: "mysql_users.\(name).\(setting.key)", written: setting.written,
        effective: setting.effective, meaning: setting.meaning, unit: setting.unit,
        provenance: setting.provenance, origin: setting.origin, note: setting.note,
        refusal: setting.refusal, isSecret: setting.isSecret)
    }
  }

  private func text(_ node: LibconfigNode) -> String {
    if case .string(let text) = node.content { text } else { file.source.text(node.range) }
  }

  private func value(
    _ node: LibconfigNode, _ kind: PoolKey.Kind?, isRow: Bool
  ) -> PoolInput.Value {
    switch (kind, node.content) {
    case (_, .unread): return .unknown("it could not be read")
    case (_, .string(let text)) where ConfigurationText.isTemplate(text):
      return .unknown(ConfigurationText.templateNote)
    case (.bool, .boolean(let value)): return .bool(value)
    case (.bool, .integer(let value)): return .bool(value != 0)
    case (.bool, .string(let text)): return .bool(["true", "1"].contains(text.lowercased()))
    case (.text, .string(let text)), (.secret, .string(let text)), (nil, .string(let text)):
      return .text(text)
    case (.text, _), (.secret, _), (nil, _): return .text(file.source.text(node.range))
    case (_, .integer(let value)): return .int(value)
    case _ where isRow: return .unknown("not a number of 32 bits: ProxySQL runs its default")
    // What is no number of 32 bits reaches the database as an empty text.
    case (_, .string(let text)): return .int(CNumber.integer(text, base: 10)?.value ?? 0)
    default: return .int(0)
    }
  }
}

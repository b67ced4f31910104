import Model
import Syntax

/// One configuration file of Sequelize, Knex or TypeORM.
struct NodeFile {
  enum Format { case sequelize, knex, typeorm }

  private let file: PoolFile
  private let format: Format
  private let root: NodeValue?
  private let errors: [SyntaxError]

  init(_ source: SourceText, _ context: ReadingContext, _ format: Format) {
    file = PoolFile(source, context)
    self.format = format
    let name = FileCandidate(path: source.path, head: []).name.lowercased()
    (root, errors) = Self.isCode(name, format) ? (nil, []) : Self.parse(source)
  }

  private static func parse(_ source: SourceText) -> (NodeValue?, [SyntaxError]) {
    if source.path.hasSuffix(".json") {
      let document = JSONDocument(source)
      return (document.root.map { NodeValue($0) }, document.errors)
    }
    let yaml = YAMLFile(parsing: source)
    return (yaml.documents.first?.root.map { NodeValue($0) }, yaml.errors)
  }

  /// Whether a file of this name is a program that makes a pool: it is not read, which is said.
  private static func isCode(_ name: String, _ format: Format) -> Bool {
    guard format == .knex || format == .typeorm else { return false }
    let stem = format == .knex ? "knexfile." : "ormconfig."
    return ["js", "cjs", "mjs", "ts"].contains { name == stem + $0 }
  }

  /// What is said of a file that is code.
  private var code: Reading {
    let name = FileCandidate(path: file.source.path, head: []).name
    return Reading(
      resources: [],
      problems: [
        file.problem(
          .unknown, 0..<min(1, file.source.bytes.count),
          "\(name) is code: the pools that it makes are not counted",
          help: "declare them under `load_path:` of .headgate.yaml")
      ], sources: [file.source])
  }

  /// By the names that the programs look for, and by a dialect, client or type inside.
  static func recognise(_ candidate: FileCandidate, _ format: Format) -> Recognition {
    let name = candidate.name.lowercased()
    if isCode(name, format) { return .byName }
    let folder = candidate.path.split(separator: "/").dropLast().last
    let isNamed =
      switch format {
      case .sequelize: name == "config.json" || name == "database.json" && folder == "config"
      case .knex: name == "knexfile.json"
      case .typeorm: ["ormconfig.json", "ormconfig.yml", "ormconfig.yaml"].contains(name)
      }
    guard isNamed else { return .no }
    let source = SourceText(path: candidate.path, bytes: candidate.head)
    guard let root = parse(source).0 else { return .no }
    let found = connections(root, format)
    guard format == .sequelize, folder != "config" else { return found.isEmpty ? .no : .byName }
    // Its command-line program may be told another folder; other programs have such names too.
    return found.contains { $0.value["pool"] != nil } ? .byContent : .no
  }

  var reading: Reading {
    let name = FileCandidate(path: file.source.path, head: []).name.lowercased()
    if Self.isCode(name, format) { return code }
    let found = root.map { Self.connections($0, format) } ?? []
    let pools: [any Resource] = found.compactMap { pool($0) }
    return Reading(
      resources: pools, problems: file.problems(errors), sources: [file.source])
  }

  fileprivate struct Connection {
    let name: String
    /// The environment's name; `nil` where the file has one connection only.
    let group: String?
    let range: Range<Int>
    let value: NodeValue
    /// `postgres`, `mysql2` …: which database, by the word that the format has for it.
    let dialect: String
  }

  private static func connections(_ root: NodeValue, _ format: Format) -> [Connection] {
    let word = format == .sequelize ? "dialect" : format == .knex ? "client" : "type"
    func dialect(_ value: NodeValue) -> String? {
      value[word]?.text ?? (format == .knex ? value["dialect"]?.text : nil)
    }
    func known(_ text: String) -> Bool { servers.contains(text) || files.contains(text) }
    if let text = dialect(root), known(text) {
      let name = root["name"]?.text ?? "default"
      return [
        Connection(
          name: name, group: nil, range: root.members.first?.key ?? root.range, value: root,
          dialect: text)
      ]
    }
    if format == .typeorm {
      return root.elements.enumerated().compactMap { index, value in
        guard let text = dialect(value), known(text) else { return nil }
        return Connection(
          name: value["name"]?.text ?? "connection \(index + 1)", group: nil,
          range: value.members.first?.key ?? value.range, value: value, dialect: text)
      }
    }
    return root.members.compactMap { member in
      guard let text = dialect(member.value), known(text) else { return nil }
      return Connection(
        name: member.name, group: member.name, range: member.key, value: member.value,
        dialect: text)
    }
  }

  private static let servers: Set<String> = [
    "postgres", "postgresql", "pg", "pgnative", "cockroachdb", "redshift", "mysql", "mysql2",
    "mariadb", "mssql", "oracle", "oracledb", "aurora-mysql", "aurora-postgres", "db2",
    "snowflake", "sap",
  ]
  private static let files: Set<String> = ["sqlite", "sqlite3", "better-sqlite3"]
}

extension NodeFile {
  /// The pool of a connection; `nil` for SQLite's files and for services without connections.
  private func pool(_ connection: Connection) -> SettingsResource? {
    let isFile = Self.files.contains(connection.dialect)
    if isFile && format != .knex || connection.dialect.hasPrefix("aurora-") { return nil }
    let product = product(connection.dialect)
    let inputs = inputs(connection.value, product)
    var settings = product.settings(inputs, version: file.version(product))
    for size in ["extra.max", "extra.connectionLimit", "max_size"] where format == .typeorm {
      guard !inputs.contains(where: { $0.key == size }) else { continue }
      settings = settings.deriving(size, from: ["poolSize"])
    }
    if format == .knex, !inputs.contains(where: { $0.key == "acquireConnectionTimeout" }) {
      settings = settings.deriving(
        "acquireConnectionTimeout", from: ["pool.acquireTimeoutMillis"])
    }
    let environment = connection.group.map {
      SpringEnvironment.environment(of: $0) ?? $0.lowercased()
    }
    return file.pool(
      product, connection.name, at: connection.range, settings: settings,
      facts: isFile ? [:] : facts(connection), environment: environment)
  }

  private func product(_ dialect: String) -> PoolProduct {
    switch format {
    case .sequelize: return .sequelize
    case .knex: return .knex(isFile: Self.files.contains(dialect))
    case .typeorm:
      if ["postgres", "cockroachdb"].contains(dialect) { return .typeorm(.postgres) }
      return .typeorm(["mysql", "mariadb"].contains(dialect) ? .mysql : .other)
    }
  }

  /// The scalars of a connection and of the objects that have a pool's keys.
  private func inputs(_ value: NodeValue, _ product: PoolProduct) -> [PoolInput] {
    var inputs: [PoolInput] = []
    func add(_ key: String, _ value: NodeValue) {
      guard let known = product.key(named: key), let input = value.input(known.kind) else { return }
      inputs.append(
        PoolInput(
          key: key, written: file.source.text(value.range), origin: file.origin(value.range),
          value: input))
    }
    for member in value.members {
      if member.value.isObject {
        for inner in member.value.members { add("\(member.name).\(inner.name)", inner.value) }
      } else {
        add(member.name, member.value)
      }
    }
    return inputs
  }

  private func facts(_ connection: Connection) -> [String: FieldValue] {
    let value = connection.value
    let inner = value["connection"].flatMap { $0.isObject ? $0 : nil } ?? value
    let address =
      value["url"]?.text ?? value["connection"]?.text ?? inner["connectionString"]?.text
    if let address { return DatabaseTarget.facts(address) }
    var facts: [String: FieldValue] = [:]
    if let product = DatabaseTarget.product(of: connection.dialect) {
      facts["target_product"] = .string(product)
    }
    let unknown = FieldValue.unknown(ConfigurationText.templateNote)
    if value["use_env_variable"] != nil {
      let hidden = FieldValue.unknown("a variable of the environment has the address")
      return ["target_host": hidden, "target_port": hidden, "target_database": hidden]
    }
    for (key, field) in [("host", "target_host"), ("database", "target_database")] {
      guard let text = inner[key]?.text, !text.isEmpty else { continue }
      facts[field] = ConfigurationText.isTemplate(text) ? unknown : .string(text)
    }
    switch inner["port"]?.content {
    case .number(let number)?: facts["target_port"] = Int64(exactly: number).map { .int($0) }
    case .text(let text)?: facts["target_port"] = Int64(text).map { .int($0) } ?? unknown
    default:
      if facts["target_host"] != nil {
        facts["target_port"] = Self.ports[connection.dialect].map { .int($0) }
      }
    }
    return facts
  }

  private static let ports: [String: Int64] = [
    "postgres": 5432, "postgresql": 5432, "pg": 5432, "mysql": 3306, "mysql2": 3306,
    "mariadb": 3306, "mssql": 1433, "cockroachdb": 26257, "oracle": 1521, "oracledb": 1521,
  ]
}

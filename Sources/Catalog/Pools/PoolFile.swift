import Model
import Syntax

/// One file as readers of pools need it: places, problems and finished pools.
struct PoolFile {
  let source: SourceText
  let context: ReadingContext

  init(_ source: SourceText, _ context: ReadingContext) {
    self.source = source
    self.context = context
  }

  func origin(_ range: Range<Int>) -> Origin { Origin(path: source.path, range: range) }

  func problem(
    _ kind: Problem.Kind, _ range: Range<Int>, _ message: String, help: String? = nil
  ) -> Problem {
    Problem(kind: kind, origin: origin(range), message: message, help: help)
  }

  func problems(_ errors: [SyntaxError]) -> [Problem] {
    errors.map { Problem($0, in: source) }
  }

  /// The version of a product that was declared, or the one its table was made for.
  func version(_ product: PoolProduct) -> Version {
    context.versions[product.technology] ?? product.version
  }

  /// A pool of `product`.
  ///
  /// - Parameters:
  ///   - name: what people call it.
  ///   - range: the bytes to underline.
  ///   - settings: what runs.
  ///   - facts: values that no single setting holds.
  ///   - factSettings: the settings of other files behind some of them.
  ///   - environment: what the file itself says; it wins over what was declared for the file.
  func pool(
    _ product: PoolProduct, _ name: String, at range: Range<Int>, settings: [Setting],
    facts: [String: FieldValue] = [:], factSettings: [String: Setting] = [:],
    environment: String? = nil
  ) -> SettingsResource {
    let declared =
      environment ?? context.environment ?? TestTree.environment(of: source.path)
    let identity = ResourceIdentity(
      kind: .pool, technology: product.technology, version: version(product), name: name,
      origin: origin(range), environment: declared ?? "production",
      environmentIsDeclared: declared != nil)
    return SettingsResource(
      identity: identity, settings: settings, facts: facts, factSettings: factSettings)
  }
}

extension [Setting] {
  /// The settings with one that no file writes told apart from a default: its value follows from
  /// others, of which some are written.
  func deriving(_ key: String, from others: [String]) -> [Setting] {
    let written = filter { others.contains($0.key) && $0.written != nil }
    guard !written.isEmpty else { return self }
    let isOpen = written.contains { $0.provenance == .placeholder }
    return map { setting in
      guard setting.key == key else { return setting }
      return Setting(
        key: key, field: setting.field, effective: setting.effective, meaning: setting.meaning,
        unit: setting.unit,
        provenance: setting.effective == nil ? .unknown : isOpen ? .placeholder : .explicit,
        note: setting.note)
    }
  }

  /// The place of the first of these keys that a file writes.
  func place(of keys: [String]) -> Range<Int>? {
    first { keys.contains($0.key) && $0.written != nil }?.origin?.range
  }
}

/// Where the address of a database leads, also when a template fills in a part of it.
enum DatabaseTarget {
  /// The facts of a pool that follow from an address in any dialect.
  static func facts(_ address: String) -> [String: FieldValue] {
    let facts =
      address.hasPrefix("jdbc:") ? JDBCTarget(address).facts : DatabaseURL(address)?.facts ?? [:]
    guard ConfigurationText.isTemplate(address) else { return facts }
    let unknown = FieldValue.unknown(ConfigurationText.templateNote)
    guard let slashes = address.firstRange(of: "://") else {
      return ["target_host": unknown, "target_port": unknown, "target_database": unknown]
    }
    let rest = address[slashes.upperBound...]
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    let place = authority.lastIndex(of: "@").map { authority[$0...] } ?? authority
    var known = facts
    if ConfigurationText.isTemplate(String(place)) {
      known["target_host"] = unknown
      known["target_port"] = unknown
    }
    if ConfigurationText.isTemplate(String(rest[authority.endIndex...].prefix { $0 != "?" })) {
      known["target_database"] = unknown
    }
    return known
  }

  /// Whether a text is the address of an SQL database.
  static func isAddress(_ text: String) -> Bool {
    if text.hasPrefix("jdbc:") { return true }
    return DatabaseURL(text).map { schemes.contains($0.scheme) } ?? false
  }

  /// The product's own name for a scheme, an adapter or a dialect; `nil` for what is none.
  static func product(of name: String) -> String? { products[name.lowercased()] }

  private static let products: [String: String] = [
    "postgresql": "postgresql", "postgres": "postgresql", "postgis": "postgresql",
    "pgsql": "postgresql", "pg": "postgresql", "mysql": "mysql", "mysql2": "mysql",
    "trilogy": "mysql", "mariadb": "mariadb", "sqlserver": "sqlserver", "mssql": "sqlserver",
    "oracle": "oracle", "oracledb": "oracle", "cockroachdb": "cockroachdb", "h2": "h2",
    "hsqldb": "hsqldb", "derby": "derby", "sqlite": "sqlite", "sqlite3": "sqlite", "db2": "db2",
  ]

  private static let schemes: Set<String> = [
    "postgres", "postgresql", "postgis", "pgsql", "mysql", "mysql2", "mariadb", "trilogy",
    "sqlserver", "mssql", "cockroachdb", "oracle", "sqlite", "sqlite3",
  ]
}

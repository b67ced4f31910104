import Model
import Syntax

/// The pools of connection strings: one for each differing string, as ADO.NET keeps them.
struct DotNetStrings {
  private struct Pool {
    let product: PoolProduct
    let text: MappedText
    let string: ConnectionString
    var names: [String]
    let environment: String?
  }

  private let file: PoolFile
  private let environment: String?
  private var found: [Pool] = []
  /// The pool of each text, by product.
  private var places: [String: [[UInt8]: Int]] = [:]
  private(set) var problems: [Problem] = []

  init(_ file: PoolFile, environment: String?) {
    self.file = file
    self.environment = environment
  }

  /// Whether a variable of the environment holds a connection string: `ConnectionStrings__NAME`.
  static func isVariable(_ name: String) -> Bool {
    name.lowercased().hasPrefix("connectionstrings__")
  }

  /// Whether a text is a connection string of a database server.
  static func isServer(_ text: MappedText) -> Bool {
    let string = ConnectionString(text)
    return string.value(servers) != nil && !isFile(string)
  }

  /// Takes a string of a name; those of other databases and services are passed over.
  ///
  /// - Parameter environment: where it runs, other than the file's own.
  mutating func add(
    _ name: String, _ text: MappedText, provider: String?, environment: String? = nil
  ) {
    let string = ConnectionString(text)
    guard string.value(Self.servers) != nil, !Self.isFile(string) else { return }
    switch Self.product(string, provider) {
    case .known(let product):
      if let same = places[product.technology]?[text.bytes] {
        found[same].names.append(name)
      } else {
        places[product.technology, default: [:]][text.bytes] = found.count
        found.append(
          Pool(
            product: product, text: text, string: string, names: [name],
            environment: environment ?? self.environment))
      }
    case .other: break
    case .open:
      problems.append(
        file.problem(
          .unknown, text.place(0..<text.bytes.count),
          "whether connection string \(name) is for SqlClient or another provider is not said",
          help: "Initial Catalog is SqlClient's, Host and Username are Npgsql's"))
    }
  }

  var pools: [any Resource] {
    var places: [String: String] = [:]
    return found.map { pool in
      let names = Self.names(pool.product)
      let inputs = pool.string.entries.map { entry in
        let key = names[entry.key.lowercased()] ?? entry.key
        let place = pool.text.place(entry.range.isEmpty ? entry.keyRange : entry.range)
        return PoolInput(
          key: key, written: pool.text.written(entry.range, in: file.source),
          origin: file.origin(place),
          value: Self.value(entry.value, pool.product.key(named: key)),
          provenance: pool.text.whole == nil ? .explicit : .inherited)
      }
      var facts = Self.facts(pool.string, pool.product)
      let name = pool.names.joined(separator: ", ")
      if let target = Self.target(facts, pool.product) {
        if let other = places[target] {
          facts["same_target"] = .string(other)
        } else {
          places[target] = name
        }
      }
      return file.pool(
        pool.product, name, at: pool.text.place(0..<pool.text.bytes.count),
        settings: pool.product.settings(inputs, version: file.version(pool.product)),
        facts: facts, environment: pool.environment)
    }
  }

  /// What two strings have in common whose pools fill the same server; `nil` where that cannot be
  /// known.
  private static func target(
    _ facts: [String: FieldValue], _ product: PoolProduct
  ) -> String? {
    guard case .string(let host)? = facts["target_host"],
      case .string(let database)? = facts["target_database"]
    else { return nil }
    let port = if case .int(let number)? = facts["target_port"] { String(number) } else { "" }
    return [product.technology, host.lowercased(), port, database].joined(separator: " ")
  }

  private static func names(_ product: PoolProduct) -> [String: String] {
    var names: [String: String] = [:]
    for key in product.keys {
      for name in [key.name] + key.aliases { names[name.lowercased()] = key.name }
    }
    return names
  }

  private static func value(_ text: String, _ key: PoolKey?) -> PoolInput.Value {
    if isTemplate(text) { return .unknown(ConfigurationText.templateNote) }
    switch key?.kind {
    case .count, .time, .size, .fraction: return NumberText.decimal(text)
    case .bool:
      switch text.lowercased() {
      case "true", "yes": return .bool(true)
      case "false", "no": return .bool(false)
      default: return .refused("\"\(text)\" is not true or false")
      }
    case .text, .secret, nil: return .text(text)
    }
  }

  /// Placeholders of build and release tools besides the usual ones.
  private static func isTemplate(_ text: String) -> Bool {
    ConfigurationText.isTemplate(text)
      || ["#{", "$(", "__"].contains { text.firstRange(of: $0) != nil }
  }
}

extension DotNetStrings {
  private enum Owner {
    case known(PoolProduct)
    case other
    /// Several providers have these keys.
    case open
  }

  private static let servers: Set<String> = [
    "host", "server", "data source", "datasource", "addr", "address", "network address",
  ]

  private static func isFile(_ string: ConnectionString) -> Bool {
    guard let place = string.value(["data source", "datasource"])?.lowercased() else {
      return false
    }
    return place.isEmpty || place == ":memory:" || place.hasPrefix("|datadirectory|")
      || [".db", ".db3", ".sqlite", ".sqlite3", ".sdf", ".mdb", ".accdb"].contains {
        place.hasSuffix($0)
      }
  }

  /// Whose a string is: as the provider says, else by keys that only one has.
  private static func product(_ string: ConnectionString, _ provider: String?) -> Owner {
    if let provider = provider?.lowercased(), !provider.isEmpty {
      if provider.hasPrefix("npgsql") { return .known(.npgsql) }
      return provider.hasSuffix("sqlclient") && !provider.hasPrefix("mysql")
        ? .known(.sqlclient) : .other
    }
    let keys = Set(string.entries.map { $0.key.lowercased() })
    if string.value(["port"]) == "3306" || !keys.isDisjoint(with: mysql) { return .other }
    if !keys.isDisjoint(with: oracle) { return .other }
    if !keys.isDisjoint(with: ofNpgsql) { return .known(.npgsql) }
    if !keys.isDisjoint(with: ofSQLClient) { return .known(.sqlclient) }
    let server = string.value(servers)?.lowercased() ?? ""
    let isNamed = server.contains("\\") || server.contains(",") || server.hasPrefix("tcp:")
    if isNamed || server.hasPrefix("(local") || server == "." { return .known(.sqlclient) }
    return string.value(["port"]) == "5432" ? .known(.npgsql) : .open
  }

  private static let mysql: Set<String> = [
    "allowuservariables", "allow user variables", "convertzerodatetime", "convert zero datetime",
    "allowpublickeyretrieval", "allow public key retrieval", "charset", "character set",
    "treattinyasboolean", "allowloadlocalinfile", "old guids",
  ]
  private static let oracle: Set<String> = ["dba privilege", "statement cache size", "tns_admin"]
  private static let ofNpgsql: Set<String> = [
    "host", "username", "maximum pool size", "minimum pool size", "search path", "ssl mode",
    "include error detail", "connection idle lifetime", "connection pruning interval",
    "no reset on close", "max auto prepare", "target session attributes",
  ]
  private static let ofSQLClient: Set<String> = [
    "initial catalog", "integrated security", "trusted_connection", "multipleactiveresultsets",
    "multiple active result sets", "trustservercertificate", "trust server certificate",
    "encrypt", "applicationintent", "application intent", "multisubnetfailover",
    "attachdbfilename", "connect timeout", "data source", "user instance", "mars connection",
  ]

  private static func facts(
    _ string: ConnectionString, _ product: PoolProduct
  ) -> [String: FieldValue] {
    var facts: [String: FieldValue] = [
      "target_product": .string(product.technology == "npgsql" ? "postgresql" : "sqlserver")
    ]
    func set(_ field: String, _ text: String?) {
      guard let text, !text.isEmpty else { return }
      facts[field] =
        isTemplate(text) ? .unknown(ConfigurationText.templateNote) : .string(text)
    }
    set("target_database", string.value(["database", "initial catalog", "db"]))
    guard var server = string.value(servers) else { return facts }
    var port = string.value(["port"]) ?? (product.technology == "npgsql" ? "5432" : "1433")
    if product.technology == "sqlclient" {
      for prefix in ["tcp:", "np:", "lpc:", "admin:"] where server.lowercased().hasPrefix(prefix) {
        server = String(server.dropFirst(prefix.count))
      }
      guard !server.lowercased().hasPrefix("(localdb)") else { return facts }
      if let comma = server.lastIndex(of: ",") {
        port = String(server[server.index(after: comma)...].drop { $0 == " " })
        server = String(server[..<comma])
      }
      // A named instance is found by its name, whatever its port.
      if let slash = server.firstIndex(of: "\\") {
        server = String(server[..<slash])
        port = ""
      }
      if server == "." || server.lowercased() == "(local)" { server = "localhost" }
    } else {
      server = String(server.prefix { $0 != "," })
      if let colon = server.lastIndex(of: ":"),
        let own = Int64(server[server.index(after: colon)...])
      {
        port = String(own)
        server = String(server[..<colon])
      }
    }
    set("target_host", server)
    if let number = Int64(port) { facts["target_port"] = .int(number) }
    return facts
  }
}

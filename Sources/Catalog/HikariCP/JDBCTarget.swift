import Model

/// Where a JDBC URL leads.
struct JDBCTarget: Sendable, Hashable {
  var host: String?
  var port: Int64?
  var database: String?
  /// `postgresql` of `jdbc:postgresql:`, also where the rest cannot be read.
  var product: String?
  /// Microseconds that the driver waits for an answer; `nil` where the URL sets no such limit.
  var socketTimeout: Int64?

  /// Reads the URL of a networked database; all is `nil` for embedded ones.
  ///
  /// Of several hosts the first counts. The port is the driver's own where none is written.
  init(_ url: String) {
    guard url.hasPrefix("jdbc:") else { return }
    let rest = url.dropFirst(5)
    let product = rest.prefix { $0 != ":" }
    self.product = String(product)
    if product == "oracle" {
      readOracle(rest)
    } else if let slashes = Self.range(of: "//", in: rest) {
      readAuthority(String(product), rest[slashes.upperBound...])
    }
  }

  private mutating func readAuthority(_ product: String, _ text: Substring) {
    let authority = text.prefix { !"/?;".contains($0) }
    let path = text[authority.endIndex...]
    let address = authority.split(separator: ",", omittingEmptySubsequences: false).first ?? ""
    let place = address.lastIndex(of: "@").map { address[address.index(after: $0)...] } ?? address
    readPlace(place, defaultPort: Self.ports[product])
    if product == "sqlserver" {
      for part in path.split(separator: ";") {
        let pair = part.split(separator: "=", maxSplits: 1)
        if pair.count == 2, ["databasename", "database"].contains(pair[0].lowercased()) {
          database = String(pair[1])
        }
      }
    } else if path.first == "/" {
      let name = path.dropFirst().prefix { !"?;".contains($0) }
      if !name.isEmpty { database = String(name) }
    }
    if let question = path.firstIndex(of: "?") {
      readParameters(product, path[path.index(after: question)...])
    }
  }

  /// `socketTimeout` is in seconds for PostgreSQL and in milliseconds for MySQL and MariaDB.
  private mutating func readParameters(_ product: String, _ text: Substring) {
    for part in text.split(separator: "&") {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, pair[0] == "socketTimeout", let number = Int64(pair[1]), number > 0,
        let unit = Self.socketUnits[product]
      else { continue }
      let (time, overflow) = number.multipliedReportingOverflow(by: unit)
      socketTimeout = overflow ? nil : time
    }
  }

  /// Microseconds of the unit in which a driver's `socketTimeout` is written.
  private static let socketUnits: [String: Int64] = [
    "postgresql": 1_000_000, "mysql": 1_000, "mariadb": 1_000,
  ]

  /// `thin:@//host:1521/service`, `thin:@host:1521:sid`.
  private mutating func readOracle(_ text: Substring) {
    guard let at = text.lastIndex(of: "@") else { return }
    var rest = text[text.index(after: at)...]
    guard rest.first != "(" else { return }
    if rest.hasPrefix("//") { rest = rest.dropFirst(2) }
    let parts = rest.split(separator: "/", maxSplits: 1)
    let words = (parts.first ?? "").split(separator: ":")
    readPlace(words.prefix(2).joined(separator: ":")[...], defaultPort: 1521)
    if parts.count > 1 {
      database = String(parts[1].prefix { $0 != "?" })
    } else if words.count > 2 {
      database = String(words[2])
    }
  }

  private mutating func readPlace(_ place: Substring, defaultPort: Int64?) {
    (host, port) = DatabaseURL.place(place, standard: defaultPort)
  }

  private static let ports: [String: Int64] = [
    "postgresql": 5432, "pgsql": 5432, "mysql": 3306, "mariadb": 3306, "sqlserver": 1433,
  ]

  private static func range(of word: String, in text: Substring) -> Range<Substring.Index>? {
    var start = text.startIndex
    while start < text.endIndex {
      if text[start...].hasPrefix(word) {
        return start..<text.index(start, offsetBy: word.count)
      }
      start = text.index(after: start)
    }
    return nil
  }

  /// Whether the URL carries a password: `//user:password@`, `thin:user/password@` or a parameter
  /// of such a name.
  static func hasPassword(_ url: String) -> Bool {
    if SecretText.isInText(url) { return true }
    guard url.utf8.starts(with: "jdbc:oracle:".utf8) else { return false }
    let parts = url.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == "jdbc", parts[1] == "oracle",
      let at = parts[3].lastIndex(of: "@")
    else { return false }
    let login = parts[3][..<at]
    return login.contains("/") && !login.hasSuffix("/")
  }

  /// The facts of a pool that follow from the URL; what a placeholder hides is unknown.
  var facts: [String: FieldValue] {
    var facts: [String: FieldValue] = [:]
    if let host { facts["target_host"] = .string(host) }
    if let port { facts["target_port"] = .int(port) }
    if let database { facts["target_database"] = .string(database) }
    if let socketTimeout { facts["socket_timeout"] = .duration(socketTimeout) }
    if let product = product.flatMap(DatabaseTarget.product) {
      facts["target_product"] = .string(product)
    }
    return facts
  }
}

import Model

/// A database address as one text: `postgres://user:password@host:5432/app?pool=5`.
///
/// The dialects (Prisma, pgx, SQLAlchemy, Rails, Django, node) share this form and differ in the
/// parameters; JDBC's is ``JDBCTarget``.
struct DatabaseURL: Sendable, Hashable {
  /// One parameter behind the question mark.
  struct Parameter: Sendable, Hashable {
    let name: String
    let value: String
    /// The bytes of the value, counted from the beginning of the text.
    let range: Range<Int>
  }

  /// Without a driver: `postgresql` of `postgresql+psycopg`.
  let scheme: String
  /// `psycopg` of `postgresql+psycopg`; `nil` where none is named.
  let driver: String?
  let user: String?
  /// Whether a password is written.
  let hasPassword: Bool
  let host: String?
  /// The written port, or the database's own.
  let port: Int64?
  let database: String?
  let parameters: [Parameter]

  /// Reads a text; `nil` where it is no address of this form.
  init?(_ text: String) {
    guard let mark = text.firstRange(of: "://") else { return nil }
    let words = text[..<mark.lowerBound].lowercased().split(separator: "+", maxSplits: 1)
    guard let first = words.first, first.allSatisfy({ $0.isLetter || $0.isNumber }) else {
      return nil
    }
    scheme = String(first)
    driver = words.count > 1 ? String(words[1]) : nil
    let rest = text[mark.upperBound...]
    let authority = rest.prefix { !"/?#".contains($0) }
    let tail = rest[authority.endIndex...]
    let at = authority.lastIndex(of: "@")
    let login = at.map { authority[..<$0] }
    let name = login?.prefix { $0 != ":" }
    user = name.flatMap { $0.isEmpty ? nil : String($0) }
    hasPassword = login.map { $0.contains(":") && !$0.hasSuffix(":") } ?? false
    let places = at.map { authority[authority.index(after: $0)...] } ?? authority
    let place = places.split(separator: ",").first ?? ""
    (host, port) = Self.place(place, standard: Self.ports[scheme])
    let path = tail.prefix { $0 != "?" && $0 != "#" }
    let base = path.dropFirst()
    database = base.isEmpty ? nil : String(base)
    parameters = Self.parameters(of: text, from: path.endIndex)
  }

  /// The parameter of a name; the last counts.
  subscript(name: String) -> Parameter? { parameters.last { $0.name == name } }

  /// The facts of a pool that follow from the address.
  var facts: [String: FieldValue] {
    var facts: [String: FieldValue] = [:]
    if let host { facts["target_host"] = .string(host) }
    if let port { facts["target_port"] = .int(port) }
    if let database { facts["target_database"] = .string(database) }
    if let product = DatabaseTarget.product(of: scheme) {
      facts["target_product"] = .string(product)
    }
    return facts
  }

  private static let ports: [String: Int64] = [
    "postgres": 5432, "postgresql": 5432, "postgis": 5432, "pgsql": 5432, "mysql": 3306,
    "mysql2": 3306, "mariadb": 3306, "sqlserver": 1433, "mssql": 1433, "cockroachdb": 26257,
    "mongodb": 27017, "redis": 6379,
  ]

  /// The host and port of `host:5432` or `[::1]:5432`; `standard` where no port is written.
  static func place(_ text: Substring, standard: Int64?) -> (host: String?, port: Int64?) {
    var name = text
    var number: Substring?
    if text.first == "[", let close = text.firstIndex(of: "]") {
      name = text[text.index(after: text.startIndex)..<close]
      number = text[text.index(after: close)...].dropFirst()
    } else if let colon = text.lastIndex(of: ":") {
      name = text[..<colon]
      number = text[text.index(after: colon)...]
    }
    guard !name.isEmpty else { return (nil, nil) }
    let port = number.flatMap { Int64($0) } ?? (number?.isEmpty == false ? nil : standard)
    return (String(name), port)
  }

  private static func parameters(of text: String, from start: String.Index) -> [Parameter] {
    guard start < text.endIndex, text[start] == "?" else { return [] }
    let query = text[text.index(after: start)...].prefix { $0 != "#" }
    return query.split(separator: "&").compactMap { part in
      guard let equals = part.firstIndex(of: "=") else { return nil }
      let value = part[part.index(after: equals)...]
      let lower = text.utf8.distance(from: text.utf8.startIndex, to: value.startIndex)
      return Parameter(
        name: String(part[..<equals]), value: String(value),
        range: lower..<lower + value.utf8.count)
    }
  }
}

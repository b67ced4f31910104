import Model
import Syntax

/// A parameter of a line in [databases] or [users], under the name that SHOW gives it.
struct PgBouncerColumn {
  enum Kind {
    case text
    /// Decimal; negative means the global default.
    case number
    /// Decimal and not 0.
    case port
    case word([String])
  }

  let name: String
  let kind: Kind
  /// The name in the line, and older spellings of it.
  let spellings: [String]
  /// The key of [pgbouncer] that counts where the line says nothing.
  var global: String?
  /// What runs without a line and without a global key.
  var standard: Scalar = .null
  var field: String?
  var unit: Unit = .none
  var since = Version(1)
  /// Whether 0, too, means the global default.
  var zeroInherits = false
  var isSecret = false

  /// Whether a value carries a secret, as a statement or a text can.
  func holdsSecret(_ text: String) -> Bool {
    guard case .text = kind else { return false }
    return name == "connect_query" ? SecretText.isInStatement(text) : SecretText.isInText(text)
  }

  /// What messages call the parameter.
  var label: String { name == "pool_mode" ? "pool mode" : name }

  /// The version that brought a spelling.
  func since(_ spelling: String) -> Version {
    spelling == "reserve_pool_size" ? Version(1, 24) : since
  }

  /// The name that SHOW has in `version`.
  func shown(in version: Version) -> String {
    name == "reserve_pool_size" && version < Version(1, 24) ? "reserve_pool" : name
  }

  /// [databases]: the columns of SHOW DATABASES, then what it does not show.
  static let databases: [PgBouncerColumn] = [
    .init(name: "host", kind: .text, spellings: ["host"], field: "host"),
    .init(
      name: "port", kind: .port, spellings: ["port"], standard: .int(5432), field: "port"),
    .init(name: "database", kind: .text, spellings: ["dbname"], field: "database"),
    .init(
      name: "force_user", kind: .text, spellings: ["user"], standard: .string(""),
      field: "forced_user"),
    .init(
      name: "pool_size", kind: .number, spellings: ["pool_size"], global: "default_pool_size",
      field: "pool_size", unit: .connection),
    .init(
      name: "min_pool_size", kind: .number, spellings: ["min_pool_size"],
      global: "min_pool_size", field: "min_pool_size", unit: .connection),
    .init(
      name: "reserve_pool_size", kind: .number, spellings: ["reserve_pool_size", "reserve_pool"],
      global: "reserve_pool_size", field: "reserve_pool_size", unit: .connection),
    .init(
      name: "server_lifetime", kind: .number, spellings: ["server_lifetime"],
      global: "server_lifetime", field: "server_lifetime", unit: .second, since: Version(1, 23),
      zeroInherits: true),
    .init(
      name: "pool_mode", kind: .word(PgBouncer.poolModes), spellings: ["pool_mode"],
      standard: .string(""), field: "pool_mode"),
    .init(
      name: "load_balance_hosts", kind: .word(["disable", "round-robin"]),
      spellings: ["load_balance_hosts"], standard: .string(""), since: Version(1, 24)),
    .init(
      name: "max_connections", kind: .number, spellings: ["max_db_connections"],
      global: "max_db_connections", field: "max_db_connections", unit: .connection),
    .init(
      name: "max_client_connections", kind: .number, spellings: ["max_db_client_connections"],
      global: "max_db_client_connections", field: "max_db_clients", unit: .client,
      since: Version(1, 24)),
    .init(
      name: "query_wait_timeout", kind: .number, spellings: ["query_wait_timeout"],
      global: "query_wait_timeout", unit: .second, since: Version(1, 26)),
    .init(name: "password", kind: .text, spellings: ["password"], isSecret: true),
    .init(name: "auth_user", kind: .text, spellings: ["auth_user"]),
    .init(name: "auth_query", kind: .text, spellings: ["auth_query"], since: Version(1, 22)),
    .init(name: "auth_dbname", kind: .text, spellings: ["auth_dbname"], since: Version(1, 19)),
    .init(name: "connect_query", kind: .text, spellings: ["connect_query"]),
    .init(name: "client_encoding", kind: .text, spellings: ["client_encoding"]),
    .init(name: "datestyle", kind: .text, spellings: ["datestyle"]),
    .init(name: "timezone", kind: .text, spellings: ["timezone"]),
    .init(name: "application_name", kind: .text, spellings: ["application_name"]),
  ]

  /// [users]: what a user may have of his own.
  static let users: [PgBouncerColumn] = [
    .init(name: "pool_mode", kind: .word(PgBouncer.poolModes), spellings: ["pool_mode"]),
    .init(
      name: "pool_size", kind: .number, spellings: ["pool_size"], unit: .connection,
      since: Version(1, 23)),
    .init(
      name: "reserve_pool_size", kind: .number, spellings: ["reserve_pool_size"],
      unit: .connection, since: Version(1, 24)),
    .init(
      name: "max_user_connections", kind: .number, spellings: ["max_user_connections"],
      unit: .connection),
    .init(
      name: "max_user_client_connections", kind: .number,
      spellings: ["max_user_client_connections"], unit: .client, since: Version(1, 24)),
    .init(
      name: "idle_transaction_timeout", kind: .number, spellings: ["idle_transaction_timeout"],
      unit: .second, since: Version(1, 24)),
    .init(
      name: "transaction_timeout", kind: .number, spellings: ["transaction_timeout"],
      unit: .second, since: Version(1, 25)),
    .init(
      name: "query_timeout", kind: .number, spellings: ["query_timeout"], unit: .second,
      since: Version(1, 24)),
    .init(
      name: "query_wait_timeout", kind: .number, spellings: ["query_wait_timeout"],
      unit: .second, since: Version(1, 26)),
    .init(
      name: "client_idle_timeout", kind: .number, spellings: ["client_idle_timeout"],
      unit: .second, since: Version(1, 24)),
  ]

  /// A pair that PgBouncer does not start with, and what was meant.
  static func unknownProblem(
    _ what: String, _ pair: PgBouncerConnection.Pair, _ source: SourceText,
    _ columns: [PgBouncerColumn], _ release: PgBouncer.Release
  ) -> Problem {
    let known = columns.first { $0.spellings.contains(pair.key) }
    let help =
      known.map { "it came with version \($0.since(pair.key)); this is \(release.version)" }
      ?? ConfigurationText.closest(to: pair.key, among: columns.flatMap(\.spellings))
      .map { "did you mean \($0)?" }
    return Problem(
      kind: .refused, origin: Origin(path: source.path, range: pair.keyRange),
      message: "unrecognized \(what) parameter: \(pair.key)", help: help)
  }

  /// A line that is no list of pairs, or a template that may become one.
  static func syntaxProblem(
    _ what: String, _ source: SourceText, _ range: Range<Int>, _ line: String
  ) -> Problem {
    let origin = Origin(path: source.path, range: range)
    if ConfigurationText.isTemplate(line) {
      return Problem(
        kind: .unknown, origin: origin, message: "this line is a template",
        help: "check the file that the template makes")
    }
    return Problem(
      kind: .refused, origin: origin, message: "syntax error in \(what)",
      help: "write key=value pairs with spaces between them; values with spaces stand in '…'")
  }
}

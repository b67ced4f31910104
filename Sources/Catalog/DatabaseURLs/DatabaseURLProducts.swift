import Model

extension PoolProduct {
  /// Prisma's own engine, sized by parameters of the address.
  ///
  /// Up to 6, since 7 leaves the pool to driver adapters. Names and defaults from its `url.rs` and
  /// its documentation.
  static let prisma = prisma(hiddenBy: nil)

  /// Prisma where something that no file says decides everything.
  static func prisma(hiddenBy reason: String?) -> PoolProduct {
    PoolProduct(
      "prisma", title: "Prisma", version: Version(6), unknownKeys: .passedOn,
      keys: [
        PoolKey("url", .text),
        PoolKey("connection_limit", .count, field: "max_size"),
        PoolKey(
          "pool_timeout", .time(.second), .int(10), field: "acquire_timeout", zero: .forever),
        PoolKey(
          "connect_timeout", .time(.second), .int(5), field: "connect_timeout", zero: .forever),
        PoolKey("socket_timeout", .time(.second)),
        PoolKey("pgbouncer", .bool, .bool(false)),
        PoolKey("statement_cache_size", .count, .int(100)),
        PoolKey("max_connection_lifetime", .time(.second), field: "max_lifetime"),
        PoolKey(
          "max_idle_connection_lifetime", .time(.second), .int(300), field: "idle_timeout"),
      ],
      adjust: { draft in
        guard let reason else {
          if !draft.isWritten("connection_limit") {
            draft.forget("connection_limit", because: "the number of processors")
          }
          return
        }
        for key in prisma.keys.map(\.name) { draft.forget(key, because: reason) }
      })
  }

  /// pgx's pool, sized by parameters of the address; from the source of 5.10.
  static let pgxpool = PoolProduct(
    "pgxpool", title: "pgxpool", version: Version(5, 10), unknownKeys: .passedOn,
    keys: [
      PoolKey("url", .text),
      PoolKey("pool_max_conns", .count, field: "max_size"),
      PoolKey("pool_min_conns", .count, .int(0), field: "min_idle"),
      PoolKey("pool_min_idle_conns", .count, .int(0)),
      PoolKey("pool_max_conn_lifetime", .fraction(.second), .double(3_600), field: "max_lifetime"),
      PoolKey(
        "pool_max_conn_idle_time", .fraction(.second), .double(1_800), field: "idle_timeout"),
      PoolKey("pool_health_check_period", .fraction(.second), .double(60)),
    ],
    adjust: { draft in
      if !draft.isWritten("pool_max_conns") {
        draft.forget("pool_max_conns", because: "the number of processors")
      }
    })

  /// An address whose pool is made in code.
  static let databaseURL = PoolProduct(
    "database-url", title: "a database address", version: Version(1), unknownKeys: .passedOn,
    keys: [PoolKey("url", .text), PoolKey("max_size", .count, field: "max_size")],
    adjust: { draft in draft.forget("max_size", because: "the program's code") })

  /// The product that an address's scheme and parameters show.
  ///
  /// SQLAlchemy's `dialect+driver` and Django's forms hand every parameter to the driver: their
  /// pools are made in code.
  static func product(of address: String) -> PoolProduct {
    guard !address.hasPrefix("jdbc:"), let url = DatabaseURL(address) else { return .databaseURL }
    let names = Set(url.parameters.map(\.name))
    if url.driver != nil { return .databaseURL }
    if !names.isDisjoint(with: prismaTelling) { return .prisma }
    if names.contains(where: { $0.hasPrefix("pool_m") || $0 == "pool_health_check_period" }) {
      return .pgxpool
    }
    return .databaseURL
  }

  /// Parameters of no other program; every new Prisma project begins with `?schema=public`.
  private static let prismaTelling: Set<String> = [
    "connection_limit", "pool_timeout", "pgbouncer", "statement_cache_size", "socket_timeout",
    "max_connection_lifetime", "max_idle_connection_lifetime", "schema",
  ]
}

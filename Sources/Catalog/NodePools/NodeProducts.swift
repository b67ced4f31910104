import Model

extension PoolProduct {
  /// Sequelize's pool, from the source of 6.37.5.
  static let sequelize = PoolProduct(
    "sequelize", title: "Sequelize", version: Version(6, 37, 5), unknownKeys: .passedOn,
    keys: [
      PoolKey("pool.max", .count, .int(5), field: "max_size"),
      PoolKey("pool.min", .count, .int(0), field: "min_idle"),
      PoolKey("pool.idle", .time(.millisecond), .int(10_000), field: "idle_timeout"),
      PoolKey("pool.acquire", .time(.millisecond), .int(60_000), field: "acquire_timeout"),
      PoolKey("pool.evict", .time(.millisecond), .int(1_000)),
      PoolKey("pool.maxUses", .count),
      PoolKey("url", .text), PoolKey("username", .text), PoolKey("password", .secret),
    ])

  /// Knex's pool, which is tarn's; from the sources of 3.3.0 and tarn 3.0.
  static let knex = knex(isFile: false)

  /// Knex's pool.
  ///
  /// - Parameter isFile: whether the database is SQLite's, which has one connection.
  static func knex(isFile: Bool) -> PoolProduct {
    PoolProduct(
      "knex", title: "Knex", version: Version(3, 3), unknownKeys: .passedOn,
      keys: [
        PoolKey("pool.min", .count, .int(isFile ? 1 : 2), field: "min_idle"),
        PoolKey("pool.max", .count, .int(isFile ? 1 : 10), field: "max_size"),
        PoolKey(
          "acquireConnectionTimeout", .time(.millisecond), .int(60_000),
          field: "acquire_timeout"),
        PoolKey("pool.acquireTimeoutMillis", .time(.millisecond)),
        PoolKey("pool.createTimeoutMillis", .time(.millisecond), .int(30_000)),
        PoolKey("pool.destroyTimeoutMillis", .time(.millisecond), .int(5_000)),
        PoolKey(
          "pool.idleTimeoutMillis", .time(.millisecond), .int(30_000), field: "idle_timeout"),
        PoolKey("pool.reapIntervalMillis", .time(.millisecond), .int(1_000)),
        PoolKey("connection", .text), PoolKey("connection.user", .text),
        PoolKey("connection.password", .secret),
      ],
      adjust: adjustKnex)
  }

  private static let knexTimes: [(key: String, standard: Int64)] = [
    ("acquireConnectionTimeout", 60_000), ("pool.createTimeoutMillis", 30_000),
    ("pool.destroyTimeoutMillis", 5_000), ("pool.idleTimeoutMillis", 30_000),
    ("pool.reapIntervalMillis", 1_000),
  ]

  private static func adjustKnex(_ draft: inout PoolDraft) {
    for (key, standard) in knexTimes where draft.number(key) == 0 {
      draft.run(key, standard, because: "0 stands for the default")
    }
    guard let pool = draft.number("pool.acquireTimeoutMillis"), pool > 0,
      let whole = draft.number("acquireConnectionTimeout"), pool < whole
    else { return }
    draft.run(
      "acquireConnectionTimeout", pool, because: "pool.acquireTimeoutMillis is the smaller one")
  }

  /// The drivers below TypeORM, each with a pool of its own.
  enum TypeORMDriver: Sendable {
    case postgres, mysql, other
  }

  static let typeorm = typeorm(.postgres)

  /// TypeORM's pool, which is its driver's: node-postgres and mysql2 by their sources.
  static func typeorm(_ driver: TypeORMDriver) -> PoolProduct {
    let own = [PoolKey("poolSize", .count)]
    let login = [
      PoolKey("url", .text), PoolKey("username", .text), PoolKey("password", .secret),
    ]
    let size =
      switch driver {
      case .postgres: "extra.max"
      case .mysql: "extra.connectionLimit"
      case .other: "max_size"
      }
    return PoolProduct(
      "typeorm", title: "TypeORM", version: Version(0, 3), unknownKeys: .passedOn,
      keys: own + keys(of: driver) + login,
      adjust: { draft in
        if let number = draft.number("poolSize") {
          draft.follow(size, .int(number))
        } else if draft.isWritten("poolSize"), !draft.isWritten(size) {
          draft.forget(size, because: "poolSize")
        } else if driver == .other {
          draft.forget(size, because: "the driver's default")
        }
        if driver == .postgres, draft.number(size) == 0 {
          draft.run(size, 10, because: "node-postgres takes 0 for no number")
        }
        if driver == .mysql { draft.follow("extra.maxIdle", draft.outcomes[size]?.value) }
      })
  }

  private static func keys(of driver: TypeORMDriver) -> [PoolKey] {
    switch driver {
    case .postgres:
      [
        PoolKey("extra.max", .count, .int(10), field: "max_size"),
        PoolKey("extra.min", .count, .int(0), field: "min_idle"),
        PoolKey(
          "extra.idleTimeoutMillis", .time(.millisecond), .int(10_000), field: "idle_timeout",
          zero: .forever),
        PoolKey(
          "extra.connectionTimeoutMillis", .time(.millisecond), .int(0), field: "acquire_timeout",
          zero: .forever),
        PoolKey(
          "extra.maxLifetimeSeconds", .time(.second), .int(0), field: "max_lifetime",
          zero: .forever),
        PoolKey("extra.maxUses", .count),
      ]
    case .mysql:
      [
        PoolKey("extra.connectionLimit", .count, .int(10), field: "max_size"),
        PoolKey("extra.maxIdle", .count, .int(10), field: "max_idle"),
        PoolKey(
          "extra.idleTimeout", .time(.millisecond), .int(60_000), field: "idle_timeout"),
        PoolKey("extra.queueLimit", .count, .int(0), zero: .unlimited),
        PoolKey("extra.waitForConnections", .bool, .bool(true)),
      ]
    case .other: [PoolKey("max_size", .count, field: "max_size")]
    }
  }
}

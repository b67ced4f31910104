import Model

/// A pool that Spring Boot, or Druid's starter for it, makes of a data source.
enum SpringProduct: String, CaseIterable, Sendable {
  case hikari, tomcat, dbcp2, oracleucp, druid, r2dbc

  /// The pool of a `spring.datasource.type`; `nil` for classes that have no keys of their own.
  init?(type: String) {
    let type = type.lowercased()
    let found = [
      ("hikari", Self.hikari), ("org.apache.tomcat.jdbc.pool.", .tomcat),
      ("org.apache.commons.dbcp2.", .dbcp2), ("oracle.ucp.jdbc.", .oracleucp), ("druid", .druid),
    ].first { type.firstPlace(of: $0.0) != nil }
    guard let found else { return nil }
    self = found.1
  }

  /// The key below the data source under which the pool's own keys stand.
  var namespace: String { self == .r2dbc ? "pool" : rawValue }

  /// What people call it.
  var title: String { table?.title ?? "HikariCP" }

  /// The pool's keys; `nil` for HikariCP, which has rules of its own.
  var table: PoolProduct? {
    switch self {
    case .hikari: nil
    case .tomcat: .tomcatJDBC
    case .dbcp2: .dbcp2
    case .oracleucp: .oracleUCP
    case .druid: .druid
    case .r2dbc: .r2dbcPool
    }
  }

  func version(_ versions: [String: Version]) -> Version {
    guard let table else { return SpringBoot.hikariVersion(versions) }
    return versions[table.technology] ?? table.version
  }

  /// The table's keys by the form in which Spring compares them.
  static let names: [SpringProduct: [String: String]] = Dictionary(
    uniqueKeysWithValues: allCases.map { product in
      let keys = product.table?.keys.map(\.name) ?? HikariKey.all.map(\.name)
      return (product, Dictionary(uniqueKeysWithValues: keys.map { ($0.lowercased(), $0) }))
    })

  /// Setters of DBCP2 that take a `Duration`, with the keys in milliseconds that they stand for.
  static let durations = [
    "maxwait": "maxWaitMillis", "minevictableidle": "minEvictableIdleTimeMillis",
    "softminevictableidle": "softMinEvictableIdleTimeMillis", "maxconn": "maxConnLifetimeMillis",
    "durationbetweenevictionruns": "timeBetweenEvictionRunsMillis",
  ]
}

extension PoolProduct {
  /// Oracle's Universal Connection Pool with the settings that Spring Boot makes.
  ///
  /// Defaults that were not confirmed are unknown. Source of the others: Oracle's developer's guide
  /// (initial size), Spring Boot's `DataSourceConfiguration.OracleUcp` (validation).
  static let oracleUCP = PoolProduct(
    "oracle-ucp", title: "Oracle UCP", version: Version(23), unknownKeys: .passedOn,
    keys: [
      PoolKey("initialPoolSize", .count, .int(0), field: "initial_size"),
      PoolKey("minPoolSize", .count, field: "min_idle"),
      PoolKey("maxPoolSize", .count, field: "max_size"),
      PoolKey("connectionWaitTimeout", .time(.second), field: "acquire_timeout"),
      PoolKey("inactiveConnectionTimeout", .time(.second), field: "idle_timeout"),
      PoolKey("maxConnectionReuseTime", .time(.second), field: "max_lifetime"),
      PoolKey("abandonedConnectionTimeout", .time(.second)),
      PoolKey("timeToLiveConnectionTimeout", .time(.second)),
      PoolKey("timeoutCheckInterval", .time(.second)),
      PoolKey("validateConnectionOnBorrow", .bool, .bool(true)),
      PoolKey("maxStatements", .count),
      PoolKey("connectionPoolName", .text), PoolKey("url", .text), PoolKey("user", .text),
      PoolKey("password", .secret), PoolKey("connectionFactoryClassName", .text),
    ],
    adjust: { draft in
      for key in [
        "minPoolSize", "maxPoolSize", "connectionWaitTimeout", "inactiveConnectionTimeout",
        "maxConnectionReuseTime", "abandonedConnectionTimeout", "timeToLiveConnectionTimeout",
        "timeoutCheckInterval", "maxStatements",
      ] { draft.follow(key, nil) }
    })

  /// The pool of reactive connections, with the defaults of Spring Boot 3.5.
  static let r2dbcPool = PoolProduct(
    "r2dbc-pool", title: "R2DBC Pool", version: Version(1, 0), unknownKeys: .ignored,
    keys: [
      PoolKey("maxSize", .count, .int(10), field: "max_size", negative: .unlimited),
      PoolKey("initialSize", .count, .int(10), field: "initial_size"),
      PoolKey("minIdle", .count, .int(0), field: "min_idle"),
      PoolKey(
        "maxAcquireTime", .time(.millisecond), .int(-1), field: "acquire_timeout",
        zero: .immediate, negative: .forever),
      PoolKey(
        "maxIdleTime", .time(.millisecond), .int(1_800_000), field: "idle_timeout",
        negative: .forever),
      PoolKey(
        "maxLifeTime", .time(.millisecond), .int(-1), field: "max_lifetime", negative: .forever),
      PoolKey(
        "maxCreateConnectionTime", .time(.millisecond), .int(-1), field: "connect_timeout",
        negative: .forever),
      PoolKey(
        "maxValidationTime", .time(.millisecond), .int(-1), field: "validation_timeout",
        negative: .forever),
      PoolKey("acquireRetry", .count, .int(1)),
      PoolKey("validationQuery", .text, field: "test_query"),
      PoolKey("validationDepth", .text, .string("LOCAL")),
      PoolKey("enabled", .bool, .bool(true)),
      PoolKey("url", .text), PoolKey("username", .text), PoolKey("password", .secret),
    ])

  /// The same pool as Spring Boot sets it up: Tomcat's tests each connection where Spring Boot
  /// knows a statement for the database.
  ///
  /// - Parameter url: the JDBC URL; `nil` where it cannot be known.
  func asSpringMakesIt(url: String?) -> PoolProduct {
    guard technology == "tomcat-jdbc" else { return self }
    let base = adjust
    return PoolProduct(
      technology, title: title, version: version, unknownKeys: unknownKeys, keys: keys
    ) { draft in
      base(&draft)
      guard let url, !url.isEmpty else {
        draft.follow("testOnBorrow", nil)
        draft.follow("validationQuery", nil)
        return
      }
      let driver = url.lowercased().split(separator: ":").dropFirst().first.map(String.init) ?? ""
      guard let query = Self.springQueries[driver] else { return }
      draft.follow("testOnBorrow", .bool(true))
      draft.follow("validationQuery", .string(query))
    }
  }

  /// Spring Boot's `DatabaseDriver`: the statement that tests a connection, by the URL's product.
  private static let springQueries = [
    "derby": "SELECT 1 FROM SYSIBM.SYSDUMMY1", "h2": "SELECT 1",
    "hsqldb": "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SYSTEM_USERS",
    "mysql": "/* ping */ SELECT 1", "mariadb": "SELECT 1", "oracle": "SELECT 'Hello' from DUAL",
    "postgresql": "SELECT 1", "redshift": "SELECT 1", "sap": "SELECT 1 FROM SYS.DUMMY",
    "sqlserver": "SELECT 1", "firebirdsql": "SELECT 1 FROM RDB$DATABASE",
    "firebird": "SELECT 1 FROM RDB$DATABASE", "db2": "SELECT 1 FROM SYSIBM.SYSDUMMY1",
    "as400": "SELECT 1 FROM SYSIBM.SYSDUMMY1",
    "informix-sqli": "select count(*) from systables",
    "informix-direct": "select count(*) from systables",
    "phoenix": "SELECT 1 FROM SYSTEM.CATALOG LIMIT 1",
  ]
}

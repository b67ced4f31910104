import Model

extension PoolProduct {
  /// Apache Commons DBCP2, also as Tomcat repackages it: the pool of a `Resource` without factory.
  ///
  /// Run as Tomcat's 9.0.70 and 10.1.60 and as Commons DBCP 2.9.0.
  static let dbcp2 = PoolProduct(
    "dbcp2", title: "DBCP2", version: Version(2, 9), unknownKeys: .ignored,
    keys: [
      PoolKey("maxTotal", .count, .int(8), field: "max_size", negative: .unlimited),
      PoolKey("maxIdle", .count, .int(8), field: "max_idle", negative: .unlimited),
      PoolKey("minIdle", .count, .int(0), field: "min_idle"),
      PoolKey("initialSize", .count, .int(0), field: "initial_size"),
      PoolKey(
        "maxWaitMillis", .time(.millisecond), .int(-1), field: "acquire_timeout",
        zero: .immediate, negative: .forever),
      PoolKey("testOnCreate", .bool, .bool(false)),
      PoolKey("testOnBorrow", .bool, .bool(true), field: "test_on_borrow"),
      PoolKey("testOnReturn", .bool, .bool(false)),
      PoolKey("testWhileIdle", .bool, .bool(false), field: "test_while_idle"),
      PoolKey("validationQuery", .text, field: "test_query"),
      PoolKey(
        "validationQueryTimeout", .time(.second), .int(-1), field: "validation_timeout",
        negative: .forever),
      PoolKey(
        "timeBetweenEvictionRunsMillis", .time(.millisecond), .int(-1),
        field: "eviction_interval", zero: .disabled, negative: .disabled),
      PoolKey("numTestsPerEvictionRun", .count, .int(3)),
      PoolKey(
        "minEvictableIdleTimeMillis", .time(.millisecond), .int(1_800_000), field: "idle_timeout",
        zero: .disabled, negative: .disabled),
      PoolKey(
        "softMinEvictableIdleTimeMillis", .time(.millisecond), .int(-1), negative: .disabled),
      PoolKey(
        "maxConnLifetimeMillis", .time(.millisecond), .int(-1), field: "max_lifetime",
        zero: .forever, negative: .forever),
      PoolKey("removeAbandonedOnBorrow", .bool, .bool(false), field: "remove_abandoned"),
      PoolKey(
        "removeAbandonedOnMaintenance", .bool, .bool(false), field: "remove_abandoned_later"),
      PoolKey("removeAbandonedTimeout", .time(.second), .int(300), field: "abandoned_timeout"),
      PoolKey("logAbandoned", .bool, .bool(false), field: "log_abandoned"),
      PoolKey("logExpiredConnections", .bool, .bool(true)),
      PoolKey("poolPreparedStatements", .bool, .bool(false)),
      PoolKey("maxOpenPreparedStatements", .count, .int(-1), negative: .unlimited),
      PoolKey("lifo", .bool, .bool(true)),
      PoolKey("rollbackOnReturn", .bool, .bool(true)),
      PoolKey("enableAutoCommitOnReturn", .bool, .bool(true)),
      PoolKey("fastFailValidation", .bool, .bool(false)),
      PoolKey("clearStatementPoolOnReturn", .bool, .bool(false)),
      PoolKey("cacheState", .bool, .bool(true)),
      PoolKey("abandonedUsageTracking", .bool, .bool(false)),
      PoolKey("accessToUnderlyingConnectionAllowed", .bool, .bool(false)),
      PoolKey("defaultAutoCommit", .bool), PoolKey("defaultReadOnly", .bool),
      PoolKey("defaultTransactionIsolation", .text), PoolKey("defaultCatalog", .text),
      PoolKey("defaultSchema", .text), PoolKey("defaultQueryTimeout", .time(.second)),
      PoolKey("connectionProperties", .secret), PoolKey("connectionInitSqls", .text),
      PoolKey("connectionFactoryClassName", .text), PoolKey("disconnectionSqlCodes", .text),
      PoolKey("evictionPolicyClassName", .text), PoolKey("jmxName", .text),
      PoolKey("registerConnectionMBean", .bool, .bool(true)),
    ] + resource,
    adjust: { draft in
      if draft.number("maxTotal") == 0 {
        draft.refuse("maxTotal", "no connection can ever be borrowed from a pool of 0")
      }
    })
}

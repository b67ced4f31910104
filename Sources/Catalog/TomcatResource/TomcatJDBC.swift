import Model

extension PoolProduct {
  /// The Tomcat JDBC pool: `factory="org.apache.tomcat.jdbc.pool.DataSourceFactory"`.
  ///
  /// Run on 9.0.70 and 10.1.60, which agreed; clamps from `ConnectionPool.checkPoolConfiguration`.
  static let tomcatJDBC = PoolProduct(
    "tomcat-jdbc", title: "Tomcat JDBC", version: Version(10, 1, 60), unknownKeys: .ignored,
    keys: [
      PoolKey("maxActive", .count, .int(100), field: "max_size"),
      PoolKey("maxIdle", .count, .int(100), field: "max_idle"),
      PoolKey("minIdle", .count, .int(10), field: "min_idle"),
      PoolKey("initialSize", .count, .int(10), field: "initial_size"),
      PoolKey(
        "maxWait", .time(.millisecond), .int(30_000), field: "acquire_timeout", zero: .forever,
        negative: .forever),
      PoolKey("testOnBorrow", .bool, .bool(false), field: "test_on_borrow"),
      PoolKey("testOnReturn", .bool, .bool(false)),
      PoolKey("testWhileIdle", .bool, .bool(false), field: "test_while_idle"),
      PoolKey("testOnConnect", .bool, .bool(false)),
      PoolKey("validationQuery", .text, field: "test_query"),
      PoolKey(
        "validationQueryTimeout", .time(.second), .int(-1), field: "validation_timeout",
        negative: .forever),
      PoolKey("validationInterval", .time(.millisecond), .int(3_000)),
      PoolKey(
        "timeBetweenEvictionRunsMillis", .time(.millisecond), .int(5_000),
        field: "eviction_interval", zero: .disabled, negative: .disabled),
      PoolKey(
        "minEvictableIdleTimeMillis", .time(.millisecond), .int(60_000), field: "idle_timeout"),
      PoolKey("removeAbandoned", .bool, .bool(false), field: "remove_abandoned"),
      PoolKey("removeAbandonedTimeout", .time(.second), .int(60), field: "abandoned_timeout"),
      PoolKey("suspectTimeout", .time(.second), .int(0), zero: .disabled),
      PoolKey("abandonWhenPercentageFull", .count, .int(0)),
      PoolKey("logAbandoned", .bool, .bool(false), field: "log_abandoned"),
      PoolKey(
        "maxAge", .time(.millisecond), .int(0), field: "max_lifetime", zero: .forever),
      PoolKey("fairQueue", .bool, .bool(true)),
      PoolKey("rollbackOnReturn", .bool, .bool(false)),
      PoolKey("commitOnReturn", .bool, .bool(false)),
      PoolKey("jdbcInterceptors", .text),
      PoolKey("useDisposableConnectionFacade", .bool, .bool(true)),
      PoolKey("defaultAutoCommit", .bool), PoolKey("defaultReadOnly", .bool),
      PoolKey("defaultTransactionIsolation", .text), PoolKey("defaultCatalog", .text),
      PoolKey("connectionProperties", .secret), PoolKey("initSQL", .text),
      PoolKey("jmxEnabled", .bool, .bool(true)),
      PoolKey("accessToUnderlyingConnectionAllowed", .bool, .bool(true)),
      PoolKey("propagateInterruptState", .bool, .bool(false)),
      PoolKey("ignoreExceptionOnPreLoad", .bool, .bool(false)),
      PoolKey("logValidationErrors", .bool, .bool(false)),
      PoolKey("useEquals", .bool, .bool(true)), PoolKey("useLock", .bool, .bool(false)),
      PoolKey("useStatementFacade", .bool, .bool(true)),
      PoolKey("alternateUsernameAllowed", .bool, .bool(false)),
      PoolKey("validatorClassName", .text), PoolKey("dataSourceJNDI", .text),
    ] + resource,
    adjust: { draft in
      clampTomcatSizes(&draft)
      clampTomcatTimes(&draft)
    })

  /// What every pool's `Resource` says besides.
  static let resource = [
    PoolKey("driverClassName", .text), PoolKey("url", .text), PoolKey("username", .text),
    PoolKey("password", .secret),
  ]

  private static func clampTomcatSizes(_ draft: inout PoolDraft) {
    if let maximum = draft.number("maxActive"), maximum < 1 {
      draft.run("maxActive", 100, because: "below 1")
    }
    guard let maximum = draft.number("maxActive") else {
      for key in ["initialSize", "minIdle", "maxIdle"] { draft.forget(key, because: "maxActive") }
      return
    }
    for key in ["initialSize", "minIdle", "maxIdle"] {
      if let size = draft.number(key), size > maximum {
        draft.run(key, maximum, because: "above maxActive")
      }
    }
    if let most = draft.number("maxIdle"), let least = draft.number("minIdle"), most < least {
      draft.run("maxIdle", least, because: "below minIdle")
    }
  }

  private static func clampTomcatTimes(_ draft: inout PoolDraft) {
    if let share = draft.number("abandonWhenPercentageFull"), share > 100 {
      draft.run("abandonWhenPercentageFull", 100, because: "above 100")
    }
    if let age = draft.number("maxAge"), age > 0,
      let interval = draft.number("timeBetweenEvictionRunsMillis"), interval > age
    {
      draft.run("timeBetweenEvictionRunsMillis", age, because: "above maxAge")
    }
  }
}

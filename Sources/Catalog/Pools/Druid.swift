import Model

extension PoolProduct {
  /// Alibaba's Druid, as `DruidDataSource` checks itself in `init`.
  ///
  /// From the source of 1.2.28.
  static let druid = PoolProduct(
    "druid", title: "Druid", version: Version(1, 2, 28), unknownKeys: .passedOn,
    keys: [
      PoolKey("initialSize", .count, .int(0), field: "initial_size"),
      PoolKey("maxActive", .count, .int(8), field: "max_size"),
      PoolKey("minIdle", .count, .int(0), field: "min_idle"),
      PoolKey(
        "maxWait", .time(.millisecond), .int(-1), field: "acquire_timeout", zero: .forever,
        negative: .forever),
      PoolKey("testOnBorrow", .bool, .bool(false), field: "test_on_borrow"),
      PoolKey("testOnReturn", .bool, .bool(false)),
      PoolKey("testWhileIdle", .bool, .bool(true), field: "test_while_idle"),
      PoolKey("validationQuery", .text, field: "test_query"),
      PoolKey(
        "validationQueryTimeout", .time(.second), .int(-1), field: "validation_timeout",
        negative: .forever),
      PoolKey(
        "timeBetweenEvictionRunsMillis", .time(.millisecond), .int(60_000),
        field: "eviction_interval"),
      PoolKey(
        "minEvictableIdleTimeMillis", .time(.millisecond), .int(1_800_000), field: "idle_timeout"),
      PoolKey("maxEvictableIdleTimeMillis", .time(.millisecond), .int(25_200_000)),
      PoolKey("keepAlive", .bool, .bool(false)),
      PoolKey("keepAliveBetweenTimeMillis", .time(.millisecond), .int(120_000)),
      PoolKey("removeAbandoned", .bool, .bool(false), field: "remove_abandoned"),
      PoolKey(
        "removeAbandonedTimeoutMillis", .time(.millisecond), .int(300_000),
        field: "abandoned_timeout"),
      PoolKey("logAbandoned", .bool, .bool(false), field: "log_abandoned"),
      PoolKey(
        "connectTimeout", .time(.millisecond), .int(10_000), field: "connect_timeout"),
      PoolKey("socketTimeout", .time(.millisecond), .int(10_000)),
      PoolKey("maxWaitThreadCount", .count, .int(-1), negative: .unlimited),
      PoolKey("poolPreparedStatements", .bool, .bool(false)),
      PoolKey("maxPoolPreparedStatementPerConnectionSize", .count, .int(10)),
      PoolKey(
        "phyTimeoutMillis", .time(.millisecond), .int(-1), field: "max_lifetime",
        negative: .forever),
    ] + resource,
    adjust: { draft in
      checkDruidSizes(&draft)
      if let most = draft.number("maxEvictableIdleTimeMillis"),
        let least = draft.number("minEvictableIdleTimeMillis"), most < least
      {
        draft.refuse(
          draft.isWritten("maxEvictableIdleTimeMillis")
            ? "maxEvictableIdleTimeMillis" : "minEvictableIdleTimeMillis",
          "maxEvictableIdleTimeMillis must not be below minEvictableIdleTimeMillis")
      }
      if draft.isOn("keepAlive") == true,
        let keepalive = draft.number("keepAliveBetweenTimeMillis"),
        let interval = draft.number("timeBetweenEvictionRunsMillis"), keepalive <= interval
      {
        draft.refuse(
          draft.isWritten("keepAliveBetweenTimeMillis")
            ? "keepAliveBetweenTimeMillis" : "timeBetweenEvictionRunsMillis",
          "keepAliveBetweenTimeMillis must be greater than timeBetweenEvictionRunsMillis")
      }
    })

  private static func checkDruidSizes(_ draft: inout PoolDraft) {
    guard let maximum = draft.number("maxActive") else { return }
    if maximum <= 0 { return draft.refuse("maxActive", "illegal maxActive \(maximum)") }
    if let least = draft.number("minIdle"), maximum < least {
      draft.refuse(
        "minIdle", "illegal maxActive \(maximum): minIdle is \(least)")
    }
    if let initial = draft.number("initialSize"), initial > maximum {
      draft.refuse("initialSize", "illegal initialSize \(initial), maxActive \(maximum)")
    }
  }
}

import Model

extension PoolProduct {
  /// MaxScale's own section, as far as it decides sizes; from the documentation of 24.02.
  static let maxscale = PoolProduct(
    "maxscale", title: "MaxScale", version: Version(24, 2), unknownKeys: .passedOn,
    keys: [
      PoolKey("threads", .count, unit: .thread), PoolKey("auto_tune", .text),
      PoolKey("query_retries", .count, .int(1)),
    ],
    adjust: { draft in
      if !draft.isWritten("threads") { draft.follow("threads", nil) }
    })

  /// A section of `type=service`.
  static let maxscaleService = PoolProduct(
    "maxscale", title: "MaxScale", version: Version(24, 2), unknownKeys: .passedOn,
    keys: [
      PoolKey(
        "max_connections", .count, .int(0), field: "max_db_clients", zero: .unlimited,
        unit: .client),
      PoolKey(
        "wait_timeout", .time(.second), .int(0), field: "client_idle_timeout", zero: .disabled,
        aliases: ["connection_timeout"]),
      PoolKey("connection_keepalive", .time(.second), .int(300), zero: .disabled),
      PoolKey(
        "idle_session_pool_time", .time(.millisecond), .int(-1_000), negative: .disabled),
      PoolKey(
        "multiplex_timeout", .time(.millisecond), .int(60_000), field: "query_wait_timeout"),
      PoolKey("router", .text), PoolKey("servers", .text), PoolKey("cluster", .text),
      PoolKey("targets", .text), PoolKey("user", .text), PoolKey("password", .secret),
    ],
    adjust: { draft in draft.check("max_connections", isAtLeast: 0) })

  /// A section of `type=server`.
  static let maxscaleServer = PoolProduct(
    "maxscale", title: "MaxScale", version: Version(24, 2), unknownKeys: .passedOn,
    keys: [
      PoolKey("address", .text, field: "host"),
      PoolKey("port", .count, .int(3_306), field: "port"), PoolKey("socket", .text),
      PoolKey(
        "max_routing_connections", .count, .int(0), field: "max_db_connections",
        zero: .unlimited, unit: .connection),
      PoolKey(
        "persistpoolmax", .count, .int(0), field: "max_idle", zero: .disabled,
        unit: .connection),
      PoolKey(
        "persistmaxtime", .time(.second), .int(0), field: "server_idle_timeout",
        zero: .immediate),
      PoolKey("monitoruser", .text), PoolKey("monitorpw", .secret),
      PoolKey("extra_port", .count, .int(0), zero: .disabled), PoolKey("priority", .count),
    ],
    adjust: { draft in
      for key in ["max_routing_connections", "persistpoolmax"] {
        draft.check(key, isAtLeast: 0)
      }
    })
}

import Model

extension PoolProduct {
  /// ProxySQL's `mysql_variables`, from the source of 2.7: defaults and the ranges outside of which
  /// a value is dropped for the default.
  static let proxysql = PoolProduct(
    "proxysql", title: "ProxySQL", version: Version(2, 7), unknownKeys: .passedOn,
    keys: ProxySQLVariable.all.map(\.key),
    adjust: { draft in
      for variable in ProxySQLVariable.all {
        let name = variable.key.name
        guard draft.isWritten(name), let value = draft.number(name) else { continue }
        if let range = variable.range, !range.contains(value),
          case .int(let standard) =
            variable.key.standard
        {
          draft.run(
            name, standard,
            because: "what is outside \(range.lowerBound) to \(range.upperBound) is dropped")
        }
      }
    })

  /// One row of `mysql_servers`, as a hostgroup has it.
  static let proxysqlServer = PoolProduct(
    "proxysql", title: "ProxySQL", version: Version(2, 7), unknownKeys: .passedOn,
    keys: [
      PoolKey("address", .text, field: "host", aliases: ["hostname"]),
      PoolKey("port", .count, .int(3_306), field: "port"),
      PoolKey("hostgroup", .count, field: "hostgroup", aliases: ["hostgroup_id"]),
      PoolKey(
        "max_connections", .count, .int(1_000), field: "max_db_connections", unit: .connection),
      PoolKey("weight", .count, .int(1)), PoolKey("status", .text, .string("ONLINE")),
      PoolKey("compression", .count, .int(0)),
      PoolKey("max_replication_lag", .time(.second), .int(0), zero: .disabled),
      PoolKey("use_ssl", .count, .int(0)),
      PoolKey("max_latency_ms", .time(.millisecond), .int(0), zero: .disabled),
      PoolKey("gtid_port", .count, .int(0), zero: .disabled), PoolKey("comment", .text),
    ],
    adjust: { draft in
      if let value = draft.number("max_connections"), value < 0 {
        draft.run("max_connections", 0, because: "a server with a negative number is left out")
      }
    })

  /// One row of `mysql_users`.
  static let proxysqlUser = PoolProduct(
    "proxysql", title: "ProxySQL", version: Version(2, 7), unknownKeys: .passedOn,
    keys: [
      PoolKey("max_connections", .count, .int(10_000), unit: .client),
      PoolKey("default_hostgroup", .count, .int(0)),
      PoolKey("transaction_persistent", .count, .int(1)),
      PoolKey("fast_forward", .count, .int(0)), PoolKey("active", .count, .int(1)),
      PoolKey("password", .secret),
    ])
}

/// A variable of ProxySQL's `mysql_variables` and the values it accepts.
struct ProxySQLVariable: Sendable {
  let key: PoolKey
  let range: ClosedRange<Int64>?

  private init(_ key: PoolKey, _ range: ClosedRange<Int64>? = nil) {
    self.key = key
    self.range = range
  }

  private static let day: Int64 = 86_400_000

  static let all: [ProxySQLVariable] = [
    .init(
      PoolKey("max_connections", .count, .int(10_000), field: "max_clients", unit: .client),
      1...1_000_000),
    .init(PoolKey("threads", .count, .int(4), unit: .thread), 1...255),
    .init(
      PoolKey(
        "free_connections_pct", .size(.percent), .int(10), field: "idle_share"), 0...100),
    .init(
      PoolKey(
        "connect_timeout_server", .time(.millisecond), .int(1_000),
        field: "server_connect_timeout"), 10...120_000),
    .init(
      PoolKey(
        "connect_timeout_server_max", .time(.millisecond), .int(10_000),
        field: "query_wait_timeout"), 10...3_600_000),
    .init(
      PoolKey("connect_timeout_client", .time(.millisecond), .int(10_000)), 500...3_600_000),
    .init(PoolKey("connect_retries_on_failure", .count, .int(10)), 0...1_000),
    .init(PoolKey("connect_retries_delay", .time(.millisecond), .int(1)), 0...10_000),
    .init(
      PoolKey(
        "connection_max_age_ms", .time(.millisecond), .int(0), field: "server_lifetime",
        zero: .forever), 0...86_400_000),
    .init(
      PoolKey("connection_delay_multiplex_ms", .time(.millisecond), .int(0)), 0...300_000),
    .init(
      PoolKey(
        "wait_timeout", .time(.millisecond), .int(28_800_000), field: "client_idle_timeout"),
      0...20 * day),
    .init(
      PoolKey(
        "default_query_timeout", .time(.millisecond), .int(day), field: "query_timeout"),
      1_000...20 * day),
    .init(
      PoolKey("max_transaction_time", .time(.millisecond), .int(14_400_000)),
      1_000...20 * day),
    .init(
      PoolKey(
        "max_transaction_idle_time", .time(.millisecond), .int(14_400_000),
        field: "idle_transaction_timeout"), 1_000...20 * day),
    .init(
      PoolKey("ping_interval_server_msec", .time(.millisecond), .int(10_000)),
      1_000...7 * day),
    .init(PoolKey("ping_timeout_server", .time(.millisecond), .int(200)), 10...600_000),
    .init(
      PoolKey(
        "max_stmts_per_connection", .count, .int(20), field: "max_prepared_statements"),
      1...1_024),
    .init(PoolKey("max_stmts_cache", .count, .int(10_000)), 128...1_048_576),
    .init(PoolKey("multiplexing", .bool, .bool(true))),
    .init(PoolKey("connection_warming", .bool, .bool(false))),
    .init(
      PoolKey("throttle_connections_per_sec_to_hostgroup", .count, .int(1_000_000)),
      1...100_000_000),
    .init(PoolKey("query_retries_on_failure", .count, .int(1)), 0...1_000),
    .init(PoolKey("default_max_latency_ms", .time(.millisecond), .int(1_000)), 0...20 * day),
    .init(PoolKey("shun_on_failures", .count, .int(5)), 0...10_000_000),
    .init(PoolKey("poll_timeout", .time(.millisecond), .int(2_000)), 10...20_000),
    .init(PoolKey("interfaces", .text)), .init(PoolKey("default_schema", .text)),
    .init(PoolKey("server_version", .text)), .init(PoolKey("monitor_username", .text)),
    .init(PoolKey("monitor_password", .secret)),
  ]
}

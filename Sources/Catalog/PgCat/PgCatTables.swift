import Model

extension PoolProduct {
  /// PgCat's `[general]`, from the sources of 1.0 to 1.3.
  static let pgcat = PoolProduct(
    "pgcat", title: "PgCat", version: Version(1, 2), unknownKeys: .ignored,
    keys: [
      PoolKey("host", .text, .string("0.0.0.0")), PoolKey("port", .count, .int(5_432)),
      PoolKey("connect_timeout", .time(.millisecond), .int(1_000), field: "query_wait_timeout"),
      PoolKey(
        "idle_timeout", .time(.millisecond), .int(60_000), field: "server_idle_timeout",
        until: Version(1, 1)),
      PoolKey(
        "idle_timeout", .time(.millisecond), .int(600_000), field: "server_idle_timeout",
        since: Version(1, 1)),
      PoolKey(
        "server_lifetime", .time(.millisecond), .int(3_600_000), field: "server_lifetime",
        since: Version(1, 1)),
      PoolKey(
        "idle_client_in_transaction_timeout", .time(.millisecond), .int(0),
        field: "idle_transaction_timeout", zero: .disabled),
      PoolKey("healthcheck_timeout", .time(.millisecond), .int(1_000)),
      PoolKey("healthcheck_delay", .time(.millisecond), .int(30_000)),
      PoolKey("shutdown_timeout", .time(.millisecond), .int(60_000)),
      PoolKey("ban_time", .time(.second), .int(60)),
      PoolKey("worker_threads", .count, .int(4), unit: .thread),
      PoolKey("server_round_robin", .bool, .bool(true), since: Version(1, 1)),
      PoolKey("validate_config", .bool, .bool(true)),
      PoolKey("autoreload", .time(.millisecond)),
      PoolKey("tcp_keepalives_idle", .time(.second), .int(5)),
      PoolKey("tcp_keepalives_count", .count, .int(5)),
      PoolKey("tcp_keepalives_interval", .time(.second), .int(5)),
      PoolKey("tcp_user_timeout", .time(.millisecond), .int(10_000), since: Version(1, 1)),
      PoolKey("log_client_connections", .bool, .bool(false)),
      PoolKey("log_client_disconnections", .bool, .bool(false)),
      PoolKey("enable_prometheus_exporter", .bool),
      PoolKey("prometheus_exporter_port", .count, .int(9_930)),
      PoolKey("dns_cache_enabled", .bool, .bool(false)),
      PoolKey("dns_max_ttl", .time(.second), .int(30)),
      PoolKey("tls_certificate", .text), PoolKey("tls_private_key", .text),
      PoolKey("server_tls", .bool, .bool(false)),
      PoolKey("verify_server_certificate", .bool, .bool(false)),
      PoolKey("admin_username", .text), PoolKey("admin_password", .secret),
      PoolKey("admin_auth_type", .text, .string("md5"), since: Version(1, 2)),
      PoolKey("auth_query", .text), PoolKey("auth_query_user", .text),
      PoolKey("auth_query_password", .secret),
    ],
    adjust: { checkTimes(&$0) })

  /// One user's pool: `[pools.NAME.users.N]` over `[pools.NAME]` over `[general]`.
  static let pgcatPool = PoolProduct(
    "pgcat", title: "PgCat", version: Version(1, 2), unknownKeys: .ignored,
    keys: [
      PoolKey("pool_size", .count, field: "pool_size", unit: .connection),
      PoolKey("min_pool_size", .count, field: "min_pool_size", unit: .connection),
      PoolKey("pool_mode", .text, .string("transaction"), field: "pool_mode"),
      PoolKey("connect_timeout", .time(.millisecond), .int(1_000), field: "query_wait_timeout"),
      PoolKey(
        "idle_timeout", .time(.millisecond), .int(60_000), field: "server_idle_timeout",
        until: Version(1, 1)),
      PoolKey(
        "idle_timeout", .time(.millisecond), .int(600_000), field: "server_idle_timeout",
        since: Version(1, 1)),
      PoolKey(
        "server_lifetime", .time(.millisecond), .int(3_600_000), field: "server_lifetime",
        since: Version(1, 1)),
      PoolKey(
        "statement_timeout", .time(.millisecond), .int(0), field: "query_timeout",
        zero: .disabled),
      PoolKey("checkout_failure_limit", .count, since: Version(1, 2)),
      PoolKey(
        "prepared_statements_cache_size", .count, .int(500), zero: .disabled,
        since: Version(1, 1), until: Version(1, 2)),
      PoolKey(
        "prepared_statements_cache_size", .count, .int(0), zero: .disabled,
        since: Version(1, 2)),
      PoolKey("load_balancing_mode", .text, .string("random")),
      PoolKey("default_role", .text, .string("any")),
      PoolKey("query_parser_enabled", .bool, .bool(false)),
      PoolKey("query_parser_read_write_splitting", .bool, .bool(false)),
      PoolKey("primary_reads_enabled", .bool, .bool(false)),
      PoolKey("username", .text), PoolKey("password", .secret),
      PoolKey("server_username", .text), PoolKey("server_password", .secret),
    ] + others.map { PoolKey($0, .text) },
    adjust: { draft in
      draft.check("pool_size", isAtLeast: 1)
      draft.check("pool_mode", isOneOf: ["transaction", "Transaction", "session", "Session"])
      draft.check("default_role", isOneOf: ["any", "primary", "replica"])
      checkTimes(&draft)
      if let least = draft.number("min_pool_size"), let most = draft.number("pool_size"),
        least > most
      {
        draft.refuse(
          "min_pool_size", "min_pool_size of \(least) cannot be larger than pool_size of \(most)")
      }
      if draft.isOn("query_parser_read_write_splitting") == true,
        draft.isOn("query_parser_enabled") == false
      {
        draft.refuse(
          "query_parser_read_write_splitting",
          "query_parser_read_write_splitting is only valid when query_parser_enabled is true")
      }
    })

  /// Keys of pools and users that decide no size and no time.
  private static let others = [
    "auth_query", "auth_query_user", "auth_type", "automatic_sharding_key",
    "cleanup_server_connections", "db_activity_based_routing", "db_activity_init_delay",
    "db_activity_ttl", "default_shard", "log_client_parameter_status_changes",
    "query_parser_max_length", "regex_search_limit", "shard_id_regex", "sharding_function",
    "sharding_key_regex", "table_mutation_cache_ms_ttl",
  ]

  /// Times that the pool behind PgCat does not accept as 0.
  private static func checkTimes(_ draft: inout PoolDraft) {
    for key in ["connect_timeout", "idle_timeout", "server_lifetime"]
    where draft.isWritten(key) && draft.number(key) == 0 {
      draft.refuse(key, "\(key) must be greater than zero")
    }
    for (key, outcome) in draft.outcomes {
      if case .int(let value) = outcome.value, value < 0, key != "ban_time" {
        draft.refuse(key, "\(key) must not be negative")
      }
    }
  }
}

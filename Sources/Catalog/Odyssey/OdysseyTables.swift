import Model

extension PoolProduct {
  /// Odyssey's settings outside blocks, from the sources of 1.3 to 1.5.1 and of August 2026.
  static let odyssey = PoolProduct(
    "odyssey", title: "Odyssey", version: Version(1, 5, 1), unknownKeys: .passedOn,
    keys: [
      PoolKey(
        "client_max", .count, .int(0), field: "max_clients", zero: .unlimited,
        negative: .unlimited, unit: .client),
      PoolKey("client_max_routing", .count, .int(0), unit: .client),
      PoolKey("workers", .count, .int(1), unit: .thread),
      PoolKey("resolvers", .count, .int(1), unit: .thread),
      PoolKey("server_login_retry", .time(.millisecond), .int(1), since: Version(1, 1)),
      PoolKey(
        "backend_connect_timeout_ms", .time(.millisecond), .int(30_000),
        field: "server_connect_timeout", since: Version(1, 4, 1)),
    ],
    adjust: { draft in
      draft.check("workers", isAtLeast: 1)
      draft.check("resolvers", isAtLeast: 1)
      guard draft.number("client_max_routing") == 0 else { return }
      guard let workers = draft.number("workers") else {
        return draft.forget("client_max_routing", because: "workers")
      }
      let (value, overflow) = workers.multipliedReportingOverflow(by: 64)
      guard !overflow else { return }
      if draft.isWritten("client_max_routing") {
        draft.run("client_max_routing", value, because: "0 means 64 for each worker")
      } else {
        draft.follow("client_max_routing", .int(value))
      }
    })

  /// The settings of a `user` or `group` block.
  static let odysseyRoute = PoolProduct(
    "odyssey", title: "Odyssey", version: Version(1, 5, 1), unknownKeys: .passedOn,
    keys: [
      PoolKey("pool", .text, field: "pool_mode"),
      PoolKey(
        "pool_size", .count, .int(0), field: "pool_size", zero: .unlimited, unit: .connection),
      PoolKey(
        "min_pool_size", .count, .int(0), field: "min_pool_size", since: Version(1, 4, 1),
        unit: .connection),
      PoolKey(
        "pool_timeout", .time(.millisecond), .int(0), field: "query_wait_timeout",
        zero: .forever),
      PoolKey("pool_ttl", .time(.second), .int(0), field: "server_idle_timeout", zero: .forever),
      PoolKey(
        "server_lifetime", .time(.second), .int(3_600), field: "server_lifetime", zero: .forever,
        since: Version(1, 1)),
      PoolKey(
        "client_max", .count, .int(0), field: "max_db_clients", zero: .unlimited,
        negative: .unlimited, unit: .client),
      PoolKey(
        "pool_client_idle_timeout", .time(.second), .int(0), field: "client_idle_timeout",
        zero: .disabled, since: Version(1, 2)),
      PoolKey(
        "pool_idle_in_transaction_timeout", .time(.second), .int(0),
        field: "idle_transaction_timeout", zero: .disabled, since: Version(1, 2)),
      PoolKey("shared_pool", .text, since: Version(1, 5, 1)),
      PoolKey("authentication", .text), PoolKey("storage", .text), PoolKey("storage_db", .text),
      PoolKey("storage_user", .text), PoolKey("storage_password", .secret),
      PoolKey("password", .secret),
    ],
    adjust: { draft in
      draft.check("pool", isOneOf: ["session", "transaction", "statement"])
      for key in [
        "pool_size", "min_pool_size", "pool_timeout", "pool_ttl", "server_lifetime",
        "pool_client_idle_timeout", "pool_idle_in_transaction_timeout",
      ] {
        if draft.isWritten(key), let value = draft.number(key), value < 0 {
          draft.refuse(key, "\(key) must be non-negative")
        }
      }
    })
}

/// The words that Odyssey knows, from its sources of 1.0 to August 2026, old ones included.
enum OdysseyWords {
  static let known = Set(
    """
    admin application_name_add_host auth_common_name auth_module auth_pam_service auth_query \
    auth_query_db auth_query_user authentication availability_zone az_aware \
    backend_connect_timeout_ms backend_startup_options backlog balancing balancing_method \
    bindwith_reuseport cache cache_chunk cache_coroutine cache_msg_gc_size cancel_max_inflight \
    cancel_queue_timeout_ms cancel_timeout_ms catchup_checks catchup_timeout check_interval_ms \
    client_fwd_error client_login_timeout client_max client_max_routing client_show_id \
    compression conn_drop_options coroutine_stack_size cpu_affinity daemonize database default \
    disable_nolinger disabled dns_cache_ttl drop drop_enabled enable_host_watcher \
    enable_mdb_iamproxy_auth enable_online_restart endpoints_status_poll_interval \
    external_auth_socket_path full graceful_die_on_errors graceful_shutdown_timeout_ms group \
    group_checker_interval group_query group_query_db group_query_user hba_file host hostnossl \
    hostssl include interval_ms keepalive keepalive_keep_interval keepalive_probes \
    keepalive_usr_timeout ldap_endpoint ldap_endpoint_name ldap_pool_size ldap_pool_timeout \
    ldap_pool_ttl ldap_storage_credentials ldap_storage_credentials_attr ldap_storage_password \
    ldap_storage_username ldapbasedn ldapbinddn ldapbindpasswd ldapfilter ldapport ldapprefix \
    ldapscheme ldapscope ldapsearchattribute ldapsearchfilter ldapserver ldapsuffix ldapurl limit \
    listen load_module local locks_dir log_async log_config log_debug log_file log_format \
    log_general_stats_prom log_query log_queue_depth log_route_stats_prom log_session log_stats \
    log_stats_prom log_syslog log_syslog_facility log_syslog_ident log_to_stdout maintain_params \
    max_rate max_sigterms_to_die mdb_iamproxy_socket_path mem_limit method min_pool_size minimal \
    mode no nodelay notallow online_restart_drop_options options packet_read_size \
    packet_write_queue password password_passthrough pid_file pipeline pool \
    pool_acquire_fail_fast pool_attach_check pool_cancel pool_client_idle_timeout pool_discard \
    pool_discard_query pool_idle_in_transaction_timeout pool_notice_after_waiting_ms \
    pool_pin_on_listen pool_preserve_prep_stmt pool_reserve_prepared_statement \
    pool_reset_timeout_ms pool_rollback pool_routing pool_size pool_smart_discard pool_timeout \
    pool_ttl port priority process promhttp_server_port quantiles query_parsing rate readahead \
    reserve_session_server_connection resolvers role sequential_routing \
    server_drop_on_cached_plan_error server_lifetime server_login_retry server_max_routing \
    shared_pool show_notice_messages signal smart_search_path_enquoting soft_oom stat \
    stats_interval storage storage_db storage_password storage_user system_coroutine_stack_size \
    target_session_attrs tls tls_ca_file tls_cert_file tls_key_file tls_protocols type \
    unix_socket_dir unix_socket_mode user virtual_processing virtual_transaction watchdog \
    watchdog_lag_interval watchdog_lag_query workers yes
    """.split(separator: " ").map(String.init))
}

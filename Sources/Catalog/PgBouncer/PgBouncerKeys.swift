import Model

extension PgBouncer {
  /// What one key of the [pgbouncer] section is.
  struct Key: Sendable {
    enum Kind: Sendable {
      /// 32 bits, read with base detection: 010 is 8.
      case int
      case unsigned
      /// Seconds, fractions allowed.
      case time
      /// One of the words, in any case.
      case word([String])
      case text
    }

    let name: String
    let kind: Kind
    /// As written in the source of the newest version; `nil` where a section header resets nothing.
    let standard: String?
    let field: String?
    let unit: Unit
    let zero: Meaning?
    let since: Version
    let isSecret: Bool

    init(
      _ name: String, _ kind: Kind, _ standard: String?, field: String? = nil,
      unit: Unit? = nil, zero: Meaning? = nil, since: Version = Version(1),
      isSecret: Bool = false
    ) {
      self.name = name
      self.kind = kind
      self.standard = standard
      self.field = field
      if case .time = kind { self.unit = .second } else { self.unit = unit ?? .none }
      self.zero = zero
      self.since = since
      self.isSecret = isSecret
    }

    /// The default that `version` has.
    func standard(in version: Version) -> String? {
      let earlier = PgBouncer.earlierDefaults.first { $0.key == name && version < $0.before }
      return earlier?.standard ?? standard
    }
  }

  static let poolModes = ["session", "transaction", "statement"]
  private static let authTypes = [
    "any", "trust", "plain", "md5", "cert", "hba", "ldap", "pam", "scram-sha-256",
  ]
  private static let sslModes = [
    "disable", "allow", "prefer", "require", "verify-ca", "verify-full",
  ]

  /// Defaults before the version named; the oldest first where a key has several.
  static let earlierDefaults: [(key: String, before: Version, standard: String)] = [
    (
      "auth_query", Version(1, 24, 1), "SELECT usename, passwd FROM pg_shadow WHERE usename=$1"
    ),
    ("client_tls_ciphers", Version(1, 21), "fast"),
    ("max_prepared_statements", Version(1, 24), "0"),
    ("server_check_query", Version(1, 25), "select 1"),
    ("server_tls_ciphers", Version(1, 21), "fast"),
    ("server_tls_sslmode", Version(1, 20), "disable"),
  ]

  /// The keys of [pgbouncer] in the order of `SHOW CONFIG`, from the sources of 1.18 to 1.25.2.
  static let keys: [Key] = [
    Key("admin_users", .text, ""),
    Key("application_name_add_host", .int, "0"),
    Key("auth_dbname", .text, nil, since: Version(1, 19)),
    Key("auth_file", .text, nil),
    Key("auth_hba_file", .text, ""),
    Key("auth_ident_file", .text, nil, since: Version(1, 24)),
    Key("auth_ldap_options", .text, nil, since: Version(1, 25), isSecret: true),
    Key(
      "auth_query", .text,
      "SELECT rolname, CASE WHEN rolvaliduntil < now() THEN NULL ELSE rolpassword END "
        + "FROM pg_authid WHERE rolname=$1 AND rolcanlogin"),
    Key("auth_type", .word(authTypes), "md5"),
    Key("auth_user", .text, nil),
    Key("autodb_idle_timeout", .time, "3600", zero: .disabled),
    Key("cancel_wait_timeout", .time, "10", zero: .disabled, since: Version(1, 19)),
    Key("client_idle_timeout", .time, "0", field: "client_idle_timeout", zero: .disabled),
    Key("client_login_timeout", .time, "60", zero: .disabled),
    Key("client_tls13_ciphers", .text, nil, since: Version(1, 25)),
    Key("client_tls_ca_file", .text, ""),
    Key("client_tls_cert_file", .text, ""),
    Key("client_tls_ciphers", .text, "default"),
    Key("client_tls_dheparams", .text, "auto"),
    Key("client_tls_ecdhcurve", .text, "auto"),
    Key("client_tls_key_file", .text, ""),
    Key("client_tls_protocols", .text, "secure"),
    Key("client_tls_sslmode", .word(sslModes), "disable"),
    Key("conffile", .text, nil),
    Key(
      "default_pool_size", .int, "20", field: "default_pool_size", unit: .connection,
      zero: .unlimited),
    Key("disable_pqexec", .int, "0"),
    Key("dns_max_ttl", .time, "15"),
    Key("dns_nxdomain_ttl", .time, "15"),
    Key("dns_zone_check_period", .time, "0", zero: .disabled),
    Key("idle_transaction_timeout", .time, "0", field: "idle_transaction_timeout", zero: .disabled),
    Key("ignore_startup_parameters", .text, ""),
    Key("job_name", .text, "pgbouncer"),
    Key("listen_addr", .text, ""),
    Key("listen_backlog", .int, "128"),
    Key("listen_port", .int, "6432"),
    Key("log_connections", .int, "1"),
    Key("log_disconnections", .int, "1"),
    Key("log_pooler_errors", .int, "1"),
    Key("log_stats", .int, "1"),
    Key("logfile", .text, ""),
    Key("max_client_conn", .int, "100", field: "max_clients", unit: .client),
    Key(
      "max_db_client_connections", .int, "0", field: "max_db_clients", unit: .client,
      zero: .unlimited, since: Version(1, 24)),
    Key(
      "max_db_connections", .int, "0", field: "max_db_connections", unit: .connection,
      zero: .unlimited),
    Key("max_packet_size", .unsigned, "2147483647", unit: .byte),
    Key(
      "max_prepared_statements", .int, "200", field: "max_prepared_statements", zero: .disabled,
      since: Version(1, 21)),
    Key(
      "max_user_client_connections", .int, "0", field: "max_user_clients", unit: .client,
      zero: .unlimited, since: Version(1, 24)),
    Key(
      "max_user_connections", .int, "0", field: "max_user_connections", unit: .connection,
      zero: .unlimited),
    Key("min_pool_size", .int, "0", field: "min_pool_size", unit: .connection, zero: .disabled),
    Key("peer_id", .int, "0", since: Version(1, 19)),
    Key("pidfile", .text, ""),
    Key("pkt_buf", .int, "4096", unit: .byte),
    Key("pool_idle_timeout", .time, "0", zero: .disabled, since: Version(1, 26)),
    Key("pool_mode", .word(poolModes), "session", field: "pool_mode"),
    Key("query_timeout", .time, "0", field: "query_timeout", zero: .disabled),
    Key("query_wait_notify", .int, "5", unit: .second, zero: .disabled, since: Version(1, 25)),
    Key("query_wait_timeout", .time, "120", field: "query_wait_timeout", zero: .forever),
    Key(
      "reserve_pool_size", .int, "0", field: "reserve_pool_size", unit: .connection, zero: .disabled
    ),
    Key("reserve_pool_timeout", .time, "5", field: "reserve_pool_timeout", zero: .disabled),
    Key("resolv_conf", .text, ""),
    Key("sbuf_loopcnt", .int, "5"),
    Key("scram_iterations", .int, "4096", since: Version(1, 25)),
    Key("server_check_delay", .time, "30"),
    Key("server_check_query", .text, "<empty>"),
    Key("server_connect_timeout", .time, "15", field: "server_connect_timeout", zero: .disabled),
    Key("server_fast_close", .int, "0"),
    Key("server_idle_timeout", .time, "600", field: "server_idle_timeout", zero: .disabled),
    Key("server_lifetime", .time, "3600", field: "server_lifetime", zero: .immediate),
    Key("server_login_retry", .time, "15"),
    Key("server_reset_query", .text, "DISCARD ALL"),
    Key("server_reset_query_always", .int, "0"),
    Key("server_round_robin", .int, "0"),
    Key("server_tls13_ciphers", .text, nil, since: Version(1, 25)),
    Key("server_tls_ca_file", .text, ""),
    Key("server_tls_cert_file", .text, ""),
    Key("server_tls_ciphers", .text, "default"),
    Key("server_tls_key_file", .text, ""),
    Key("server_tls_protocols", .text, "secure"),
    Key("server_tls_sslmode", .word(sslModes), "prefer"),
    Key("service_name", .text, nil),
    Key("so_reuseport", .int, "0"),
    Key("stats_period", .int, "60", unit: .second),
    Key("stats_users", .text, ""),
    Key("suspend_timeout", .time, "10"),
    Key("syslog", .int, "0"),
    Key("syslog_facility", .text, "daemon"),
    Key("syslog_ident", .text, "pgbouncer"),
    Key("tcp_defer_accept", .int, "1"),
    Key("tcp_keepalive", .int, "1"),
    Key("tcp_keepcnt", .int, "0"),
    Key("tcp_keepidle", .int, "0", unit: .second),
    Key("tcp_keepintvl", .int, "0", unit: .second),
    Key("tcp_socket_buffer", .int, "0", unit: .byte),
    Key("tcp_user_timeout", .int, "0", unit: .millisecond),
    Key("track_extra_parameters", .text, "IntervalStyle", since: Version(1, 20)),
    Key("transaction_timeout", .time, "0", zero: .disabled, since: Version(1, 25)),
    Key("unix_socket_dir", .text, "/tmp"),
    Key("unix_socket_group", .text, ""),
    Key("unix_socket_mode", .text, "0777"),
    Key("user", .text, nil),
    Key("verbose", .int, nil),
  ]

  static let positions = Dictionary(
    keys.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
}

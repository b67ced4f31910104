/// The vendor-neutral fields of pools, poolers and database servers.
///
/// Names follow OpenTelemetry's `db.client.connection.*` where it has one (semantic conventions
/// 1.44).
extension KindSchema {
  /// The fields that every kind has, first in every schema.
  package static func common(_ kind: Kind) -> [Field] {
    rows(
      kind,
      [
        ("name", .string, .none, "What people call it"),
        ("technology", .string, .none, "The product, as in --product"),
        ("version", .string, .none, "The product's version that values were computed for"),
        (
          "environment", .string, .none, "production, test, development …; production where unknown"
        ),
        ("environment_declared", .bool, .none, "Whether the environment was declared or assumed"),
        ("path", .string, .none, "The file that declares it"),
        ("service", .string, .none, "The service that runs it; absent where no deployment says so"),
      ])
  }

  package static let pool = KindSchema(
    kind: .pool,
    fields: common(.pool)
      + rows(
        .pool, from: common(.pool).count,
        [
          ("max_size", .int, .connection, "Most connections the pool opens"),
          ("min_idle", .int, .connection, "Idle connections the pool tries to keep"),
          ("max_idle", .int, .connection, "Most idle connections the pool keeps"),
          ("initial_size", .int, .connection, "Connections opened at start"),
          ("acquire_timeout", .duration, .none, "Longest wait for a connection"),
          ("connect_timeout", .duration, .none, "Longest wait for the server when connecting"),
          ("idle_timeout", .duration, .none, "Idle connections are closed after this time"),
          ("max_lifetime", .duration, .none, "Connections are replaced after this time"),
          ("keepalive", .duration, .none, "How often idle connections are exercised"),
          ("validation_timeout", .duration, .none, "Longest wait for a validity test"),
          ("leak_threshold", .duration, .none, "A connection held longer is reported as a leak"),
          ("test_query", .string, .none, "The statement that tests a connection"),
          ("target_host", .string, .none, "Host of the database or pooler it connects to"),
          ("target_port", .int, .none, "Port of the database or pooler it connects to"),
          ("target_database", .string, .none, "Name of the database it connects to"),
          ("request_threads", .int, .thread, "Threads that may ask for a connection"),
          (
            "size_in_file", .int, .connection,
            "max_size as the files say it, where the service's environment says another"
          ),
          (
            "size_kept_by", .string, .none,
            "Another service that runs the same pool with the size of the files"
          ),
          (
            "largest_test_size", .int, .connection,
            "Largest max_size that a test or development profile gives the same pool"
          ),
          (
            "misplaced_size", .string, .none,
            "A size key at a level that nothing reads, as key=value"
          ),
          ("open_in_view", .bool, .none, "Whether a connection is held until the page is rendered"),
          (
            "unread_pool_key", .string, .none,
            "A key of another pool than the one that is selected, as key=value"
          ),
          (
            "target_product", .string, .none,
            "Product of the database it connects to: postgresql, mysql, mariadb, sqlserver, oracle …"
          ),
          ("same_target", .string, .none, "Another pool of the same file with the same target"),
          ("overflow", .int, .connection, "Connections beyond those that are kept"),
          (
            "eviction_interval", .duration, .none,
            "How often idle connections are looked through; zero where never"
          ),
          ("test_on_borrow", .bool, .none, "Whether a connection is tested before it is used"),
          ("test_while_idle", .bool, .none, "Whether idle connections are tested"),
          (
            "remove_abandoned", .bool, .none,
            "Whether connections that are held for too long are taken away"
          ),
          (
            "remove_abandoned_later", .bool, .none,
            "Whether a background task takes them away"
          ),
          ("abandoned_timeout", .duration, .none, "A connection held longer is taken away"),
          ("log_abandoned", .bool, .none, "Whether the log says who held it"),
          ("has_plain_password", .bool, .none, "Whether a password stands in the file"),
          ("socket_timeout", .duration, .none, "Longest wait of the driver for an answer"),
          (
            "leads_elsewhere", .bool, .none,
            "Whether its address leads to another machine; a host that is filled in later counts"
          ),
        ]))

  /// The times that a pooler has as a whole and, in some products, for each database.
  private static let timeouts: [Row] = [
    (
      "server_idle_timeout", .duration, .none,
      "Idle server connections are closed after this time"
    ),
    (
      "client_idle_timeout", .duration, .none, "Idle clients are disconnected after this time"
    ),
    (
      "idle_transaction_timeout", .duration, .none,
      "Clients idle in a transaction are disconnected after this time"
    ),
    ("query_timeout", .duration, .none, "Longest run of a query"),
    (
      "server_connect_timeout", .duration, .none,
      "Longest wait for the server when connecting"
    ),
  ]

  package static let pooler = KindSchema(
    kind: .pooler,
    fields: common(.pooler)
      + rows(
        .pooler, from: common(.pooler).count,
        [
          ("max_clients", .int, .client, "Most client connections accepted"),
          ("default_pool_size", .int, .connection, "Server connections for each database and user"),
          ("min_pool_size", .int, .connection, "Server connections kept open for each pool"),
          (
            "reserve_pool_size", .int, .connection, "Further server connections for waiting clients"
          ),
          ("reserve_pool_timeout", .duration, .none, "Wait after which the reserve is used"),
          ("max_db_connections", .int, .connection, "Most server connections for one database"),
          ("max_user_connections", .int, .connection, "Most server connections for one user"),
          ("max_db_clients", .int, .client, "Most client connections for one database"),
          ("max_user_clients", .int, .client, "Most client connections of one user"),
          ("pool_mode", .string, .none, "session, transaction or statement"),
          (
            "query_wait_timeout", .duration, .none,
            "Longest wait of a client for a server connection"
          ),
          ("server_lifetime", .duration, .none, "Server connections are replaced after this time"),
        ] + timeouts + [
          (
            "max_prepared_statements", .int, .none,
            "Prepared statements tracked for each server connection"
          ),
          (
            "repeated_section", .int, .none,
            "Keys that a repeated section header puts back to their defaults"
          ),
          (
            "max_server_connections", .int, .connection,
            "Most connections to one server, from all of its pools together"
          ),
          ("children", .int, .process, "Processes that each serve one client at a time"),
          ("pools_per_child", .int, .connection, "Server connections that each child keeps"),
          (
            "idle_share", .int, .percent,
            "Share of a server's connections that may stay open and idle"
          ),
          ("databases", .list(.resource(.poolerDatabase)), .none, "Its database entries"),
        ]))

  package static let poolerDatabase = KindSchema(
    kind: .poolerDatabase,
    fields: common(.poolerDatabase)
      + rows(
        .poolerDatabase, from: common(.poolerDatabase).count,
        [
          ("pool_size", .int, .connection, "Server connections for each user of this database"),
          ("min_pool_size", .int, .connection, "Server connections kept open"),
          (
            "reserve_pool_size", .int, .connection, "Further server connections for waiting clients"
          ),
          ("max_db_connections", .int, .connection, "Most server connections for this database"),
          ("pool_mode", .string, .none, "session, transaction or statement"),
          ("host", .string, .none, "Host of the server"),
          ("port", .int, .none, "Port of the server"),
          ("database", .string, .none, "Name of the database on the server"),
          ("forced_user", .string, .none, "The server user that every client shares"),
          ("max_idle", .int, .connection, "Most idle server connections kept open"),
          (
            "query_wait_timeout", .duration, .none,
            "Longest wait of a client for a server connection"
          ),
        ] + timeouts + [
          ("hostgroup", .int, .none, "The group of servers that it belongs to"),
          ("max_db_clients", .int, .client, "Most client connections for this database"),
          ("server_lifetime", .duration, .none, "Server connections are replaced after this time"),
          ("has_plain_password", .bool, .none, "Whether a password stands in the file"),
        ]))

  package static let databaseServer = KindSchema(
    kind: .databaseServer,
    fields: common(.databaseServer)
      + rows(
        .databaseServer, from: common(.databaseServer).count,
        [
          ("max_connections", .int, .connection, "Most connections the server accepts"),
          ("max_user_connections", .int, .connection, "Most connections of one user"),
          ("connection_memory", .int, .byte, "Most memory that one connection may allocate"),
          ("reserved_superuser", .int, .connection, "Connections kept for superusers"),
          ("reserved", .int, .connection, "Connections kept for privileged roles"),
          (
            "largest_reserve", .int, .connection,
            "Largest written number of connections kept for some roles"
          ),
          ("shared_memory", .int, .byte, "Shared buffers"),
          ("work_memory", .int, .byte, "Memory of one sort or hash operation"),
          ("hash_memory_multiplier", .double, .none, "Factor of work memory that a hash may use"),
          ("maintenance_memory", .int, .byte, "Memory of one maintenance operation"),
          ("autovacuum_memory", .int, .byte, "Memory of one autovacuum worker"),
          ("autovacuum_workers", .int, .process, "Autovacuum workers that may run at once"),
          ("wal_memory", .int, .byte, "Write-ahead log buffers"),
          ("statement_timeout", .duration, .none, "Longest run of a statement"),
          ("lock_timeout", .duration, .none, "Longest wait for a lock"),
          (
            "idle_transaction_timeout", .duration, .none,
            "Sessions idle in a transaction are ended after this time"
          ),
          ("idle_session_timeout", .duration, .none, "Idle sessions are ended after this time"),
          ("transaction_timeout", .duration, .none, "Longest transaction"),
        ]))

  /// One setting of any product; Review makes them from the settings of all other resources.
  package static let setting = KindSchema(
    kind: .setting,
    fields: common(.setting)
      + rows(
        .setting, from: common(.setting).count,
        [
          ("key", .string, .none, "The product's own key"),
          ("field", .string, .none, "The vendor-neutral field, or empty"),
          ("written", .string, .none, "The text in the file; absent where nothing is written"),
          ("effective", .string, .none, "What runs, as text in the product's unit"),
          ("unit", .string, .none, "The unit of the effective value"),
          (
            "provenance", .string, .none,
            "explicit, default, inherited, clamped, placeholder or unknown"
          ),
          ("note", .string, .none, "Why what runs is not what is written; absent where it is"),
          ("refusal", .string, .none, "Why the product refuses to start; absent where it starts"),
          (
            "overridden", .string, .none,
            "What an earlier line of the same file says of the key; absent where none differs"
          ),
          ("is_plain_secret", .bool, .none, "Whether the file itself holds a password in it"),
        ]))

  /// A field's name, type, unit, and what it means.
  typealias Row = (String, FieldType, Unit, String)

  static func rows(
    _ kind: Kind, from slot: Int = 0, _ rows: [Row]
  ) -> [Field] {
    rows.enumerated().map { index, row in
      Field(
        kind: kind, slot: slot + index, name: row.0, type: row.1, unit: row.2, about: row.3)
    }
  }
}

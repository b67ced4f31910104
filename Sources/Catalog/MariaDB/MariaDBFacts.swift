import Model

/// What the server's own table does not say of a variable: its neutral name, unit and special
/// numbers.
struct MariaDBFacts {
  var field: String?
  var unit: Unit = .none
  var zero: Meaning?

  static func of(_ name: String) -> MariaDBFacts {
    table[name] ?? MariaDBFacts(unit: unit(of: name))
  }

  /// Sizes count bytes and time limits seconds, by the server's naming; its documentation names the
  /// exceptions below.
  private static func unit(of name: String) -> Unit {
    if name.hasSuffix("_timeout") { return .second }
    if ["_buffer_size", "_cache_size", "_table_size"].contains(where: name.hasSuffix) {
      return counts.contains(name) ? .none : .byte
    }
    return .none
  }

  /// Caches whose size is a number of entries.
  private static let counts: Set<String> = [
    "host_cache_size", "metadata_locks_cache_size", "stored_program_cache", "thread_cache_size",
    "innodb_buffer_pool_chunk_size",
  ]

  private static let table: [String: MariaDBFacts] = [
    "max_connections": .init(field: "max_connections", unit: .connection),
    "max_user_connections": .init(
      field: "max_user_connections", unit: .connection, zero: .unlimited),
    "extra_max_connections": .init(unit: .connection),
    "wait_timeout": .init(field: "idle_session_timeout", unit: .second),
    "interactive_timeout": .init(unit: .second),
    "idle_transaction_timeout": .init(
      field: "idle_transaction_timeout", unit: .second, zero: .disabled),
    "idle_readonly_transaction_timeout": .init(unit: .second, zero: .disabled),
    "idle_write_transaction_timeout": .init(unit: .second, zero: .disabled),
    "max_statement_time": .init(field: "statement_timeout", unit: .second, zero: .disabled),
    "lock_wait_timeout": .init(unit: .second),
    "innodb_lock_wait_timeout": .init(field: "lock_timeout", unit: .second),
    "innodb_buffer_pool_size": .init(field: "shared_memory", unit: .byte),
    "innodb_log_buffer_size": .init(unit: .byte),
    "max_allowed_packet": .init(unit: .byte),
    "thread_stack": .init(unit: .byte),
    "open_files_limit": .init(),
    "max_password_errors": .init(),
    "thread_pool_max_threads": .init(unit: .thread),
    "thread_pool_size": .init(unit: .thread),
  ]

  /// Values that hold a password or a key.
  static let secrets: Set<String> = ["wsrep_sst_auth", "ssl_passphrase", "feedback_user_info"]

  /// What each connection may allocate besides its stack; source: `mysqltuner`'s sum, by name.
  static let perConnection = [
    "read_buffer_size", "read_rnd_buffer_size", "sort_buffer_size", "join_buffer_size",
    "thread_stack", "max_allowed_packet", "binlog_cache_size", "tmp_table_size",
  ]
}

import Model

/// What the server's own table does not say of a key: its neutral name and its special numbers.
struct PostgreSQLFacts {
  var field: String?
  var unit: Unit?
  var zero: Meaning?
  var minusOne: Meaning?

  /// What a special number means; `nil` for ordinary values.
  func meaning(of value: Scalar?) -> Meaning? {
    switch value {
    case .int(0): zero
    case .int(-1): minusOne
    default: nil
    }
  }

  static func of(_ key: String) -> PostgreSQLFacts { table[key] ?? PostgreSQLFacts() }

  /// Values that may hold a password.
  static let secrets: Set<String> = ["primary_conninfo", "ssl_passphrase_command"]

  /// Buffers that are handed out in banks of 16 pages.
  static let multiplesOf16: Set<String> = [
    "commit_timestamp_buffers", "multixact_member_buffers", "multixact_offset_buffers",
    "notify_buffers", "serializable_buffers", "subtransaction_buffers", "transaction_buffers",
  ]

  private static let table: [String: PostgreSQLFacts] = [
    "max_connections": .init(field: "max_connections", unit: .connection),
    "superuser_reserved_connections": .init(field: "reserved_superuser", unit: .connection),
    "reserved_connections": .init(field: "reserved", unit: .connection),
    "shared_buffers": .init(field: "shared_memory"),
    "work_mem": .init(field: "work_memory"),
    "hash_mem_multiplier": .init(field: "hash_memory_multiplier"),
    "maintenance_work_mem": .init(field: "maintenance_memory"),
    "autovacuum_work_mem": .init(field: "autovacuum_memory"),
    "autovacuum_max_workers": .init(field: "autovacuum_workers", unit: .process),
    "wal_buffers": .init(field: "wal_memory"),
    "statement_timeout": .init(field: "statement_timeout", zero: .disabled),
    "lock_timeout": .init(field: "lock_timeout", zero: .disabled),
    "idle_in_transaction_session_timeout": .init(
      field: "idle_transaction_timeout", zero: .disabled),
    "idle_session_timeout": .init(field: "idle_session_timeout", zero: .disabled),
    "transaction_timeout": .init(field: "transaction_timeout", zero: .disabled),
    "client_connection_check_interval": .init(zero: .disabled),
    "idle_replication_slot_timeout": .init(zero: .disabled),
    "max_prepared_transactions": .init(zero: .disabled),
    "max_wal_senders": .init(zero: .disabled),
    "max_replication_slots": .init(zero: .disabled),
    "archive_timeout": .init(zero: .disabled),
    "checkpoint_warning": .init(zero: .disabled),
    "wal_receiver_timeout": .init(zero: .disabled),
    "wal_sender_timeout": .init(zero: .disabled),
    "log_autovacuum_min_duration": .init(minusOne: .disabled),
    "log_min_duration_sample": .init(minusOne: .disabled),
    "log_min_duration_statement": .init(minusOne: .disabled),
    "log_temp_files": .init(minusOne: .disabled),
    "max_parallel_workers": .init(zero: .disabled),
    "max_parallel_workers_per_gather": .init(zero: .disabled),
    "max_parallel_maintenance_workers": .init(zero: .disabled),
    "max_slot_wal_keep_size": .init(minusOne: .unlimited),
    "max_standby_archive_delay": .init(minusOne: .forever),
    "max_standby_streaming_delay": .init(minusOne: .forever),
    "temp_file_limit": .init(minusOne: .unlimited),
  ]
}

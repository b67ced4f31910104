import Model

extension PoolProduct {
  /// The class of pool that an engine gets, which decides what its keys mean.
  enum SQLAlchemyClass: String, Sendable {
    case queue = "QueuePool"
    /// A connection for each use, which no key sizes.
    case null = "NullPool"
    /// A connection for each thread: SQLite in memory.
    case singleton = "SingletonThreadPool"
  }

  /// The pool of SQLAlchemy as `engine_from_config` makes it from texts.
  ///
  /// Run on 2.0.44. Timeouts are whole numbers there, since the texts go through `int`.
  static let sqlalchemy = sqlalchemy(.queue)

  static func sqlalchemy(_ pool: SQLAlchemyClass?) -> PoolProduct {
    PoolProduct(
      "sqlalchemy", title: "SQLAlchemy", version: Version(2, 0, 44), unknownKeys: .refused,
      keys: [
        PoolKey("url", .text),
        PoolKey("pool_class", .text, pool.map { .string($0.rawValue) } ?? .null),
        PoolKey(sum, .count, .int(15), field: "max_size", zero: .unlimited),
        PoolKey("pool_size", .count, .int(5), field: "max_idle", zero: .unlimited),
        PoolKey("max_overflow", .count, .int(10), field: "overflow", negative: .unlimited),
        PoolKey(
          "pool_timeout", .time(.second), .int(30), field: "acquire_timeout", zero: .immediate),
        PoolKey(
          "pool_recycle", .time(.second), .int(-1), field: "max_lifetime", negative: .forever),
        PoolKey("pool_pre_ping", .bool, .bool(false), field: "test_on_borrow"),
        PoolKey("pool_use_lifo", .bool, .bool(false)),
        PoolKey("echo", .bool, .bool(false)),
      ],
      adjust: { draft in adjustSQLAlchemy(&draft, pool) })
  }

  /// The key of what nothing writes: both sizes together.
  static let sum = "pool_size + max_overflow"

  private static let sizes = ["pool_size", "max_overflow", "pool_timeout", "pool_use_lifo"]

  private static func adjustSQLAlchemy(_ draft: inout PoolDraft, _ pool: SQLAlchemyClass?) {
    for key in ["pool_pre_ping", "pool_use_lifo"] where draft.isWritten(key) {
      guard draft.isOn(key) == false else { continue }
      draft.turn(key, on: true, because: "the text is not converted, and any text is true")
    }
    switch pool {
    case .queue: total(&draft, "pool_size", "max_overflow")
    case .singleton:
      for key in [sum] + sizes { draft.follow(key, .null) }
    case .null:
      // Alembic's commands hold one connection each.
      draft.follow(sum, .int(1))
      for key in sizes {
        draft.follow(key, .null)
        guard draft.isWritten(key) else { continue }
        draft.refuse(key, "Invalid argument(s) '\(key)' sent to create_engine() with NullPool")
      }
    case nil:
      for key in ["pool_class", sum] + sizes {
        draft.forget(key, because: "poolclass in env.py")
      }
    }
  }

  /// Most connections: the kept ones and those beyond, where both are bounded.
  static func total(_ draft: inout PoolDraft, _ size: String, _ overflow: String) {
    let sum = "\(size) + \(overflow)"
    guard let kept = draft.number(size) else {
      return draft.forget(sum, because: size)
    }
    if kept == 0 { return draft.follow(sum, .int(0)) }
    guard let more = draft.number(overflow) else {
      return draft.forget(sum, because: overflow)
    }
    let (all, isTooLarge) = kept.addingReportingOverflow(more)
    draft.follow(sum, .int(more < 0 ? 0 : isTooLarge ? .max : all))
  }

  /// What `create_engine` takes besides and hands on; none of it sizes the pool.
  static let engineArguments: Set<String> = [
    "connect_args", "convert_unicode", "creator", "echo_pool", "enable_from_linting", "encoding",
    "execution_options", "executemany_mode", "executemany_batch_page_size",
    "executemany_values_page_size", "future", "hide_parameters", "implicit_returning",
    "insertmanyvalues_page_size", "isolation_level", "json_deserializer", "json_serializer",
    "label_length", "logging_name", "max_identifier_length", "module", "paramstyle", "plugins",
    "pool_logging_name", "pool_reset_on_return", "query_cache_size", "server_side_cursors",
    "skip_autocommit_rollback", "use_insertmanyvalues", "use_native_hstore",
    "use_native_unicode", "client_encoding", "fast_executemany", "native_datetime", "strategy",
    "supports_comments", "use_setinputsizes", "arraysize", "coerce_to_decimal", "thick_mode",
    "auto_convert_lobs", "exclude_tablespaces", "use_ansi", "optimize_limits", "case_sensitive",
    "listeners", "empty_in_strategy", "legacy_schema_aliasing", "schema_name",
  ]
}

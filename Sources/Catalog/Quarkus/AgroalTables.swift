import Model

extension PoolProduct {
  /// Agroal as Quarkus configures it; keys are Quarkus's, times are durations.
  ///
  /// From the source of Quarkus's `DataSourceJdbcRuntimeConfig` (main, 2026).
  static let quarkusJDBC = PoolProduct(
    "agroal", title: "Agroal", version: Version(3), unknownKeys: .ignored,
    keys: [
      PoolKey("max-size", .count, .int(20), field: "max_size"),
      PoolKey("min-size", .count, .int(0), field: "min_idle"),
      PoolKey("initial-size", .count, field: "initial_size"),
      PoolKey(
        "acquisition-timeout", .time(.millisecond), .int(5_000), field: "acquire_timeout",
        zero: .forever),
      PoolKey(
        "idle-removal-interval", .time(.millisecond), .int(300_000), field: "idle_timeout",
        zero: .forever),
      PoolKey("max-lifetime", .time(.millisecond), .int(0), field: "max_lifetime", zero: .forever),
      PoolKey(
        "leak-detection-interval", .time(.millisecond), .int(0), field: "leak_threshold",
        zero: .disabled),
      PoolKey(
        "background-validation-interval", .time(.millisecond), .int(120_000), field: "keepalive",
        zero: .disabled),
      PoolKey("foreground-validation-interval", .time(.millisecond), .int(0), zero: .disabled),
      PoolKey("validate-on-borrow", .bool, .bool(false)),
      PoolKey("pooling-enabled", .bool, .bool(true)),
      PoolKey("extended-leak-report", .bool, .bool(false)),
      PoolKey("flush-on-close", .bool, .bool(false)),
      PoolKey("detect-statement-leaks", .bool, .bool(true)),
      PoolKey("enable-recovery", .bool, .bool(true)),
      PoolKey("new-connection-sql", .text),
      PoolKey("validation-query-sql", .text, field: "test_query"),
      PoolKey("transaction-isolation-level", .text), PoolKey("transaction-requirement", .text),
      PoolKey("driver", .text), PoolKey("transactions", .text), PoolKey("enable-metrics", .text),
      PoolKey("telemetry", .text), PoolKey("tracing", .text), PoolKey("url", .text),
    ],
    adjust: { draft in
      checkAgroal(&draft, minimum: "min-size", maximum: "max-size", initial: "initial-size")
    })

  /// The reactive pool of Quarkus; defaults that were not confirmed are unknown.
  static let quarkusReactive = PoolProduct(
    "vertx-pool", title: "Vert.x pool", version: Version(4), unknownKeys: .passedOn,
    keys: [
      PoolKey("max-size", .count, field: "max_size"),
      PoolKey("idle-timeout", .time(.millisecond), .int(0), field: "idle_timeout", zero: .forever),
      PoolKey("max-lifetime", .time(.millisecond), field: "max_lifetime", zero: .forever),
      PoolKey("url", .text),
    ],
    adjust: { draft in
      for key in ["max-size", "max-lifetime"] { draft.follow(key, nil) }
    })

  /// Agroal from its own properties file.
  ///
  /// From the source of `AgroalPropertiesReader` and `AgroalConnectionPoolConfigurationSupplier`.
  static let agroal = PoolProduct(
    "agroal", title: "Agroal", version: Version(3), unknownKeys: .passedOn,
    keys: [
      PoolKey("maxSize", .count, field: "max_size"),
      PoolKey("minSize", .count, .int(0), field: "min_idle"),
      PoolKey("initialSize", .count, .int(0), field: "initial_size"),
      PoolKey(
        "acquisitionTimeout", .time(.millisecond), .int(0), field: "acquire_timeout",
        zero: .forever),
      PoolKey("reapTimeout", .time(.millisecond), .int(0), field: "idle_timeout", zero: .forever),
      PoolKey("maxLifetime", .time(.millisecond), .int(0), field: "max_lifetime", zero: .forever),
      PoolKey(
        "leakTimeout", .time(.millisecond), .int(0), field: "leak_threshold", zero: .disabled),
      PoolKey(
        "validationTimeout", .time(.millisecond), .int(0), field: "keepalive", zero: .disabled),
      PoolKey("idleValidation", .time(.millisecond), .int(0), zero: .disabled),
      PoolKey("validateOnBorrow", .bool, .bool(false)),
      PoolKey("flushOnClose", .bool, .bool(false)),
      PoolKey("enhancedLeakReport", .bool, .bool(false)),
      PoolKey("jdbcUrl", .text), PoolKey("principal", .text), PoolKey("credential", .secret),
      PoolKey("recoveryPrincipal", .text), PoolKey("recoveryCredential", .secret),
      PoolKey("providerClassName", .text), PoolKey("initialSQL", .text),
    ],
    adjust: { draft in
      if !draft.isWritten("maxSize") { draft.refuse("maxSize", "max size attribute is mandatory") }
      checkAgroal(&draft, minimum: "minSize", maximum: "maxSize", initial: "initialSize")
    })

  private static func checkAgroal(
    _ draft: inout PoolDraft, minimum: String, maximum: String, initial: String
  ) {
    for key in [minimum, initial] {
      if let size = draft.number(key), size < 0 { draft.refuse(key, "\(size) is negative") }
    }
    guard let most = draft.number(maximum) else { return }
    if most <= 0 { return draft.refuse(maximum, "the largest size must be above 0") }
    if let least = draft.number(minimum), least > most {
      draft.refuse(minimum, "above \(maximum), which is \(most)")
    }
  }
}

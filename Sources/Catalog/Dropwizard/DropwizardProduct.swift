import Model

extension PoolProduct {
  /// Dropwizard's `DataSourceFactory` over the Tomcat JDBC pool; times are durations.
  ///
  /// From Dropwizard's source (main, 2026): defaults, limits and the two checks of sizes.
  static let dropwizard = PoolProduct(
    "dropwizard", title: "Dropwizard", version: Version(4), unknownKeys: .refused,
    keys: [
      PoolKey("maxSize", .count, .int(100), field: "max_size"),
      PoolKey("minSize", .count, .int(10), field: "min_idle"),
      PoolKey("initialSize", .count, .int(10), field: "initial_size"),
      PoolKey(
        "maxWaitForConnection", .time(.millisecond), .int(30_000), field: "acquire_timeout"),
      PoolKey("minIdleTime", .time(.millisecond), .int(60_000), field: "idle_timeout"),
      PoolKey(
        "maxConnectionAge", .time(.millisecond), .int(0), field: "max_lifetime", zero: .forever),
      PoolKey(
        "evictionInterval", .time(.millisecond), .int(5_000), field: "eviction_interval"),
      PoolKey("validationInterval", .time(.millisecond), .int(30_000)),
      PoolKey(
        "validationQuery", .text, .string("/* Health Check */ SELECT 1"), field: "test_query"),
      PoolKey("validationQueryTimeout", .time(.millisecond), field: "validation_timeout"),
      PoolKey("checkConnectionWhileIdle", .bool, .bool(true), field: "test_while_idle"),
      PoolKey("checkConnectionOnBorrow", .bool, .bool(false), field: "test_on_borrow"),
      PoolKey("checkConnectionOnConnect", .bool, .bool(true)),
      PoolKey("checkConnectionOnReturn", .bool, .bool(false)),
      PoolKey("removeAbandoned", .bool, .bool(false), field: "remove_abandoned"),
      PoolKey(
        "removeAbandonedTimeout", .time(.millisecond), .int(60_000), field: "abandoned_timeout"),
      PoolKey("abandonWhenPercentageFull", .count, .int(0)),
      PoolKey("logAbandonedConnections", .bool, .bool(false), field: "log_abandoned"),
      PoolKey("logValidationErrors", .bool, .bool(false)),
      PoolKey("alternateUsernamesAllowed", .bool, .bool(false)),
      PoolKey("commitOnReturn", .bool, .bool(false)),
      PoolKey("rollbackOnReturn", .bool, .bool(false)),
      PoolKey("autoCommitByDefault", .bool), PoolKey("readOnlyByDefault", .bool),
      PoolKey("useFairQueue", .bool, .bool(true)),
      PoolKey("autoCommentsEnabled", .bool, .bool(true)),
      PoolKey("ignoreExceptionOnPreLoad", .bool, .bool(false)),
      PoolKey("defaultCatalog", .text), PoolKey("defaultTransactionIsolation", .text),
      PoolKey("initializationQuery", .text), PoolKey("validatorClassName", .text),
      PoolKey("jdbcInterceptors", .text), PoolKey("driverClass", .text), PoolKey("url", .text),
      PoolKey("readOnlyUrl", .text), PoolKey("user", .text), PoolKey("password", .secret),
    ],
    adjust: { draft in
      checkDropwizardSizes(&draft)
      if let interval = draft.number("validationInterval"), interval < 50 {
        draft.refuse("validationInterval", "must be at least 50 ms")
      }
      if let share = draft.number("abandonWhenPercentageFull"), !(0...100).contains(share) {
        draft.refuse("abandonWhenPercentageFull", "must be between 0 and 100")
      }
      // 0 stands for a time that is not written; a written one must be longer.
      for key in [
        "maxWaitForConnection", "minIdleTime", "maxConnectionAge", "evictionInterval",
        "removeAbandonedTimeout", "validationQueryTimeout",
      ] {
        if draft.isWritten(key), let time = draft.number(key), time <= 0 {
          draft.refuse(key, "must be greater than 0 ms")
        }
      }
    })

  /// Also with defaults: `maxSize: 5` alone leaves `minSize` and `initialSize` at 10.
  private static func checkDropwizardSizes(_ draft: inout PoolDraft) {
    guard let most = draft.number("maxSize"), let least = draft.number("minSize") else { return }
    func blame(_ keys: [String]) -> String { keys.first(where: draft.isWritten) ?? keys[0] }
    if most < 1 { return draft.refuse("maxSize", "must be at least 1") }
    if least > most {
      return draft.refuse(
        blame(["minSize", "maxSize"]), "minSize (\(least)) must not be above maxSize (\(most))")
    }
    if let initial = draft.number("initialSize"), initial < least || initial > most {
      draft.refuse(
        blame(["initialSize", "minSize", "maxSize"]),
        "initialSize (\(initial)) must be between minSize (\(least)) and maxSize (\(most))")
    }
  }
}

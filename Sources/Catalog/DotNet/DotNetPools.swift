import Model

extension PoolProduct {
  /// Npgsql's pool for each connection string; keys, defaults and refusals from its source.
  static let npgsql = PoolProduct(
    "npgsql", title: "Npgsql", version: Version(10), unknownKeys: .passedOn,
    keys: [
      PoolKey(
        "Maximum Pool Size", .count, .int(100), field: "max_size", zero: .unlimited,
        aliases: ["maxpoolsize", "max pool size"]),
      PoolKey(
        "Minimum Pool Size", .count, .int(0), field: "min_idle",
        aliases: ["minpoolsize", "min pool size"]),
      PoolKey("Pooling", .bool, .bool(true)),
      PoolKey("Timeout", .time(.second), .int(15), field: "acquire_timeout"),
      PoolKey(
        "Connection Idle Lifetime", .time(.second), .int(300), field: "idle_timeout",
        aliases: ["connectionidlelifetime"]),
      PoolKey(
        "Connection Pruning Interval", .time(.second), .int(10),
        aliases: ["connectionpruninginterval"]),
      PoolKey(
        "Connection Lifetime", .time(.second), .int(3_600), field: "max_lifetime", zero: .forever,
        aliases: ["connectionlifetime", "load balance timeout"]),
      PoolKey(
        "Command Timeout", .time(.second), .int(30), zero: .forever, aliases: ["commandtimeout"]),
      PoolKey(
        "Cancellation Timeout", .time(.millisecond), .int(2_000), aliases: ["cancellationtimeout"]),
      PoolKey("Keepalive", .time(.second), .int(0), field: "keepalive", zero: .disabled),
      PoolKey("Max Auto Prepare", .count, .int(0), zero: .disabled, aliases: ["maxautoprepare"]),
      PoolKey(
        "No Reset On Close", .bool, .bool(false), aliases: ["noresetonclose"]),
      PoolKey("Password", .secret, aliases: ["psw", "pwd"]),
    ],
    adjust: { draft in
      checkSizes(&draft, most: "Maximum Pool Size", least: "Minimum Pool Size", floor: 0)
      guard let interval = draft.number("Connection Pruning Interval") else { return }
      if interval == 0 {
        draft.refuse("Connection Pruning Interval", "Connection Pruning Interval can't be 0")
      } else if let idle = draft.number("Connection Idle Lifetime"), idle < interval {
        let key =
          draft.isWritten("Connection Idle Lifetime")
          ? "Connection Idle Lifetime" : "Connection Pruning Interval"
        draft.refuse(key, "Connection Idle Lifetime is below Connection Pruning Interval")
      }
    })

  /// SqlClient's pool for each connection string; keys, defaults and refusals from its source.
  static let sqlclient = PoolProduct(
    "sqlclient", title: "SqlClient", version: Version(7), unknownKeys: .passedOn,
    keys: [
      PoolKey("Max Pool Size", .count, .int(100), field: "max_size", zero: .unlimited),
      PoolKey("Min Pool Size", .count, .int(0), field: "min_idle"),
      PoolKey("Pooling", .bool, .bool(true)),
      PoolKey(
        "Connect Timeout", .time(.second), .int(15), field: "acquire_timeout", zero: .forever,
        aliases: ["connection timeout", "timeout"]),
      PoolKey(
        "Load Balance Timeout", .time(.second), .int(0), field: "max_lifetime", zero: .forever,
        aliases: ["connection lifetime"]),
      PoolKey("Connection Idle Timeout", .time(.second), .int(300), field: "idle_timeout"),
      PoolKey("Connect Retry Count", .count, .int(1), aliases: ["connectretrycount"]),
      PoolKey(
        "Connect Retry Interval", .time(.second), .int(10), aliases: ["connectretryinterval"]),
      PoolKey("Command Timeout", .time(.second), .int(30), zero: .forever),
      PoolKey("Enlist", .bool, .bool(true)),
      PoolKey("Password", .secret, aliases: ["pwd"]),
    ],
    adjust: { draft in
      checkSizes(&draft, most: "Max Pool Size", least: "Min Pool Size", floor: 1)
    })

  /// The refusals of both, and what a switched-off pool means: each `Open` is a connection.
  private static func checkSizes(
    _ draft: inout PoolDraft, most: String, least: String, floor: Int64
  ) {
    let maximum = draft.number(most)
    let minimum = draft.number(least)
    if let minimum, minimum < 0 {
      draft.refuse(least, "\(least) must not be negative")
    } else if let maximum, maximum < floor {
      draft.refuse(most, "\(most) must not be below \(floor)")
    } else if let maximum, let minimum, maximum < minimum {
      draft.refuse(
        draft.isWritten(most) ? most : least, "\(most) \(maximum) is below \(least) \(minimum)")
    } else if draft.isOn("Pooling") == false {
      draft.run(most, 0, because: "Pooling is off, and each opened connection is a new one")
    } else if maximum == 0 {
      draft.refuse(most, "a pool of 0 gives no connection")
    }
  }
}

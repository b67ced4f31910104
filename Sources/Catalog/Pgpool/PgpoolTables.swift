import Model

extension PoolProduct {
  /// Pgpool-II: defaults as 4.3.5 shows them, those of later versions from their sources.
  static let pgpool = PoolProduct(
    "pgpool", title: "Pgpool-II", version: Version(4, 3, 5), unknownKeys: .passedOn,
    keys: [
      PoolKey(
        "num_init_children", .count, .int(32), field: "children", unit: .process),
      PoolKey("max_pool", .count, .int(4), field: "pools_per_child", unit: .connection),
      PoolKey("reserved_connections", .count, .int(0), unit: .client),
      PoolKey(
        "process_management_mode", .text, .string("static"), since: Version(4, 4)),
      PoolKey("min_spare_children", .count, .int(5), since: Version(4, 4), unit: .process),
      PoolKey("max_spare_children", .count, .int(10), since: Version(4, 4), unit: .process),
      PoolKey("child_life_time", .time(.second), .int(300), zero: .forever),
      PoolKey("child_max_connections", .count, .int(0), zero: .unlimited),
      PoolKey(
        "connection_life_time", .time(.second), .int(0), field: "server_idle_timeout",
        zero: .forever),
      PoolKey(
        "client_idle_limit", .time(.second), .int(0), field: "client_idle_timeout",
        zero: .disabled),
      PoolKey("authentication_timeout", .time(.second), .int(60), zero: .disabled),
      PoolKey(
        "connect_timeout", .time(.millisecond), .int(10_000), field: "server_connect_timeout",
        zero: .forever),
      PoolKey("listen_backlog_multiplier", .count, .int(2)),
      PoolKey("connection_cache", .bool, .bool(true)),
      PoolKey("serialize_accept", .bool, .bool(false)),
      PoolKey("load_balance_mode", .bool, .bool(true)),
      PoolKey("listen_addresses", .text), PoolKey("port", .count, .int(9_999)),
      PoolKey("sr_check_user", .text), PoolKey("sr_check_password", .secret),
      PoolKey("health_check_user", .text), PoolKey("health_check_password", .secret),
      PoolKey("recovery_user", .text), PoolKey("recovery_password", .secret),
      PoolKey("wd_lifecheck_user", .text), PoolKey("wd_lifecheck_password", .secret),
    ],
    adjust: { draft in
      for key in ["num_init_children", "min_spare_children", "max_spare_children"] {
        checkRange(&draft, key, from: 1)
      }
      checkRange(&draft, "listen_backlog_multiplier", from: 1)
      for key in [
        "max_pool", "reserved_connections", "child_life_time", "child_max_connections",
        "connection_life_time", "client_idle_limit", "authentication_timeout", "connect_timeout",
      ] { checkRange(&draft, key, from: 0) }
      draft.check("process_management_mode", isOneOf: ["static", "dynamic"], folds: true)
      guard draft.text("process_management_mode")?.lowercased() == "dynamic" else { return }
      checkSpares(&draft)
    })

  private static func checkRange(_ draft: inout PoolDraft, _ key: String, from least: Int64) {
    guard draft.isWritten(key), let value = draft.number(key) else { return }
    guard value < least || value > Int64(Int32.max) else { return }
    draft.refuse(
      key,
      "\(value) is outside the valid range for parameter \"\(key)\" (\(least) .. 2147483647)")
  }

  /// Only where children come and go.
  private static func checkSpares(_ draft: inout PoolDraft) {
    guard let least = draft.number("min_spare_children"),
      let most = draft.number("max_spare_children")
    else { return }
    func blame(_ keys: [String]) -> String { keys.first(where: draft.isWritten) ?? keys[0] }
    if least >= most {
      draft.refuse(
        blame(["max_spare_children", "min_spare_children"]),
        "max_spare_children (\(most)) must be greater than min_spare_children (\(least))")
    } else if let children = draft.number("num_init_children"), children < most {
      draft.refuse(
        blame(["max_spare_children", "num_init_children"]),
        "max_spare_children (\(most)) cannot be greater than num_init_children (\(children))")
    }
  }
}

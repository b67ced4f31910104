import Model

/// What a Spring configuration says about a pool besides the pool's own keys.
struct SpringFacts {
  var values: [String: FieldValue] = [:]
  var settings: [String: Setting] = [:]

  /// Size keys that belong below a pool's name and are read by nothing directly below
  /// `spring.datasource`.
  private static let misplaced = [
    "maxactive", "maximumpoolsize", "maxpoolsize", "maxtotal", "poolsize", "maxsize", "maxidle",
    "minimumidle", "minidle", "initialsize",
  ]

  init(_ pool: SpringPool) {
    let view = pool.view
    let threads =
      view.entries["server.tomcat.threads.max"] ?? view.entries["server.tomcat.maxthreads"]
    if let threads {
      add("request_threads", view.setting(threads, .count, field: "request_threads"), .int)
    }
    if let open = view.entries["spring.jpa.openinview"] {
      add("open_in_view", view.setting(open, .bool, field: "open_in_view"), .bool)
    }
    addTarget(pool)
    addUnread(pool)
    let isMain = pool.prefix == SpringPool.Prefix(name: "spring.datasource", isDirect: false)
    // What stands there for Druid may be read by a data source made by hand.
    guard isMain, pool.product != .druid else {
      return
    }
    for name in Self.misplaced {
      guard let entry = view.entries["spring.datasource." + name], view.isOwn(entry) else {
        continue
      }
      let key = entry.raw.split(separator: ".").last.map(String.init) ?? entry.raw
      values["misplaced_size"] = .string("\(key)=\(entry.written)")
      settings["misplaced_size"] = Setting(
        key: entry.raw, field: "misplaced_size", written: entry.written, effective: .null,
        provenance: .clamped, origin: entry.origin,
        note: "nothing reads this key directly below spring.datasource")
      return
    }
  }

  private mutating func add(_ field: String, _ setting: Setting, _ type: FieldType) {
    values[field] = setting.value(as: type)
    settings[field] = setting
  }

  private mutating func addUnread(_ pool: SpringPool) {
    guard let first = pool.unread.first else { return }
    values["unread_pool_key"] = .string("\(first.key)=\(first.shownWritten ?? "")")
    settings["unread_pool_key"] = first
  }

  private mutating func addTarget(_ pool: SpringPool) {
    guard let input = pool.inputs.last(where: { ["jdbcUrl", "url"].contains($0.key) }) else {
      return
    }
    switch input.value {
    case .text(let url) where url.hasPrefix("r2dbc:"):
      let rest = url.dropFirst(url.hasPrefix("r2dbc:pool:") ? 11 : 6)
      values.merge(JDBCTarget("jdbc:" + rest).facts) { _, new in new }
    case .text(let url): values.merge(JDBCTarget(url).facts) { _, new in new }
    case .unknown(let reason):
      for field in ["target_host", "target_port", "target_database"] {
        values[field] = .unknown(reason)
      }
    default: break
    }
  }
}

import Model

extension InventoryDocument {
  /// One table a kind with the few values that decide what it carries, for the top of a document.
  ///
  /// What a reviewer asks first; every setting with its provenance follows below it.
  var overview: String {
    Overview.kinds.map { $0.table(entries) }.filter { !$0.isEmpty }.joined(separator: "\n")
  }
}

/// Which columns a kind's table has.
private struct Overview {
  let kind: Kind
  let title: String
  /// The vendor-neutral fields with the words above their columns.
  let columns: [(field: String, title: String)]

  static let kinds = [
    Overview(
      kind: .service, title: "Services",
      columns: [
        ("replicas", "replicas"), ("max_replicas", "at most"), ("memory_limit", "memory"),
        ("file_limit", "open files"),
      ]),
    Overview(
      kind: .pool, title: "Pools",
      columns: [
        ("max_size", "connections"), ("min_idle", "kept idle"),
        ("acquire_timeout", "waits for one"), ("max_lifetime", "replaced after"),
      ]),
    Overview(
      kind: .pooler, title: "Poolers",
      columns: [
        ("max_clients", "clients"), ("default_pool_size", "server connections"),
        ("pool_mode", "mode"), ("query_wait_timeout", "clients wait"),
      ]),
    Overview(
      kind: .poolerDatabase, title: "Databases of poolers",
      columns: [("pool_size", "server connections"), ("pool_mode", "mode")]),
    Overview(
      kind: .proxy, title: "Proxies",
      columns: [
        ("max_clients", "clients"), ("queue_timeout", "clients wait"),
        ("client_timeout", "silent clients end after"),
        ("server_timeout", "silent servers end after"),
      ]),
    Overview(
      kind: .proxyServer, title: "Servers of proxies",
      columns: [("max_connections", "connections"), ("max_queue", "clients waiting")]),
    Overview(
      kind: .databaseServer, title: "Database servers",
      columns: [
        ("max_connections", "connections"), ("reserved_superuser", "reserved"),
        ("shared_memory", "shared memory"), ("statement_timeout", "longest statement"),
      ]),
  ]

  /// The table of all entries of the kind; empty where there is none.
  func table(_ entries: [InventoryDocument.Entry]) -> String {
    let own = entries.filter { $0.identity.kind == kind }
    guard !own.isEmpty else { return "" }
    let head = ["name", "product", "environment"] + columns.map(\.title) + ["file"]
    let rows = own.map { entry in
      let values = columns.map { column in
        entry.settings.first { $0.setting.field == column.field }.map {
          $0.setting.shownEffective.map(Markdown.code) ?? "unknown"
        } ?? ""
      }
      return [Markdown.escape(entry.label), Markdown.escape(entry.product), entry.environment]
        + values + [Markdown.code(entry.place)]
    }
    return "## \(title)\n\n"
      + ([head, head.map { _ in "---" }] + rows).map { "| \($0.joined(separator: " | ")) |\n" }
      .joined()
  }
}

extension InventoryDocument.Entry {
  /// The name, with the service that runs it.
  var label: String {
    guard identity.kind != .service else { return identity.name }
    return identity.service.map { "\(identity.name) in \($0.name)" } ?? identity.name
  }
}

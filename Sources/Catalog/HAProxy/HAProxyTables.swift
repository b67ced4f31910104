import Model

extension PoolProduct {
  /// HAProxy's `global` section, as far as it limits connections.
  static let haproxyProcess = PoolProduct(
    "haproxy", title: "HAProxy", version: Version(2, 6), unknownKeys: .passedOn,
    keys: [
      PoolKey("maxconn", .count, field: "max_clients", unit: .client),
      PoolKey("nbthread", .count, unit: .thread), PoolKey("maxconnrate", .count),
      PoolKey("maxsessrate", .count), PoolKey("ulimit-n", .count),
      PoolKey("fd-hard-limit", .count),
    ],
    adjust: { draft in
      for key in ["maxconn", "nbthread", "ulimit-n"] where !draft.isWritten(key) {
        draft.follow(key, nil)
      }
    })

  /// A `frontend`, `backend` or `listen` section over its `defaults`.
  static let haproxy = PoolProduct(
    "haproxy", title: "HAProxy", version: Version(2, 6), unknownKeys: .passedOn,
    keys: [
      PoolKey("mode", .text, .string("tcp"), field: "mode"),
      PoolKey("maxconn", .count, .int(0), field: "max_clients", unit: .client),
      time("connect", "connect_timeout"), time("client", "client_timeout"),
      time("server", "server_timeout"), time("queue", "queue_timeout"),
      time("http-request", "request_timeout", .null),
      time("http-keep-alive", "keepalive_timeout", .null),
      time("tunnel", "tunnel_timeout", .null), time("check", "check_timeout", .null),
      time("client-fin", nil, .null), time("server-fin", nil, .null),
      PoolKey("retries", .count, .int(3), field: "retries"),
      PoolKey("fullconn", .count, .null, unit: .connection),
    ],
    adjust: { draft in
      if draft.isWritten("timeout queue") { return }
      if let connect = draft.outcomes["timeout connect"] {
        draft.follow("timeout queue", connect.value)
      }
    })

  private static func time(
    _ name: String, _ field: String?, _ standard: Scalar = .int(0)
  ) -> PoolKey {
    PoolKey("timeout \(name)", .time(.millisecond), standard, field: field, zero: .forever)
  }

  /// The settings of a section that a role has no use for: HAProxy ignores them with a warning.
  static func haproxyKeys(unusedBy role: String) -> Set<String> {
    switch role {
    case "frontend":
      [
        "timeout connect", "timeout server", "timeout queue", "timeout check", "timeout tunnel",
        "timeout server-fin", "retries", "fullconn",
      ]
    case "backend": ["maxconn", "timeout client", "timeout client-fin"]
    default: []
    }
  }

  /// What a `server` line says behind its address.
  static let haproxyServer = PoolProduct(
    "haproxy", title: "HAProxy", version: Version(2, 6), unknownKeys: .passedOn,
    keys: [
      PoolKey(
        "maxconn", .count, .int(0), field: "max_connections", zero: .unlimited, unit: .connection),
      PoolKey("minconn", .count, .int(0), field: "min_connections", unit: .connection),
      PoolKey("maxqueue", .count, .int(0), field: "max_queue", zero: .unlimited, unit: .client),
      PoolKey(
        "pool-max-conn", .count, .int(-1), field: "max_idle", zero: .disabled,
        negative: .unlimited, unit: .connection),
      PoolKey(
        "pool-purge-delay", .time(.millisecond), .int(5_000), field: "idle_timeout",
        zero: .immediate),
      PoolKey("check", .bool, .bool(false), field: "is_checked"),
      PoolKey("backup", .bool, .bool(false), field: "is_backup"),
      PoolKey("weight", .count, .int(1)),
    ])
}

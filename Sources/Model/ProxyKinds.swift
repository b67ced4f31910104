/// The vendor-neutral fields of proxies that forward connections without reading their protocol.
extension KindSchema {
  package static let proxy = KindSchema(
    kind: .proxy,
    fields: common(.proxy)
      + rows(
        .proxy, from: common(.proxy).count,
        [
          ("role", .string, .none, "process, frontend, backend or listen"),
          ("mode", .string, .none, "What it understands of the traffic: tcp or http"),
          ("max_clients", .int, .client, "Most client connections open at once"),
          (
            "process_max_clients", .int, .client,
            "Most client connections that the whole process has open at once"
          ),
          ("connect_timeout", .duration, .none, "Longest wait for a server when connecting"),
          ("client_timeout", .duration, .none, "Silent clients are disconnected after this time"),
          ("server_timeout", .duration, .none, "Silent servers are disconnected after this time"),
          ("queue_timeout", .duration, .none, "Longest wait of a client for a free server"),
          ("request_timeout", .duration, .none, "Longest wait for a complete HTTP request"),
          ("keepalive_timeout", .duration, .none, "Longest wait for the next HTTP request"),
          ("tunnel_timeout", .duration, .none, "Silence after which a tunnel is closed"),
          ("check_timeout", .duration, .none, "Longest wait for a health check's answer"),
          ("retries", .int, .none, "Attempts after a connection that failed"),
          ("servers", .list(.resource(.proxyServer)), .none, "The servers that it forwards to"),
        ]))

  package static let proxyServer = KindSchema(
    kind: .proxyServer,
    fields: common(.proxyServer)
      + rows(
        .proxyServer, from: common(.proxyServer).count,
        [
          ("backend", .string, .none, "The section that it stands in"),
          ("mode", .string, .none, "What its section understands of the traffic: tcp or http"),
          ("host", .string, .none, "Host of the server"),
          ("port", .int, .none, "Port of the server"),
          (
            "max_connections", .int, .connection,
            "Most connections (requests where the mode is http) that it gets at once"
          ),
          (
            "min_connections", .int, .connection,
            "What it gets at once while the backend has little to do"
          ),
          ("max_queue", .int, .client, "Most clients that wait for it"),
          ("max_idle", .int, .connection, "Most idle connections to it that are kept open"),
          ("idle_timeout", .duration, .none, "Idle connections to it are closed after this time"),
          ("is_checked", .bool, .none, "Whether its health is checked"),
          ("is_backup", .bool, .none, "Whether it is used only when all others are down"),
        ]))
}

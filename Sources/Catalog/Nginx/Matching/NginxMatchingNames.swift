import Model

/// The numbers of the directives that lead a request, and of those that belong to a socket.
struct NginxMatchingNames: Sendable {
  static let shared = NginxMatchingNames(.shared)

  let mergeSlashes, rewrite, `return`, `break`, index, root, alias: NginxNameID
  /// Directives of `server` whose value in the default server counts for a whole socket.
  private let ofSockets: [NginxNameID: Version?]

  private init(_ table: NginxDirectiveTable) {
    mergeSlashes = table.id("merge_slashes")
    rewrite = table.id("rewrite")
    `return` = table.id("return")
    `break` = table.id("break")
    index = table.id("index")
    root = table.id("root")
    alias = table.id("alias")
    ofSockets = Dictionary(
      uniqueKeysWithValues: Self.readBeforeTheHost.map { (table.id($0), nil) }
        + Self.untilNameIsReadFirst.map { (table.id($0), Version(1, 29, 2)) })
  }

  /// What nginx needs before it has read the host, or OpenSSL keeps from the first context.
  ///
  /// The first group by nginx's documentation of each ("the value from the default server can be
  /// used"); the second as OpenSSL copies it when a connection begins, tried with nginx 1.22.1.
  private static let readBeforeTheHost = [
    "merge_slashes", "client_header_timeout", "client_header_buffer_size",
    "large_client_header_buffers", "ignore_invalid_headers", "underscores_in_headers",
    "connection_pool_size", "ssl_session_cache", "ssl_session_timeout", "ssl_session_ticket_key",
    "ssl_ecdh_curve", "ssl_early_data",
  ]
  /// What the named server may decide since nginx reads the name in the first TLS message.
  private static let untilNameIsReadFirst = ["ssl_protocols"]

  /// Whether the default server of a socket decides a directive.
  func belongsToSocket(_ name: NginxNameID, version: Version) -> Bool {
    guard let until = ofSockets[name] else { return false }
    return until.map { version < $0 } ?? true
  }
}

import Model

/// The numbers of the directives that lead a request, and of those that belong to a socket.
struct NginxMatchingNames: Sendable {
  static let shared = NginxMatchingNames(.shared)

  /// The sockets whose default server decides a directive for all servers on them.
  enum SocketScope: Sendable, Hashable {
    /// Read before nginx knows the host; with TLS it knows the name by then.
    case plain
    /// Kept by OpenSSL from the context that a connection begins with.
    case tls
    case all
  }

  let mergeSlashes, rewrite, `return`, `break`, index, root, alias: NginxNameID
  private let scopes: [NginxNameID: SocketScope]
  private let sslProtocols: NginxNameID
  /// From it on nginx reads the name in the first TLS message before OpenSSL chooses a version.
  private let readsNameFirst = Version(1, 29, 2)

  private init(_ table: NginxDirectiveTable) {
    mergeSlashes = table.id("merge_slashes")
    rewrite = table.id("rewrite")
    `return` = table.id("return")
    `break` = table.id("break")
    index = table.id("index")
    root = table.id("root")
    alias = table.id("alias")
    sslProtocols = table.id("ssl_protocols")
    scopes = Dictionary(uniqueKeysWithValues: Self.scopes.map { (table.id($0.0), $0.1) })
  }

  /// Tried with nginx 1.22.1 and OpenSSL 3.0 where it shows from outside.
  ///
  /// Ciphers, certificates and tickets are those of the named server. So are limits and liberties
  /// of header lines behind `Host`, although nginx's documentation does not promise it.
  private static let scopes: [(String, SocketScope)] = [
    ("merge_slashes", .plain), ("client_header_timeout", .plain),
    ("client_header_buffer_size", .plain), ("request_pool_size", .plain),
    ("connection_pool_size", .all), ("ssl_protocols", .tls), ("ssl_ecdh_curve", .tls),
    ("ssl_session_cache", .tls), ("ssl_session_timeout", .tls), ("ssl_session_ticket_key", .tls),
    ("ssl_early_data", .tls),
  ]

  /// The sockets whose default server decides a directive; `nil` where each server does.
  func socketScope(of name: NginxNameID, version: Version) -> SocketScope? {
    name == sslProtocols && version >= readsNameFirst ? nil : scopes[name]
  }
}

import Model

extension NginxFact {
  /// What the cache of a location can and cannot tell apart.
  static let locationCacheKey: [NginxFact] = [
    NginxFact(
      "cache_key_has_host", .bool,
      "Whether the cache key tells hosts apart; unknown where a variable of one's own may",
      at: { $0.cacheStatement(.key, $1) }
    ) { configuration, context in
      configuration.cacheKey(context, has: NginxKeyVariables.namesHost)
    },
    NginxFact(
      "cache_key_has_user", .bool,
      "Whether the cache key tells users apart; unknown where a variable of one's own may",
      at: { $0.cacheStatement(.key, $1) }
    ) { configuration, context in
      configuration.cacheKey(context, has: NginxKeyVariables.namesUser)
    },
    NginxFact(
      "sends_host", .bool,
      "Whether what it hands on to learns which host the client asked for",
      at: { $0.hostHeader($1) }
    ) { $0.sendsHost($1) },
    NginxFact(
      "sends_user", .bool,
      "Whether a header that it sends on names the user whom nginx has authenticated",
      at: { $0.userHeader($1) }
    ) { configuration, context in
      if configuration.userHeader(context) != nil { return .bool(true) }
      let name = NginxCacheNames.shared.proxySetHeader
      return configuration.hiding(name, in: context)?.unknown ?? .bool(false)
    },
    NginxFact(
      "cache_neighbour", .string,
      "A server of other names whose answers share the cache zone and may differ from these",
      at: { configuration, context in
        configuration.cacheNeighbour(context).flatMap {
          configuration.view.statements(NginxCacheNames.shared.serverName, in: $0).first
        }
      }
    ) { $0.cacheNeighbourName($1) },
  ]
}

/// Names that only the facts about caches ask for.
struct NginxCacheNames: Sendable {
  static let shared = NginxCacheNames(.shared)

  let proxySetHeader, proxyPass, authRequestSet, serverName: NginxNameID

  private init(_ table: NginxDirectiveTable) {
    proxySetHeader = table.id("proxy_set_header")
    proxyPass = table.id("proxy_pass")
    authRequestSet = table.id("auth_request_set")
    serverName = table.id("server_name")
  }
}

/// What variables in a cache key stand for, by their name in lower case without the dollar.
enum NginxKeyVariables {
  /// Whether a variable differs between hosts; `nil` where only its definition could tell.
  static func namesHost(_ name: Substring) -> Bool? {
    if hosts.contains(name) { return true }
    return isOfRequest(name) ? false : nil
  }

  /// Whether a variable differs between users; `nil` where only its definition could tell.
  ///
  /// Any cookie counts: which of them holds the session, nobody but the application knows.
  static func namesUser(_ name: Substring) -> Bool? {
    if users.contains(name) || name.hasPrefix("cookie_") || name.hasPrefix("jwt_claim_") {
      return true
    }
    return isOfRequest(name) || hosts.contains(name) ? false : nil
  }

  /// nginx's own variables that tell nothing of host or user.
  private static func isOfRequest(_ name: Substring) -> Bool {
    requests.contains(name) || name.hasPrefix("arg_") || name.hasPrefix("http_")
      || name.hasPrefix("cookie_")
  }

  private static let hosts: Set<Substring> = [
    "host", "http_host", "server_name", "ssl_server_name", "http_x_forwarded_host", "server_addr",
    "server_port", "document_root", "realpath_root", "request_filename", "proxy_port",
    "http_x_host",
  ]
  private static let users: Set<Substring> = [
    "remote_user", "http_authorization", "http_cookie", "remote_addr", "binary_remote_addr",
    "ssl_client_s_dn", "ssl_client_fingerprint", "ssl_client_serial", "http_x_user",
    "http_x_api_key", "http_x_auth_token",
  ]
  private static let requests: Set<Substring> = [
    "scheme", "request_uri", "uri", "document_uri", "args", "query_string", "is_args",
    "request_method", "request", "https", "proxy_host", "server_protocol", "slice_range",
    "request_body", "content_type", "request_completion", "http2", "http3", "ssl_protocol",
    "remote_user", "remote_addr", "binary_remote_addr", "fastcgi_script_name",
    "fastcgi_path_info", "content_length", "hostname", "nginx_version",
  ]

  /// The variables in a text, in lower case, in order.
  static func names(in text: String) -> [Substring] {
    let text = text.lowercased()
    var names: [Substring] = []
    var rest = text[...]
    while let dollar = rest.utf8.firstIndex(of: UInt8(ascii: "$")) {
      rest = rest[rest.utf8.index(after: dollar)...]
      if rest.utf8.first == UInt8(ascii: "{") { rest = rest.dropFirst() }
      let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      if !name.isEmpty { names.append(name) }
      rest = rest[name.endIndex...]
    }
    return names
  }
}

extension NginxConfiguration {
  /// Whether some variable of the cache key answers `question` with yes.
  fileprivate func cacheKey(
    _ location: Int, has question: (Substring) -> Bool?
  ) -> FieldValue {
    let value = cacheValue(.key, location)
    guard case .string(let key) = value else {
      if case .unknown = value { return value }
      return .bool(false)
    }
    var open: Substring?
    for name in NginxKeyVariables.names(in: key) {
      switch question(name) {
      case true?: return .bool(true)
      case false?: continue
      case nil: open = open ?? name
      }
    }
    return open.map { .unknown("only the definition of $\($0) says what it tells apart") }
      ?? .bool(false)
  }

  /// The `proxy_set_header Host` in force.
  func hostHeader(_ location: Int) -> Int? {
    headers(in: location).last { view.argument(0, of: $0)?.lowercased() == "host" }
  }

  /// Whether the backend is told the client's host.
  ///
  /// The other protocols than HTTP hand all headers on as they came.
  fileprivate func sendsHost(_ location: Int) -> FieldValue {
    guard let family = cacheFamily(location) else {
      return hidingPass(location)?.unknown ?? .bool(false)
    }
    guard family.name == "proxy" else { return .bool(true) }
    guard let header = hostHeader(location) else {
      let name = NginxCacheNames.shared.proxySetHeader
      return hiding(name, in: location)?.unknown ?? .bool(false)
    }
    return .bool(namesClientHost(header))
  }

  /// Whether a `Host` line holds the host of the request.
  func namesClientHost(_ header: Int) -> Bool {
    NginxKeyVariables.names(in: view.argument(1, of: header) ?? "").contains {
      ["host", "http_host", "ssl_server_name", "server_name"].contains($0)
    }
  }

  /// The `proxy_set_header` in force that names the user.
  fileprivate func userHeader(_ location: Int) -> Int? {
    let name = NginxCacheNames.shared.authRequestSet
    let answers = Set(
      (inForce(name, in: location)?.statements ?? []).compactMap {
        view.argument(0, of: $0)?.lowercased().dropFirst()
      })
    return headers(in: location).first { header in
      NginxKeyVariables.names(in: view.argument(1, of: header) ?? "").contains {
        $0 == "remote_user" || $0.hasPrefix("jwt_claim_") || answers.contains($0)
      }
    }
  }
}

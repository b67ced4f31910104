import Model

extension NginxFact {
  /// What rules know of an address and port that HTTP servers listen on.
  static let socket: [NginxFact] =
    around + [
      NginxFact("nginx", .resource(.nginx), "The configuration it belongs to") {
        configuration, _ in configuration.resource(.nginx, 0)
      },
      NginxFact(
        "address", .string, "Address and port in one spelling: *:80, 127.0.0.1:8080, [::]:443",
        at: { $0.index.sockets[$1].listens.first?.statement }
      ) { .string($0.index.sockets[$1].address) },
      NginxFact("port", .int, "The port; absent for a socket in the file system") {
        let address = $0.index.sockets[$1].address
        guard !address.hasPrefix("unix:"),
          let colon = address.utf8.lastIndex(of: UInt8(ascii: ":"))
        else { return .absent }
        return NginxUnits.number(address.utf8[address.utf8.index(after: colon)...])
          .map { .int($0) } ?? .absent
      },
      NginxFact(
        "servers", .list(.resource(.server)), "The servers that listen on it, in reading order"
      ) { configuration, socket in
        if let include = configuration.unreadServers { return include.unknown }
        var seen: Set<Int> = []
        return .list(
          configuration.index.sockets[socket].servers.filter { seen.insert($0).inserted }
            .map { configuration.resource(.server, $0) })
      },
      NginxFact(
        "default_server", .resource(.server), "The server that answers where no name matches",
        at: { $0.defaultListen($1) }
      ) { configuration, socket in
        let known = configuration.index.sockets[socket]
        if !known.listens.contains(where: \.isDefault), let include = configuration.unreadServers {
          return include.unknown
        }
        return configuration.resource(.server, known.defaultServer)
      },
      NginxFact(
        "has_default_flag", .bool, "Whether some listen on it says default_server",
        at: { $0.defaultListen($1) }
      ) { configuration, socket in
        if configuration.index.sockets[socket].listens.contains(where: \.isDefault) {
          return .bool(true)
        }
        return configuration.unreadServers?.unknown ?? .bool(false)
      },
      NginxFact("default_flags", .int, "How many listens on it say default_server") {
        .int(Int64($0.index.sockets[$1].listens.count(where: \.isDefault)))
      },
      NginxFact(
        "options", .list(.string), "Every parameter that some listen on it has, each once",
        at: { configuration, socket in
          configuration.index.sockets[socket].listens.first { !$0.options.isEmpty }?.statement
        }
      ) { configuration, socket in
        var seen: Set<String> = []
        let options = configuration.index.sockets[socket].listens.flatMap(\.options)
        return configuration.unreadServers?.unknown
          ?? .list(options.filter { seen.insert($0).inserted }.map { .string($0) })
      },
      NginxFact("listens", .int, "How many servers' lines listen on it") {
        .int(Int64($0.index.sockets[$1].listens.count))
      },
    ] + socketProtocols + socketOptions + socketHash

  private static let socketProtocols: [NginxFact] = [
    NginxFact(
      "is_tls", .bool, "Whether some listen on it speaks TLS, which all its servers then do",
      at: { configuration, socket in configuration.listen(on: socket) { $0.isTLS } }
    ) { $0.someListen(on: $1) { $0.isTLS } },
    NginxFact(
      "quic", .bool, "Whether it takes HTTP/3 over QUIC, which is UDP",
      at: { configuration, socket in
        configuration.listen(on: socket) { $0.options.contains("quic") }
      }
    ) { $0.someListen(on: $1) { $0.options.contains("quic") } },
    NginxFact(
      "http2", .bool, "Whether some server on it takes HTTP/2, by parameter or directive",
      at: { configuration, socket in
        configuration.listen(on: socket) { $0.options.contains("http2") }
      }
    ) { configuration, socket in
      let byParameter = configuration.someListen(on: socket) { $0.options.contains("http2") }
      if case .bool(true) = byParameter { return byParameter }
      let http2 = NginxKnownNames.shared.http2
      let byDirective = configuration.index.sockets[socket].servers.contains { server in
        configuration.inForce(http2, in: server)?.statements.first
          .flatMap { configuration.view.argument(0, of: $0) }?.lowercased() == "on"
      }
      return byDirective ? .bool(true) : byParameter
    },
    NginxFact(
      "proxy_protocol", .bool, "Whether some listen on it expects the PROXY protocol",
      at: { configuration, socket in
        configuration.listen(on: socket) { $0.options.contains("proxy_protocol") }
      }
    ) { $0.someListen(on: $1) { $0.options.contains("proxy_protocol") } },
  ]
}

extension NginxConfiguration {
  /// The include that may hold servers which were not read.
  var unreadServers: NginxUnreadInclude? { unread.open(inAny: [.http, .server]) }

  fileprivate func listen(on socket: Int, where condition: (NginxListen) -> Bool) -> Int? {
    index.sockets[socket].listens.first(where: condition)?.statement
  }

  fileprivate func someListen(
    on socket: Int, where condition: (NginxListen) -> Bool
  ) -> FieldValue {
    if index.sockets[socket].listens.contains(where: condition) { return .bool(true) }
    return unreadServers?.unknown ?? .bool(false)
  }

  fileprivate func defaultListen(_ socket: Int) -> Int? {
    let known = index.sockets[socket]
    return known.listens.first(where: \.isDefault)?.statement ?? known.listens.first?.statement
  }

  /// The first line that listens on a socket; the server's own line where none is written.
  func socketOrigin(_ socket: Int) -> Origin {
    let known = index.sockets[socket]
    if let place = known.listens.lazy.compactMap(\.statement).first { return origin(place) }
    return NginxResource(.server, known.servers[0], in: self).identity.origin
  }
}

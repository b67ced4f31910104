import Model

extension NginxFact {
  /// What the `listen` lines of a socket ask of the operating system.
  static let socketOptions: [NginxFact] = [
    NginxFact(
      "option_lines", .int,
      "How many listens on it set an option of the socket itself, which only one may do",
      at: { $0.optionLines($1).last?.statement }
    ) { .int(Int64($0.optionLines($1).count)) },
    NginxFact(
      "backlog", .int,
      "How many new connections the system queues for it at most; absent where nothing says so",
      unit: .connection, at: { $0.listen(on: $1, having: "backlog=")?.statement }
    ) { configuration, socket in
      if let value = configuration.listen(on: socket, having: "backlog=")?.value {
        return NginxUnits.number(value.utf8).map { .int($0) }
          ?? .unknown("\"\(value)\" is no number")
      }
      return configuration.unreadServers?.unknown ?? .absent
    },
    NginxFact(
      "reuseport", .bool, "Whether each worker has a socket of its own for it",
      at: { $0.listen(on: $1, having: "reuseport")?.statement }
    ) { configuration, socket in
      if configuration.listen(on: socket, having: "reuseport") != nil { return .bool(true) }
      return configuration.unreadServers?.unknown ?? .bool(false)
    },
  ]
}

extension NginxConfiguration {
  /// The listens on a socket that set an option of it: nginx takes them from one line only.
  ///
  /// `ssl`, `http2`, `proxy_protocol` and `default_server` belong to the server, not to the socket.
  fileprivate func optionLines(_ socket: Int) -> [NginxListen] {
    index.sockets[socket].listens.filter { listen in
      listen.options.contains { option in
        Self.socketOptions.contains { option.hasPrefix($0) } || Self.socketFlags.contains(option)
      }
    }
  }

  private static let socketOptions = [
    "setfib=", "fastopen=", "backlog=", "rcvbuf=", "sndbuf=", "accept_filter=", "ipv6only=",
    "so_keepalive=",
  ]
  private static let socketFlags: Set<String> = ["bind", "deferred", "reuseport", "multipath"]

  /// The first listen on a socket with an option, and what is written behind its name.
  fileprivate func listen(
    on socket: Int, having option: String
  ) -> (statement: Int?, value: String)? {
    for listen in index.sockets[socket].listens {
      guard let found = listen.options.first(where: { $0.hasPrefix(option) }) else { continue }
      return (listen.statement, String(found.dropFirst(option.count)))
    }
    return nil
  }
}

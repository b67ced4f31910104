import Model

extension NginxFact {
  /// What rules know of an HTTP `server` besides its directives.
  static let server: [NginxFact] =
    shared + serverReach + access + serverTLS + [
      NginxFact(
        "nginx", .resource(.nginx), "The configuration it belongs to", key: NginxFact.ofWhole
      ) { configuration, _ in configuration.resource(.nginx, 0) },
      NginxFact(
        "listens", .list(.string), "Its sockets with their options, as written; *:80 where none",
        at: { $0.listens($1).first?.statement }
      ) { configuration, context in
        if let include = configuration.unread(setting: NginxKnownNames.shared.listen, in: context) {
          return include.unknown
        }
        return .list(configuration.listens(context).map { .string($0.text) })
      },
      NginxFact(
        "has_tls", .bool, "Whether some socket of it speaks TLS",
        at: { configuration, context in
          configuration.listens(context).first { $0.isTLS }?.statement
            ?? configuration.inForce(NginxKnownNames.shared.ssl, in: context)?.statements.first
        }
      ) { configuration, context in
        if configuration.hasTLS(context) { return .bool(true) }
        let listen = NginxKnownNames.shared.listen
        return configuration.unread(setting: listen, in: context)?.unknown ?? .bool(false)
      },
      NginxFact(
        "server_names", .list(.string), "Its names; empty where it has none",
        at: { $0.view.statements(NginxKnownNames.shared.serverName, in: $1).first }
      ) { configuration, context in
        let name = NginxKnownNames.shared.serverName
        if let include = configuration.unread(setting: name, in: context) { return include.unknown }
        let places = configuration.view.statements(name, in: context)
        return .list(places.flatMap { configuration.view.arguments($0) }.map { .string($0) })
      },
      NginxFact(
        "is_default_server", .bool,
        "Whether it answers on some socket where no name matches; its TLS settings count there"
      ) { configuration, context in
        .bool(
          configuration.listens(context).contains {
            configuration.index.defaultServer(of: $0.socket) == context
          })
      },
      NginxFact("locations", .list(.resource(.location)), "Its locations, without nested ones") {
        configuration, context in
        .list(
          configuration.view.children(.location, in: context).map {
            configuration.resource(.location, $0)
          })
      },
      NginxFact(
        "named_targets_undefined", .list(.string),
        "Names such as @app that its own try_files or error_page use and it does not define",
        at: { $0.undefinedTargets(writtenIn: $1).first?.statement }
      ) { $0.undefinedTargetNames(writtenIn: $1) },
    ]
}

extension NginxConfiguration {
  func listens(_ server: Int) -> [NginxListen] {
    NginxListen.all(of: server, view, .shared)
  }

  func hasTLS(_ server: Int) -> Bool {
    if listens(server).contains(where: \.isTLS) { return true }
    guard let old = inForce(NginxKnownNames.shared.ssl, in: server)?.statements.first else {
      return false
    }
    return view.argument(0, of: old)?.lowercased() == "on"
  }
}

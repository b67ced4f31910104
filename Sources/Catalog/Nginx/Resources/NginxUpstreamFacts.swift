import Model

extension NginxFact {
  /// What rules know of an `upstream` besides its directives.
  static let upstream: [NginxFact] =
    shared + upstreamServers + [
      NginxFact("nginx", .resource(.nginx), "The configuration it belongs to") {
        configuration, _ in configuration.resource(.nginx, 0)
      },
      NginxFact("protocol", .string, "http or stream") { configuration, context in
        .string(
          configuration.view.contexts[context].kind == .streamUpstream ? "stream" : "http")
      },
      NginxFact(
        "servers", .list(.string), "Its servers, each with its parameters, as written",
        at: { $0.upstreamServers($1).first }
      ) { configuration, context in
        configuration.unread.open(in: context)?.unknown
          ?? .list(
            configuration.upstreamServers(context).map { .string(configuration.view.joined($0)) })
      },
      NginxFact(
        "usable_servers", .int, "Its servers that are not marked down", unit: .server,
        at: { $0.upstreamServers($1).first }
      ) { configuration, context in
        let count = configuration.upstreamServers(context).count {
          !configuration.view.arguments($0).contains("down")
        }
        return configuration.unread.open(in: context)?.unknown ?? .int(Int64(count))
      },
      NginxFact(
        "has_max_conns", .bool, "Whether some server of it has a connection limit",
        at: { $0.serverWithLimit($1) }
      ) { configuration, context in
        if configuration.serverWithLimit(context) != nil { return .bool(true) }
        return configuration.unread.open(in: context)?.unknown ?? .bool(false)
      },
      NginxFact(
        "zone", .string,
        "The shared memory its state lives in; absent where each worker has its own",
        at: { $0.view.statements(NginxKnownNames.shared.zone, in: $1).first }
      ) { configuration, context in
        configuration.view.statements(NginxKnownNames.shared.zone, in: context).first
          .flatMap { configuration.view.argument(0, of: $0) }.map { .string($0) }
          ?? configuration.unread.open(in: context)?.unknown ?? .absent
      },
      NginxFact(
        "balancing", .string, "How a server is chosen: round_robin, least_conn, ip_hash, hash …",
        at: { $0.balancing($1) }
      ) { configuration, context in
        if let method = configuration.balancing(context) {
          return .string(configuration.view.nameText(method))
        }
        return configuration.unread.open(in: context)?.unknown ?? .string("round_robin")
      },
      NginxFact(
        "keepalive_before_balancing", .bool,
        "Whether keepalive stands before the balancing method, which then replaces it",
        at: { $0.view.statements(NginxKnownNames.shared.keepalive, in: $1).first }
      ) { configuration, context in
        let keepalive = configuration.view.statements(NginxKnownNames.shared.keepalive, in: context)
        guard let keepalive = keepalive.first, let method = configuration.balancing(context) else {
          return configuration.unread.open(in: context)?.unknown ?? .bool(false)
        }
        return .bool(keepalive < method)
      },
      NginxFact("passed_to", .list(.resource(.location)), "The locations that hand requests to it")
      { $0.unreadPasses?.unknown ?? .list($0.passingLocations($1)) },
      NginxFact("is_used", .bool, "Whether anything hands requests to it by its plain name") {
        if $0.index.passesToUpstream[Int32($1)]?.isEmpty == false { return .bool(true) }
        return $0.unreadPasses?.unknown ?? .bool(false)
      },
    ] + upstreamAdmission
}

extension NginxConfiguration {
  /// The `server` lines of an upstream.
  func upstreamServers(_ upstream: Int) -> [Int] {
    view.statements(NginxKnownNames.shared.server, in: upstream)
  }

  func serverWithLimit(_ upstream: Int) -> Int? {
    upstreamServers(upstream).first { place in
      view.arguments(place).contains { $0.hasPrefix("max_conns=") && $0 != "max_conns=0" }
    }
  }

  /// The directive that chooses a server.
  func balancing(_ upstream: Int) -> Int? {
    NginxKnownNames.shared.balancing.flatMap { view.statements($0, in: upstream) }.min()
  }

  func passingLocations(_ upstream: Int) -> [FieldValue] {
    var seen: Set<Int32> = []
    return (index.passesToUpstream[Int32(upstream)] ?? []).compactMap { number in
      let location = index.passes[number].location
      guard location != NginxContext.none, seen.insert(location).inserted,
        view.contexts[Int(location)].kind == .location
      else { return nil }
      return resource(.location, Int(location))
    }
  }
}

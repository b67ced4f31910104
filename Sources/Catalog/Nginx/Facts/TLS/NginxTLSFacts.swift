import Model

extension NginxFact {
  /// What a server offers over TLS, and whose settings count for it.
  static let serverTLS: [NginxFact] = [
    NginxFact(
      "default_servers", .list(.resource(.server)),
      "The other servers that answer on its sockets where no name matches"
    ) { configuration, server in
      if let include = configuration.unreadServers { return include.unknown }
      var seen: Set<Int> = [server]
      return .list(
        configuration.listens(server).compactMap {
          configuration.index.defaultServer(of: $0.socket)
        }
        .filter { seen.insert($0).inserted }.map { configuration.resource(.server, $0) })
    },
    NginxFact(
      "weak_ciphers", .list(.string),
      "The words of ssl_ciphers that let broken ciphers in and that no other word takes back",
      at: { $0.inForce(NginxTLSNames.shared.ciphers, in: $1)?.statements.first }
    ) { configuration, server in
      switch configuration.lookup(NginxTLSNames.shared.ciphers, in: server) {
      case .found(let found):
        let text = found.statements.first.flatMap { configuration.view.argument(0, of: $0) } ?? ""
        if NginxPlaceholder.isIn(text.utf8) { return .unknown("\"\(text)\" is decided elsewhere") }
        return .list(NginxCipherList(text).weak.map { .string($0) })
      case .hidden(let include): return include.unknown
      case .nowhere: return .list([])
      }
    },
    NginxFact(
      "key_exchange_groups", .list(.string),
      "The groups of ssl_ecdh_curve in lower case, without the marks that make one optional",
      at: { $0.inForce(NginxTLSNames.shared.curve, in: $1)?.statements.first }
    ) { configuration, server in
      switch configuration.lookup(NginxTLSNames.shared.curve, in: server) {
      case .found(let found):
        let text = found.statements.first.flatMap { configuration.view.argument(0, of: $0) } ?? ""
        return .list(
          text.lowercased().split(whereSeparator: { ":/".contains($0) })
            .map { .string(String($0.drop { "*?-".contains($0) })) })
      case .hidden(let include): return include.unknown
      case .nowhere: return .list([])
      }
    },
    NginxFact(
      "status_codes", .list(.int), "The status codes that its return lines and its locations' give"
    ) { configuration, server in
      let contexts = [server] + configuration.view.children(.location, in: server)
      var codes: [FieldValue] = []
      for context in contexts {
        if let include = configuration.unread.open(in: context) { return include.unknown }
        for line in configuration.view.statements(NginxTLSNames.shared.answer, in: context) {
          let code = configuration.view.argument(0, of: line).flatMap { NginxUnits.number($0.utf8) }
          if let code { codes.append(.int(code)) }
        }
      }
      return .list(codes)
    },
    header(
      "transport_security",
      "The Strict-Transport-Security that the add_header in force send; empty where none does"
    ),
  ]

  /// The same of a location.
  static let locationTLS: [NginxFact] = [
    header(
      "transport_security",
      "The Strict-Transport-Security that the add_header in force send; empty where none does"
    )
  ]

  private static func header(_ field: String, _ about: String) -> NginxFact {
    NginxFact(
      field, .string, about, at: { $0.transportSecurity($1) }
    ) { configuration, context in
      if let line = configuration.transportSecurity(context) {
        return .string(configuration.view.argument(1, of: line) ?? "")
      }
      switch configuration.lookup(NginxTLSNames.shared.addHeader, in: context) {
      case .found(let found):
        return configuration.unread.open(in: found.context)?.unknown ?? .string("")
      case .hidden(let include): return include.unknown
      case .nowhere: break
      }
      let info = NginxDirectiveTable.shared.info(
        NginxTLSNames.shared.addHeader, in: configuration.view.contexts[context].kind)
      return info.map(configuration.mayBeSetOutside) == true
        ? .unknown("the file is a part of a configuration that may send it") : .string("")
    }
  }
}

/// The directives that these facts look for.
struct NginxTLSNames: Sendable {
  static let shared = NginxTLSNames()

  let ciphers, curve, addHeader, answer, sendfile: NginxNameID

  private init() {
    let table = NginxDirectiveTable.shared
    ciphers = table.id("ssl_ciphers")
    curve = table.id("ssl_ecdh_curve")
    addHeader = table.id("add_header")
    answer = table.id("return")
    sendfile = table.id("sendfile")
  }
}

extension NginxConfiguration {
  /// The `add_header Strict-Transport-Security` in force.
  fileprivate func transportSecurity(_ context: Int) -> Int? {
    inForce(NginxTLSNames.shared.addHeader, in: context)?.statements.first {
      view.argument(0, of: $0)?.lowercased() == "strict-transport-security"
    }
  }
}

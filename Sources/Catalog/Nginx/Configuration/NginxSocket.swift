/// One address and port that servers listen on together: nginx opens it once for all of them.
struct NginxSocket: Sendable {
  /// Address and port, `*:80` for all addresses.
  let address: String
  private(set) var listens: [NginxListen]
  /// The server of each of ``listens``.
  private(set) var servers: [Int]
  /// The server that answers where no name matches.
  private(set) var defaultServer: Int

  init(_ listen: NginxListen, of server: Int) {
    address = listen.socket
    listens = [listen]
    servers = [server]
    defaultServer = server
  }

  mutating func add(_ listen: NginxListen, of server: Int) {
    if listen.isDefault { defaultServer = server }
    listens.append(listen)
    servers.append(server)
  }
}

/// One `listen`: the socket in one spelling, and what is asked of it.
struct NginxListen: Sendable {
  let statement: Int?
  let text: String
  /// Address and port, `*:80` for all addresses.
  let socket: String
  let options: [String]

  var isDefault: Bool { options.contains("default_server") || options.contains("default") }
  var isTLS: Bool { options.contains("ssl") || options.contains("quic") }

  /// The sockets of a server: those it names, or port 80 of every address.
  static func all(
    of server: Int, _ view: NginxConfigurationView, _ known: NginxKnownNames
  ) -> [NginxListen] {
    let statements = view.statements(known.listen, in: server)
    if statements.isEmpty {
      return [NginxListen(statement: nil, text: "*:80", socket: "*:80", options: [])]
    }
    return statements.map { place in
      let arguments = view.arguments(place)
      return NginxListen(
        statement: place, text: arguments.joined(separator: " "),
        socket: socket(arguments.first ?? ""), options: Array(arguments.dropFirst()))
    }
  }

  private static func socket(_ address: String) -> String {
    if address.hasPrefix("unix:") { return address }
    if !address.isEmpty, address.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
      return "*:" + address
    }
    let isBare =
      address.utf8.first == UInt8(ascii: "[")
      ? address.utf8.last == UInt8(ascii: "]") : !address.utf8.contains(UInt8(ascii: ":"))
    let whole = (isBare ? address + ":80" : address).lowercased()
    return whole.hasPrefix("0.0.0.0:") ? "*" + whole.dropFirst(7) : whole
  }
}

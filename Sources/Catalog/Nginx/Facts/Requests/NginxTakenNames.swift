import Syntax

/// The names of servers that another server of the same socket has already: nginx ignores them.
struct NginxTakenNames: Sendable {
  /// One name that a server does not get.
  struct Name: Sendable, Hashable {
    /// As written; empty where the server has no name.
    let name: String
    /// The server that answers to it.
    let owner: Int32
  }

  private var names: [Int32: [Name]] = [:]

  init(_ configuration: NginxConfiguration) {
    for socket in configuration.index.sockets where socket.servers.count > 1 {
      var owners: [String: Int32] = [:]
      for server in socket.servers {
        guard Self.isKnown(server, configuration) else { continue }
        let isDefault = server == socket.defaultServer
        for name in Self.names(of: server, configuration) {
          add(name, of: Int32(server), isDefault: isDefault, &owners)
        }
      }
    }
  }

  /// The names that a server does not get, each once, in reading order.
  func names(of server: Int) -> [Name] { names[Int32(server)] ?? [] }

  private mutating func add(
    _ name: String, of server: Int32, isDefault: Bool, _ owners: inout [String: Int32]
  ) {
    let keys = Self.keys(name)
    if let key = keys.first(where: { owners[$0] != nil }), let owner = owners[key] {
      // The server that answers where no name matches needs none.
      let isNeedless = isDefault && (name.isEmpty || name == "_")
      let taken = Name(name: name, owner: owner)
      if owner != server, !isNeedless, names[server]?.contains(taken) != true {
        names[server, default: []].append(taken)
      }
      return
    }
    for key in keys { owners[key] = server }
  }

  /// What a name stands for: `.example.org` is the domain and all names below it.
  private static func keys(_ name: String) -> [String] {
    if name.utf8.first == UInt8(ascii: "~") { return [name] }
    let name = name.lowercased()
    return name.utf8.first == UInt8(ascii: ".") ? [String(name.dropFirst()), "*" + name] : [name]
  }

  /// Whether no file that was not read may say where a server listens or what its names are.
  private static func isKnown(_ server: Int, _ configuration: NginxConfiguration) -> Bool {
    let known = NginxKnownNames.shared
    return configuration.unread(setting: known.listen, in: server) == nil
      && configuration.unread(setting: known.serverName, in: server) == nil
  }

  private static func names(of server: Int, _ configuration: NginxConfiguration) -> [String] {
    let statements = configuration.view.statements(NginxKnownNames.shared.serverName, in: server)
    if statements.isEmpty { return [""] }
    return statements.flatMap { configuration.view.arguments($0) }.filter {
      $0.utf8.first == UInt8(ascii: "~") || !NginxPlaceholder.isIn($0.utf8)
    }
  }
}

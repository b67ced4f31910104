import Model

extension NginxFact {
  /// How much room the names on a socket need in the hash tables that nginx builds at its start.
  static let socketHash: [NginxFact] = [
    NginxFact(
      "name_bucket", .int,
      "Bytes of a hash bucket that the longest server name on it needs; 0 where nothing is looked up",
      unit: .byte, at: { $0.longestName(on: $1)?.statement }
    ) { configuration, socket in
      let length = configuration.longestName(on: socket)?.length ?? 0
      let needed = NginxHash.bucket(length)
      let servers = configuration.index.sockets[socket].servers
      // A single server answers whatever the name, and nginx builds no table.
      guard needed > NginxHash.leastBucket, servers.allSatisfy({ $0 == servers[0] }) else {
        return .int(needed)
      }
      return configuration.unreadServers?.unknown ?? .int(0)
    }
  ]

  /// How much room the keys of a `map` need there.
  static let directiveHash: [NginxFact] = [
    NginxFact(
      "key_bucket", .int,
      "Bytes of a hash bucket that the longest key of the map it opens needs, of those read",
      unit: .byte, at: { $1 }
    ) { configuration, place in
      guard configuration.view.statements[place].name == NginxKnownNames.shared.map else {
        return .absent
      }
      return .int(NginxHash.bucket(configuration.longestKey(place)))
    }
  ]
}

/// The arithmetic of nginx's hash tables on 64-bit systems.
enum NginxHash {
  /// No bucket is smaller than a cache line, whatever is written.
  static let leastBucket: Int64 = 64

  /// The bytes of an entry and of the empty one that ends its bucket: a pointer, the length in two
  /// bytes and the name, rounded up to eight, and a pointer.
  static func bucket(_ length: Int) -> Int64 {
    length == 0 ? 0 : Int64(8 + (length + 2 + 7) / 8 * 8 + 8)
  }

  /// The length that counts of a name: wildcards are looked up label by label.
  static func length(_ name: String, allowsWildcards: Bool) -> Int {
    let bytes = name.utf8
    guard let first = bytes.first, first != UInt8(ascii: "~") else { return 0 }
    let isWildcard =
      first == UInt8(ascii: "*") || first == UInt8(ascii: ".") || bytes.last == UInt8(ascii: "*")
    guard allowsWildcards, isWildcard else { return bytes.count }
    return bytes.split(separator: UInt8(ascii: ".")).map(\.count).max() ?? 0
  }
}

extension NginxConfiguration {
  /// The longest name of the servers on a socket, as the hash counts it.
  fileprivate func longestName(on socket: Int) -> (length: Int, statement: Int)? {
    index.sockets[socket].servers.lazy.compactMap { self.longestName($0) }
      .max { $0.length < $1.length }
  }

  private func longestName(_ server: Int) -> (length: Int, statement: Int)? {
    var longest: (length: Int, statement: Int)?
    for place in view.statements(NginxKnownNames.shared.serverName, in: server) {
      for name in view.arguments(place) where !NginxPlaceholder.isIn(name.utf8) {
        // nginx puts its own host name in place of this variable.
        guard name.lowercased() != "$hostname" else { continue }
        let length = NginxHash.length(name, allowsWildcards: true)
        if length > longest?.length ?? 0 { longest = (length, place) }
      }
    }
    return longest
  }

  /// The longest key of a map that is no regular expression.
  fileprivate func longestKey(_ map: Int) -> Int {
    let child = view.statements[map].child
    guard child != NginxContext.none else { return 0 }
    let range = view.contexts[Int(child)].range
    let hasHostnames = range.contains { view.nameText($0) == "hostnames" }
    var longest = 0
    for place in range where view.argument(0, of: place) != nil {
      let key = view.nameText(place)
      guard key != "default", !NginxPlaceholder.isIn(key.utf8) else { continue }
      let escaped = key.utf8.first == UInt8(ascii: "\\")
      let length = NginxHash.length(
        escaped ? String(key.dropFirst()) : key, allowsWildcards: hasHostnames && !escaped)
      longest = max(longest, length)
    }
    return longest
  }
}

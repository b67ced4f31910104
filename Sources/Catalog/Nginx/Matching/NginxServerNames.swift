import Syntax

/// The names of the servers on one socket, as nginx builds its tables of them.
///
/// The first server with a name has it: nginx only warns of the others, "conflicting server name
/// … ignored".
struct NginxServerNames {
  /// How a name was found.
  enum Kind: Sendable, Hashable { case exact, leadingWildcard, trailingWildcard, pattern }

  /// A name with its server.
  struct Entry: Sendable, Hashable {
    let server: Int
    let name: String
    /// The `server_name` that has it; `nil` for a server without one, whose name is empty.
    let statement: Int?
  }

  /// What answers for a host.
  enum Match: Sendable, Hashable {
    case name(Entry, Kind)
    /// No name matches: the socket's default server.
    case none
  }

  private var exact: [String: Entry] = [:]
  /// Names with `.name`, which stand for themselves and everything below.
  private var selfAndBelow: [String: Entry] = [:]
  private var below: [String: Entry] = [:]
  private var trailing: [String: Entry] = [:]
  private var patterns: [(entry: Entry, pattern: PCREPattern)] = []
  /// Names that something decides which is not in the files.
  private(set) var undecided: [Entry] = []
  /// Every name that conflicts with an earlier one and is not asked.
  private(set) var ignored: [Entry] = []

  private var exactKeys: Set<String> = []
  private var leadingKeys: Set<String> = []

  init(_ servers: [Int], in view: NginxConfigurationView) {
    var seen: Set<Int> = []
    for server in servers where seen.insert(server).inserted {
      let statements = view.statements(NginxKnownNames.shared.serverName, in: server)
      for statement in statements {
        for name in view.arguments(statement) {
          add(Entry(server: server, name: name, statement: statement))
        }
      }
      if statements.isEmpty { add(Entry(server: server, name: "", statement: nil)) }
    }
  }

  private mutating func add(_ entry: Entry) {
    if entry.name.utf8.first == UInt8(ascii: "~") {
      let text = String(entry.name.dropFirst())
      let hasUpper = text.utf8.contains { ByteSet.upper.contains($0) }
      patterns.append((entry, PCREPattern(text, ignoresCase: hasUpper)))
      return
    }
    if entry.name == "$hostname" || NginxPlaceholder.isIn(entry.name.utf8) {
      undecided.append(entry)
      return
    }
    let name = String(decoding: entry.name.utf8.map(NginxHostName.lowered), as: UTF8.self)
    guard addPlain(name, entry) else {
      ignored.append(entry)
      return
    }
  }

  /// Whether the name is new.
  ///
  /// A conflict of one half of `.name` loses the other half as well.
  private mutating func addPlain(_ name: String, _ entry: Entry) -> Bool {
    if name.hasPrefix("*."), name.utf8.count > 2 {
      let key = String(name.dropFirst(2))
      guard leadingKeys.insert(key).inserted else { return false }
      below[key] = entry
    } else if name.hasPrefix("."), name.utf8.count > 1 {
      let key = String(name.dropFirst())
      guard exactKeys.insert(key).inserted, leadingKeys.insert(key).inserted else { return false }
      selfAndBelow[key] = entry
      below[key] = entry
    } else if name.hasSuffix(".*"), name.utf8.count > 2 {
      let key = String(name.dropLast(2))
      guard trailing[key] == nil else { return false }
      trailing[key] = entry
    } else {
      guard exactKeys.insert(name).inserted else { return false }
      exact[name] = entry
    }
    return true
  }

  /// Looks a host up: exact, longest wildcard in front, longest one behind, expressions in order.
  ///
  /// - Parameter unknown: called with each expression that nobody can judge; it says whether to
  ///   take it for a match.
  func match(_ host: String, unknown: (Entry) -> Bool) -> Match {
    for entry in undecided where unknown(entry) { return .name(entry, .exact) }
    if let entry = exact[host] { return .name(entry, .exact) }
    if let entry = wildcard(host) { return entry }
    guard !host.isEmpty else { return .none }
    for (entry, pattern) in patterns {
      if let found = NginxPatternVerdict.search(pattern, in: Array(host.utf8)) {
        if found.isMatch { return .name(entry, .pattern) }
      } else if unknown(entry) {
        return .name(entry, .pattern)
      }
    }
    return .none
  }

  private func wildcard(_ host: String) -> Match? {
    if let entry = selfAndBelow[host] { return .name(entry, .leadingWildcard) }
    let bytes = host.utf8
    var dots = bytes.indices.filter { bytes[$0] == UInt8(ascii: ".") }
    for dot in dots {
      let rest = String(host[bytes.index(after: dot)...])
      if let entry = below[rest] { return .name(entry, .leadingWildcard) }
    }
    dots.reverse()
    for dot in dots {
      if let entry = trailing[String(host[..<dot])] { return .name(entry, .trailingWildcard) }
    }
    return nil
  }
}

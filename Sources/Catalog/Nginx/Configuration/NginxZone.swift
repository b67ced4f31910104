/// One shared memory zone: what declares it, and what is declared of it.
struct NginxZone: Sendable {
  /// Which module's zone it is: two modules cannot share one name.
  enum Family: String, Sendable, Hashable {
    case requests = "limit_req_zone"
    case connections = "limit_conn_zone"
    case proxyCache = "proxy_cache_path"
    case fastcgiCache = "fastcgi_cache_path"
    case uwsgiCache = "uwsgi_cache_path"
    case scgiCache = "scgi_cache_path"
    case upstream = "zone"
    case sessions = "ssl_session_cache"

    /// The directives that use a zone by its name; none where declaring is using.
    var users: [String] {
      switch self {
      case .requests: ["limit_req"]
      case .connections: ["limit_conn"]
      case .proxyCache: ["proxy_cache"]
      case .fastcgiCache: ["fastcgi_cache"]
      case .uwsgiCache: ["uwsgi_cache"]
      case .scgiCache: ["scgi_cache"]
      case .upstream, .sessions: []
      }
    }

    static let all: [Family] = [
      .requests, .connections, .proxyCache, .fastcgiCache, .uwsgiCache, .scgiCache, .upstream,
      .sessions,
    ]
  }

  let name: String
  let family: Family
  /// Every line that declares it, the first one first.
  private(set) var statements: [Int]
  /// As written, `10m`; `nil` where another line says it.
  private(set) var size: String?

  /// The first line that declares it.
  var statement: Int { statements[0] }

  /// Every zone of a configuration, in reading order of their first lines.
  static func all(in view: NginxConfigurationView, _ lines: NginxLines) -> [NginxZone] {
    struct Key: Hashable {
      let family: Family
      let name: String
    }
    var zones: [NginxZone] = []
    var numbers: [Key: Int] = [:]
    for family in Family.all {
      for place in lines.places(of: NginxDirectiveTable.shared.id(family.rawValue)) {
        guard let (name, size) = declared(view.arguments(Int(place)), family) else { continue }
        let key = Key(family: family, name: name)
        if let number = numbers[key] {
          zones[number].statements.append(Int(place))
          zones[number].size = zones[number].size ?? size
        } else {
          numbers[key] = zones.count
          zones.append(
            NginxZone(name: name, family: family, statements: [Int(place)], size: size))
        }
      }
    }
    return zones.sorted { $0.statement < $1.statement }
  }

  /// The name and size that a line declares; `nil` where it declares none.
  private static func declared(
    _ arguments: [String], _ family: Family
  ) -> (name: String, size: String?)? {
    switch family {
    case .requests, .connections: return value(of: "zone=", in: arguments).flatMap(split)
    case .proxyCache, .fastcgiCache, .uwsgiCache, .scgiCache:
      return value(of: "keys_zone=", in: arguments).flatMap(split)
    case .upstream:
      return arguments.first.map { ($0, arguments.count > 1 ? arguments[1] : nil) }
    case .sessions: return value(of: "shared:", in: arguments).flatMap(split)
    }
  }

  private static func value(of prefix: String, in arguments: [String]) -> Substring? {
    arguments.first { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.utf8.count) }
  }

  /// `login:10m` is the zone login of 10 MB.
  private static func split(_ text: Substring) -> (name: String, size: String?)? {
    guard !text.isEmpty else { return nil }
    guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else { return (String(text), nil) }
    return (String(text[..<colon]), String(text[text.utf8.index(after: colon)...]))
  }
}

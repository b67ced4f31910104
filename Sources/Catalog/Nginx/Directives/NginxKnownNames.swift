/// The numbers of the directives that the model itself has to understand.
///
/// Looked up once; comparing numbers is all that reading a configuration does with names.
struct NginxKnownNames: Sendable {
  static let shared = NginxKnownNames(.shared)

  let include, splitClients, events, workerConnections: NginxNameID
  let server, location, upstream, `if`, limitExcept: NginxNameID
  let listen, serverName, ssl, http2: NginxNameID
  let errorPage, tryFiles, resolver, internalOnly, limitReq, limitConn: NginxNameID
  let limitReqZone, limitConnZone: NginxNameID
  let proxySetHeader, zone, keepalive, workerProcesses, set, map: NginxNameID
  /// Directives that stand only in the file nginx starts with.
  let ofWholeFiles: [NginxNameID]
  /// Directives that hand a request on: `proxy_pass` and its like.
  let passes: [NginxNameID]
  /// Directives that turn a cache on.
  let caches: [NginxNameID]
  /// Upstream directives that choose a server, with what they are called.
  let balancing: [NginxNameID]
  /// Directives that a block does not take from the one around it.
  private let isLocal: [Bool]
  private let blocks: [NginxNameID: NginxContextKind]

  private init(_ table: NginxDirectiveTable) {
    func id(_ name: String) -> NginxNameID { table.id(name) }
    include = id("include")
    splitClients = id("split_clients")
    server = id("server")
    location = id("location")
    upstream = id("upstream")
    `if` = id("if")
    limitExcept = id("limit_except")
    listen = id("listen")
    serverName = id("server_name")
    ssl = id("ssl")
    http2 = id("http2")
    errorPage = id("error_page")
    tryFiles = id("try_files")
    resolver = id("resolver")
    internalOnly = id("internal")
    limitReq = id("limit_req")
    limitConn = id("limit_conn")
    limitReqZone = id("limit_req_zone")
    limitConnZone = id("limit_conn_zone")
    events = id("events")
    workerConnections = id("worker_connections")
    proxySetHeader = id("proxy_set_header")
    zone = id("zone")
    keepalive = id("keepalive")
    workerProcesses = id("worker_processes")
    set = id("set")
    map = id("map")
    ofWholeFiles = ["worker_processes", "user", "pid", "daemon"].map(id)
    passes = Self.passNames.map(id)
    caches = ["proxy_cache", "fastcgi_cache", "uwsgi_cache", "scgi_cache"].map(id)
    balancing = ["least_conn", "ip_hash", "hash", "random", "least_time", "sticky"].map(id)
    var isLocal = [Bool](repeating: false, count: table.nameCount + 1)
    for name in Self.passNames + Self.localNames { isLocal[Int(id(name).rawValue)] = true }
    self.isLocal = isLocal
    blocks = Dictionary(
      Self.blockKinds.map { (id($0.0), $0.1) }, uniquingKeysWith: { first, _ in first })
  }

  private static let passNames = [
    "proxy_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass", "grpc_pass", "memcached_pass",
    "tunnel_pass",
  ]
  private static let localNames = [
    "return", "rewrite", "break", "set", "try_files", "stub_status", "empty_gif",
    "flv", "mp4", "hls", "js_content", "perl", "content_by_lua", "content_by_lua_file",
    "content_by_lua_block", "listen", "server_name",
  ]
  private static let blockKinds: [(String, NginxContextKind)] = [
    ("events", .events), ("http", .http), ("location", .location),
    ("limit_except", .limitExcept), ("stream", .stream), ("mail", .mail), ("mgmt", .mgmt),
    ("oidc_provider", .oidcProvider), ("acme_issuer", .acmeIssuer), ("rtmp", .rtmp),
    ("application", .rtmpApplication), ("recorder", .rtmpRecorder), ("map", .data),
    ("geo", .data), ("types", .data), ("split_clients", .data), ("charset_map", .data),
    ("match", .data), ("geoip2", .data), ("otel_exporter", .data), ("num_map", .data),
  ]

  /// Whether a block takes the directive from the one around it where it has none itself.
  func isInherited(_ name: NginxNameID) -> Bool { !isLocal[Int(name.rawValue)] }

  /// The context that a block opens.
  func kind(
    of name: NginxNameID, in parent: NginxContextKind, hasDataBody: Bool
  ) -> NginxContextKind {
    switch name {
    case server:
      switch parent {
      case .stream: return .streamServer
      case .mail: return .mailServer
      case .rtmp: return .rtmpServer
      default: return .server
      }
    case upstream: return parent == .stream ? .streamUpstream : .upstream
    case `if`: return parent == .server ? .ifInServer : .ifInLocation
    case .unknown: return hasDataBody ? .data : .foreign
    default: return blocks[name] ?? (hasDataBody ? .data : .foreign)
    }
  }
}

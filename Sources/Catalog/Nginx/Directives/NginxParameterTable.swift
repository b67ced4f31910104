import Model

/// The parameters of directives that take a list of them: `burst=5`, `default_server`.
///
/// From the functions of nginx's source that read them, tried with nginx 1.22.1; letter case
/// counts.
struct NginxParameterTable: Sendable {
  /// How the value of a parameter is read.
  enum Value: Character {
    case none = "-"
    case any = "*"
    case number = "n"
    case positive = "N"
    case size = "z"
    case offset = "o"
    case milliseconds = "t"
    case seconds = "T"
    case flag = "f"
    /// A name, a colon and a size.
    case zone = "Z"
    /// A number and `r/s` or `r/m`.
    case rate = "R"
  }

  /// One parameter.
  struct Parameter: Sendable {
    /// With the `=` where there is a value.
    let name: String
    let value: Value
    let since: Version?
    /// The first version without it.
    let until: Version?
    /// What nginx calls a wrong value: `burst value`; `parameter` for most.
    let title: String
  }

  /// The parameters of one directive.
  struct Parameters: Sendable {
    /// The arguments before the first parameter.
    let skipped: Int
    /// The parameter that may not be missing, without `=`.
    let needed: String?
    /// Whether nginx passes over what it does not know.
    let ignoresOthers: Bool
    let list: [Parameter]
  }

  static let shared = NginxParameterTable(.shared)

  private let http: [NginxNameID: Parameters]
  private let stream: [NginxNameID: Parameters]
  private let main: [NginxNameID: Parameters]

  /// The parameters of a directive; `nil` where its arguments are something else.
  func parameters(of id: NginxNameID, in kind: NginxContextKind) -> Parameters? {
    switch kind {
    case .http, .server, .location, .upstream, .ifInLocation, .ifInServer, .limitExcept: http[id]
    case .stream, .streamServer, .streamUpstream: stream[id]
    case .main: main[id]
    default: nil
    }
  }

  /// The directives that have parameters.
  var ids: [NginxNameID] { Array(http.keys) + Array(stream.keys) + Array(main.keys) }

  private init(_ table: NginxDirectiveTable) {
    http = Self.read(Self.httpRows, table)
    stream = Self.read(Self.streamRows, table)
    main = Self.read(Self.mainRows, table)
  }

  private static func read(
    _ rows: String, _ table: NginxDirectiveTable
  ) -> [NginxNameID: Parameters] {
    var parameters: [NginxNameID: Parameters] = [:]
    for row in rows.split(separator: "\n") {
      let parts = row.split(separator: " ")
      let list = parts.dropFirst(2).filter { $0 != "..." }.map(parameter)
      let needed = parts.dropFirst(2).first { $0.hasPrefix("!") }
      for name in parts[0].split(separator: ",") {
        parameters[table.id(String(name))] = Parameters(
          skipped: Int(parts[1]) ?? 0,
          needed: needed.map { String($0.dropFirst().prefix { $0 != "=" }) },
          ignoresOthers: parts.contains("..."), list: list)
      }
    }
    return parameters
  }

  /// Reads `burst=N:burst_value`, `quic+1.25.0` or `spdy-1.9.5`.
  private static func parameter(_ text: Substring) -> Parameter {
    let text = text.hasPrefix("!") ? text.dropFirst() : text
    let ends = text.split(separator: "-")
    let until = ends.count > 1 ? Version(String(ends[1])) : nil
    let pieces = ends[0].split(separator: "+")
    let halves = pieces[0].split(separator: "=", maxSplits: 1)
    let since = pieces.count > 1 ? Version(String(pieces[1])) : nil
    guard halves.count > 1, let letter = halves[1].first else {
      return Parameter(
        name: String(halves[0]), value: .none, since: since, until: until, title: "parameter")
    }
    let title = halves[1].dropFirst(2).split(separator: "_").joined(separator: " ")
    return Parameter(
      name: halves[0] + "=", value: Value(rawValue: letter) ?? .any, since: since,
      until: until, title: title.isEmpty ? "parameter" : title)
  }

  /// Directives, the arguments before the first parameter, and the parameters: `NAME`, or `NAME=`
  /// and the letter of the value; `!` marks one that may not be missing, `...` that nginx passes
  /// over others.
  private static let httpRows = """
    listen 1 default_server default bind ssl http2+1.9.5 quic+1.25.0 proxy_protocol+1.5.12 deferred \
    reuseport+1.9.1 setfib=n:setfib fastopen=n:fastopen backlog=N:backlog rcvbuf=z:rcvbuf \
    sndbuf=z:sndbuf accept_filter=* ipv6only=* so_keepalive=* multipath+1.29.7 spdy-1.9.5
    server 1 weight=N max_conns=n max_fails=n fail_timeout=T backup down resolve+1.27.3 \
    service=*+1.27.3 slow_start=T route=* drain
    limit_req_zone 1 !zone=Z:zone_size rate=R:rate sync
    limit_req 0 !zone=* burst=N:burst_value delay=N:delay_value+1.15.7 nodelay
    limit_conn_zone 1 !zone=Z:zone_size
    hash 1 consistent
    add_header,add_trailer 2 always
    fastcgi_param,scgi_param,uwsgi_param 2 if_not_empty
    """

  private static let mainRows = """
    thread_pool 1 !threads=N:threads_value max_queue=n:max_queue_value ...
    """

  private static let streamRows = """
    listen 1 ssl+1.9.0 udp bind proxy_protocol+1.11.4 deferred reuseport setfib=n backlog=N:backlog \
    rcvbuf=z:rcvbuf sndbuf=z:sndbuf fastopen=n ipv6only=* so_keepalive=* default_server+1.25.5 \
    multipath+1.29.7
    server 1 weight=N max_conns=n max_fails=n fail_timeout=T backup down resolve+1.27.3 \
    service=*+1.27.3 slow_start=T
    limit_conn_zone 1 !zone=Z:zone_size
    hash 1 consistent
    """
}

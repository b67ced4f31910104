/// A directive that each way of handing requests on has under a name of its own.
enum NginxPassPart: Int, CaseIterable {
  case nextUpstream, tries, retryTime, connectTimeout, sendTimeout, readTimeout
  case buffering, buffers, bufferSize, ignoreClientAbort

  /// The name behind `proxy_` or its like.
  fileprivate var suffix: String {
    switch self {
    case .nextUpstream: "next_upstream"
    case .tries: "next_upstream_tries"
    case .retryTime: "next_upstream_timeout"
    case .connectTimeout: "connect_timeout"
    case .sendTimeout: "send_timeout"
    case .readTimeout: "read_timeout"
    case .buffering: "buffering"
    case .buffers: "buffers"
    case .bufferSize: "buffer_size"
    case .ignoreClientAbort: "ignore_client_abort"
    }
  }
}

/// The directives that steer one way of handing requests on: `proxy_…`, `fastcgi_…` and their like.
struct NginxPassFamily: Sendable {
  private let parts: [NginxNameID]

  private init(_ name: String) {
    parts = NginxPassPart.allCases.map { NginxDirectiveTable.shared.id("\(name)_\($0.suffix)") }
  }

  /// The directive of a part; ``NginxNameID/unknown`` where this family has none.
  subscript(part: NginxPassPart) -> NginxNameID { parts[part.rawValue] }

  /// All families, `proxy` first.
  static let all: [NginxPassFamily] = names.map { NginxPassFamily($0) }

  /// The families by the directive that hands requests on.
  static let ofPass = Dictionary(
    zip(names, all).map { (NginxDirectiveTable.shared.id("\($0)_pass"), $1) },
    uniquingKeysWith: { first, _ in first })

  private static let names = ["proxy", "fastcgi", "uwsgi", "scgi", "grpc", "memcached", "tunnel"]
}

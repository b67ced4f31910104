/// What in a configuration opens a vulnerability.
indirect enum NginxTrigger: Sendable, Hashable {
  /// A line that matches.
  case line(NginxLinePattern)
  /// A line that matches where all of the others are in force.
  case within(NginxLinePattern, [NginxLinePattern])
  /// One of several, tried in order.
  case any([NginxTrigger])
  /// A line that matches, while something else is somewhere.
  case beside(NginxLinePattern, NginxTrigger)
  /// Something that several lines or a regular expression decide.
  case hazard(NginxHazard)

  /// The names of the directives that can be underlined.
  var names: [String] {
    switch self {
    case .line(let pattern), .within(let pattern, _), .beside(let pattern, _): pattern.names
    case .any(let triggers): triggers.flatMap(\.names)
    case .hazard(let hazard): hazard.names
    }
  }
}

/// The part of a configuration that a line stands in.
enum NginxArea: Sendable, Hashable {
  case http, stream, mail, anywhere
}

/// Which lines: by name, arguments and the part they stand in.
struct NginxLinePattern: Sendable, Hashable {
  enum Arguments: Sendable, Hashable {
    case any
    /// Some argument is one of these, letter case aside.
    case some([String])
    /// The first argument is none of these.
    case not([String])
    /// The first argument begins with one of these.
    case begins([String])
    /// The first argument begins with a drive letter.
    case drive
    /// The second argument is a size of at least so many bytes.
    case size(Int64)
  }

  let names: [String]
  let arguments: Arguments
  let area: NginxArea

  init(_ names: [String], _ arguments: Arguments = .any, in area: NginxArea = .http) {
    self.names = names
    self.arguments = arguments
    self.area = area
  }

  init(_ name: String, _ arguments: Arguments = .any, in area: NginxArea = .http) {
    self.init([name], arguments, in: area)
  }

  func matches(_ words: [String]) -> Bool {
    switch arguments {
    case .any: true
    case .some(let wanted): words.contains { wanted.contains($0.lowercased()) }
    case .not(let refused): words.first.map { !refused.contains($0.lowercased()) } ?? false
    case .begins(let starts): words.first.map { starts.contains(where: $0.hasPrefix) } ?? false
    case .drive: words.first.map { Self.hasDrive($0) } ?? false
    case .size(let least):
      words.count > 1 && NginxUnits.size(words[1].utf8).map { $0 >= least } == true
    }
  }

  private static func hasDrive(_ path: String) -> Bool {
    let bytes = Array(path.utf8.prefix(3))
    guard bytes.count == 3, bytes[1] == UInt8(ascii: ":") else { return false }
    let letter = bytes[0] | 0x20
    return letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z")
      && (bytes[2] == UInt8(ascii: "/") || bytes[2] == UInt8(ascii: "\\"))
  }
}

/// Triggers that are more than lines with certain words.
enum NginxHazard: Sendable, Hashable {
  /// `rewrite` with arguments in its replacement, then `set`, `if` or `rewrite` with `$1`.
  case captureAfterArguments
  /// `rewrite` whose replacement repeats a group inside another one and has nothing else variable.
  case overlappingCaptures
  /// A text with a capture and behind it the variable of a `map` with regular expressions.
  case captureBeforeMap
  /// A regular expression's `$1` in a location that makes subrequests of its own.
  case captureInSubrequest
  /// `alias`, `rewrite` and `$request_filename` in one location.
  case aliasAfterRewrite
  /// A default server that wants client certificates, and other servers behind the same socket.
  case clientCertificatesOfDefault

  var names: [String] {
    switch self {
    case .captureAfterArguments, .overlappingCaptures: ["rewrite"]
    case .captureBeforeMap: ["map"]
    case .captureInSubrequest: ["slice", "proxy_cache_background_update"]
    case .aliasAfterRewrite: ["alias"]
    case .clientCertificatesOfDefault: ["ssl_verify_client"]
    }
  }
}

extension NginxTrigger {
  static let quic = Self.line(NginxLinePattern("listen", .some(["quic"])))
  static let http2 = Self.any([
    .line(NginxLinePattern("listen", .some(["http2"]))),
    .line(NginxLinePattern("http2", .some(["on"]))),
  ])
  static let spdy = Self.line(NginxLinePattern("listen", .some(["spdy"])))
  static let tls = Self.any([
    .line(NginxLinePattern("listen", .some(["ssl"]))),
    .line(NginxLinePattern("ssl", .some(["on"]))),
  ])
  static let mp4 = Self.line(NginxLinePattern("mp4"))
  static let resolver = Self.line(NginxLinePattern("resolver", .not(["off"]), in: .anywhere))
  static let http = Self.line(NginxLinePattern("http", in: .anywhere))
  static let windows = Self.line(NginxLinePattern(["root", "alias"], .drive))

  /// Requests that are handed to a backend by one of these.
  static func pass(_ names: String...) -> Self { .line(NginxLinePattern(names)) }
}

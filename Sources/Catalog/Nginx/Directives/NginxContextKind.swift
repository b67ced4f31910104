/// Where a directive may stand: the kinds of block that nginx tells apart.
package enum NginxContextKind: UInt8, Sendable, Hashable, CaseIterable {
  case main, events, http, server, location, upstream
  /// `if` in a `server`.
  case ifInServer
  /// `if` in a `location`.
  case ifInLocation
  case limitExcept
  case stream, streamServer, streamUpstream
  case mail, mailServer
  case mgmt, oidcProvider, acmeIssuer
  case rtmp, rtmpServer, rtmpApplication, rtmpRecorder
  /// A body of data: `map`, `geo`, `types`, `split_clients` and the like.
  case data
  /// A block of a module that the tables do not know.
  case foreign

  /// The letter that the directive tables use; `nil` for bodies that hold no directives.
  var letter: UInt8? {
    let letters: StaticString = "mehsluijxHSUMNgoArRac"
    guard Int(rawValue) < letters.utf8CodeUnitCount else { return nil }
    return letters.withUTF8Buffer { $0[Int(rawValue)] }
  }

  /// What nginx's documentation calls it.
  package var title: String {
    switch self {
    case .main: "main"
    case .events: "events"
    case .http: "http"
    case .server, .streamServer, .mailServer, .rtmpServer: "server"
    case .location: "location"
    case .upstream, .streamUpstream: "upstream"
    case .ifInServer: "if in server"
    case .ifInLocation: "if in location"
    case .limitExcept: "limit_except"
    case .stream: "stream"
    case .mail: "mail"
    case .mgmt: "mgmt"
    case .oidcProvider: "oidc_provider"
    case .acmeIssuer: "acme_issuer"
    case .rtmp: "rtmp"
    case .rtmpApplication: "application"
    case .rtmpRecorder: "recorder"
    case .data, .foreign: "block"
    }
  }
}

/// A set of kinds of block, one bit each.
package struct NginxContextSet: OptionSet, Sendable, Hashable {
  package let rawValue: UInt32

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package init(_ kind: NginxContextKind) { rawValue = 1 << UInt32(kind.rawValue) }

  /// Every kind: `include` may stand anywhere.
  static let all = Self(rawValue: .max)

  /// The kinds in the set, in their own order.
  var kinds: [NginxContextKind] {
    NginxContextKind.allCases.filter { contains(Self($0)) }
  }
}

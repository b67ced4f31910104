import Model
import Synchronization

extension NginxFact {
  /// How a location hands requests on, whichever family of directives it uses.
  static let locationHandling: [NginxFact] =
    [
      part(
        .nextUpstream, "pass_next_upstream", .list(.string),
        "What makes it try the next server: error, timeout, http_503, non_idempotent …"),
      bounded(
        .tries, "pass_tries", .int, .request,
        "On how many servers a request is tried at most; unlimited where nothing says so"),
      bounded(
        .retryTime, "pass_retry_time", .duration, .none,
        "For how long after its start a request may be tried again; endless where nothing says so"),
      part(
        .connectTimeout, "pass_connect_timeout", .duration,
        "How long it waits for a connection to what it hands on to"),
      part(
        .sendTimeout, "pass_send_timeout", .duration,
        "How long it waits to send the next piece of a request"),
      part(
        .readTimeout, "pass_read_timeout", .duration,
        "How long it waits for the next piece of an answer"),
      part(
        .buffering, "pass_buffering", .bool,
        "Whether it takes answers in as fast as they come; absent where the protocol has no choice"
      ),
      part(
        .ignoreClientAbort, "pass_ignores_abort", .bool,
        "Whether a request goes on when its client is gone; absent where there is no choice"),
    ] + handlingTargets

  private static let handlingTargets: [NginxFact] = [
    NginxFact(
      "pass_servers", .int,
      "How many servers it may try, without those marked down; absent where a variable decides",
      unit: .server, at: { $0.firstPass($1).map { Int($0.statement) } }
    ) { $0.passServers($1) },
    NginxFact(
      "pass_servers_exact", .bool,
      "Whether pass_servers is exact: a name or a variable may stand for several servers",
      at: { $0.firstPass($1).map { Int($0.statement) } }
    ) { $0.passServersAreExact($1) },
    NginxFact(
      "forwards_upgrade", .bool,
      "Whether it sends on the Upgrade header of clients, as web sockets need",
      at: { $0.upgradeHeader($1) }
    ) { configuration, context in
      if configuration.upgradeHeader(context) != nil { return .bool(true) }
      return configuration.hidingConnectionHeader(context)?.unknown ?? .bool(false)
    },
  ]

  private static func part(
    _ part: NginxPassPart, _ name: String, _ type: FieldType, _ about: String
  ) -> NginxFact {
    NginxFact(
      name, type, about, key: { $0.passKey(part, $1) }, at: { $0.passStatement(part, $1) }
    ) { $0.passValue(part, $1) }
  }

  /// A limit that nginx switches off with 0.
  private static func bounded(
    _ part: NginxPassPart, _ name: String, _ type: FieldType, _ unit: Unit, _ about: String
  ) -> NginxFact {
    NginxFact(
      name, type, about, unit: unit, key: { $0.passKey(part, $1) },
      at: { $0.passStatement(part, $1) }
    ) {
      switch $0.passValue(part, $1) {
      case .int(0): .int(.max)
      case .duration(0): .duration(.max)
      case let value: value
      }
    }
  }
}

extension NginxConfiguration {
  /// The directives that steer how a location hands requests on; `nil` where it does not.
  func passFamily(_ location: Int) -> NginxPassFamily? {
    firstPass(location).flatMap {
      NginxPassFamily.ofPass[view.statements[Int($0.statement)].name]
    }
  }

  func passStatement(_ part: NginxPassPart, _ location: Int) -> Int? {
    passFamily(location).flatMap { inForce($0[part], in: location)?.statements.first }
  }

  /// Equal for locations that have the same value and line; `nil` where an include may decide.
  func passKey(_ part: NginxPassPart, _ location: Int) -> ValueKey? {
    guard let family = passFamily(location) else {
      return unread.isEmpty ? ValueKey(owner: ObjectIdentifier(self), number: -1) : nil
    }
    return family[part] == .unknown ? nil : key(of: family[part], in: location)
  }

  /// The value in force of a family's directive; absent where nothing is handed on.
  func passValue(_ part: NginxPassPart, _ location: Int) -> FieldValue {
    guard let family = passFamily(location) else {
      return hidingPass(location)?.unknown ?? .absent
    }
    guard family[part] != .unknown,
      let info = NginxDirectiveTable.shared.info(family[part], in: .location)
    else { return .absent }
    return value(info, in: location)
  }

  /// The `proxy_set_header Upgrade` in force that is not emptied.
  fileprivate func upgradeHeader(_ location: Int) -> Int? {
    guard !passes(location).isEmpty else { return nil }
    return headers(in: location).first {
      view.argument(0, of: $0)?.lowercased() == "upgrade" && view.argument(1, of: $0) != ""
    }
  }

  fileprivate func passServers(_ location: Int) -> FieldValue {
    guard let pass = firstPass(location) else {
      return hidingPass(location)?.unknown ?? .absent
    }
    guard pass.upstream != NginxContext.none else {
      return pass.hostHasVariable ? .absent : .int(1)
    }
    let upstream = Int(pass.upstream)
    return unread.open(in: upstream)?.unknown ?? .int(size(of: upstream).usable)
  }

  fileprivate func passServersAreExact(_ location: Int) -> FieldValue {
    guard let pass = firstPass(location) else {
      return hidingPass(location)?.unknown ?? .absent
    }
    guard pass.upstream != NginxContext.none else {
      return .bool(!pass.hostHasVariable && NginxPass.isAddress(pass.host))
    }
    return .bool(size(of: Int(pass.upstream)).isExact)
  }

  /// Counted once for each upstream: thousands of locations may hand requests to it.
  private func size(of upstream: Int) -> NginxUpstreamSize {
    upstreamSizes.withLock { known in
      if let size = known[upstream] { return size }
      let size = NginxUpstreamSize(upstream, in: self)
      known[upstream] = size
      return size
    }
  }
}

/// How many servers an upstream is.
struct NginxUpstreamSize: Sendable {
  /// Those that are not marked down.
  let usable: Int64
  /// Whether each is one address; a name may stand for several.
  let isExact: Bool

  init(_ upstream: Int, in configuration: NginxConfiguration) {
    let servers = configuration.upstreamServers(upstream).map { configuration.view.arguments($0) }
    usable = Int64(servers.count { !$0.contains("down") })
    isExact = servers.allSatisfy { NginxPass.isAddress(NginxPass.name(in: $0.first ?? "")) }
  }
}

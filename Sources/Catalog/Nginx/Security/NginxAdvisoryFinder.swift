import Model

/// Finds which published vulnerabilities a configuration opens in a version of nginx.
///
/// Each is found once, at the first line that opens it: a team repairs it by updating nginx, and a
/// thousand findings would say no more than one. What an include that was not read may add is not
/// guessed.
struct NginxAdvisoryFinder {
  let view: NginxConfigurationView
  let index: NginxIndex
  let unread: NginxUnreadIncludes
  let version: Version

  /// The numbers of the vulnerabilities in the list of all, by the line that opens them.
  func found() -> [Int32: [Int]] {
    var found: [Int32: [Int]] = [:]
    // Many vulnerabilities have one trigger: HTTP/2, HTTP/3, a resolver.
    var places: [NginxTrigger: Int?] = [:]
    for (number, advisory) in NginxAdvisory.all.enumerated() where advisory.affects(version) {
      let known = places[advisory.trigger] ?? place(of: advisory.trigger)
      places[advisory.trigger] = .some(known)
      if let known { found[Int32(known), default: []].append(number) }
    }
    return found
  }

  private func place(of trigger: NginxTrigger) -> Int? {
    switch trigger {
    case .line(let pattern): first(pattern)
    case .within(let pattern, let others):
      lines(pattern).first { place in
        others.allSatisfy { isInForce($0, in: index.holder(of: place)) }
      }
    case .any(let triggers): triggers.lazy.compactMap { self.place(of: $0) }.first
    case .beside(let pattern, let other):
      self.place(of: other).flatMap { _ in first(pattern) }
    case .hazard(let hazard): place(of: hazard)
    }
  }

  private func place(of hazard: NginxHazard) -> Int? {
    switch hazard {
    case .captureAfterArguments: rewrites.first { isFollowedByCapture($0) }
    case .overlappingCaptures: rewrites.first { repeatsGroup($0) }
    case .captureBeforeMap: mapBehindCapture
    case .captureInSubrequest: subrequestWithCapture
    case .aliasAfterRewrite: places("alias").first { isRewrittenAlias($0) }
    case .clientCertificatesOfDefault: sharedClientCertificates
    }
  }

  // MARK: Lines

  func places(_ name: String) -> [Int] {
    index.places(of: NginxDirectiveTable.shared.id(name)).map { Int($0) }
  }

  private func lines(_ pattern: NginxLinePattern) -> some Sequence<Int> {
    pattern.names.lazy.flatMap { places($0) }.filter { place in
      isIn(pattern.area, index.holder(of: place)) && pattern.matches(view.arguments(place))
    }
  }

  private func first(_ pattern: NginxLinePattern) -> Int? { lines(pattern).first { _ in true } }

  private func isIn(_ area: NginxArea, _ context: Int) -> Bool {
    guard area != .anywhere else { return true }
    var place = Int32(context)
    while place != NginxContext.none {
      switch view.contexts[Int(place)].kind {
      case .stream, .streamServer, .streamUpstream: return area == .stream
      case .mail, .mailServer: return area == .mail
      case .http, .server, .location, .upstream: return area == .http
      default: place = view.contexts[Int(place)].parent
      }
    }
    return false
  }

  /// Whether a line matches that decides in a context, or the default where none is written.
  private func isInForce(_ pattern: NginxLinePattern, in context: Int) -> Bool {
    pattern.names.contains { name in
      words(of: NginxDirectiveTable.shared.id(name), in: context).contains(where: pattern.matches)
    }
  }

  /// The arguments of the lines in force, the default's where none is; none where not all was read.
  func words(of name: NginxNameID, in context: Int) -> [[String]] {
    var place = context
    while true {
      let written = view.statements(name, in: place)
      if !written.isEmpty { return written.map { view.arguments($0) } }
      if unread.setting(name, in: place) != nil { return [] }
      guard view.contexts[place].parent != NginxContext.none else { break }
      place = Int(view.contexts[place].parent)
    }
    let table = NginxDirectiveTable.shared
    guard let info = table.info(name, in: view.contexts[context].kind),
      let text = table.defaultText(info, version: version)
    else { return [] }
    return [text.split(separator: " ").map(String.init)]
  }

  // MARK: Servers

  /// The client certificates that the default server of a socket wants, with others behind it.
  private var sharedClientCertificates: Int? {
    let table = NginxDirectiveTable.shared
    let verify = table.id("ssl_verify_client")
    let protocols = table.id("ssl_protocols")
    for socket in index.sockets where socket.listens.contains(where: \.isTLS) {
      guard Set(socket.servers).count > 1,
        words(of: protocols, in: socket.defaultServer).joined().contains("TLSv1.3"),
        let line = nearest(verify, in: socket.defaultServer),
        view.argument(0, of: line)?.lowercased() != "off"
      else { continue }
      return line
    }
    return nil
  }

  private func nearest(_ name: NginxNameID, in context: Int) -> Int? {
    view.chain(context).lazy.compactMap { view.statements(name, in: $0).first }.first
  }
}

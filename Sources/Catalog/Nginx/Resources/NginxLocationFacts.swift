import Model
import Syntax

extension NginxFact {
  /// What rules know of a `location` besides its directives.
  static let location: [NginxFact] =
    shared + locationPlace + locationReach + access + locationPasses + locationLimits
    + locationHeaders + locationCache + locationCacheKey + locationHandling + locationLoad
    + locationTLS

  private static let locationPlace: [NginxFact] = [
    NginxFact("pattern", .string, "The path, regular expression or @name, without modifier") {
      .string($0.locationMatch($1).pattern)
    },
    NginxFact("modifier", .string, "=, ~, ~*, ^~, @ or empty for a plain prefix") {
      .string($0.locationMatch($1).modifier)
    },
    NginxFact("server", .resource(.server), "The server it belongs to; absent where not read") {
      $0.resource(.server, $0.view.server(of: $1))
    },
    NginxFact(
      "nginx", .resource(.nginx), "The configuration it belongs to", key: NginxFact.ofWhole
    ) { configuration, _ in configuration.resource(.nginx, 0) },
    NginxFact(
      "is_internal", .bool, "Whether only internal redirects reach it",
      at: { $0.inForce(NginxKnownNames.shared.internalOnly, in: $1)?.statements.first }
    ) {
      if $0.isNamed($1) { return .bool(true) }
      switch $0.lookup(NginxKnownNames.shared.internalOnly, in: $1) {
      case .found: return .bool(true)
      case .hidden(let include): return include.unknown
      case .nowhere: return .bool(false)
      }
    },
    NginxFact(
      "named_targets_undefined", .list(.string),
      "Names such as @app that its try_files or error_page use and its server does not define",
      at: { $0.undefinedTargets(writtenIn: $1).first?.statement }
    ) { $0.undefinedTargetNames(writtenIn: $1) },
  ]

  private static let locationPasses: [NginxFact] = [
    NginxFact(
      "passes", .string, "The directive that hands requests on, such as proxy_pass",
      at: { $0.firstPass($1).map { Int($0.statement) } }
    ) { configuration, context in
      configuration.firstPass(context)
        .map { .string(configuration.view.nameText(Int($0.statement))) }
        ?? configuration.hidingPass(context)?.unknown ?? .absent
    },
    NginxFact(
      "pass_url", .string, "Where requests are handed on to, as written",
      at: { $0.firstPass($1).map { Int($0.statement) } }
    ) { configuration, context in
      configuration.firstPass(context)
        .flatMap { configuration.view.argument(0, of: Int($0.statement)) }
        .map { .string($0) } ?? configuration.hidingPass(context)?.unknown ?? .absent
    },
    NginxFact(
      "pass_host_has_variable", .bool, "Whether a variable decides the host it hands on to",
      at: { $0.passes($1).first { $0.hostHasVariable }.map { Int($0.statement) } }
    ) { configuration, context in
      configuration.hidingPass(context)?.unknown
        ?? .bool(configuration.passes(context).contains { $0.hostHasVariable })
    },
    NginxFact(
      "pass_needs_resolver", .bool,
      "Whether the host is a name that nginx looks up at run time for certain",
      at: { $0.passNeedingResolver($1).map { Int($0.statement) } }
    ) { configuration, context in
      if let include = configuration.hidingPass(context) { return include.unknown }
      guard configuration.passNeedingResolver(context) != nil else { return .bool(false) }
      // The name may be an upstream's.
      return configuration.unreadUpstreams?.unknown ?? .bool(true)
    },
    NginxFact(
      "resolver_in_scope", .bool, "Whether a resolver is set here or further out",
      at: { $0.inForce(NginxKnownNames.shared.resolver, in: $1)?.statements.first }
    ) { configuration, context in
      let known = NginxKnownNames.shared
      switch configuration.lookup(known.resolver, in: context) {
      case .found: return .bool(true)
      case .hidden(let include): return include.unknown
      case .nowhere: break
      }
      let info = NginxDirectiveTable.shared.info(known.resolver, in: .location)
      if info.map(configuration.mayBeSetOutside) == true {
        return .unknown("the file is a part of a configuration that may set a resolver")
      }
      return .bool(false)
    },
    NginxFact(
      "upstream", .resource(.upstream), "The defined upstream it hands on to; absent where none",
      at: { $0.passes($1).first { $0.upstream >= 0 }.map { Int($0.statement) } }
    ) { configuration, context in
      let passes = configuration.passes(context)
      if let pass = passes.first(where: { $0.upstream >= 0 }) {
        return configuration.resource(.upstream, Int(pass.upstream))
      }
      if let include = configuration.hidingPass(context) { return include.unknown }
      let mayBeNamed = passes.contains {
        !$0.hostHasVariable && !$0.hasPort && !NginxPass.isAddress($0.host)
      }
      return mayBeNamed ? configuration.unreadUpstreams?.unknown ?? .absent : .absent
    },
  ]

  private static let locationLimits: [NginxFact] = [
    NginxFact(
      "request_limits", .list(.string), "The zones of the limit_req in force, none where unlimited",
      at: { $0.inForce(NginxKnownNames.shared.limitReq, in: $1)?.statements.first }
    ) { configuration, context in
      configuration.limits(NginxKnownNames.shared.limitReq, in: context) { arguments in
        arguments.first { $0.hasPrefix("zone=") }.map { String($0.dropFirst(5)) }
      }
    },
    NginxFact(
      "connection_limits", .list(.string),
      "The zones of the limit_conn in force, none where unlimited",
      at: { $0.inForce(NginxKnownNames.shared.limitConn, in: $1)?.statements.first }
    ) { configuration, context in
      configuration.limits(NginxKnownNames.shared.limitConn, in: context) { $0.first }
    },
  ]

  private static let locationHeaders: [NginxFact] = [
    NginxFact(
      "sets_connection_header", .string,
      "The Connection header that the proxy_set_header in force send; absent where none does",
      at: { $0.connectionHeader($1) ?? $0.headers(in: $1).first }
    ) { configuration, context in
      guard let place = configuration.connectionHeader(context) else {
        return configuration.hidingConnectionHeader(context)?.unknown ?? .absent
      }
      return .string(configuration.view.argument(1, of: place) ?? "")
    },
    NginxFact(
      "proxy_set_headers", .list(.string), "The proxy_set_header in force, each as Name: value",
      at: { $0.headers(in: $1).first }
    ) { configuration, context in
      let name = NginxKnownNames.shared.proxySetHeader
      let found: NginxInForce
      switch configuration.lookup(name, in: context) {
      case .found(let written): found = written
      case .hidden(let include): return include.unknown
      case .nowhere: return .list([])
      }
      return configuration.unread(setting: name, in: found.context)?.unknown
        ?? .list(
          found.statements.map { place in
            .string(configuration.view.arguments(place).joined(separator: ": "))
          })
    },
  ]
}

extension NginxConfiguration {
  /// The modifier and the pattern of a location, also where they are written as one word.
  func locationMatch(_ context: Int) -> (modifier: String, pattern: String) {
    let opener = view.contexts[context].opener
    guard opener != NginxContext.none else { return ("", "") }
    let text = view.argument(0, of: Int(opener)) ?? ""
    if view.tree(Int(opener)).argumentCount(of: view.id(Int(opener))) > 1 {
      return (text, view.argument(1, of: Int(opener)) ?? "")
    }
    if text.utf8.first == UInt8(ascii: "/") { return ("", text) }
    for modifier in ["=", "~*", "~", "^~"] where text.hasPrefix(modifier) {
      return (modifier, String(text.dropFirst(modifier.count)))
    }
    return (text.hasPrefix("@") ? "@" : "", text)
  }

  /// Everything that hands on requests of a location, those inside its `if` included.
  func passes(_ location: Int) -> NginxPassList { index.passes(of: location) }

  func firstPass(_ location: Int) -> NginxPass? { index.firstPass(of: location) }

  /// Whether a location is a named one, `@name`.
  func isNamed(_ location: Int) -> Bool {
    let opener = view.contexts[location].opener
    guard opener != NginxContext.none else { return false }
    let (tree, node) = (view.tree(Int(opener)), view.id(Int(opener)))
    guard let first = tree.argument(0, of: node) else { return false }
    return tree.argumentCount(of: node) > 1 ? first == "@" : first.hasPrefix("@")
  }

  /// The first pass whose host nginx must look up at run time whatever the request.
  ///
  /// Silent where a variable may name an upstream or an address: that needs no resolver.
  func passNeedingResolver(_ location: Int) -> NginxPass? {
    passes(location).first { pass in
      guard pass.hasVariable, pass.upstream == NginxContext.none else { return false }
      if !pass.hostHasVariable { return isName(pass.host[...]) }
      // Only a variable that the host begins with can be told; the others may hold anything.
      guard let start = pass.host.utf8.firstIndex(of: UInt8(ascii: "$")),
        start == pass.host.startIndex
      else { return false }
      let variable = pass.host.filter { $0 != "{" && $0 != "}" }
      if variable == "$host" || variable == "$http_host" { return !index.hasHTTPUpstreams }
      return values(of: variable, in: location).contains { isName(NginxPass.name(in: $0)) }
    }
  }

  /// The constants that a variable may have in a location.
  ///
  /// The nearest block with a `set` decides, as it runs last; a `map` where no block has one.
  private func values(of variable: String, in location: Int) -> [String] {
    guard let all = index.assignments[variable] else { return [] }
    var place = Int32(location)
    while true {
      if let here = all[place] { return here.compactMap { $0 } }
      guard place != NginxContext.none else { return [] }
      place = view.contexts[Int(place)].parent
    }
  }

  /// Whether a host is neither an address nor known from the configuration.
  private func isName(_ host: Substring) -> Bool {
    let host = host.lowercased()
    return !host.isEmpty && !NginxPass.isAddress(host) && !index.staticHosts.contains(host)
      && index.upstream(host, isStream: false) == nil
  }

  func headers(in context: Int) -> [Int] {
    inForce(NginxKnownNames.shared.proxySetHeader, in: context)?.statements ?? []
  }

  /// The `proxy_set_header Connection` in force; header names ignore letter case.
  func connectionHeader(_ context: Int) -> Int? {
    headers(in: context).first {
      view.argument(0, of: $0)?.lowercased() == "connection"
    }
  }

  /// The include not read that may send a Connection header; stock files never do.
  func hidingConnectionHeader(_ context: Int) -> NginxUnreadInclude? {
    switch lookup(NginxKnownNames.shared.proxySetHeader, in: context) {
    case .found(let found): unread.open(in: found.context)
    case .hidden(let include): include.directives == nil ? include : nil
    case .nowhere: nil
    }
  }

  /// The zones of the limits in force.
  ///
  /// Where some are written, an include beside them may add others but take none away.
  func limits(
    _ name: NginxNameID, in context: Int, zone: ([String]) -> String?
  ) -> FieldValue {
    switch lookup(name, in: context) {
    case .found(let found):
      return .list(
        found.statements.compactMap { zone(view.arguments($0)).map { .string($0) } })
    case .hidden(let include): return include.unknown
    case .nowhere: break
    }
    let info = NginxDirectiveTable.shared.info(name, in: view.contexts[context].kind)
    if info.map(mayBeSetOutside) == true {
      return .unknown("the file is a part of a configuration that may set it further out")
    }
    return .list([])
  }

  /// The names of ``undefinedTargets(writtenIn:)``; unknown where the server may have them unread.
  func undefinedTargetNames(writtenIn context: Int) -> FieldValue {
    let targets = undefinedTargets(writtenIn: context)
    guard !targets.isEmpty, let server = view.server(of: context) else { return .list([]) }
    return unread(setting: NginxKnownNames.shared.location, in: server)?.unknown
      ?? .list(targets.map { .string($0.name) })
  }

  /// The `@name` targets written directly in a context that its server does not define.
  func undefinedTargets(writtenIn context: Int) -> [(name: String, statement: Int)] {
    let known = NginxKnownNames.shared
    guard !index.places(of: known.tryFiles).isEmpty || !index.places(of: known.errorPage).isEmpty,
      let server = view.server(of: context)
    else { return [] }
    let defined = index.namedLocations[server] ?? []
    let blocks = [context] + view.children(.ifInLocation, in: context)
    return blocks.flatMap { block in
      [known.tryFiles, known.errorPage].flatMap { view.statements($0, in: block) }
    }.compactMap { place in
      guard let target = view.arguments(place).last, target.utf8.first == UInt8(ascii: "@"),
        !NginxPlaceholder.isIn(target.utf8), !defined.contains(target)
      else { return nil }
      return (target, place)
    }
  }
}

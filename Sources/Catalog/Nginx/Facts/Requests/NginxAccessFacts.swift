import Model

extension NginxFact {
  /// Who gets an answer: the same of a server and a location.
  static let access: [NginxFact] = [
    NginxFact(
      "access_rules", .list(.string), "The allow and deny in force, in the order nginx tries them",
      at: { $0.accessRules(in: $1).statements.first }
    ) { configuration, context in
      let rules = configuration.accessRules(in: context)
      return rules.hidden?.unknown
        ?? .list(
          rules.statements.map { place in
            let view = configuration.view
            return .string("\(view.nameText(place)) \(view.joined(place))")
          })
    },
    NginxFact(
      "authentication", .list(.string), "The directives in force that ask clients who they are",
      at: { $0.authentication(in: $1).first }
    ) { configuration, context in
      let places = configuration.authentication(in: context)
      if places.isEmpty, let include = configuration.unreadAround(context) {
        return include.unknown
      }
      return .list(places.map { .string(configuration.view.nameText($0)) })
    },
    NginxFact(
      "is_restricted", .bool,
      "Whether some clients are refused: by address, authentication, certificate or local sockets"
    ) { $0.isRestricted($1) },
    NginxFact(
      "returns", .string,
      "What the return says that ends every request here, before access rules are asked",
      at: { $0.unconditionalReturn(in: $1) }
    ) { configuration, context in
      guard let place = configuration.unconditionalReturn(in: context) else { return .absent }
      return configuration.unread.open(in: context)?.unknown
        ?? .string(configuration.view.joined(place))
    },
  ]
}

/// The numbers of the directives that decide who gets an answer.
struct NginxAccessNames: Sendable {
  static let shared = NginxAccessNames()

  let allow = id("allow")
  let deny = id("deny")
  let root = id("root")
  let `return` = id("return")
  let rewrite = id("rewrite")
  let `break` = id("break")
  let verifyClient = id("ssl_verify_client")
  let authentication = [
    "auth_basic", "auth_request", "auth_jwt", "auth_oidc", "auth_digest", "auth_pam", "auth_ldap",
    "secure_link", "access_by_lua", "access_by_lua_block", "access_by_lua_file", "js_access",
  ].map(id)
  /// What runs code before the directives of the rewrite module, or instead of them.
  let rewriteCode = [
    "rewrite_by_lua", "rewrite_by_lua_block", "rewrite_by_lua_file", "server_rewrite_by_lua_block",
    "server_rewrite_by_lua_file",
  ].map(id)

  private static func id(_ name: String) -> NginxNameID { NginxDirectiveTable.shared.id(name) }
}

extension NginxConfiguration {
  /// The `allow` and `deny` of the nearest block that has either, as nginx takes them.
  func accessRules(in context: Int) -> (statements: [Int], hidden: NginxUnreadInclude?) {
    let known = NginxAccessNames.shared
    for place in view.chain(context) {
      let here = (view.statements(known.allow, in: place) + view.statements(known.deny, in: place))
        .sorted()
      if let include = unread(setting: known.allow, in: place) { return (here, include) }
      if !here.isEmpty { return (here, nil) }
    }
    return ([], nil)
  }

  /// The statements in force that ask clients who they are.
  func authentication(in context: Int) -> [Int] {
    NginxAccessNames.shared.authentication.compactMap { name in
      guard let found = inForce(name, in: context), let first = found.statements.first,
        view.argument(0, of: first)?.lowercased() != "off"
      else { return nil }
      return first
    }
  }

  /// An include of unknown content in a block or one around it.
  func unreadAround(_ context: Int) -> NginxUnreadInclude? {
    for place in view.chain(context) {
      if let include = unread.open(in: place) { return include }
    }
    return nil
  }

  fileprivate func isRestricted(_ context: Int) -> FieldValue {
    let known = NginxAccessNames.shared
    let rules = accessRules(in: context)
    if rules.statements.contains(where: { view.statements[$0].name == known.deny }) {
      return .bool(true)
    }
    if !authentication(in: context).isEmpty { return .bool(true) }
    if inForce(NginxKnownNames.shared.internalOnly, in: context) != nil { return .bool(true) }
    if let verify = inForce(known.verifyClient, in: context)?.statements.first,
      view.argument(0, of: verify)?.lowercased() == "on"
    {
      return .bool(true)
    }
    if let server = view.server(of: context), !listens(server).isEmpty,
      listens(server).allSatisfy(\.isLocal)
    {
      return .bool(true)
    }
    if let include = unreadAround(context) { return include.unknown }
    // The blocks around a part may refuse whom they like.
    return view.contexts[0].kind == .server || view.contexts[0].kind == .location
      ? .unknown("the file is a part of a configuration that may restrict it further out")
      : .bool(false)
  }

  /// The `return` directly in a block that no condition, jump or code comes before.
  func unconditionalReturn(in context: Int) -> Int? {
    let known = NginxAccessNames.shared
    guard let place = view.firstStatement(known.return, in: context) else { return nil }
    for earlier in Int(view.contexts[context].first)..<place {
      let statement = view.statements[earlier]
      if statement.name == known.break { return nil }
      if statement.name == known.rewrite, mayJump(earlier) { return nil }
      if statement.name == NginxKnownNames.shared.if, statement.child != NginxContext.none,
        mayJump(from: Int(statement.child))
      {
        return nil
      }
    }
    // Code of other modules runs before the directives of a server, or decides otherwise.
    let runsCode = known.rewriteCode.contains { inForce($0, in: context) != nil }
    return runsCode ? nil : place
  }

  /// Whether a block may stop the directives behind it without ending the request.
  private func mayJump(from block: Int) -> Bool {
    let known = NginxAccessNames.shared
    if unread.open(in: block) != nil || !view.statements(known.break, in: block).isEmpty {
      return true
    }
    return view.statements(known.rewrite, in: block).contains { mayJump($0) }
  }

  /// Whether a `rewrite` stops the directives behind it.
  private func mayJump(_ rewrite: Int) -> Bool {
    let flag = view.argument(2, of: rewrite)
    return flag == "last" || flag == "break"
  }
}

extension NginxListen {
  /// Whether only the machine itself reaches it.
  var isLocal: Bool {
    socket.hasPrefix("unix:") || socket.hasPrefix("127.") || socket.hasPrefix("[::1]:")
      || socket.hasPrefix("localhost:")
  }
}

/// Follows variables back to what a client sends.
///
/// The search goes through `set`, `map` and groups of expressions; its depth is limited, since
/// variables may refer to each other without end.
struct NginxTaintFinder {
  private let configuration: NginxConfiguration
  private var view: NginxConfigurationView { configuration.view }
  /// Longer chains of variables than any configuration has.
  private static let deepest = 12
  /// Definitions that are followed for one text: maps of maps could otherwise multiply.
  private static let mostSteps = 2_000
  private var steps = 0

  init(_ configuration: NginxConfiguration) { self.configuration = configuration }

  /// Where a text is evaluated.
  struct Use {
    let place: Int
    /// The expression whose groups count before all others: that of a `map`'s entry.
    var expression: NginxExpression?
    var depth = 0

    init(_ place: Int) { self.place = place }

    func deeper(_ expression: NginxExpression? = nil) -> Use {
      var use = self
      use.expression = expression
      use.depth += 1
      return use
    }
  }

  mutating func taint(ofText text: String, at use: Use) -> NginxTaint {
    var whole = NginxTaint.constant([])
    for piece in NginxInterpolation(text).pieces {
      switch piece {
      case .text(let bytes): whole = whole.then(.constant(bytes))
      case .variable(let name): whole = whole.then(taint(of: name, at: use))
      case .placeholder(let name): whole = whole.then(.unknown("${\(name)} is filled in elsewhere"))
      }
    }
    return whole
  }

  mutating func taint(of name: String, at use: Use) -> NginxTaint {
    steps += 1
    guard use.depth < Self.deepest, steps < Self.mostSteps else {
      return .unknown("$\(name) depends on too many others")
    }
    if let number = Int(name), name.utf8.count == 1 { return capture(number, at: use) }
    if name == "host" { return host(at: use.place) }
    if name == "remote_user", isAuthenticated(use.place) { return .none }
    if let definitions = configuration.variables.definitions[name] {
      return taint(of: definitions, name, at: use)
    }
    return NginxClientVariable.taint(of: name) ?? .none
  }

  /// A numbered group: of the entry of a `map`, or of what ran before.
  private mutating func capture(_ number: Int, at use: Use) -> NginxTaint {
    if let expression = use.expression { return group(number, of: expression, at: use) }
    let scope = NginxCaptureScope(configuration, at: use.place)
    var whole: NginxTaint?
    for expression in scope.expressions where configuration.pattern(expression).captureCount > 0 {
      let one = group(number, of: expression, at: use)
      whole = whole?.or(one) ?? one
    }
    return whole ?? scope.unknown.map { .unknown($0) } ?? .constant([])
  }

  /// What of a client's bytes a group lets through.
  private mutating func group(
    _ number: Int, of expression: NginxExpression, at use: Use
  ) -> NginxTaint {
    let pattern = configuration.pattern(expression)
    guard pattern.isUnderstood else {
      return .unknown("the expression \(expression.text) is not understood")
    }
    guard let body = pattern.capture(number) else { return .constant([]) }
    let subject = subject(of: expression, at: use)
    if let unknown = subject.unknown {
      return .unknown(unknown, possible: body.alphabet.intersection(subject.atWorst.bytes))
    }
    guard subject.isClients, !body.isWrittenOut else {
      return NginxTaint(first: body.firstBytes, canBeEmpty: body.isNullable)
    }
    var bytes = body.alphabet.intersection(subject.bytes)
    // A newline is claimed only where a text shows it: look-arounds may keep it out.
    if bytes.contains(0x0A), pattern.text(whoseGroup: number, holds: "\nx") == nil,
      pattern.text(whoseGroup: number, holds: "x\n") == nil
    {
      bytes = bytes.subtracting(.newline)
    }
    return NginxTaint(
      bytes: bytes, first: body.firstBytes.intersection(subject.bytes),
      canBeEmpty: body.isNullable,
      way: ["`\(configuration.shown(expression.statement))`"] + subject.way)
  }

  private mutating func subject(of expression: NginxExpression, at use: Use) -> NginxTaint {
    switch expression.subject {
    case .path: NginxClientVariable.taint(of: "uri") ?? .none
    case .host: NginxClientVariable.taint(of: "host") ?? .none
    case .text(let text): taint(ofText: text, at: use.deeper())
    case .other: .none
    }
  }

  private mutating func taint(
    of definitions: [NginxVariableDefinition], _ name: String, at use: Use
  ) -> NginxTaint {
    let (sets, isCertain) = sets(among: definitions, at: use)
    var whole: NginxTaint?
    for place in sets {
      let one = value(ofSet: place, name, at: use)
      whole = whole?.or(one) ?? one
    }
    if isCertain, let whole { return whole }
    for definition in definitions {
      guard let one = taint(of: definition, name, at: use) else { continue }
      whole = whole?.or(one) ?? one
    }
    return whole ?? .none
  }

  /// The value of a definition; `nil` for `set`, which is looked for block by block.
  private mutating func taint(
    of definition: NginxVariableDefinition, _ name: String, at use: Use
  ) -> NginxTaint? {
    switch definition {
    case .set: nil
    case .map(let place): value(ofMap: place, at: use)
    case .capture(let expression, let number):
      isInReach(expression, of: use.place)
        ? group(number, of: expression, at: use.deeper()) : nil
    case .ours: NginxTaint.none
    case .foreign(let place):
      NginxTaint.unknown("$\(name) comes from `\(view.nameText(place))`, which is not followed")
    }
  }

  /// The `set` lines that may have run before a use, and whether one has for certain.
  private func sets(
    among definitions: [NginxVariableDefinition], at use: Use
  ) -> (places: [Int], isCertain: Bool) {
    let own = Set(view.chain(configuration.index.holder(of: use.place)))
    let innermost = own.filter { view.contexts[$0].kind == .location }.max()
    var found: [Int] = []
    var isCertain = false
    for case .set(let place, let holder) in definitions where place != use.place {
      // The block of an `if` beside the use may have run.
      let block = isCondition(holder) ? Int(view.contexts[holder].parent) : holder
      guard own.contains(block),
        view.contexts[block].kind != .location || block == innermost
      else { continue }
      found.append(place)
      isCertain = isCertain || own.contains(holder)
    }
    // A location's own `set` runs after those of its server.
    if let innermost {
      let later = found.filter { configuration.index.holder(of: $0) == innermost }
      if !later.isEmpty { return (later, true) }
    }
    return (found, isCertain)
  }

  private func isCondition(_ context: Int) -> Bool {
    view.contexts[context].kind == .ifInLocation || view.contexts[context].kind == .ifInServer
  }

  private mutating func value(ofSet place: Int, _ name: String, at use: Use) -> NginxTaint {
    guard let text = view.argument(1, of: place) else { return .none }
    var inner = Use(place)
    inner.depth = use.depth + 1
    var taint = taint(ofText: text, at: inner)
    guard taint.isClients else { return taint }
    if NginxVariableNames.shared.decoding.contains(view.statements[place].name) {
      taint.bytes = .all
      taint.first = .all
    }
    taint.way = ["`\(configuration.shown(place))`"] + taint.way
    return taint
  }

  private mutating func value(ofMap place: Int, at use: Use) -> NginxTaint {
    let child = view.statements[place].child
    guard child != NginxContext.none else { return .none }
    var whole = NginxTaint.constant([])
    if let include = configuration.unread.open(in: Int(child)) {
      whole = .unknown("\"\(include.name)\" was not read")
    }
    let expressions = Dictionary(
      configuration.expressions(of: place).map { ($0.statement, $0) }, uniquingKeysWith: { $1 })
    for entry in view.contexts[Int(child)].range {
      guard let value = view.argument(0, of: entry), value.utf8.contains(UInt8(ascii: "$")) else {
        if let value = view.argument(0, of: entry) {
          whole = whole.or(.constant(Array(value.utf8)))
        }
        continue
      }
      var one = taint(ofText: value, at: use.deeper(expressions[entry]))
      if one.isClients {
        one.way = ["`map \(view.joined(place))`"] + one.way
      }
      whole = whole.or(one)
    }
    return whole
  }

  /// Whether an expression with a named group may have run before a use.
  private func isInReach(_ expression: NginxExpression, of place: Int) -> Bool {
    let holder = configuration.index.holder(of: expression.statement)
    if view.contexts[holder].kind == .data { return true }
    let own = view.chain(configuration.index.holder(of: place))
    let child = view.statements[expression.statement].child
    if child != NginxContext.none, view.contexts[Int(child)].kind == .location {
      return own.contains(Int(child))
    }
    return own.contains(holder)
  }

  /// What a client decides of `$host`: nothing where only hosts that the server names reach it.
  private func host(at place: Int) -> NginxTaint {
    let clients = NginxClientVariable.taint(of: "host") ?? .none
    guard let server = view.server(of: configuration.index.holder(of: place)) else {
      return clients
    }
    let names = view.statements(NginxKnownNames.shared.serverName, in: server).flatMap {
      view.arguments($0)
    }
    let areNames = names.allSatisfy { name in
      name.utf8.contains(UInt8(ascii: ".")) && !name.hasPrefix("~") && !name.hasSuffix("*")
    }
    guard !names.isEmpty, areNames else { return clients }
    let isDefault = configuration.listens(server).contains {
      configuration.index.defaultServer(of: $0.socket) == server
    }
    if !isDefault { return .none }
    return configuration.isComplete
      ? clients
      : .unknown("another server may answer unknown hosts", possible: NginxClientVariable.host)
  }

  /// Whether a wrong user is turned away before a place is reached.
  private func isAuthenticated(_ place: Int) -> Bool {
    let name = NginxDirectiveTable.shared.id("auth_basic")
    guard
      let found = configuration.inForce(name, in: configuration.index.holder(of: place))?
        .statements.first
    else { return false }
    return view.argument(0, of: found) != "off"
  }
}

extension NginxConfiguration {
  /// A statement as it reads in a message, without its block.
  func shown(_ place: Int) -> String {
    let text = "\(view.nameText(place)) \(view.joined(place))"
    return text.utf8.count > 90 ? String(text.prefix(88)) + "…" : text
  }
}

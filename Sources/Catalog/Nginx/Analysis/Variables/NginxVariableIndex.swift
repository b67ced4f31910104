import Synchronization

/// The numbers of the directives that give variables their values.
struct NginxVariableNames: Sendable {
  static let shared = NginxVariableNames()

  let rewrite, geo, authRequestSet: NginxNameID
  /// Directives that define their first argument by means that are not followed.
  let foreign: [NginxNameID]
  /// Those of them that decode what they get: `set_unescape_uri`.
  let decoding: [NginxNameID]

  private init() {
    func id(_ name: String) -> NginxNameID { NginxDirectiveTable.shared.id(name) }
    rewrite = id("rewrite")
    geo = id("geo")
    authRequestSet = id("auth_request_set")
    foreign = [
      "js_set", "js_var", "perl_set", "set_by_lua", "set_by_lua_block", "set_by_lua_file",
      "set_escape_uri", "set_if_empty", "set_random", "set_hashed_upstream",
    ].map(id).filter { $0 != .unknown }
    decoding = ["set_unescape_uri", "set_decode_base64"].map(id).filter { $0 != .unknown }
  }
}

/// One way by which a variable gets a value.
enum NginxVariableDefinition: Sendable {
  /// A `set` or the like: its place and the block that holds it.
  case set(place: Int, holder: Int)
  case map(place: Int)
  /// A named group of an expression.
  case capture(NginxExpression, number: Int)
  /// Something that no client decides: `geo`, `split_clients`, an answer's header.
  case ours
  /// Something that is not followed.
  case foreign(place: Int)
}

/// Where the variables of a configuration get their values, by name in lower case.
struct NginxVariableIndex: Sendable {
  private(set) var definitions: [String: [NginxVariableDefinition]] = [:]
  /// The largest number of groups of an expression in a `map`: evaluating one sets `$1` anew.
  private(set) var mostMapGroups = 0
  /// What the names of variables begin with that may hold a newline: most lines have none.
  private(set) var newlineInitials = NginxClientVariable.newlineInitials.union(.digits)

  init(_ configuration: NginxConfiguration) {
    let index = configuration.index
    let known = NginxKnownNames.shared
    let names = NginxVariableNames.shared
    for place in index.places(of: known.set) + names.decoding.flatMap({ index.places(of: $0) }) {
      let holder = index.holder(of: Int(place))
      define(configuration, Int(place), 0, .set(place: Int(place), holder: holder))
    }
    for place in index.places(of: known.map) {
      define(configuration, Int(place), 1, .map(place: Int(place)))
    }
    for place in index.places(of: known.splitClients) {
      define(configuration, Int(place), 1, .ours)
    }
    for place in index.places(of: names.geo) {
      let last = configuration.view.arguments(Int(place)).count - 1
      define(configuration, Int(place), last, .ours)
    }
    for place in index.places(of: names.authRequestSet) {
      define(configuration, Int(place), 0, .ours)
    }
    for place in names.foreign.flatMap({ index.places(of: $0) }) {
      define(configuration, Int(place), 0, .foreign(place: Int(place)))
    }
    for name in [known.location, known.if, names.rewrite, known.serverName, known.map] {
      for place in index.places(of: name) { addGroups(configuration, Int(place), known) }
    }
    var initials = newlineInitials
    for name in definitions.keys { if let first = name.utf8.first { initials.insert(first) } }
    newlineInitials = initials.caseFolded
  }

  private mutating func define(
    _ configuration: NginxConfiguration, _ place: Int, _ argument: Int,
    _ definition: NginxVariableDefinition
  ) {
    guard let name = configuration.view.argument(argument, of: place), name.hasPrefix("$") else {
      return
    }
    definitions[name.dropFirst().lowercased(), default: []].append(definition)
  }

  /// Adds the named groups of a statement's expressions.
  private mutating func addGroups(
    _ configuration: NginxConfiguration, _ place: Int, _ known: NginxKnownNames
  ) {
    let isMap = configuration.view.statements[place].name == known.map
    for expression in configuration.expressions(of: place) {
      // A named group is `(?<a>…)`, `(?'a'…)` or `(?P<a>…)`.
      guard isMap || expression.text.utf8.contains(UInt8(ascii: "?")) else { continue }
      let pattern = configuration.pattern(expression)
      if isMap { mostMapGroups = max(mostMapGroups, pattern.captureCount) }
      for (name, number) in pattern.names {
        definitions[name.lowercased(), default: []].append(.capture(expression, number: number))
      }
    }
  }
}

extension NginxConfiguration {
  /// Where variables get their values; gathered when it is first asked for.
  var variables: NginxVariableIndex {
    if let index = knownVariables.withLock({ $0 }) { return index }
    let index = NginxVariableIndex(self)
    knownVariables.withLock { $0 = index }
    return index
  }

  /// The pattern of an expression, read once for all places that have the same.
  func pattern(_ expression: NginxExpression) -> PCREPattern {
    pattern(expression.text, ignoresCase: expression.ignoresCase)
  }

  /// The pattern of a text, read once for all places that have the same.
  func pattern(_ text: String, ignoresCase: Bool) -> PCREPattern {
    let key = (ignoresCase ? "i" : "-") + text
    if let known = knownPatterns.withLock({ $0[key] }) { return known }
    let pattern = PCREPattern(text, ignoresCase: ignoresCase)
    knownPatterns.withLock { $0[key] = pattern }
    return pattern
  }
}

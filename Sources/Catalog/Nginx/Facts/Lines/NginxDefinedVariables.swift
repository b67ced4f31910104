import Model

/// The variables that `map`, `geo` and `split_clients` define, and what they are for.
struct NginxDefinedVariables: Sendable {
  /// The place of the last block that defines a variable otherwise than an earlier one does.
  private var successors: [Int32: Int32] = [:]
  /// Variables that are the whole host of some pass.
  private var hosts: Set<String> = []
  /// Variables that some `if` looks at.
  private var conditions: Set<String> = []

  init(_ configuration: NginxConfiguration) {
    addSuccessors(configuration)
    for pass in configuration.index.passes where pass.hostHasVariable {
      if let name = Self.wholeVariable(pass.host[...]) { hosts.insert(name) }
    }
    guard !hosts.isEmpty else { return }
    for place in configuration.index.places(of: NginxKnownNames.shared.if) {
      for argument in configuration.view.arguments(Int(place)) {
        let word = argument.drop { $0 == "(" || $0 == "!" }
        if let name = Self.wholeVariable(word.prefix { $0 != ")" }) { conditions.insert(name) }
      }
    }
  }

  /// The block whose definition counts instead of an earlier one's.
  func successor(of place: Int) -> Int? { successors[Int32(place)].map { Int($0) } }

  /// Whether a variable is the whole host of some pass and no `if` looks at it before.
  func choosesBackend(_ variable: String) -> Bool {
    guard let name = Self.wholeVariable(variable.lowercased()[...]) else { return false }
    return hosts.contains(name) && !conditions.contains(name)
  }

  private mutating func addSuccessors(_ configuration: NginxConfiguration) {
    var last: [String: [Int32]] = [:]
    for name in Self.definers {
      for place in configuration.index.places(of: name) {
        guard let variable = Self.variable(definedBy: Int(place), configuration) else { continue }
        last[variable, default: []].append(place)
      }
    }
    for places in last.values where places.count > 1 {
      let places = places.sorted()
      guard let winner = places.last else { continue }
      let text = Self.text(Int(winner), configuration)
      for place in places.dropLast() where Self.text(Int(place), configuration) != text {
        successors[place] = winner
      }
    }
  }

  /// Whether a block lists every value that the variable it looks at can have.
  ///
  /// Known where another block gives that one constants only, and for what the sockets decide.
  static func listsAllValues(_ place: Int, _ configuration: NginxConfiguration) -> Bool {
    let view = configuration.view
    guard view.statements[place].name == NginxKnownNames.shared.map,
      let source = view.argument(0, of: place).flatMap({ wholeVariable($0[...]) })
    else { return false }
    if ["server_port", "server_name", "server_addr", "scheme"].contains(source) { return true }
    let origins = definers.flatMap { configuration.index.places(of: $0) }.filter { other in
      variableName(definedBy: Int(other), configuration)
        .flatMap { wholeVariable($0[...]) } == source
    }
    guard origins.count == 1, let values = constants(Int(origins[0]), configuration) else {
      return false
    }
    let listed = Set(
      view.contexts[Int(view.statements[place].child)].range.map {
        view.nameText($0).lowercased()
      })
    return values.isSubset(of: listed)
  }

  /// The values that a block gives its variable, in lower case; `nil` where one is computed.
  private static func constants(
    _ place: Int, _ configuration: NginxConfiguration
  ) -> Set<String>? {
    let view = configuration.view
    let child = Int(view.statements[place].child)
    guard configuration.unread.open(in: child) == nil else { return nil }
    var values: Set<String> = []
    var hasRest = false
    for line in view.contexts[child].range {
      let key = view.nameText(line)
      guard let value = view.argument(0, of: line) else { continue }
      if value.utf8.contains(UInt8(ascii: "$")) { return nil }
      hasRest = hasRest || key == "default" || key == "*"
      values.insert(value.lowercased())
    }
    if view.statements[place].name == NginxDirectiveTable.shared.id("split_clients") {
      // The shares that leave nobody over need no rest.
      if case .double(let share) = configuration.uncoveredPercent(place), share == 0 {
        hasRest = true
      }
    }
    if !hasRest { values.insert("") }
    return values
  }

  private static let definers = ["map", "geo", "split_clients"].map {
    NginxDirectiveTable.shared.id($0)
  }

  /// The variable with the block that holds it: `http` and `stream` know nothing of each other.
  private static func variable(
    definedBy place: Int, _ configuration: NginxConfiguration
  ) -> String? {
    guard let variable = variableName(definedBy: place, configuration) else { return nil }
    let holder = configuration.view.contexts[configuration.index.holder(of: place)].kind
    return "\(holder == .stream) \(variable.lowercased())"
  }

  /// The name with its dollar sign: `map` and its like name it last.
  static func variableName(
    definedBy place: Int, _ configuration: NginxConfiguration
  ) -> String? {
    guard configuration.view.statements[place].child != NginxContext.none,
      let name = configuration.view.arguments(place).last, name.utf8.first == UInt8(ascii: "$")
    else { return nil }
    return name
  }

  /// All that a block says, to tell a repetition from a contradiction.
  private static func text(_ place: Int, _ configuration: NginxConfiguration) -> [String] {
    let view = configuration.view
    let child = Int(view.statements[place].child)
    return [view.nameText(place), view.joined(place)]
      + view.contexts[child].range.map { "\(view.nameText($0)) \(view.joined($0))" }
  }

  /// The name without signs where a text is one variable and nothing else.
  private static func wholeVariable(_ text: Substring) -> String? {
    guard text.utf8.first == UInt8(ascii: "$") else { return nil }
    var name = text.dropFirst()
    if name.first == "{", name.last == "}" { name = name.dropFirst().dropLast() }
    let isName = name.utf8.allSatisfy { byte in
      byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39
        || byte == UInt8(ascii: "_")
    }
    return isName && !name.isEmpty ? name.lowercased() : nil
  }
}

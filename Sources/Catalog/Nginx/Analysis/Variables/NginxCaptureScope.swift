/// The expressions that may have set `$1` to `$9` where a statement is evaluated.
struct NginxCaptureScope: Sendable {
  /// Those whose groups it may see, the last to run first.
  private(set) var expressions: [NginxExpression] = []
  /// Why others may count that are not in sight; `nil` where these are all.
  private(set) var unknown: String?

  private let configuration: NginxConfiguration
  private var view: NginxConfigurationView { configuration.view }

  /// Finds what runs before a statement.
  ///
  /// A `rewrite` sees its own groups. Other lines of the rewrite module see what ran before them;
  /// everything else is evaluated when all of them ran. A match that is certain ends the search:
  /// the block of an `if` runs only where its expression matched, and so does a location.
  init(_ configuration: NginxConfiguration, at place: Int) {
    self.configuration = configuration
    let known = NginxKnownNames.shared
    let name = view.statements[place].name
    if name == NginxVariableNames.shared.rewrite {
      expressions = configuration.expressions(of: place)
      return
    }
    let isOrdered = name == known.set || name == known.if || view.nameText(place) == "return"
    var context = configuration.index.holder(of: place)
    addRun(in: context, before: isOrdered ? place : .max)
    if !isOrdered, holdsLocations(context) {
      unknown = "the line also holds in locations further in, whose captures it sees there"
    }
    while context != 0 {
      let opener = Int(view.contexts[context].opener)
      let parent = Int(view.contexts[context].parent)
      switch view.contexts[context].kind {
      case .ifInLocation, .ifInServer:
        if addOwn(opener) { return }
        addRun(in: parent, before: opener)
      case .location:
        if addOwn(opener) { return }
        if configuration.locationMatch(context).modifier == "@" {
          unknown = "a named location keeps the captures of the location that led to it"
        }
        addServer(of: context)
        noteRedirects(to: context)
      case .server, .streamServer: addNames(of: context)
      default: break
      }
      context = parent
    }
  }

  /// Whether locations inherit what is written in a block.
  private func holdsLocations(_ context: Int) -> Bool {
    switch view.contexts[context].kind {
    case .http: true
    case .server, .location: !view.children(.location, in: context).isEmpty
    default: false
    }
  }

  /// Notes that a redirect within nginx may lead to a location and bring captures along.
  private mutating func noteRedirects(to location: Int) {
    guard unknown == nil, let server = view.server(of: location) else { return }
    let others = view.children(.location, in: server).filter { $0 != location }
    let goesOn = others.contains { other in
      view.statements(NginxVariableNames.shared.rewrite, in: other).contains { place in
        let flag = view.argument(2, of: place)
        return flag == nil || flag == "last"
      }
    }
    if goesOn { unknown = "a rewrite of another location may lead here with its captures" }
  }

  /// Adds the expression of a block, where there is one that matched for certain.
  private mutating func addOwn(_ opener: Int) -> Bool {
    let own = configuration.expressions(of: opener).filter { !$0.isNegated }
    expressions += own
    return !own.isEmpty
  }

  /// Adds what may have run in a block: a `rewrite` that goes on, a condition that matched.
  ///
  /// - Parameter isOver: whether the block has ended, so that `last` leads on as well.
  private mutating func addRun(in context: Int, before end: Int, isOver: Bool = false) {
    let known = NginxKnownNames.shared
    let rewrites = view.statements(NginxVariableNames.shared.rewrite, in: context).filter { place in
      let flag = view.argument(2, of: place)
      return flag == nil || flag == "break" || isOver && flag == "last"
    }
    let found = (rewrites + view.statements(known.if, in: context)).filter { $0 < end }
    for place in found.sorted(by: >) { expressions += configuration.expressions(of: place) }
  }

  /// The rewrite phase of the server runs before a location is chosen, when the parent is it.
  private mutating func addServer(of location: Int) {
    let parent = Int(view.contexts[location].parent)
    guard view.contexts[parent].kind == .server else { return }
    addRun(in: parent, before: .max, isOver: true)
  }

  private mutating func addNames(of server: Int) {
    for place in view.statements(NginxKnownNames.shared.serverName, in: server) {
      expressions += configuration.expressions(of: place)
    }
  }

  /// Why a capture can come from elsewhere although nothing in sight sets it.
  ///
  /// Captures live as long as the request: an internal redirect brings them along.
  func elsewhere(_ number: Int) -> String? {
    if let unknown { return unknown }
    if configuration.variables.mostMapGroups >= number {
      return "a map with groups may have set it"
    }
    return nil
  }
}

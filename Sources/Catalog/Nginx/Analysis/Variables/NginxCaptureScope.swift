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
      case .server, .streamServer: addNames(of: context)
      default: break
      }
      context = parent
    }
  }

  /// Adds the expression of a block, where there is one that matched for certain.
  private mutating func addOwn(_ opener: Int) -> Bool {
    let own = configuration.expressions(of: opener).filter { !$0.isNegated }
    expressions += own
    return !own.isEmpty
  }

  /// Adds what may have run in a block: a `rewrite` that goes on, a condition that matched.
  private mutating func addRun(in context: Int, before end: Int) {
    let known = NginxKnownNames.shared
    let rewrites = view.statements(NginxVariableNames.shared.rewrite, in: context).filter { place in
      let flag = view.argument(2, of: place)
      return flag == nil || flag == "break"
    }
    let found = (rewrites + view.statements(known.if, in: context)).filter { $0 < end }
    for place in found.sorted(by: >) { expressions += configuration.expressions(of: place) }
  }

  /// The rewrite phase of the server runs before a location is chosen, when the parent is it.
  private mutating func addServer(of location: Int) {
    let parent = Int(view.contexts[location].parent)
    guard view.contexts[parent].kind == .server else { return }
    addRun(in: parent, before: .max)
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

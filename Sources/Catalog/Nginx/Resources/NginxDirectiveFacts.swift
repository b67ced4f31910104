import Model

extension NginxFact {
  /// What rules know of one written line; the number is the place of its statement.
  static let directive: [NginxFact] =
    around + directiveAccess + directiveDropped + directiveDefinitions + directiveRewrite
    + directiveRelations + directiveVulnerabilities + directiveBuffers + directiveNeighbours + [
      NginxFact("arguments", .list(.string), "Its arguments as nginx reads them", at: { $1 }) {
        configuration, place in
        .list(configuration.view.arguments(place).map { .string($0) })
      },
      NginxFact("text", .string, "Its arguments with a space between them", at: { $1 }) {
        .string($0.view.joined($1))
      },
      NginxFact(
        "context", .string,
        "The block it stands in: main, http, server, location, if, limit_except, upstream, stream …"
      ) { .string($0.view.contexts[$0.index.holder(of: $1)].kind.fieldTitle) },
      NginxFact(
        "location", .resource(.location), "The location it stands in; absent outside of one"
      ) { $0.resource(.location, $0.enclosing([.location], of: $1)) },
      NginxFact("server", .resource(.server), "The HTTP server it stands in; absent outside of one")
      { $0.resource(.server, $0.enclosing([.server], of: $1)) },
      NginxFact(
        "upstream", .resource(.upstream), "The upstream it stands in; absent outside of one"
      ) { $0.resource(.upstream, $0.enclosing([.upstream, .streamUpstream], of: $1)) },
      NginxFact(
        "nginx", .resource(.nginx), "The configuration it belongs to", key: NginxFact.ofWhole
      ) { configuration, _ in configuration.resource(.nginx, 0) },
      NginxFact(
        "entries", .list(.string),
        "The lines of the block it opens, each as one text; what is in blocks inside is left out"
      ) { configuration, place in
        configuration.inside(place) { view, inner in
          let arguments = view.joined(inner)
          let name = view.nameText(inner)
          return arguments.isEmpty ? name : "\(name) \(arguments)"
        }
      },
      NginxFact(
        "block_directives", .list(.string), "The names of the lines of the block it opens, in order"
      ) { configuration, place in configuration.inside(place) { $0.nameText($1) } },
      NginxFact(
        "written", .list(.string), "The directives written in the block it stands in"
      ) { $0.written(in: [$0.index.holder(of: $1)]) },
      NginxFact(
        "written_in_scope", .list(.string),
        "The directives written in the block it stands in or one around that"
      ) { $0.written(in: $0.view.chain($0.index.holder(of: $1))) },
    ] + directiveClients + directiveExpressions + directiveSpellings + directiveCaches
    + directiveLimits + directiveHash
}

extension NginxConfiguration {
  /// The nearest block of some kinds around a statement; the top of a part of one is none.
  fileprivate func enclosing(_ kinds: [NginxContextKind], of place: Int) -> Int? {
    var context = index.holder(of: place)
    while context > 0 {
      if kinds.contains(view.contexts[context].kind) { return context }
      context = Int(view.contexts[context].parent)
    }
    return nil
  }

  /// The statements of the block that one opens, each as `text` has it; none without a block.
  fileprivate func inside(
    _ place: Int, _ text: (NginxConfigurationView, Int) -> String
  ) -> FieldValue {
    let child = view.statements[place].child
    guard child != NginxContext.none else { return .list([]) }
    if let include = unread.open(in: Int(child)) { return include.unknown }
    return .list(view.contexts[Int(child)].range.map { .string(text(view, $0)) })
  }
}

extension NginxContextKind {
  /// The name that rules know a block by, one for each kind that nginx tells apart.
  fileprivate var fieldTitle: String {
    switch self {
    case .ifInServer, .ifInLocation: "if"
    case .streamServer: "stream_server"
    case .streamUpstream: "stream_upstream"
    case .mailServer: "mail_server"
    default: title
    }
  }
}

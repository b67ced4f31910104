import Model

extension NginxFact {
  /// What a block loses by a line of its own: nginx inherits some lists whole or not at all.
  static let directiveDropped: [NginxFact] = [
    NginxFact(
      "drops", .list(.string),
      "What an outer block sets with the same directive and this block, having lines of its own, not",
      at: { $0.dropped(by: $1).first?.place }
    ) { configuration, place in
      let dropped = configuration.dropped(by: place)
      guard !dropped.isEmpty else { return .list([]) }
      let block = configuration.index.holder(of: place)
      let name = configuration.view.statements[place].name
      // It may set again what is missed.
      return configuration.unread(setting: name, in: block)?.unknown
        ?? .list(dropped.map { .string($0.key) })
    },
    NginxFact(
      "serves_pass", .bool,
      "Whether some pass of the directive's own kind runs with the lines of the block it stands in"
    ) { configuration, place in .bool(configuration.servesPass(place)) },
  ]
}

/// What tells one line of a list from another.
private enum NginxListKey {
  /// The first argument, letter case ignored: a header.
  case header
  /// The first argument as it is: a parameter.
  case name
  /// Every argument but the last: the statuses of `error_page`.
  case statuses

  static let all: [NginxNameID: Self] = {
    var all: [NginxNameID: Self] = [id("error_page"): .statuses]
    for name in [
      "add_header", "add_trailer", "proxy_set_header", "grpc_set_header", "proxy_hide_header",
      "fastcgi_hide_header", "uwsgi_hide_header", "scgi_hide_header", "grpc_hide_header",
      "proxy_pass_header", "fastcgi_pass_header",
    ] {
      all[id(name)] = .header
    }
    for name in ["fastcgi_param", "uwsgi_param", "scgi_param"] { all[id(name)] = .name }
    return all
  }()

  static func id(_ name: String) -> NginxNameID { NginxDirectiveTable.shared.id(name) }
}

/// What keeps `add_header` and `add_trailer` of two levels together since 1.29.3.
private let merging: [NginxNameID: NginxNameID] = [
  NginxListKey.id("add_header"): NginxListKey.id("add_header_inherit"),
  NginxListKey.id("add_trailer"): NginxListKey.id("add_trailer_inherit"),
]

extension NginxConfiguration {
  /// What a block no longer has, with the outer line of each; empty for all but its first line.
  fileprivate func dropped(by place: Int) -> [(key: String, place: Int)] {
    let name = view.statements[place].name
    let block = index.holder(of: place)
    let parent = view.contexts[block].parent
    guard let kind = NginxListKey.all[name], parent != NginxContext.none else { return [] }
    guard view.firstStatement(name, in: block) == place, !merges(name, in: block) else {
      return []
    }
    let outer = outerKeys(name, kind, around: block, place)
    guard !outer.isEmpty else { return [] }
    let own = view.statements(name, in: block)
    var seen = Set(own.flatMap { keys(of: $0, kind) }.map { $0.lowercased() })
    return outer.filter { seen.insert($0.key.lowercased()).inserted }
  }

  /// What is in force further out, with the line of each.
  private func outerKeys(
    _ name: NginxNameID, _ kind: NginxListKey, around block: Int, _ place: Int
  ) -> [(key: String, place: Int)] {
    switch lookup(name, in: Int(view.contexts[block].parent)) {
    case .found(let outer):
      outer.statements.flatMap { line in keys(of: line, kind).map { ($0, line) } }
    case .hidden(let include) where include.directives != nil:
      unread(setting: name, in: block)?.name == include.name
        ? []
        : (name == NginxKnownNames.shared.proxySetHeader ? Self.stockHeaders : [include.name])
          .map { ($0, place) }
    case .hidden, .nowhere: []
    }
  }

  /// What `proxy_params` of the packages sets.
  private static let stockHeaders = ["Host", "X-Real-IP", "X-Forwarded-For", "X-Forwarded-Proto"]

  private func keys(of place: Int, _ kind: NginxListKey) -> [String] {
    switch kind {
    case .header, .name: view.argument(0, of: place).map { [$0] } ?? []
    case .statuses:
      view.arguments(place).dropLast().filter { argument in
        argument.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
      }
    }
  }

  private func merges(_ name: NginxNameID, in block: Int) -> Bool {
    guard let inherit = merging[name] else { return false }
    switch lookup(inherit, in: block) {
    case .found(let found):
      // `off` leaves the outer lines out on purpose.
      return view.argument(0, of: found.statements[0])?.lowercased() != "on"
    case .hidden, .nowhere: return false
    }
  }

  /// Whether a pass of the directive's protocol takes the lines of the block.
  fileprivate func servesPass(_ place: Int) -> Bool {
    let name = view.statements[place].name
    let text = NginxDirectiveTable.shared.name(name)
    let pass = NginxListKey.id("\(text.prefix { $0 != "_" })_pass")
    var waiting = [index.holder(of: place)]
    while let block = waiting.popLast() {
      if view.firstStatement(pass, in: block) != nil { return true }
      for inner in view.contexts[block].range {
        let child = view.statements[inner].child
        guard child != NginxContext.none, view.firstStatement(name, in: Int(child)) == nil else {
          continue
        }
        waiting.append(Int(child))
      }
    }
    return false
  }
}

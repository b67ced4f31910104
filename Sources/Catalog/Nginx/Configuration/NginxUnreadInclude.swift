import Model

/// An `include` whose files were not read, in one context: what it sets there is not known.
struct NginxUnreadInclude: Sendable {
  /// Its argument.
  let name: String
  /// The directives it sets where its content is known; `nil` where it may set anything.
  let directives: Set<NginxNameID>?

  init(_ name: String) {
    self.name = name
    directives = NginxStockFile.directives(of: name)
  }

  /// A value that hangs on what the file says.
  var unknown: FieldValue { .unknown("\"\(name)\" was not read and may decide it") }
}

/// Where a configuration includes files that were not read.
struct NginxUnreadIncludes: Sendable {
  private var byContext: [Int32: [NginxUnreadInclude]] = [:]
  /// The first one of unknown content in each kind of context.
  private var openByKind: [NginxContextKind: NginxUnreadInclude] = [:]

  var isEmpty: Bool { byContext.isEmpty }

  mutating func add(_ include: NginxUnreadInclude, in context: Int32, _ kind: NginxContextKind) {
    byContext[context, default: []].append(include)
    if include.directives == nil, openByKind[kind] == nil { openByKind[kind] = include }
  }

  /// The include directly in a context that may hold a directive, those of unknown content first.
  func setting(_ name: NginxNameID, in context: Int) -> NginxUnreadInclude? {
    guard let includes = byContext[Int32(context)] else { return nil }
    return includes.first { $0.directives == nil }
      ?? includes.first { $0.directives?.contains(name) == true }
  }

  /// The include of unknown content directly in a context.
  func open(in context: Int) -> NginxUnreadInclude? {
    byContext[Int32(context)]?.first { $0.directives == nil }
  }

  /// The directives that includes of known content set directly in a context.
  func known(in context: Int) -> [NginxNameID] {
    (byContext[Int32(context)] ?? []).flatMap { include in
      (include.directives ?? []).sorted { $0.rawValue < $1.rawValue }
    }
  }

  /// An include of unknown content in some context of one of several kinds.
  func open(inAny kinds: [NginxContextKind]) -> NginxUnreadInclude? {
    for kind in kinds {
      if let include = openByKind[kind] { return include }
    }
    return nil
  }
}

/// What is known of a directive in a context.
enum NginxLookup {
  case found(NginxInForce)
  /// Written nowhere between the context and this include, which may say something.
  case hidden(NginxUnreadInclude)
  case nowhere
}

/// Which block decides a directive.
enum NginxDecidingBlock {
  case block(Int)
  /// Written nowhere: the default does.
  case nobody
  /// An include that was not read may.
  case unread
}

extension NginxConfiguration {
  /// The block whose lines ``lookup(_:in:)`` finds, without gathering them.
  func deciding(_ name: NginxNameID, in context: Int) -> NginxDecidingBlock {
    if unread.isEmpty, !index.isWritten(name) { return .nobody }
    let isInherited = NginxKnownNames.shared.isInherited(name)
    var place = context
    while true {
      if view.has(name, in: place) { return .block(place) }
      if !unread.isEmpty, unread(setting: name, in: place) != nil { return .unread }
      let parent = view.contexts[place].parent
      guard isInherited, parent != NginxContext.none else { return .nobody }
      place = Int(parent)
    }
  }

  /// Looks a directive up from a context outwards, as far as it is inherited.
  ///
  /// The nearest block that has it decides alone: nginx never merges the lists of two levels.
  func lookup(_ name: NginxNameID, in context: Int) -> NginxLookup {
    if unread.isEmpty, !index.isWritten(name) { return .nowhere }
    let isInherited = NginxKnownNames.shared.isInherited(name)
    var place = context
    while true {
      let found = view.statements(name, in: place)
      if !found.isEmpty { return .found(NginxInForce(context: place, statements: found)) }
      if let include = unread(setting: name, in: place) { return .hidden(include) }
      let parent = view.contexts[place].parent
      guard isInherited, parent != NginxContext.none else { return .nowhere }
      place = Int(parent)
    }
  }

  /// The include not read, directly in a context, that may hold a directive.
  func unread(setting name: NginxNameID, in context: Int) -> NginxUnreadInclude? {
    guard let include = unread.setting(name, in: context),
      NginxDirectiveTable.shared.info(name, in: view.contexts[context].kind) != nil
    else { return nil }
    return include
  }

  /// The include that may decide a directive in a context; `nil` where what is read decides.
  func hiding(_ name: NginxNameID, in context: Int) -> NginxUnreadInclude? {
    if case .hidden(let include) = lookup(name, in: context) { include } else { nil }
  }

  /// The include that may define upstreams of `http`.
  var unreadUpstreams: NginxUnreadInclude? { unread.open(inAny: [.http]) }

  /// The include that may hand on requests in places that were not read.
  var unreadPasses: NginxUnreadInclude? {
    unread.open(inAny: [.http, .server, .location, .ifInLocation, .stream, .streamServer])
  }

  /// The include that may say where a location hands on requests, where nothing else does.
  func hidingPass(_ location: Int) -> NginxUnreadInclude? {
    passes(location).isEmpty ? unread.open(in: location) : nil
  }
}

/// What rules ask of a whole configuration, gathered in one pass so that no rule has to search.
struct NginxIndex: Sendable {
  /// The contexts of `server` in `http`, `location` and `upstream`, in reading order by level.
  private(set) var servers: [Int] = []
  private(set) var locations: [Int] = []
  private(set) var upstreams: [Int] = []
  private(set) var passes: [NginxPass] = []
  /// The number of each context's first pass, -1 where it has none.
  private var firstPasses: [Int32] = []
  /// Numbers of passes by upstream.
  private(set) var passesToUpstream: [Int32: [Int]] = [:]
  /// The names of `location @name`, by server.
  private(set) var namedLocations: [Int: Set<String>] = [:]
  /// The sockets of `http`, in the order in which they are first written.
  private(set) var sockets: [NginxSocket] = []
  /// The shared memory zones, in the order in which they are first written.
  let zones: [NginxZone]
  private let lines: NginxLines
  /// The place in ``sockets`` of an address.
  private var socketNumbers: [String: Int] = [:]
  /// What `set` and `map` give to variables: by variable in lower case, then by the location or
  /// server whose `set` it is (`none` for a `map`); `nil` for a value computed from other
  /// variables.
  private(set) var assignments: [String: [Int32: [String?]]] = [:]
  /// Whether some directive turns a cache on.
  private(set) var caches = false
  /// The hosts that some pass names outright: nginx knows them without a resolver.
  private(set) var staticHosts: Set<String> = []

  private var httpUpstreams: [String: Int] = [:]
  private var streamUpstreams: [String: Int] = [:]

  init(_ view: NginxConfigurationView) {
    let known = NginxKnownNames.shared
    lines = NginxLines(view)
    zones = NginxZone.all(in: view, lines)
    // The top of a part is a piece of a server or location, never a whole one.
    for (index, context) in view.contexts.enumerated().dropFirst() {
      switch context.kind {
      case .server:
        servers.append(index)
        addSockets(of: index, view, known)
      case .location:
        locations.append(index)
        addName(of: index, view)
      case .upstream, .streamUpstream: addUpstream(index, view)
      case .data: addMap(index, view, known)
      default: break
      }
    }
    var isPass = [Bool](repeating: false, count: NginxDirectiveTable.shared.nameCount + 1)
    for name in known.passes { isPass[Int(name.rawValue)] = true }
    for index in view.contexts.indices {
      for place in view.contexts[index].range {
        let name = view.statements[place].name
        if isPass[Int(name.rawValue)] {
          addPass(place, in: index, view)
        } else if name == known.set {
          addAssignment(view.arguments(place), in: holder(of: index, view))
        } else if known.caches.contains(name), view.argument(0, of: place) != "off" {
          caches = true
        }
      }
    }
    linkPasses(view)
  }

  /// What hands on requests of a location, those inside its `if` included.
  func passes(of location: Int) -> NginxPassList {
    NginxPassList(passes, first: firstPasses[location])
  }

  /// The first of ``passes(of:)``.
  func firstPass(of location: Int) -> NginxPass? {
    let number = firstPasses[location]
    return number < 0 ? nil : passes[Int(number)]
  }

  /// Whether some upstream of `http` has a name that a variable may hold.
  var hasHTTPUpstreams: Bool { !httpUpstreams.isEmpty }

  /// The upstream that a host names.
  func upstream(_ host: String, isStream: Bool) -> Int? {
    isStream ? streamUpstreams[host] : httpUpstreams[host]
  }

  private mutating func addUpstream(_ index: Int, _ view: NginxConfigurationView) {
    let context = view.contexts[index]
    upstreams.append(index)
    guard context.opener != NginxContext.none,
      let name = view.argument(0, of: Int(context.opener))?.lowercased()
    else { return }
    if context.kind == .upstream {
      if httpUpstreams[name] == nil { httpUpstreams[name] = index }
    } else if streamUpstreams[name] == nil {
      streamUpstreams[name] = index
    }
  }

  private mutating func addName(of index: Int, _ view: NginxConfigurationView) {
    let context = view.contexts[index]
    guard context.opener != NginxContext.none,
      let name = view.argument(0, of: Int(context.opener)), name.utf8.first == UInt8(ascii: "@")
    else { return }
    namedLocations[Int(context.parent), default: []].insert(name)
  }

  private mutating func addSockets(
    of server: Int, _ view: NginxConfigurationView, _ known: NginxKnownNames
  ) {
    for listen in NginxListen.all(of: server, view, known) {
      if let number = socketNumbers[listen.socket] {
        sockets[number].add(listen, of: server)
      } else {
        socketNumbers[listen.socket] = sockets.count
        sockets.append(NginxSocket(listen, of: server))
      }
    }
  }

  /// The server that answers on a socket where no name matches.
  func defaultServer(of socket: String) -> Int? {
    socketNumbers[socket].map { sockets[$0].defaultServer }
  }

  /// The place in ``sockets`` of an address.
  func socketNumber(of address: String) -> Int? { socketNumbers[address] }

  /// The places of the statements of a name, in all contexts in which each stands.
  func places(of name: NginxNameID) -> ArraySlice<Int32> { lines.places(of: name) }

  /// Whether some statement has a name.
  func isWritten(_ name: NginxNameID) -> Bool { lines.isWritten(name) }

  /// The context that a statement stands in.
  func holder(of place: Int) -> Int { lines.holder(of: place) }

  private mutating func addMap(
    _ index: Int, _ view: NginxConfigurationView, _ known: NginxKnownNames
  ) {
    let context = view.contexts[index]
    guard context.opener != NginxContext.none else { return }
    let opener = Int(context.opener)
    guard view.statements[opener].name == known.map else { return }
    guard let variable = view.argument(1, of: opener) else { return }
    for place in context.range {
      addAssignment([variable, view.argument(0, of: place) ?? ""], in: NginxContext.none)
    }
  }

  private mutating func addAssignment(_ arguments: [String], in holder: Int32) {
    guard arguments.count == 2 else { return }
    let isConstant = !arguments[1].utf8.contains(UInt8(ascii: "$"))
    assignments[arguments[0].lowercased(), default: [:]][holder, default: []].append(
      isConstant ? arguments[1] : nil)
  }

  /// The location or server around a context, itself included; `none` outside both.
  private func holder(of context: Int, _ view: NginxConfigurationView) -> Int32 {
    var holder = Int32(context)
    while holder != NginxContext.none {
      switch view.contexts[Int(holder)].kind {
      case .location, .server, .streamServer: return holder
      default: holder = view.contexts[Int(holder)].parent
      }
    }
    return NginxContext.none
  }

  private mutating func addPass(_ place: Int, in context: Int, _ view: NginxConfigurationView) {
    guard let target = view.argument(0, of: place) else { return }
    let holder = holder(of: context, view)
    passes.append(NginxPass(statement: place, location: Int(holder), target: target))
  }

  private mutating func linkPasses(_ view: NginxConfigurationView) {
    firstPasses = Array(repeating: -1, count: view.contexts.count)
    for number in passes.indices.reversed() {
      let location = passes[number].location
      guard location != NginxContext.none else { continue }
      passes[number].next = firstPasses[Int(location)]
      firstPasses[Int(location)] = Int32(number)
    }
    for number in passes.indices {
      let pass = passes[number]
      let isStream =
        pass.location != NginxContext.none
        && view.contexts[Int(pass.location)].kind == .streamServer
      if !pass.hostHasVariable {
        if let upstream = upstream(pass.host, isStream: isStream) {
          passes[number].upstream = Int32(upstream)
          passesToUpstream[Int32(upstream), default: []].append(number)
        } else if !pass.hasVariable {
          staticHosts.insert(pass.host)
        }
      }
    }
  }
}

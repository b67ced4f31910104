import Model
import Syntax

/// Leads one request through a configuration: socket, server, rewrites, location.
struct NginxRouting {
  private let configuration: NginxConfiguration
  private let request: NginxRequest
  private let host: String

  private var view: NginxConfigurationView { configuration.view }

  /// After this many changes of the path nginx answers 500.
  private static let mostCycles = 10

  init(
    _ configuration: NginxConfiguration, _ request: NginxRequest
  ) throws(NginxRequestRefusal) {
    self.configuration = configuration
    self.request = request
    if let host = request.host {
      self.host = try NginxHostName.normalized(host)
    } else {
      host = ""
    }
  }

  func routes() throws(NginxRequestRefusal) -> [NginxRoute] {
    var routes: [NginxRoute] = []
    for socket in NginxSocketChoice(configuration).sockets(for: request) {
      let path = try path(on: socket)
      NginxAssumptions.explore { assumptions in
        let route = route(on: socket, path, assumptions)
        guard assumptions.open == nil else { return }
        if let same = routes.firstIndex(where: { $0.isSameWay(as: route) }) {
          routes[same].listens += route.listens
        } else {
          routes.append(route)
        }
      }
    }
    return routes
  }

  /// The path of the request, for which some server's `merge_slashes` counts.
  ///
  /// nginx reads the request line before it knows the host, so that it is the default server's;
  /// with TLS the name was said before.
  private func path(on socket: Int) throws(NginxRequestRefusal) -> [UInt8] {
    let known = configuration.index.sockets[socket]
    var server = known.defaultServer
    if configuration.speaksTLS(socket),
      case .name(let entry, _) = NginxServerNames(known.servers, in: view).match(
        host, unknown: { _ in false })
    {
      server = entry.server
    }
    let merges = configuration.inForce(NginxMatchingNames.shared.mergeSlashes, in: server)
      .flatMap { view.argument(0, of: $0.statements[0]) }
    return try NginxRequestPath.normalized(
      request.target, mergesSlashes: merges?.lowercased() != "off")
  }

  private func route(
    on socket: Int, _ path: [UInt8], _ assumptions: NginxAssumptions
  ) -> NginxRoute {
    let known = configuration.index.sockets[socket]
    let names = NginxServerNames(known.servers, in: view)
    let match = names.match(host) { entry in
      entry.statement.map { assumptions.holds($0) } ?? false
    }
    let server: Int
    switch match {
    case .name(let entry, _): server = entry.server
    case .none: server = known.defaultServer
    }
    var way = NginxWay(server: server, path: path)
    way.steps.append(
      configuration.serverStep(server, match, host: host, isOnly: Set(known.servers).count == 1))
    walk(&way, assumptions)
    if let location = way.location {
      way.detours += configuration.detours(from: location, path: way.path)
    }
    let listen = known.listens[known.servers.firstIndex(of: server) ?? 0]
    return NginxRoute(
      listens: [configuration.listenStep(listen, of: known)],
      assumptions: assumptions.made.map { configuration.assumptionStep($0.statement, $0.holds) },
      steps: way.steps, detours: way.detours, doubts: doubts(way),
      server: NginxResource(.server, server, in: configuration),
      location: way.location.map { NginxResource(.location, $0, in: configuration) },
      ending: way.ending, socket: socket)
  }

  private func walk(_ way: inout NginxWay, _ assumptions: NginxAssumptions) {
    guard rewrite(in: way.server, &way, assumptions) != .ended else { return }
    for _ in 0...Self.mostCycles {
      let finder = NginxLocationFinder(
        way.path, in: way.server, of: configuration, assuming: assumptions)
      way.location = finder.steps.last?.location
      for step in finder.steps {
        way.steps.append(configuration.locationStep(step, path: way.path))
      }
      guard let last = finder.steps.last else { return }
      guard assumptions.open == nil else { return }
      if last.reason == .slashRedirect {
        way.ending = "nginx answers 301 to the location's name"
        return
      }
      guard rewrite(in: last.location, &way, assumptions) == .newPath else { return }
    }
    way.ending = "nginx answers 500: the path was changed more than \(Self.mostCycles) times"
  }

  private enum Turn { case goesOn, newPath, ended }

  private func rewrite(
    in block: Int, _ way: inout NginxWay, _ assumptions: NginxAssumptions
  ) -> Turn {
    let rewriting = NginxRewriting(
      block, of: configuration, path: way.path, assuming: assumptions)
    way.detours += rewriting.conditional.map { configuration.conditionStep($0) }
    for place in rewriting.applied {
      way.steps.append(configuration.step(place, "matches the path and changes it"))
    }
    switch rewriting.ending {
    case .goesOn: return .goesOn
    case .newPath(let path):
      way.path = path
      way.steps.append(configuration.pathStep(path))
      return .newPath
    case .newPathHere(let path):
      way.path = path
      return .goesOn
    case .answered(let place):
      way.steps.append(configuration.step(place, "answers the request"))
      way.ending = "answered before anything else of the block is asked"
      return .ended
    case .emptyPath:
      way.ending = "nginx answers 500: the rewritten path is empty"
      return .ended
    case .unknownPath(let place):
      way.detours.append(configuration.step(place, "variables decide the new path"))
      way.ending = "the path after `rewrite` is not known: ask for that one"
      way.location = nil
      return .ended
    }
  }

  /// What was not read on the way.
  private func doubts(_ way: NginxWay) -> [String] {
    var doubts: [String] = []
    func add(_ include: NginxUnreadInclude?, _ what: String) {
      guard let include else { return }
      doubts.append("\"\(include.name)\" was not read: it may hold \(what)")
    }
    add(configuration.unread.open(inAny: [.main, .http]), "another server for this host")
    add(configuration.unread.open(in: way.server), "a location that matches better")
    for location in way.location.map(view.chain) ?? [] where location != way.server {
      guard view.contexts[location].kind == .location else { continue }
      add(configuration.unread.open(in: location), "settings and nested locations")
    }
    return doubts
  }
}

/// How far a request has come.
struct NginxWay {
  let server: Int
  var path: [UInt8]
  var location: Int?
  var steps: [NginxRoute.Step] = []
  var detours: [NginxRoute.Step] = []
  var ending: String?

  init(server: Int, path: [UInt8]) {
    self.server = server
    self.path = path
  }
}

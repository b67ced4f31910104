import Model
import Synchronization
import Syntax

extension NginxFact {
  /// How a written line stands to others of its directive, and to what it names.
  static let directiveRelations: [NginxFact] = [
    NginxFact(
      "is_first_in_block", .bool, "Whether no earlier line of the block has the same directive"
    ) { configuration, place in
      let name = configuration.view.statements[place].name
      let block = configuration.index.holder(of: place)
      return .bool(configuration.view.firstStatement(name, in: block) == place)
    },
    NginxFact(
      "outer_text", .string,
      "What the nearest block further out says with the same directive; absent where none does",
      at: { $0.outerLine($1) }
    ) { configuration, place in
      configuration.outerLine(place).map { .string(configuration.view.joined($0)) } ?? .absent
    },
    NginxFact(
      "pass_path", .string,
      "The path that a pass puts in place of its location's; absent where it has none for certain"
    ) { $0.passPath($1).map { .string($0) } ?? .absent },
    NginxFact(
      "refused_beside", .string,
      "The other line of its block for which nginx refuses it: root beside alias; absent for none",
      at: { $0.refusedBeside($1) }
    ) { configuration, place in
      configuration.refusedBeside(place).map { .string(configuration.view.nameText($0)) } ?? .absent
    },
    NginxFact(
      "host_at_start", .string,
      "The host name that nginx has to look up before it starts; absent where there is none"
    ) { configuration, place in
      guard let host = configuration.hostAtStart(place) else { return .absent }
      return configuration.unreadUpstreams?.unknown ?? .string(host)
    },
    NginxFact(
      "log_format_defined", .bool,
      "Whether the format that an access_log names is defined; true where it names none"
    ) { configuration, place in
      guard let format = configuration.logFormat(place),
        !configuration.mentions.definedFormats.contains(format)
      else { return .bool(true) }
      return configuration.unread.open(inAny: [.http, .stream])?.unknown
        ?? (configuration.isComplete
          ? .bool(false) : .unknown("the file is a part of a configuration that may define it"))
    },
    NginxFact(
      "is_referred_to", .bool,
      "Whether anything names what it defines: a log_format, or a location such as @app"
    ) { configuration, place in
      if configuration.mentions.refers(to: place, configuration) { return .bool(true) }
      return configuration.unread.open(inAny: [.http, .server, .location, .stream])?.unknown
        ?? .bool(false)
    },
  ]
}

/// The log formats and named locations that a configuration defines and uses.
struct NginxMentions: Sendable {
  /// With the block that knows them, as of ``NginxConfiguration/logFormat(_:)``.
  fileprivate private(set) var definedFormats: Set<String> = []
  private var usedFormats: Set<String> = []
  /// `@name` behind the number of its server.
  private var usedLocations: Set<String> = []
  /// Whether code in another language may name a location.
  private let hasCode: Bool

  fileprivate static let accessLog = NginxDirectiveTable.shared.id("access_log")
  private static let code = [
    "js_content", "js_import", "js_include", "perl", "perl_modules", "content_by_lua",
    "content_by_lua_block", "content_by_lua_file", "access_by_lua_block", "rewrite_by_lua_block",
  ].map { NginxDirectiveTable.shared.id($0) }.filter { $0 != .unknown }
  private static let logFormat = NginxDirectiveTable.shared.id("log_format")

  init(_ configuration: NginxConfiguration) {
    let (view, index) = (configuration.view, configuration.index)
    hasCode = Self.code.contains { !index.places(of: $0).isEmpty }
    for place in index.places(of: Self.logFormat) {
      guard let name = view.argument(0, of: Int(place)) else { continue }
      definedFormats.insert(configuration.formatKey(name, at: Int(place)))
    }
    for place in index.places(of: Self.accessLog) {
      if let format = configuration.logFormat(Int(place)) { usedFormats.insert(format) }
    }
    for name in [NginxKnownNames.shared.tryFiles, NginxKnownNames.shared.errorPage] {
      for place in index.places(of: name) { addTargets(Int(place), configuration) }
    }
  }

  private mutating func addTargets(_ place: Int, _ configuration: NginxConfiguration) {
    guard let target = configuration.view.arguments(place).last else { return }
    let isName = target.utf8.first == UInt8(ascii: "@")
    guard isName || target.utf8.first == UInt8(ascii: "$") else { return }
    let holder = configuration.index.holder(of: place)
    // Of `http` and of a part, any server may be meant.
    let server = configuration.view.server(of: holder).map { "\($0)" } ?? ""
    usedLocations.insert("\(server) \(isName ? target : "")")
  }

  fileprivate func refers(to place: Int, _ configuration: NginxConfiguration) -> Bool {
    let view = configuration.view
    guard let name = view.argument(0, of: place) else { return true }
    if view.statements[place].name == Self.logFormat {
      return usedFormats.contains(configuration.formatKey(name, at: place))
    }
    guard name.utf8.first == UInt8(ascii: "@"),
      let server = view.server(of: configuration.index.holder(of: place))
    else { return true }
    if hasCode { return true }
    // A target in a variable may be any of them.
    return ["\(server) \(name)", " \(name)", "\(server) ", " "]
      .contains(where: usedLocations.contains)
  }
}

extension NginxConfiguration {
  /// Gathered when the first rule asks.
  fileprivate var mentions: NginxMentions {
    knownMentions.withLock { known in
      if let known { return known }
      let mentions = NginxMentions(self)
      known = mentions
      return mentions
    }
  }

  /// The path behind the host of a pass, or behind the socket and its colon.
  fileprivate func passPath(_ place: Int) -> String? {
    view.tree(place).argument(0, of: view.id(place))?.withBytes { target in
      guard let scheme = target.firstIndex(of: UInt8(ascii: ":")), scheme + 3 <= target.count,
        target[scheme + 1] == UInt8(ascii: "/"), target[scheme + 2] == UInt8(ascii: "/"),
        !target.contains(where: { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "?") })
      else { return nil }
      let rest = target[(scheme + 3)...]
      let isSocket = rest.starts(with: "unix:".utf8)
      let start =
        isSocket
        ? rest.dropFirst(5).firstIndex(of: UInt8(ascii: ":")).map { $0 + 1 }
        : rest.firstIndex(of: UInt8(ascii: "/"))
      guard let start, start < rest.endIndex else { return nil }
      return String(decoding: rest[start...], as: UTF8.self)
    }
  }

  fileprivate func refusedBeside(_ place: Int) -> Int? {
    let block = index.holder(of: place)
    return view.firstStatement(NginxAccessNames.shared.root, in: block)
  }

  fileprivate func outerLine(_ place: Int) -> Int? {
    let parent = view.contexts[index.holder(of: place)].parent
    guard parent != NginxContext.none else { return nil }
    return inForce(view.statements[place].name, in: Int(parent))?.statements.first
  }

  /// The host of a pass or of an upstream's server that is a name and known at start.
  fileprivate func hostAtStart(_ place: Int) -> String? {
    let block = index.holder(of: place)
    guard let target = view.argument(0, of: place), !target.utf8.contains(UInt8(ascii: "$")) else {
      return nil
    }
    let host: String
    switch view.contexts[block].kind {
    case .upstream, .streamUpstream:
      guard !view.arguments(place).contains("resolve") else { return nil }
      host = NginxPass.name(in: target).lowercased()
    case let kind:
      host = NginxPass(statement: place, location: block, target: target).host
      guard index.upstream(host, isStream: kind == .streamServer) == nil else { return nil }
    }
    let isName = !host.isEmpty && host != "localhost" && !NginxPass.isAddress(host)
    return isName && !NginxPlaceholder.isIn(target.utf8) ? host : nil
  }

  /// The format that an `access_log` names, with the block that knows it; none for `combined`.
  fileprivate func logFormat(_ place: Int) -> String? {
    guard let name = view.argument(1, of: place), name != "combined" else { return nil }
    let parameters = ["buffer=", "gzip=", "flush=", "if="]
    guard name != "gzip", !parameters.contains(where: name.hasPrefix),
      !name.utf8.contains(UInt8(ascii: "$")), !NginxPlaceholder.isIn(name.utf8)
    else { return nil }
    return formatKey(name, at: place)
  }

  /// `http` and `stream` know nothing of each other's formats.
  fileprivate func formatKey(_ name: String, at place: Int) -> String {
    let chain = view.chain(index.holder(of: place))
    return chain.contains { view.contexts[$0].kind == .stream } ? "stream \(name)" : "http \(name)"
  }
}

import Model
import Synchronization

extension NginxFact {
  /// What the lines of an `upstream` say together, and who uses it.
  static let upstreamServers: [NginxFact] = [
    NginxFact(
      "repeated_servers", .list(.string),
      "Addresses that several servers of it have while others have another",
      at: { $0.repeatedServers($1).first?.statement }
    ) { configuration, context in
      // Further lines take nothing away from what is repeated already.
      var seen: Set<String> = []
      let repeated = configuration.repeatedServers(context).map(\.address)
        .filter { seen.insert($0).inserted }
      guard repeated.isEmpty else { return .list(repeated.map { .string($0) }) }
      return configuration.unread.open(in: context)?.unknown ?? .list([])
    },
    NginxFact(
      "has_single_address", .bool,
      "Whether it is one server line with an address: a name may stand for several servers",
      at: { $0.upstreamServers($1).first }
    ) { configuration, context in
      let servers = configuration.upstreamServers(context)
      guard servers.count == 1 else {
        return servers.isEmpty
          ? configuration.unread.open(in: context)?.unknown ?? .bool(false) : .bool(false)
      }
      let host = NginxPass.name(in: configuration.view.argument(0, of: servers[0]) ?? "")
      guard NginxPass.isAddress(host) else { return .bool(false) }
      return configuration.unread.open(in: context)?.unknown ?? .bool(true)
    },
    NginxFact(
      "balancing_options", .list(.string), "What is written behind the balancing method",
      at: { $0.balancing($1) }
    ) { configuration, context in
      let method = configuration.balancing(context)
      return .list(
        method.map { configuration.view.arguments($0).map { .string($0) } } ?? [])
    },
    NginxFact(
      "passed_by", .list(.string),
      "The directives that hand requests to it by its plain name, such as proxy_pass, each once"
    ) { configuration, context in
      configuration.unreadPasses?.unknown ?? .list(configuration.passNames(to: context))
    },
    NginxFact(
      "is_mentioned", .bool,
      "Whether something hands requests to it, by its name or by a variable that may hold it"
    ) { configuration, context in
      if configuration.index.passesToUpstream[Int32(context)]?.isEmpty == false {
        return .bool(true)
      }
      return configuration.unreadPasses?.unknown ?? configuration.mention(of: context)
    },
  ]
}

extension NginxConfiguration {
  /// The second and further lines of an address that an upstream has more than once.
  ///
  /// Empty where all servers have one address, which is a way to try it again; servers that are
  /// `backup` or `down` are left out for the same reason.
  func repeatedServers(_ upstream: Int) -> [(address: String, statement: Int)] {
    let isStream = view.contexts[upstream].kind == .streamUpstream
    var first: Set<String> = []
    var repeated: [(address: String, statement: Int)] = []
    for place in upstreamServers(upstream) {
      let words = view.arguments(place)
      guard let text = words.first, !words.contains("backup"), !words.contains("down") else {
        continue
      }
      let address = isStream ? text.lowercased() : NginxPass.address(text)
      if !first.insert(address).inserted { repeated.append((address, place)) }
    }
    return first.count > 1 ? repeated : []
  }

  /// The directives that name an upstream, in reading order.
  fileprivate func passNames(to upstream: Int) -> [FieldValue] {
    var seen: Set<NginxNameID> = []
    return (index.passesToUpstream[Int32(upstream)] ?? []).compactMap { number in
      let statement = Int(index.passes[number].statement)
      guard seen.insert(view.statements[statement].name).inserted else { return nil }
      return .string(view.nameText(statement))
    }
  }

  /// Whether a variable or a directive of another module may name an upstream.
  fileprivate func mention(of upstream: Int) -> FieldValue {
    let context = view.contexts[upstream]
    guard context.opener != NginxContext.none,
      let name = view.argument(0, of: Int(context.opener))?.lowercased()
    else { return .unknown("the upstream has no name") }
    let isStream = context.kind == .streamUpstream
    let mentions = upstreamMentions.withLock { known in
      let mentions = known ?? NginxUpstreamMentions(self)
      known = mentions
      return mentions
    }
    if mentions.names.contains(name) { return .bool(true) }
    return (isStream ? mentions.openInStream : mentions.openInHTTP)
      .map { .unknown("\"\($0)\" may hold its name") } ?? .bool(false)
  }
}

extension NginxPass {
  /// A server of an `http` upstream in one spelling: port 80 where none is written.
  static func address(_ text: String) -> String {
    if text.hasPrefix("unix:") { return text }
    let address = text.lowercased()
    let isBare =
      address.utf8.first == UInt8(ascii: "[")
      ? address.utf8.last == UInt8(ascii: "]") : !address.utf8.contains(UInt8(ascii: ":"))
    return isBare ? address + ":80" : address
  }
}

/// The names that variables and other modules may hand requests to, gathered once.
struct NginxUpstreamMentions: Sendable {
  /// In lower case.
  private(set) var names: Set<String> = []
  /// A variable that may hold any name, of a pass in `http`; `nil` where there is none.
  private(set) var openInHTTP: String?
  /// The same in `stream`.
  private(set) var openInStream: String?

  init(_ configuration: NginxConfiguration) {
    // In `http://$args` and `http:/$uri` the variable brings the host as well.
    for pass in configuration.index.passes
    where pass.hostHasVariable || pass.hasVariable && ["", "http", "https"].contains(pass.host) {
      add(pass, configuration)
    }
    addForeignPasses(configuration)
  }

  /// The constants of a pass whose host is one variable that only `set` and `map` give a value.
  ///
  /// An empty value waits for a script to fill it.
  private mutating func add(_ pass: NginxPass, _ configuration: NginxConfiguration) {
    let variable = pass.host.filter { $0 != "{" && $0 != "}" }
    let assigned = configuration.index.assignments[variable].map { Array($0.values.joined()) }
    guard let values = assigned, values.allSatisfy({ $0?.isEmpty == false }) else {
      let isStream =
        pass.location != NginxContext.none
        && configuration.view.contexts[Int(pass.location)].kind == .streamServer
      let target = configuration.view.argument(0, of: Int(pass.statement)) ?? pass.host
      if isStream { openInStream = openInStream ?? target }
      if !isStream { openInHTTP = openInHTTP ?? target }
      names.formUnion((assigned ?? []).compactMap { $0 }.map(Self.name))
      return
    }
    names.formUnion(values.compactMap { $0 }.map(Self.name))
  }

  private static func name(in value: String) -> String { NginxPass.name(in: value).lowercased() }

  /// Other modules hand requests on as well: `redis2_pass`, `memc_pass` and their like.
  private mutating func addForeignPasses(_ configuration: NginxConfiguration) {
    let view = configuration.view
    let table = NginxDirectiveTable.shared
    var isForeignPass = [Bool](repeating: false, count: table.nameCount + 1)
    for name in table.ids where table.name(name).hasSuffix("_pass") {
      isForeignPass[Int(name.rawValue)] = true
    }
    for place in view.statements.indices {
      let name = view.statements[place].name
      let isPass =
        name == .unknown
        ? view.nameText(place).hasSuffix("_pass") : isForeignPass[Int(name.rawValue)]
      guard isPass, let target = view.argument(0, of: place) else { continue }
      names.insert(Self.name(in: target))
    }
  }
}

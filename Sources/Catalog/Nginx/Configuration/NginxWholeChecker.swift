import Model
import Syntax

/// Judges what shows only when a configuration is together: things missing or there twice.
///
/// As nginx says it, checked with 1.22.1. Only what no file that was not read could mend, and
/// nothing where the grammar is broken: nginx stops there first.
struct NginxWholeChecker {
  private let configuration: NginxConfiguration
  private let known = NginxKnownNames.shared
  private(set) var problems: NginxProblems
  /// What an upstream says of its idle connections, and nothing of servers.
  private let keepaliveSettings = [
    "keepalive_time", "keepalive_timeout", "keepalive_requests",
  ].map { NginxDirectiveTable.shared.id($0) }

  private var view: NginxConfigurationView { configuration.view }

  init(_ configuration: NginxConfiguration, problems: NginxProblems) {
    self.configuration = configuration
    self.problems = problems
    guard view.trees.allSatisfy(\.errors.isEmpty) else { return }
    checkEvents()
    checkUpstreams()
    checkLocations()
    checkZones()
  }

  /// Only where the file is meant to be whole: an excerpt of `http` says nothing of processes.
  private mutating func checkEvents() {
    let tree = view.trees[0]
    let name = FileCandidate(path: tree.source.path, head: []).name
    let place = known.ofWholeFiles.flatMap { view.statements($0, in: 0) }.min()
    guard name == "nginx.conf", configuration.isComplete, let place,
      view.statements(known.events, in: 0).isEmpty, configuration.unread.open(in: 0) == nil
    else { return }
    problems.addAtName(
      .refused, view.tree(place), view.id(place), "no \"events\" section in configuration",
      help: "write `events { }` at the top of the main file")
  }

  private mutating func checkUpstreams() {
    var seen: Set<String> = []
    for context in configuration.index.upstreams {
      let block = view.contexts[context]
      guard block.opener != NginxContext.none, let name = view.argument(0, of: Int(block.opener))
      else { continue }
      let opener = Int(block.opener)
      if !NginxPlaceholder.isIn(name.utf8),
        !seen.insert("\(block.kind.rawValue) \(name.lowercased())").inserted
      {
        problems.add(.refused, view.tree(opener), view.id(opener), "duplicate upstream \"\(name)\"")
      }
      if isEmpty(context) {
        problems.add(
          .refused, view.tree(opener), view.id(opener), "no servers are inside upstream")
      }
    }
  }

  /// Whether an upstream has no server for certain: no other directive brings any.
  private func isEmpty(_ upstream: Int) -> Bool {
    guard configuration.unread.open(in: upstream) == nil else { return false }
    let harmless = known.balancing + [known.keepalive] + keepaliveSettings
    return view.contexts[upstream].range.allSatisfy { harmless.contains(view.statements[$0].name) }
  }

  private mutating func checkLocations() {
    var seen: Set<LocationKey> = []
    for context in configuration.index.locations {
      let (modifier, pattern) = configuration.locationMatch(context)
      let isExact = modifier == "="
      guard isExact || modifier.isEmpty || modifier == "^~", !NginxPlaceholder.isIn(pattern.utf8)
      else { continue }
      let block = view.contexts[context]
      let key = LocationKey(block: block.parent, isExact: isExact, pattern: pattern)
      if !seen.insert(key).inserted {
        let opener = Int(block.opener)
        problems.add(
          .refused, view.tree(opener), view.id(opener), "duplicate location \"\(pattern)\"")
      }
    }
  }

  /// What nginx tells plain locations by: `^~` and none are one kind to it.
  private struct LocationKey: Hashable {
    let block: Int32
    let isExact: Bool
    let pattern: String
  }

  private mutating func checkZones() {
    guard configuration.isComplete,
      configuration.unread.open(inAny: [.main, .http, .stream]) == nil
    else { return }
    var zones: Set<String> = []
    var uses: [(zone: String, place: Int)] = []
    let index = configuration.index
    for name in [known.limitReqZone, known.limitConnZone] {
      for place in index.places(of: name) {
        zones.formUnion(
          view.arguments(Int(place)).compactMap(Self.zone).map { zone in
            String(zone.prefix { $0 != ":" })
          })
      }
    }
    for place in index.places(of: known.limitReq) {
      if let zone = view.arguments(Int(place)).compactMap(Self.zone).first {
        uses.append((zone, Int(place)))
      }
    }
    for place in index.places(of: known.limitConn) {
      if let zone = view.argument(0, of: Int(place)) { uses.append((zone, Int(place))) }
    }
    for (zone, place) in uses where !zones.contains(zone) && !NginxPlaceholder.isIn(zone.utf8) {
      problems.add(
        .refused, view.tree(place), view.id(place), "zero size shared memory zone \"\(zone)\"",
        help: "no `limit_req_zone` or `limit_conn_zone` declares it")
    }
  }

  private static func zone(_ argument: String) -> String? {
    argument.hasPrefix("zone=") ? String(argument.dropFirst(5)) : nil
  }
}

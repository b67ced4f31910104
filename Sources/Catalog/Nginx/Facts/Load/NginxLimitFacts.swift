import Model
import Synchronization

extension NginxFact {
  /// What rules know of a `limit_req` or `limit_conn` line; absent for other lines.
  static let directiveLimits: [NginxFact] = [
    NginxFact("limit_zone", .string, "The zone that a limit counts in", at: { $1 }) {
      $0.limitZone($1).map { .string($0) } ?? .absent
    },
    NginxFact(
      "limit_zone_declared", .bool,
      "Whether the zone of a limit is declared, for that kind of limit",
      at: { $1 }
    ) { $0.limitZoneIsDeclared($1) },
    NginxFact(
      "limit_delay", .duration,
      "How long a limit_req holds a request back at most; nothing where it never does",
      at: { $1 }
    ) { $0.limitDelay($1) },
    NginxFact(
      "limit_keys", .list(.string),
      "What the limits in force beside a limit count by, its own first"
    ) { configuration, place in
      .list(configuration.limitKeys(beside: place).map { .string($0) })
    },
    NginxFact(
      "dropped_limits", .list(.string),
      "Zones of limits around that this line switches off here, with no limit by the same key left"
    ) { configuration, place in
      let dropped = configuration.droppedLimits(place)
      // A line that was not read may repeat what is dropped.
      if !dropped.isEmpty,
        let include = configuration.unread.open(in: configuration.index.holder(of: place))
      {
        return include.unknown
      }
      return .list(dropped.map { .string($0.zone) })
    },
  ]
}

extension NginxConfiguration {
  /// The zone that a limit names; `nil` for other lines.
  fileprivate func limitZone(_ place: Int) -> String? {
    let known = NginxKnownNames.shared
    switch view.statements[place].name {
    case known.limitReq:
      return view.arguments(place).first { $0.hasPrefix("zone=") }.map { String($0.dropFirst(5)) }
    case known.limitConn: return view.argument(0, of: place)
    default: return nil
    }
  }

  /// What declares a limit's zone; `nil` where nothing does.
  fileprivate func limitDeclaration(_ place: Int) -> NginxLimitZones.Zone? {
    guard let name = limitZone(place) else { return nil }
    let isRequests = view.statements[place].name == NginxKnownNames.shared.limitReq
    return limitZones.withLock { known in
      let zones = known ?? NginxLimitZones(self)
      known = zones
      return isRequests ? zones.requests[name] : zones.connections[name]
    }
  }

  fileprivate func limitZoneIsDeclared(_ place: Int) -> FieldValue {
    guard limitZone(place) != nil else { return .absent }
    if limitDeclaration(place) != nil { return .bool(true) }
    if let include = unread.open(inAny: [.main, .http, .stream]) { return include.unknown }
    return isComplete
      ? .bool(false) : .unknown("the file is a part of a configuration that may declare the zone")
  }

  /// (burst - delay) / rate: nginx lets requests through one by one at the zone's rate.
  fileprivate func limitDelay(_ place: Int) -> FieldValue {
    guard view.statements[place].name == NginxKnownNames.shared.limitReq else { return .absent }
    let arguments = view.arguments(place)
    if arguments.contains("nodelay") { return .duration(0) }
    func number(_ prefix: String) -> Int64? {
      arguments.first { $0.hasPrefix(prefix) }
        .map { NginxUnits.number($0.utf8.dropFirst(prefix.utf8.count)) ?? 0 }
    }
    let held = (number("burst=") ?? 0) - (number("delay=") ?? 0)
    guard held > 0 else { return .duration(0) }
    guard let zone = limitDeclaration(place) else {
      let declared = limitZoneIsDeclared(place)
      if case .unknown = declared { return declared }
      return .absent
    }
    guard let rate = zone.rate, rate > 0 else {
      return .unknown("the rate of the zone is not known")
    }
    let microseconds = Double(held) / rate * 1_000_000
    return .duration(Int64(exactly: microseconds.rounded(.down)) ?? .max)
  }

  /// What a limit counts by; `nil` where its zone is not declared.
  fileprivate func limitKey(_ place: Int) -> String? {
    limitDeclaration(place)?.key
  }

  /// The keys of the limits of both kinds that are in force where one stands.
  fileprivate func limitKeys(beside place: Int) -> [String] {
    let known = NginxKnownNames.shared
    guard let own = limitKey(place) else { return [] }
    let context = index.holder(of: place)
    let others = [known.limitReq, known.limitConn].flatMap {
      inForce($0, in: context)?.statements ?? []
    }
    return [own] + others.filter { $0 != place }.compactMap { limitKey($0) }
  }

  /// The limits that would hold here if this line, the first of its block, were not written.
  ///
  /// A limit by the same key takes the place of the one around it, as was surely meant; what is
  /// lost is a limit by another key.
  fileprivate func droppedLimits(_ place: Int) -> [(zone: String, statement: Int)] {
    let name = view.statements[place].name
    let context = index.holder(of: place)
    let parent = view.contexts[context].parent
    guard parent != NginxContext.none, let around = inForce(name, in: Int(parent)),
      limitZone(place) != nil
    else { return [] }
    let own = view.statements(name, in: context)
    guard own.first == place else { return [] }
    let keys = Set(own.compactMap { limitKey($0) })
    let zones = Set(own.compactMap { limitZone($0) })
    // A zone that is not declared has no key to compare.
    guard keys.count > 0 else { return [] }
    return around.statements.compactMap { statement in
      guard let zone = limitZone(statement), !zones.contains(zone),
        let key = limitKey(statement), !keys.contains(key)
      else { return nil }
      return (zone, statement)
    }
  }
}

/// The zones of limits by name, gathered once.
struct NginxLimitZones: Sendable {
  struct Zone: Sendable {
    /// What it counts by, as written.
    let key: String
    /// Requests each second; `nil` for connections, and where it cannot be read.
    let rate: Double?
  }

  private(set) var requests: [String: Zone] = [:]
  private(set) var connections: [String: Zone] = [:]

  init(_ configuration: NginxConfiguration) {
    let known = NginxKnownNames.shared
    for place in configuration.index.places(of: known.limitReqZone) {
      let words = configuration.view.arguments(Int(place))
      guard let name = Self.name(in: words), requests[name] == nil else { continue }
      requests[name] = Zone(key: words[0], rate: Self.rate(in: words))
    }
    for place in configuration.index.places(of: known.limitConnZone) {
      let words = configuration.view.arguments(Int(place))
      guard let name = Self.name(in: words), connections[name] == nil else { continue }
      connections[name] = Zone(key: words[0], rate: nil)
    }
  }

  /// `login` of `zone=login:10m`.
  private static func name(in words: [String]) -> String? {
    words.first { $0.hasPrefix("zone=") }.map { String($0.dropFirst(5).prefix { $0 != ":" }) }
  }

  /// `rate=30r/m` is half a request each second.
  private static func rate(in words: [String]) -> Double? {
    guard let rate = words.first(where: { $0.hasPrefix("rate=") })?.dropFirst(5) else { return nil }
    let isMinutes = rate.hasSuffix("r/m")
    guard isMinutes || rate.hasSuffix("r/s"),
      let number = NginxUnits.number(rate.utf8.dropLast(3))
    else { return nil }
    return Double(number) / (isMinutes ? 60 : 1)
  }
}

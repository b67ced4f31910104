import Model
import Synchronization

extension NginxFact {
  /// What rules know of a `proxy_cache` line or its like; absent for other lines.
  static let directiveCaches: [NginxFact] = [
    NginxFact(
      "cache_zone_declared", .bool,
      "Whether the zone of a cache is declared, for caches of that protocol", at: { $1 }
    ) { $0.cacheZoneIsDeclared($1) }
  ]
}

extension NginxConfiguration {
  fileprivate func cacheZoneIsDeclared(_ place: Int) -> FieldValue {
    guard let declaring = NginxCacheZones.declaring[view.statements[place].name],
      let zone = view.argument(0, of: place), zone != "off"
    else { return .absent }
    guard !zone.utf8.contains(UInt8(ascii: "$")) else {
      return .unknown("a variable decides which zone is used")
    }
    let isDeclared = cacheZones.withLock { known in
      let zones = known ?? NginxCacheZones(self)
      known = zones
      return zones.contains(zone, of: declaring)
    }
    if isDeclared { return .bool(true) }
    if let include = unread.open(inAny: [.main, .http]) { return include.unknown }
    return isComplete
      ? .bool(false) : .unknown("the file is a part of a configuration that may declare the zone")
  }
}

/// The zones that `proxy_cache_path` and its like declare, gathered once.
struct NginxCacheZones: Sendable {
  /// The directives that declare the zones of those that use them.
  static let declaring = Dictionary(
    ["proxy", "fastcgi", "uwsgi", "scgi"].map {
      (
        NginxDirectiveTable.shared.id("\($0)_cache"),
        NginxDirectiveTable.shared.id("\($0)_cache_path")
      )
    }, uniquingKeysWith: { first, _ in first })

  private var names: [NginxNameID: Set<Substring>] = [:]

  init(_ configuration: NginxConfiguration) {
    for declaring in Self.declaring.values {
      for place in configuration.index.places(of: declaring) {
        guard
          let zone = configuration.view.arguments(Int(place))
            .first(where: { $0.hasPrefix("keys_zone=") })
        else { continue }
        names[declaring, default: []].insert(zone.dropFirst(10).prefix { $0 != ":" })
      }
    }
  }

  func contains(_ zone: String, of declaring: NginxNameID) -> Bool {
    names[declaring]?.contains(zone[...]) == true
  }
}

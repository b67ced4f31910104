import Model
import Synchronization

/// The locations that keep answers, by cache zone: gathered once for a configuration.
struct NginxCacheSharing: Sendable {
  /// A server's answers in one zone.
  struct Tenant: Sendable {
    let server: Int
    /// Its names, or its sockets where it has none.
    let names: Set<String>
    /// What the answers come from: two tenants with the same text get the same answers.
    let content: String
    /// The cache key as written: answers under different ones never meet.
    let key: String
    /// What `$proxy_host` is in the key; `nil` where the key has none.
    let proxyHost: String?
  }

  /// The tenants of a zone that are told apart, at most this many: one that differs is enough.
  private static let mostTenants = 16

  private var tenants: [String: [Tenant]] = [:]
  private var tenantOfLocation: [Int32: Tenant] = [:]

  init(_ configuration: NginxConfiguration) {
    for pass in configuration.index.passes {
      let location = Int(pass.location)
      guard pass.location != NginxContext.none, tenantOfLocation[pass.location] == nil,
        let zone = configuration.constantZone(location),
        let tenant = configuration.tenant(location, pass)
      else { continue }
      tenantOfLocation[pass.location] = tenant
      let known = tenants[zone] ?? []
      guard known.count < Self.mostTenants,
        !known.contains(where: { $0.isSame(as: tenant) })
      else { continue }
      tenants[zone, default: []].append(tenant)
    }
  }

  /// A server of other names whose answers in a zone may differ from those of a location.
  func neighbour(of location: Int, zone: String) -> Int? {
    guard let own = tenantOfLocation[Int32(location)] else { return nil }
    return tenants[zone]?.first {
      $0.key == own.key && $0.proxyHost == own.proxyHost && $0.content != own.content
        && $0.names.isDisjoint(with: own.names)
    }?.server
  }
}

extension NginxCacheSharing.Tenant {
  /// Whether another tenant of the same zone adds nothing.
  fileprivate func isSame(as other: Self) -> Bool {
    server == other.server && content == other.content && key == other.key
      && proxyHost == other.proxyHost
  }
}

extension NginxConfiguration {
  /// The family and name of the zone that a location keeps answers in, where both are constant.
  fileprivate func constantZone(_ location: Int) -> String? {
    guard let family = cacheFamily(location), case .string(let zone) = cacheZone(location),
      !zone.utf8.contains(UInt8(ascii: "$"))
    else { return nil }
    return "\(family.name) \(zone)"
  }

  fileprivate func tenant(_ location: Int, _ pass: NginxPass) -> NginxCacheSharing.Tenant? {
    guard let server = view.server(of: location) else { return nil }
    var key = ""
    switch cacheValue(.key, location) {
    case .string(let text): key = text
    case .unknown: return nil
    default: break
    }
    let written = view.statements(NginxCacheNames.shared.serverName, in: server)
      .flatMap { view.arguments($0) }.map { $0.lowercased() }.filter { !$0.isEmpty }
    let names = Set(written.isEmpty ? listens(server).map(\.socket) : written)
    var content = view.argument(0, of: Int(pass.statement)) ?? ""
    if let header = hostHeader(location), !namesClientHost(header) {
      content += " " + (view.argument(1, of: header) ?? "")
    } else if cacheFamily(location)?.name != "proxy" || hostHeader(location) != nil {
      content += " for " + names.sorted().joined(separator: " ")
    }
    let hasProxyHost = NginxKeyVariables.names(in: key).contains("proxy_host")
    // A variable may be another host in each server.
    if hasProxyHost, pass.hostHasVariable { return nil }
    let target = NginxPass.host(in: view.argument(0, of: Int(pass.statement)) ?? "")
    return NginxCacheSharing.Tenant(
      server: server, names: names, content: content, key: key,
      proxyHost: hasProxyHost ? target.lowercased() : nil)
  }

  /// A server that a location's kept answers may be mixed up with.
  func cacheNeighbour(_ location: Int) -> Int? {
    guard let zone = constantZone(location) else { return nil }
    let sharing = cacheSharing.withLock { known in
      let sharing = known ?? NginxCacheSharing(self)
      known = sharing
      return sharing
    }
    return sharing.neighbour(of: location, zone: zone)
  }

  /// Its name; unknown where a variable may choose the zone.
  func cacheNeighbourName(_ location: Int) -> FieldValue {
    let zone = cacheZone(location)
    switch zone {
    case .unknown: return zone
    case .string(let name) where name.utf8.contains(UInt8(ascii: "$")):
      return .unknown("a variable decides which cache zone is used")
    default:
      return cacheNeighbour(location).map {
        .string(NginxResource(.server, $0, in: self).identity.name)
      } ?? .absent
    }
  }
}

import Catalog
import Model
import Syntax

/// One setting that differs between two versions of the configuration.
package struct SettingDifference: Sendable, Hashable {
  /// One version's side.
  package struct Side: Sendable, Hashable {
    /// The text in the file, masked when it is a secret; `nil` when written nowhere.
    package let written: String?
    /// What runs, as text without unit; `nil` when unknown.
    package let effective: String?
    /// The file and line that decide; `nil` when written nowhere.
    package let file: String?
    /// Counts from 1; `nil` when written nowhere.
    package let line: Int?

    /// What runs, or what is written where that cannot be known.
    fileprivate var value: String { effective ?? written ?? "unknown" }
  }

  /// The file that declares the resource.
  package let path: String
  package let technology: String
  /// `pool auth`, for people; `pool auth in worker` where a deployment runs it, since each service
  /// has its own environment over the same file.
  package let resource: String
  /// The product's key; the contexts of nginx are spelled out, `upstream[app].keepalive`.
  package let key: String
  /// The vendor-neutral name, `pool.max_size`, where there is one.
  package let field: String?
  /// `nil` when the resource did not exist.
  package let old: Side?
  /// `nil` when the resource is gone.
  package let new: Side?

  /// The file whose change made the difference, as far as a line of it decides.
  package var decidingFile: String { new?.file ?? old?.file ?? path }

  /// The old value as people read it; `nil` when the resource did not exist.
  package var oldValue: String? { old.map { Self.value($0, beside: new) } }
  /// The new value as people read it; `nil` when the resource is gone.
  package var newValue: String? { new.map { Self.value($0, beside: old) } }

  /// What runs, or what is written where only that differs: `${POOL:10}` that becomes `10`.
  private static func value(_ side: Side, beside other: Side?) -> String {
    guard let other, other.value == side.value, let written = side.written else {
      return side.value
    }
    return written
  }
}

extension SettingDifference {
  /// What differs between `base` and `head`, sorted by path, resource and key.
  ///
  /// Settings are compared by what runs, so a removed line shows the default that takes its place.
  ///
  /// - Parameter moved: new names of files by the old ones: a file that moved is still the same.
  package static func between(
    _ base: Collection, and head: Collection, moved: [String: String] = [:]
  ) -> [SettingDifference] {
    let (old, new) = (Snapshot(base, moved: moved), Snapshot(head))
    var changes: [SettingDifference] = []
    for setting in old.order + new.order.filter({ old.entries[$0] == nil }) {
      let (before, after) = (old.entries[setting] ?? [:], new.entries[setting] ?? [:])
      let services = Self.services(before, after)
      for service in services {
        // What no deployment ran yet, or runs any more, is the same file all the same.
        let (before, after) = (before[service] ?? before[nil], after[service] ?? after[nil])
        guard before?.comparable != after?.comparable else { continue }
        guard let known = before ?? after else { continue }
        // Of a resource that comes or goes only what somebody wrote is worth a line.
        if before == nil || after == nil, !known.isWritten { continue }
        changes.append(
          SettingDifference(
            path: setting.path, technology: setting.technology,
            resource: setting.resource(in: service, among: services), key: setting.key,
            field: known.field, old: before?.side, new: after?.side))
      }
    }
    return changes.sorted { left, right in
      (left.path, left.resource, left.key) < (right.path, right.resource, right.key)
    }
  }

  /// Those that run a setting's resource before or after; only `nil` where none is known.
  private static func services(
    _ before: [ServiceReference?: Snapshot.Entry], _ after: [ServiceReference?: Snapshot.Entry]
  ) -> [ServiceReference?] {
    let services = Set(before.keys).union(after.keys)
    // Of a version that knows no services its one entry stands beside each of the other's.
    let isInEach = before.count == 1 && before[nil] != nil || after.count == 1 && after[nil] != nil
    return services.filter { $0 != nil || !isInEach || services.count == 1 }.sorted {
      ($0?.name ?? "", $0?.deployment ?? "") < ($1?.name ?? "", $1?.deployment ?? "")
    }
  }
}

/// The settings of one version, by what they are and not where they stand.
private struct Snapshot {
  struct Identity: Hashable {
    let path: String
    let technology: String
    let resource: String
    let environment: String
    let key: String

    /// `pool auth in worker`; with the deployment where several have a service of that name.
    func resource(in service: ServiceReference?, among services: [ServiceReference?]) -> String {
      guard let service else { return resource }
      let isAlone = !services.contains {
        $0?.name == service.name && $0?.deployment != service.deployment
      }
      return "\(resource) in \(service.name)" + (isAlone ? "" : " of \(service.deployment)")
    }
  }

  struct Entry {
    var side: SettingDifference.Side
    /// What two versions are compared by: unmasked, so that a changed secret is seen.
    var comparable: [String?]
    let isWritten: Bool
    let field: String?
  }

  /// The settings, each by the service that runs its resource, `nil` where nobody says which.
  private(set) var entries: [Identity: [ServiceReference?: Entry]] = [:]
  private(set) var order: [Identity] = []
  private let moved: [String: String]

  init(_ collection: Collection, moved: [String: String] = [:]) {
    self.moved = moved
    var lines = SourceLines()
    for reading in collection.readings {
      lines.add(reading.sources)
      // The lines of sockets and zones belong to servers, upstreams and the whole, too.
      for resource in reading.resources where resource.kind != .socket && resource.kind != .zone {
        for setting in resource.settings {
          let position = setting.origin.flatMap { lines.position(of: $0) }
          add(setting, of: resource.identity, line: position?.line)
        }
      }
    }
  }

  private mutating func add(_ setting: Setting, of resource: ResourceIdentity, line: Int?) {
    let identity = Identity(
      path: moved[resource.origin.path] ?? resource.origin.path, technology: resource.technology,
      resource: resource.label, environment: resource.environment,
      key: resource.qualified(setting.key))
    let isWritten = setting.written != nil
    let effective = setting.publicEffective
    let entry = Entry(
      side: SettingDifference.Side(
        written: setting.publicWritten, effective: effective, file: setting.origin?.path,
        line: line),
      comparable: [setting.written, setting.effective?.text], isWritten: isWritten,
      field: setting.field.map { "\(resource.kind.rawValue).\($0)" })
    if entries[identity] == nil { order.append(identity) }
    guard var existing = entries[identity]?[resource.service] else {
      entries[identity, default: [:]][resource.service] = entry
      return
    }
    // A key that may be repeated (`server` in an upstream) is compared as the list that it is.
    existing.side = SettingDifference.Side(
      written: existing.side.written.joined(with: entry.side.written),
      effective: existing.side.effective.joined(with: entry.side.effective),
      file: existing.side.file, line: existing.side.line)
    existing.comparable += entry.comparable
    entries[identity]?[resource.service] = existing
  }
}

extension ResourceIdentity {
  /// `pool auth`, with its environment where that is not the usual one.
  fileprivate var label: String {
    let label = "\(kind.rawValue) \(name)"
    return environment == "production" ? label : "\(label) (\(environment))"
  }

  /// The key with the contexts around it, where the product has contexts.
  fileprivate func qualified(_ key: String) -> String {
    switch kind {
    case .server, .location, .upstream: "\(kind.rawValue)[\(name)].\(key)"
    case .poolerDatabase: "databases[\(name)].\(key)"
    case .service: "services[\(name)].\(key)"
    case .proxyServer: "servers[\(name)].\(key)"
    case .pool, .pooler, .proxy, .databaseServer, .nginx, .directive, .socket, .zone, .invariant,
      .setting:
      key
    }
  }
}

extension String? {
  fileprivate func joined(with other: String?) -> String? {
    guard let self else { return other }
    return other.map { "\(self); \($0)" } ?? self
  }
}

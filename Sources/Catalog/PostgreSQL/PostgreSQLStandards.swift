import Model
import Synchronization

/// The settings of a server whose files say nothing, worked out once for each major version.
///
/// A server has some 350 of them and a file writes ten: reading a repository would otherwise spend
/// most of its time on the same defaults.
struct PostgreSQLStandards: Sendable {
  let settings: [Setting]
  /// The place in ``settings`` of each of ``PostgreSQLKey/all``; `nil` for other versions' keys.
  let slots: [Int?]

  private static let known = Mutex<[Int: PostgreSQLStandards]>([:])

  static func of(_ version: Version) -> PostgreSQLStandards {
    if let found = known.withLock({ $0[version.major] }) { return found }
    let made = PostgreSQLStandards(version)
    known.withLock { $0[version.major] = made }
    return made
  }

  private init(_ version: Version) {
    var settings: [Setting] = []
    slots = PostgreSQLKey.all.map { key in
      guard key.versions.contains(version.major) else { return nil }
      settings.append(Self.setting(key.adapted(to: version), version))
      return settings.count - 1
    }
    self.settings = settings
  }

  /// What runs where nothing is written.
  static func setting(_ key: PostgreSQLKey, _ version: Version) -> Setting {
    let facts = PostgreSQLFacts.of(key.name)
    let standard = key.standard(in: version)
    let effective = standard.map { PostgreSQLValue($0, of: key).effective ?? .string($0) }
    return Setting(
      key: key.name, field: facts.field, effective: effective,
      meaning: facts.meaning(of: effective), unit: facts.unit ?? key.unit, provenance: .default,
      note: standard == nil ? "the default was chosen when the server was built" : nil,
      isSecret: PostgreSQLFacts.secrets.contains(key.name))
  }
}

import Model
import Syntax

extension Technology {
  /// HikariCP from its own properties file, as `new HikariConfig(path)` reads it.
  ///
  /// The assumed version is 6.3.0, that of Spring Boot 3.5, so that a pool means the same whether
  /// it
  /// stands in `hikari.properties` or in `application.properties`.
  package static let hikariCP = Technology(
    name: "hikaricp", title: "HikariCP", defaultVersion: Version(6, 3, 0),
    recognises: { HikariFile.recognition(of: $0) },
    read: { source, context in HikariFile(source: source, context: context).reading },
    reference: { HikariKey.reference })
}

/// A properties file for HikariCP.
struct HikariFile {
  let source: SourceText
  let context: ReadingContext

  /// `hikari.properties` and `*hikari*.properties` by name, other properties files when a key is
  /// HikariCP's alone.
  ///
  /// A file of such a name whose keys all have prefixes is another program's, which passes keys on;
  /// in one with a longer name some key must be HikariCP's.
  static func recognition(of file: FileCandidate) -> Recognition {
    let name = file.name.lowercased()
    guard name.hasSuffix(".properties") else { return .no }
    let keys = PropertiesDocument(SourceText(path: file.path, bytes: file.head)).entries.map(\.key)
    if name.contains("hikari") {
      let isOwn = keys.contains { key in
        HikariKey.byName[property(key)] != nil
          || name == "hikari.properties" && (key.hasPrefix("dataSource.") || !key.contains("."))
      }
      return isOwn || keys.isEmpty ? .byName : .no
    }
    return keys.contains(where: telling.contains) ? .byContent : .no
  }

  /// Keys that no other pool uses.
  private static let telling: Set<String> = [
    "maximumPoolSize", "leakDetectionThreshold", "keepaliveTime", "connectionTestQuery",
    "dataSourceClassName", "isolateInternalQueries", "initializationFailTimeout",
  ]

  var reading: Reading {
    let version = context.versions["hikaricp"] ?? Technology.hikariCP.defaultVersion
    let document = PropertiesDocument(source)
    let inputs = document.entries.map { input($0, version) }
    let settings = HikariSettings(version: version, inputs: inputs, needsTarget: true).settings
    let environment = context.environment ?? TestTree.environment(of: source.path)
    let name = document["poolName"]?.value
    let identity = ResourceIdentity(
      kind: .pool, technology: "hikaricp", version: version, name: name ?? fileName,
      origin: inputs.first.map { Origin(path: source.path, range: $0.origin.range) }
        ?? Origin(path: source.path, range: 0..<0),
      environment: environment ?? "production", environmentIsDeclared: environment != nil)
    let url = document["jdbcUrl"]?.value ?? ""
    let pool = SettingsResource(
      identity: identity, settings: settings, facts: JDBCTarget(url).facts)
    let problems = document.errors.map { Problem($0, in: source) }
    return Reading(resources: [pool], problems: problems, sources: [source])
  }

  private var fileName: String {
    FileCandidate(path: source.path, head: []).name
  }

  private func input(_ entry: PropertiesEntry, _ version: Version) -> PoolInput {
    let range = entry.valueRange.isEmpty ? entry.keyRange : entry.valueRange
    let key = Self.property(entry.key)
    return PoolInput(
      key: key, written: source.text(entry.valueRange),
      origin: Origin(path: source.path, range: range),
      value: Self.value(entry.value, HikariKey.byName[key]?.kind ?? .text, version))
  }

  /// The property that a key sets: the case of its first letter does not matter, all else does.
  private static func property(_ key: String) -> String {
    guard !key.hasPrefix("dataSource."), let first = key.first else { return key }
    let lower = first.lowercased() + key.dropFirst()
    return HikariKey.byName[lower] != nil || HikariKey.objects.contains(lower) ? lower : key
  }

  /// A value as `PropertyElf` converts it: Java's own parsers, without trimming.
  private static func value(
    _ text: String, _ kind: HikariKey.Kind, _ version: Version
  ) -> PoolInput.Value {
    switch kind {
    case .text: return .text(text)
    case .bool: return .bool(text.lowercased() == "true")
    case .count:
      guard let number = Int32(text) else { return .refused("\"\(text)\" is not a whole number") }
      return .int(Int64(number))
    case .time:
      if let number = Int64(text) { return .int(number) }
      if version >= Version(6, 2), let time = duration(text) { return .int(time) }
      return .refused("\"\(text)\" is not a number of milliseconds")
    }
  }

  /// `30s`, `5m`: a whole number with one of `ms s m h d`, from 6.2 on (pull request 2266).
  private static func duration(_ text: String) -> Int64? {
    let units: [(String, Int64)] = [
      ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
    ]
    guard let unit = units.first(where: { text.hasSuffix($0.0) }),
      let number = Int64(text.dropLast(unit.0.count)), number >= 0
    else { return nil }
    let (product, overflow) = number.multipliedReportingOverflow(by: unit.1)
    return overflow ? nil : product
  }
}

/// Build tools keep the configuration of tests in places of their own.
enum TestTree {
  /// `test` for a path below `src/test`, else `nil`.
  static func environment(of path: String) -> String? {
    let parts = path.split(separator: "/")
    let isTest = zip(parts, parts.dropFirst()).contains { pair in
      pair.0 == "src" && ["test", "integrationTest", "testFixtures"].contains(pair.1)
    }
    return isTest ? "test" : nil
  }
}

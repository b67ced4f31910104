import Model

extension HikariKey {
  /// HikariCP's page in the documentation.
  static var reference: TechnologyReference {
    TechnologyReference(
      files: "`hikari.properties` and other properties files with keys of HikariCP. Pools of "
        + "Spring Boot are read from its own files, see [Spring Boot](spring-boot.md).",
      notes: [
        "HikariCP repairs what it finds impossible and says so only in its log: a `maxLifetime` "
          + "below 30 s runs as 30 min, an `idleTimeout` below 10 s as 10 min. The effective value "
          + "is the repaired one, and its note says why."
      ],
      keys: all.map(\.referenceKey))
  }

  private var referenceKey: TechnologyReference.Key {
    TechnologyReference.Key(
      name, value: valueWords, field: field ?? "", standard: standardWords,
      versions: VersionWords.range(since: since > Version(0) ? since : nil, until: until))
  }

  private var valueWords: String {
    switch kind {
    case .count: "integer"
    case .time: "time in ms"
    case .bool: "true or false"
    case .text: isSecret ? "secret text" : "text"
    }
  }

  private var standardWords: String {
    let now = Self.words(defaultValue(in: Technology.hikariCP.defaultVersion))
    guard name == "keepaliveTime" else { return name == "minimumIdle" ? "as maximumPoolSize" : now }
    return "\(Self.words(defaultValue(in: Version(6, 1)))); \(now) from 6.2"
  }

  private static func words(_ value: Scalar) -> String {
    switch value {
    case .null: ""
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .double(let value): String(value)
    case .string(let value): value
    }
  }
}

import Model

/// One property of HikariConfig.
struct HikariKey: Sendable {
  enum Kind: Sendable {
    /// A Java `int` without unit.
    case count
    /// A Java `long` in milliseconds.
    case time
    case bool
    case text
  }

  let name: String
  let kind: Kind
  let field: String?
  /// A text that HikariCP treats as absent when it is empty.
  var emptyIsAbsent = false
  var isSecret = false
  /// The first version that knows the key.
  var since = Version(0)
  /// The first version that does not know it any more.
  var until: Version?

  init(
    _ name: String, _ kind: Kind, _ field: String? = nil, emptyIsAbsent: Bool = false,
    isSecret: Bool = false, since: Version = Version(0), until: Version? = nil
  ) {
    self.name = name
    self.kind = kind
    self.field = field
    self.emptyIsAbsent = emptyIsAbsent
    self.isSecret = isSecret
    self.since = since
    self.until = until
  }

  func exists(in version: Version) -> Bool {
    version >= since && until.map { version < $0 } != false
  }

  /// What runs when the key is written nowhere; the idle minimum follows the maximum instead.
  func defaultValue(in version: Version) -> Scalar {
    switch name {
    case "maximumPoolSize", "minimumIdle": .int(10)
    case "connectionTimeout": .int(30_000)
    case "idleTimeout": .int(600_000)
    case "maxLifetime": .int(1_800_000)
    case "keepaliveTime": .int(version >= Version(6, 2) ? 120_000 : 0)
    case "validationTimeout": .int(5_000)
    case "leakDetectionThreshold": .int(0)
    case "initializationFailTimeout": .int(1)
    case "autoCommit": .bool(true)
    case "poolName": .string("(generated)")
    default: kind == .bool ? .bool(false) : .null
    }
  }

  /// Every key that a file can set, in the order of HikariCP's own documentation.
  static let all: [HikariKey] = [
    HikariKey("maximumPoolSize", .count, "max_size"),
    HikariKey("minimumIdle", .count, "min_idle"),
    HikariKey("connectionTimeout", .time, "acquire_timeout"),
    HikariKey("idleTimeout", .time, "idle_timeout"),
    HikariKey("maxLifetime", .time, "max_lifetime"),
    HikariKey("keepaliveTime", .time, "keepalive", since: Version(4)),
    HikariKey("validationTimeout", .time, "validation_timeout"),
    HikariKey("leakDetectionThreshold", .time, "leak_threshold"),
    HikariKey("initializationFailTimeout", .time),
    HikariKey("initializationFailFast", .bool, until: Version(3)),
    HikariKey("poolName", .text),
    HikariKey("jdbcUrl", .text, emptyIsAbsent: true),
    HikariKey("username", .text),
    HikariKey("password", .text, isSecret: true),
    HikariKey("driverClassName", .text, emptyIsAbsent: true),
    HikariKey("dataSourceClassName", .text, emptyIsAbsent: true),
    HikariKey("dataSourceJNDI", .text, emptyIsAbsent: true),
    HikariKey("connectionTestQuery", .text, "test_query", emptyIsAbsent: true),
    HikariKey("connectionInitSql", .text, emptyIsAbsent: true),
    HikariKey("autoCommit", .bool),
    HikariKey("readOnly", .bool),
    HikariKey("isolateInternalQueries", .bool),
    HikariKey("allowPoolSuspension", .bool),
    HikariKey("registerMbeans", .bool),
    HikariKey("transactionIsolation", .text, emptyIsAbsent: true),
    HikariKey("catalog", .text, emptyIsAbsent: true),
    HikariKey("schema", .text),
    HikariKey("exceptionOverrideClassName", .text, since: Version(4)),
  ]

  /// Properties that exist but hold objects: a file may name a class there, which is all that is
  /// checked.
  static let objects: Set<String> = [
    "credentials", "dataSource", "dataSourceProperties", "exceptionOverride",
    "healthCheckProperties", "healthCheckRegistry", "metricRegistry", "metricsTrackerFactory",
    "scheduledExecutor", "scheduledExecutorService", "threadFactory",
  ]

  static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}

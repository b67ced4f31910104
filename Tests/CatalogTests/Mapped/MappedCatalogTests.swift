import Catalog
import Model
import Syntax
import Testing

/// What the catalog compiles in can be written as a mapping with the same fields.
@Suite("The catalog as a mapping")
struct MappedCatalogTests {
  static let hikari = """
    name: my-hikari
    title: HikariCP
    product_version: 6.3.0
    files: '*'
    format: properties
    strict: true
    resources:
    - kind: pool
      name: {key: poolName}
      keys:
        maximumPoolSize:
          {field: max_size, default: 10, minimum: 1, maximum: 2147483647, outside: refused}
        minimumIdle:
          field: min_idle
          default: {key: maximumPoolSize}
          maximum: {key: maximumPoolSize}
          negative: refused
        connectionTimeout:
          {field: acquire_timeout, unit: ms, default: 30000, zero: forever, minimum: 250,
           outside: refused}
        idleTimeout:
          {field: idle_timeout, unit: ms, default: 600000, zero: forever, negative: refused,
           minimum: 10000, outside: default}
        maxLifetime:
          {field: max_lifetime, unit: ms, default: 1800000, zero: forever, minimum: 30000,
           outside: default}
        keepaliveTime:
          field: keepalive
          unit: ms
          default: [{value: 0}, {since: 6.2, value: 120000}]
          zero: disabled
          minimum: 30s
          outside: disabled
          since: 4.0
        validationTimeout:
          {field: validation_timeout, unit: ms, default: 5000, minimum: 250, outside: refused}
        leakDetectionThreshold:
          {field: leak_threshold, unit: ms, default: 0, zero: disabled, minimum: 2000,
           outside: disabled}
        connectionTestQuery: test_query
        poolName: {}
        jdbcUrl: {type: address}
        username: {}
        password: {}
        driverClassName: {}
        dataSourceClassName: {}
        autoCommit: {type: bool, default: true}
        readOnly: {type: bool, default: false}
        isolateInternalQueries: {type: bool, default: false}
        allowPoolSuspension: {type: bool, default: false}
        registerMbeans: {type: bool, default: false}
        initializationFailTimeout: {type: time, unit: ms, default: 1, negative: disabled}
        transactionIsolation: {}
        connectionInitSql: {}
        catalog: {}
        schema: {}
        dataSourceJNDI: {}
        exceptionOverrideClassName: {since: 4.0}
        dataSource.*: {}
    """

  static let fields = [
    "max_size", "min_idle", "acquire_timeout", "idle_timeout", "max_lifetime", "keepalive",
    "validation_timeout", "leak_threshold", "test_query", "target_host", "target_port",
    "target_database",
  ]

  /// Vectors whose values follow from several keys at once or from the program around the file.
  static let beyond: Set<String> = [
    // One of several keys has to be there.
    "no-url 6.0.0",
    // A time-out counts only beside the longest life and the sizes.
    "keepalive-equal-lifetime 6.0.0", "idle-timeout-just-below-lifetime 6.0.0",
    "idle-timeout-above-lifetime 6.0.0", "idle-timeout-5000-fixed 6.0.0",
    "lifetime-30000 2.7.9", "default-idle-short-lifetime 6.0.0",
    "default-idle-short-lifetime 5.1.0", "default-idle-short-lifetime 4.0.3",
    "default-idle-short-lifetime 3.4.5", "default-idle-short-lifetime 2.7.9",
    // Units are read from 6.2 on, the first letter in either case.
    "connection-timeout-duration 6.0.0", "case-first-letter 6.0.0",
  ]

  @Test(
    "HikariCP's properties mean the same, vector by vector",
    .enabled(if: !HikariVectors.all.isEmpty, "shared vectors are not here"))
  func vectors() throws {
    let mapping = try mapping(Self.hikari)
    var agreeing = 0
    for vector in HikariVectors.all {
      let built = try #require(
        hikariPool(vector.content, file: vector.file, version: vector.version))
      let reading = mapping.read(vector.content, path: vector.file, version: vector.version)
      let isRefused = reading.problems.contains { $0.kind == .refused }
      let own = reading.resources.first
      let values = Self.fields.map { name in "\(name) \(own?.field(name) ?? "nothing")" }
      let expected = Self.fields.map { name in "\(name) \(built.field(name))" }
      let agrees = vector.loaded ? values == expected && !isRefused : isRefused
      if agrees { agreeing += 1 }
      let isBeyond = Self.beyond.contains(vector.testDescription)
      #expect(
        agrees != isBeyond,
        "\(vector): \(zip(values, expected).filter { $0 != $1 }) \(vector.loaded) \(isRefused)")
    }
    #expect(agreeing == HikariVectors.all.count - Self.beyond.count)
  }

  @Test(
    "Sequelize's JSON means the same, setting by setting",
    arguments: [
      "{\"production\": {\"dialect\": \"postgres\", \"pool\": {\"max\": 20, \"acquire\": 3000}}}",
      "{\"test\": {\"dialect\": \"mysql\"}, \"staging\": {\"dialect\": \"mysql\", \"pool\": {}}}",
      "{\"dev\": {\"dialect\": \"mssql\", \"pool\": {\"idle\": \"x\", \"evict\": 0}, "
        + "\"username\": \"u\", \"password\": \"p\"}}",
      "{\"production\": {\"dialect\": \"postgres\", \"pool\": {\"max\": \"${MAX}\", \"min\": null}}}",
    ])
  func sequelize(text: String) throws {
    let mapping = try mapping(
      """
      name: my-sequelize
      files: config/config.json
      format: json
      resources:
      - kind: pool
        at: "{environment}"
        keys:
          pool.max: {field: max_size, default: 5}
          pool.min: {field: min_idle, default: 0}
          pool.idle: {field: idle_timeout, unit: ms, default: 10000}
          pool.acquire: {field: acquire_timeout, unit: ms, default: 60000}
          pool.evict: {type: time, unit: ms, default: 1000}
          pool.maxUses: {type: count, default: ~}
          url: {type: address}
          username: {}
          password: {}
      """)
    let path = "config/config.json"
    let source = SourceText(path: path, text: text)
    let built = Technology.sequelize.read(source, ReadingContext(files: MemoryFiles([:])))
    let own = mapping.read(text, path: path)
    #expect(!built.resources.isEmpty && own.resources.count == built.resources.count)
    for (own, built) in zip(own.resources, built.resources) {
      #expect(own.identity.environment == built.identity.environment)
      #expect(own.settings.count == 9)
      for setting in own.settings {
        let same = try #require(built.setting(setting.key))
        #expect(setting.effective == same.effective, "\(setting.key)")
        #expect(setting.field == same.field && setting.unit == same.unit, "\(setting.key)")
        #expect(setting.provenance == same.provenance, "\(setting.key)")
        #expect(setting.origin == same.origin && setting.isSecret == same.isSecret)
      }
    }
  }
}

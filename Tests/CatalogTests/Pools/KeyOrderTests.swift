import Catalog
import Model
import Syntax
import Testing

/// Where a product does not care in which order different keys stand, neither do we.
@Suite("Order of keys")
struct KeyOrderTests {
  /// A file whose parts may stand in any order.
  struct Sample: Sendable, CustomTestStringConvertible {
    let file: String
    let head: String
    let parts: [String]
    let separator: String
    let tail: String

    var testDescription: String { file }

    func text(_ order: [String]) -> String {
      head + order.joined(separator: separator) + tail
    }
  }

  static let samples: [Sample] = [
    Sample(
      file: "hikari.properties", head: "",
      parts: [
        "maximumPoolSize=10", "minimumIdle=20", "idleTimeout=5000", "maxLifetime=300000",
        "keepaliveTime=400000", "leakDetectionThreshold=400000", "connectionTimeout=0",
        "jdbcUrl=jdbc:postgresql://db/app",
      ], separator: "\n", tail: "\n"),
    Sample(
      file: "pgbouncer.ini", head: "[databases]\napp = host=db\n[pgbouncer]\n",
      parts: [
        "default_pool_size = 010", "min_pool_size = 30", "max_client_conn = 99999999999",
        "pool_mode = Transaction", "server_lifetime = 1.5", "reserve_pool_timeout = 0",
      ], separator: "\n", tail: "\n"),
    Sample(
      file: "pgbouncer.ini", head: "[databases]\napp = ",
      parts: ["host=db", "pool_size=020", "min_pool_size=-1", "user=app", "reserve_pool=5"],
      separator: " ", tail: "\n[pgbouncer]\ndefault_pool_size = 12\n"),
    Sample(
      file: "postgresql.conf", head: "",
      parts: [
        "max_connections = 0100", "superuser_reserved_connections = 5", "shared_buffers = 2GB",
        "wal_buffers = -1", "work_mem = '64 MB'", "statement_timeout = 1500us",
        "autovacuum_work_mem = -1",
      ], separator: "\n", tail: "\n"),
    Sample(
      file: "my.cnf", head: "[mysqld]\n",
      parts: [
        "max_connections = 1K", "wait_timeout = 10min", "max-user-connections = 5",
        "read_buffer_size = 100000", "innodb_buffer_pool_size = 256MB",
      ], separator: "\n", tail: "\n"),
    Sample(
      file: "context.xml",
      head: "<Context><Resource type=\"javax.sql.DataSource\" "
        + "factory=\"org.apache.tomcat.jdbc.pool.DataSourceFactory\" ",
      parts: [
        "maxActive=\"5\"", "minIdle=\"20\"", "maxIdle=\"3\"", "maxWait=\"0\"", "maxAge=\"1000\"",
        "initialSize=\"9\"", "timeBetweenEvictionRunsMillis=\"5000\"",
      ], separator: " ", tail: "/></Context>\n"),
    Sample(
      file: "appsettings.json", head: "{\"ConnectionStrings\": {\"App\": \"",
      parts: [
        "Host=db", "Database=app", "Maximum Pool Size=20", "Minimum Pool Size=5", "Timeout=5",
        "Connection Idle Lifetime=60", "Pooling=true",
      ], separator: ";", tail: "\"}}\n"),
    Sample(
      file: "application.properties", head: "",
      parts: [
        "spring.datasource.url=jdbc:postgresql://db/app",
        "spring.datasource.hikari.maximum-pool-size=${N:10}",
        "spring.datasource.hikari.minimumIdle=2", "spring.datasource.hikari.max-lifetime=20000",
        "spring.datasource.max-active=50", "server.tomcat.threads.max=200",
      ], separator: "\n", tail: "\n"),
    Sample(
      file: "c3p0.properties", head: "",
      parts: [
        "c3p0.maxPoolSize=10", "c3p0.minPoolSize=25", "c3p0.initialPoolSize=40",
        "c3p0.checkoutTimeout=30",
      ], separator: "\n", tail: "\n"),
    Sample(
      file: "config/config.json", head: "{\"production\": {\"dialect\": \"postgres\", \"pool\": {",
      parts: ["\"max\": 10", "\"min\": 15", "\"idle\": 10000", "\"acquire\": 0"],
      separator: ", ", tail: "}}}\n"),
    Sample(
      file: ".env", head: "DATABASE_URL=postgresql://app@db/app?",
      parts: ["connection_limit=5", "pool_timeout=0", "schema=public", "pgbouncer=true"],
      separator: "&", tail: "\n"),
  ]

  @Test("decides nothing where keys differ", arguments: samples)
  func order(sample: Sample) throws {
    let expected = try values(sample, sample.parts)
    #expect(!expected.isEmpty)
    var random = Steps(state: 1)
    for _ in 0..<20 {
      let order = sample.parts.shuffled(using: &random)
      #expect(try values(sample, order) == expected, "\(order)")
    }
  }

  /// What runs, by resource and key.
  private func values(_ sample: Sample, _ order: [String]) throws -> [String: String] {
    let source = SourceText(path: sample.file, text: sample.text(order))
    let candidate = FileCandidate(path: sample.file, head: source.bytes)
    let technology = try #require(Catalog.recognise(candidate))
    let reading = technology.read(source, ReadingContext(files: TreeFiles([:])))
    var values: [String: String] = [:]
    for resource in reading.resources {
      // The text of an address has its parameters in their order.
      for setting in resource.settings where setting.key != "url" {
        let name = "\(resource.kind.rawValue) \(resource.identity.name) \(setting.key)"
        values[name] =
          "\(String(describing: setting.effective)) \(String(describing: setting.meaning)) "
          + "\(setting.provenance) \(setting.refusal ?? "")"
      }
    }
    return values
  }

  /// The same numbers in every run.
  private struct Steps: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }
}

/// A time or a size that is written in one unit means the same in every other.
@Suite("Round trips of units")
struct UnitRoundTripTests {
  @Test(
    "a time of PostgreSQL is the same in each unit",
    arguments: [
      ("statement_timeout = 90000", "statement_timeout = 90s"),
      ("statement_timeout = 90s", "statement_timeout = '1.5min'"),
      ("statement_timeout = 2h", "statement_timeout = 120min"),
      ("statement_timeout = 1d", "statement_timeout = 86400000"),
      ("work_mem = 65536", "work_mem = 64MB"), ("work_mem = 1GB", "work_mem = 1024MB"),
      ("shared_buffers = 262144", "shared_buffers = 2GB"),
      ("maintenance_work_mem = '0.5GB'", "maintenance_work_mem = 524288"),
    ])
  func postgresql(left: String, right: String) throws {
    #expect(try value(left, "postgresql.conf") == value(right, "postgresql.conf"))
  }

  @Test(
    "a time of HikariCP is the same in each unit",
    arguments: [
      ("maxLifetime=1800000", "maxLifetime=30m"), ("maxLifetime=3600s", "maxLifetime=1h"),
      ("connectionTimeout=3000", "connectionTimeout=3s"), ("maxLifetime=24h", "maxLifetime=1d"),
    ])
  func hikari(left: String, right: String) throws {
    #expect(try value(left, "hikari.properties") == value(right, "hikari.properties"))
  }

  @Test(
    "a size of MariaDB is the same in each unit",
    arguments: [
      ("innodb_buffer_pool_size = 1G", "innodb_buffer_pool_size = 1073741824"),
      ("sort_buffer_size = 2M", "sort_buffer_size = 2048K"),
    ])
  func mariadb(left: String, right: String) throws {
    #expect(
      try value("[mysqld]\n" + left, "my.cnf") == value("[mysqld]\n" + right, "my.cnf"))
  }

  @Test("a neutral time does not depend on the product's unit")
  func neutral() throws {
    let seconds = Setting(
      key: "a", effective: .int(90), unit: .second, provenance: .explicit)
    let milliseconds = Setting(
      key: "b", effective: .int(90_000), unit: .millisecond, provenance: .explicit)
    for setting in [seconds, milliseconds] {
      guard case .duration(let microseconds) = setting.value(as: .duration) else {
        Issue.record("no duration")
        continue
      }
      #expect(microseconds == 90_000_000)
    }
  }

  /// The one written setting of a file, as a rule sees it.
  private func value(_ text: String, _ file: String) throws -> String {
    let source = SourceText(path: file, text: text + "\n")
    let technology = try #require(
      Catalog.recognise(FileCandidate(path: file, head: source.bytes)))
    let reading = technology.read(source, ReadingContext(files: TreeFiles([:])))
    let written = reading.resources.flatMap(\.settings).filter { $0.written != nil }
    let setting = try #require(written.first)
    #expect(written.count == 1)
    let isTime = setting.unit.microseconds != nil
    return String(describing: setting.value(as: isTime ? .duration : .int))
  }
}

import Catalog
import Model
import Syntax
import Testing

@Suite("HikariCP settings")
struct HikariRulesTests {
  private func setting(_ key: String, _ text: String, version: String = "6.0.0") throws -> Setting {
    let pool = try #require(hikariPool("jdbcUrl=jdbc:h2:mem:a\n" + text, version: version))
    return try #require(pool.settings.first { $0.key == key })
  }

  @Test(
    "run what HikariCP makes of them",
    arguments: [
      ("maximumPoolSize", "", 10, Provenance.default, nil, nil),
      ("maximumPoolSize", "maximumPoolSize=20", 20, .explicit, nil, nil),
      ("maximumPoolSize", "MaximumPoolSize : 20", 20, .explicit, nil, nil),
      ("minimumIdle", "maximumPoolSize=20", 20, .default, nil, nil),
      (
        "minimumIdle", "minimumIdle=25", 10, .clamped, nil,
        "HikariCP runs 10 instead of 25: above maximumPoolSize"
      ),
      (
        "connectionTimeout", "connectionTimeout=0", 2_147_483_647, .explicit, .forever,
        "0 waits 2147483647 ms"
      ),
      (
        "idleTimeout", "minimumIdle=2\nidleTimeout=5000", 600_000, .clamped, nil,
        "HikariCP runs 600000 instead of 5000: below 10000 ms"
      ),
      (
        "idleTimeout", "idleTimeout=5000", 5_000, .explicit, nil,
        "no effect: minimumIdle equals maximumPoolSize, so the pool has a fixed size"
      ),
      (
        "idleTimeout", "minimumIdle=2\nmaxLifetime=300000", 0, .default, .forever,
        "HikariCP runs 0 instead of 600000: not at least 1000 ms below maxLifetime, so it is off"
      ),
      (
        "maxLifetime", "maxLifetime=20000", 1_800_000, .clamped, nil,
        "HikariCP runs 1800000 instead of 20000: below 30000 ms"
      ),
      (
        "maxLifetime", "maxLifetime=-1", 1_800_000, .clamped, nil,
        "HikariCP runs 1800000 instead of -1: below 30000 ms"
      ),
      ("idleTimeout", "minimumIdle=2\nidleTimeout=9223372036854775807", .max, .explicit, nil, nil),
      ("maxLifetime", "maxLifetime=0", 0, .explicit, .forever, nil),
      (
        "keepaliveTime", "keepaliveTime=10000", 0, .clamped, .disabled,
        "HikariCP runs 0 instead of 10000: below 30000 ms, so it is off"
      ),
      (
        "leakDetectionThreshold", "leakDetectionThreshold=1999", 0, .clamped, .disabled,
        "HikariCP runs 0 instead of 1999: below 2000 ms, so it is off"
      ),
      ("leakDetectionThreshold", "", 0, .default, .disabled, nil),
    ] as [(String, String, Int64, Provenance, Meaning?, String?)])
  func effective(
    key: String, text: String, number: Int64, provenance: Provenance, meaning: Meaning?,
    note: String?
  ) throws {
    let setting = try setting(key, text)
    #expect(setting.effective == .int(number))
    #expect(setting.provenance == provenance)
    #expect(setting.meaning == meaning)
    #expect(setting.note == note)
    #expect(setting.refusal == nil)
  }

  @Test(
    "are refused as HikariCP refuses them",
    arguments: [
      ("maximumPoolSize", "maximumPoolSize=0", "maxPoolSize cannot be less than 1"),
      ("maximumPoolSize", "maximumPoolSize=20 # twenty", "\"20 # twenty\" is not a whole number"),
      ("maximumPoolSize", "maximumPoolSize=20 ", "\"20 \" is not a whole number"),
      ("connectionTimeout", "connectionTimeout=30", "connectionTimeout cannot be less than 250ms"),
      ("validationTimeout", "validationTimeout=0", "validationTimeout cannot be less than 250ms"),
      ("poolSize", "poolSize=5", "property poolSize does not exist in HikariCP 6.0.0"),
      (
        "maximumpoolsize", "maximumpoolsize=5",
        "property maximumpoolsize does not exist in HikariCP 6.0.0; did you mean maximumPoolSize?"
      ),
      (
        "maximumPoolSizee", "maximumPoolSizee=3",
        "property maximumPoolSizee does not exist in HikariCP 6.0.0; did you mean maximumPoolSize?"
      ),
      (
        "driverClassName", "driverClassName=a.B\ndataSourceClassName=a.C",
        "cannot use driverClassName and dataSourceClassName together."
      ),
    ])
  func refusals(key: String, text: String, refusal: String) throws {
    #expect(try setting(key, text).refusal == refusal)
  }

  @Test(
    "depend on the version",
    arguments: [
      ("keepaliveTime", "", "6.0.0", 0), ("keepaliveTime", "", "6.3.0", 120_000),
      ("maxLifetime", "maxLifetime=15m", "6.3.0", 900_000),
      ("maximumPoolSize", "minimumIdle=25", "3.2.0", 25),
      ("maximumPoolSize", "minimumIdle=25", "3.3.1", 10),
      ("idleTimeout", "idleTimeout=5000", "3.2.0", 600_000),
      ("idleTimeout", "idleTimeout=5000", "3.3.1", 5_000),
    ] as [(String, String, String, Int64)])
  func versions(key: String, text: String, version: String, number: Int64) throws {
    #expect(try setting(key, text, version: version).effective == .int(number))
  }

  @Test(
    "that carry passwords are secret",
    arguments: [
      ("dataSource.password", "x", true), ("dataSource.trustStorePasswd", "x", true),
      ("dataSource.keyPwd", "x", true), ("dataSource.apiKey", "x", true),
      ("dataSource.api-key", "x", true), ("dataSource.sslPassphrase", "x", true),
      ("dataSource.accessToken", "x", true), ("dataSource.clientSecret", "x", true),
      ("dataSource.awsCredential", "x", true), ("dataSource.privateKey", "x", true),
      ("dataSource.url", "jdbc:mysql://h/d?password=x", true),
      ("dataSource.useSSL", "true", false), ("dataSource.user", "token", false),
      ("dataSourceProperties.password", "x", true), ("passwd", "x", true),
      ("connectionInitSql", "ALTER USER a IDENTIFIED BY b", true),
      ("connectionInitSql", "alter role a with password 'b'", true),
      ("connectionInitSql", "SET ROLE a", false),
      ("jdbcUrl", "jdbc:oracle:thin:user/password@h:1521:s", true),
      ("jdbcUrl", "jdbc:oracle:thin:user/password@//h:1521/s", true),
      ("jdbcUrl", "jdbc:oracle:thin:@//h:1521/s", false),
      ("jdbcUrl", "jdbc:postgresql://u:p@h/d", true),
      ("jdbcUrl", "jdbc:postgresql://secret-db:5432/d?user=a@b", false),
      ("jdbcUrl", "jdbc:sqlserver://h;user=a;password=b", true),
    ])
  func secrets(key: String, value: String, isSecret: Bool) throws {
    let pool = try #require(hikariPool("\(key)=\(value)\n"))
    let setting = try #require(pool.settings.first { $0.key == key })
    #expect(setting.isSecret == isSecret)
  }

  @Test func everyKeyIsListedWithItsPlace() throws {
    let text = "jdbcUrl=jdbc:postgresql://db:5433/app\npassword=x\nmaximumPoolSize = 12\n"
    let pool = try #require(hikariPool(text))
    #expect(pool.settings.count == 27)
    let size = try #require(pool.settings.first { $0.field == "max_size" })
    #expect(size.written == "12")
    #expect(size.origin == Origin(path: "hikari.properties", range: 67..<69))
    #expect(pool.settings.filter(\.isSecret).map(\.key) == ["password"])
    #expect(fact("target_host", pool) == "db" && fact("target_port", pool) == "5433")
    #expect(fact("max_size", pool) == "12" && fact("acquire_timeout", pool) == "30000000us")
  }

  @Test(
    "recognise their files",
    arguments: [
      ("a/hikari.properties", "", Recognition.byName),
      ("my-hikari.properties", "jdbcUrl=x", .byName),
      ("hikari.properties", "hikari.maximumPoolSize=5\n", .no),
      ("a/hikari.properties", "maximumPoolSizee=3\n", .byName),
      ("hikari.properties", "dataSource.user=x\n", .byName),
      ("my-hikari.properties", "colour=blue\n", .no),
      ("db.properties", "maximumPoolSize=5\n", .byContent), ("db.properties", "max=5\n", .no),
      ("hikari.txt", "", .no),
    ])
  func recognition(path: String, text: String, expected: Recognition) {
    let file = FileCandidate(path: path, head: Array(text.utf8))
    #expect(Technology.hikariCP.recognises(file) == expected)
  }
}

/// A field's value as text, for short expectations.
func fact(_ name: String, _ pool: any Resource) -> String? {
  guard let field = KindSchema.pool.field(named: name) else { return nil }
  return switch pool.value(of: field) {
  case .absent: nil
  case .unknown(let reason): "unknown: \(reason)"
  case .bool(let value): "\(value)"
  case .int(let value): "\(value)"
  case .string(let value): value
  case .duration(let value): "\(value)us"
  default: "?"
  }
}

import Catalog
import Model
import Testing

@Suite("JDBC URLs")
struct JDBCTargetTests {
  @Test(
    "name host, port and database",
    arguments: [
      ("jdbc:postgresql://db/app", "db", "5432", "app"),
      ("jdbc:postgresql://db:6432/app?ssl=true", "db", "6432", "app"),
      ("jdbc:postgresql://a:1,b:2/app", "a", "1", "app"),
      ("jdbc:postgresql://[::1]:5433/app", "::1", "5433", "app"),
      ("jdbc:mysql://db/app", "db", "3306", "app"),
      ("jdbc:mysql:loadbalance://a,b/app", "a", "3306", "app"),
      ("jdbc:mariadb://u:p@db/app", "db", "3306", "app"),
      ("jdbc:sqlserver://db;databaseName=app;encrypt=true", "db", "1433", "app"),
      ("jdbc:oracle:thin:@//db:1522/app", "db", "1522", "app"),
      ("jdbc:oracle:thin:@db:1521:sid", "db", "1521", "sid"),
      ("jdbc:h2:mem:app", nil, nil, nil), ("jdbc:postgresql:app", nil, nil, nil),
      ("jdbc:tc:postgresql:18:///app", nil, nil, "app"), ("nonsense", nil, nil, nil),
    ] as [(String, String?, String?, String?)])
  func target(url: String, host: String?, port: String?, database: String?) throws {
    let pool = try #require(hikariPool("jdbcUrl=\(url)\n"))
    #expect(fact("target_host", pool) == host)
    #expect(fact("target_port", pool) == port)
    #expect(fact("target_database", pool) == database)
  }

  @Test(
    "may limit the wait for an answer, in the driver's unit",
    arguments: [
      ("jdbc:postgresql://db/app?socketTimeout=8&prepareThreshold=0", 8_000_000),
      ("jdbc:mysql://db/app?useSSL=true&socketTimeout=8000", 8_000_000),
      ("jdbc:postgresql://db/app?socketTimeout=0", nil),
      ("jdbc:postgresql://db/app?socketTimeout=${T}", nil), ("jdbc:postgresql://db/app", nil),
      ("jdbc:oracle:thin:@//db:1522/app?socketTimeout=8", nil),
    ] as [(String, Int64?)])
  func socketTimeout(url: String, microseconds: Int64?) throws {
    let pool = try #require(hikariPool("jdbcUrl=\(url)\n"))
    let field = try #require(KindSchema.pool.field(named: "socket_timeout"))
    guard let microseconds else {
      if case .absent = pool.value(of: field) { return }
      Issue.record("a limit where none is")
      return
    }
    guard case .duration(let found) = pool.value(of: field) else {
      Issue.record("no limit")
      return
    }
    #expect(found == microseconds)
  }

  @Test(
    "are secret where they carry a password",
    arguments: [
      ("jdbc:postgresql://u:p@db/app", true), ("jdbc:postgresql://db/app?user=u&password=p", true),
      ("jdbc:sqlserver://db;user=u;Password=p", true), ("jdbc:postgresql://u@db/app", false),
      ("jdbc:postgresql://db:5432/app", false),
    ])
  func secrets(url: String, isSecret: Bool) throws {
    let pool = try #require(hikariPool("jdbcUrl=\(url)\n"))
    #expect(pool.settings.first { $0.key == "jdbcUrl" }?.isSecret == isSecret)
  }
}

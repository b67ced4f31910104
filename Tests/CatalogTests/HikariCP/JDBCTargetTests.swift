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

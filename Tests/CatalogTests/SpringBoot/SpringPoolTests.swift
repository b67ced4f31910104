import Catalog
import Model
import Syntax
import Testing

@Suite("Spring Boot pools")
struct SpringPoolTests {
  private static let base = """
    server:
      tomcat: {threads: {max: 200}}
    spring:
      datasource:
        url: jdbc:postgresql://pgbouncer:6432/auth
        password: ${DB_PASSWORD}
        max-active: 50
        hikari:
          pool-name: auth
          maximum-pool-size: ${DB_POOL:10}
          minimumIdle: 2
          idle_timeout: 5000
      jpa:
        open-in-view: true
    ---
    spring.config.activate.on-profile: test
    spring.datasource.hikari.maximum-pool-size: 20

    """

  @Test func aFileHasItsOwnPoolAndThoseOfItsProfiles() throws {
    let reading = yaml(Self.base)
    #expect(reading.problems.isEmpty)
    #expect(pools(reading) == ["auth production! 10", "auth test 20"])
    let size = try #require(reading.setting("maximumPoolSize"))
    #expect(size.written == "${DB_POOL:10}" && size.provenance == .placeholder)
    #expect(reading.place(size) == "application.yml:10")
    #expect(reading.setting("idleTimeout")?.provenance == .clamped)
    #expect(reading.setting("password")?.effective == nil)
    #expect(reading.setting("password")?.isSecret == true)
    let test = reading.resources[1].settings
    #expect(test.first { $0.key == "minimumIdle" }?.provenance == .inherited)
    #expect(test.first { $0.key == "maximumPoolSize" }?.provenance == .explicit)
  }

  @Test func whatStandsAroundAPoolBecomesFacts() throws {
    let pool = try #require(yaml(Self.base).resources.first)
    #expect(fact("target_host", pool) == "pgbouncer" && fact("target_port", pool) == "6432")
    #expect(fact("request_threads", pool) == "200" && fact("open_in_view", pool) == "true")
    #expect(fact("largest_test_size", pool) == "20")
    let tested = try #require(KindSchema.pool.field(named: "largest_test_size"))
    #expect(yaml(Self.base).place(pool.setting(for: tested)) == "application.yml:17")
    #expect(fact("misplaced_size", pool) == "max-active=50")
    let field = try #require(KindSchema.pool.field(named: "misplaced_size"))
    #expect(pool.setting(for: field)?.written == "50")
    #expect(fact("misplaced_size", yaml(Self.base).resources[1]) == nil)
  }

  @Test func filesOfProfilesInheritAndEachPoolIsReportedOnce() {
    let files = [
      "c/application.yml":
        "spring.datasource: {url: 'jdbc:mysql://h/d'}\n"
        + "spring.datasource.hikari: {maximum-pool-size: 5}\n",
      "c/application-prod.yml": "spring: {datasource: {hikari: {minimum-idle: 1}}}\n",
      "c/application-dev.properties": "spring.datasource.hikari.maximumPoolSize=50\n",
      "c/application-kafka.yml": "spring.kafka.x: y\n",
    ]
    let base = spring("c/application.yml", files)
    #expect(pools(base) == ["spring.datasource default! 5"])
    #expect(base.included.isEmpty)
    let production = spring("c/application-prod.yml", files)
    #expect(pools(production) == ["spring.datasource production 5"])
    #expect(production.resources.first.flatMap { fact("largest_test_size", $0) } == "50")
    #expect(production.place(production.setting("maximumPoolSize")) == "c/application.yml:2")
    #expect(pools(spring("c/application-dev.properties", files)) == ["spring.datasource dev 50"])
    #expect(pools(spring("c/application-kafka.yml", files)) == [])
  }

  @Test func propertiesWinOverYAMLBesideThem() {
    let files = [
      "application.yml": "spring: {datasource: {url: 'jdbc:x', hikari: {maximum-pool-size: 5}}}\n",
      "application.properties": "spring.datasource.hikari.maximum-pool-size=7\n",
    ]
    for (entry, included) in [
      ("application.yml", []), ("application.properties", ["application.yml"]),
    ] {
      let reading = spring(entry, files)
      #expect(pools(reading) == ["spring.datasource production! 7"])
      #expect(reading.included == included)
    }
  }

  @Test func documentsOfPropertiesAreDivided() {
    let text = """
      spring.datasource.url=jdbc:postgresql://h/d
      spring.datasource.hikari.maximum-pool-size=5
      #---
      spring.config.activate.on-profile=prod & cloud
      spring.datasource.hikari.maximum-pool-size=6
      !---
      spring.profiles=qa,uat
      spring.datasource.hikari.maximum-pool-size=7
      # not a divider
      #---
      spring.datasource.hikari.maximum-pool-size=8
      """
    let reading = spring("application.properties", ["application.properties": text])
    #expect(
      pools(reading) == [
        "spring.datasource default! 5", "spring.datasource qa 8", "spring.datasource uat 8",
        "spring.datasource production 6",
      ])
  }

  @Test(
    "exist only where it is known what runs",
    arguments: [
      ("spring.datasource.url: jdbc:x\n", 1),
      ("spring.datasource.url: ''\n", 0),
      ("spring.datasource.hikari.pool-name: a\n", 1),
      ("spring.datasource: {url: x, type: com.zaxxer.hikari.HikariDataSource}\n", 1),
      ("spring.datasource: {url: x, type: org.apache.tomcat.jdbc.pool.DataSource}\n", 1),
      ("spring.datasource: {url: x, type: '${TYPE}'}\n", 0),
      ("spring.datasource: {url: x, hikari: {pool-name: a}, druid: {max-active: 5}}\n", 1),
      ("spring.datasource: {url: x, tomcat: {max-active: 5}}\n", 1),
      ("spring.datasource: {url: x, tomcat: {max-active: 5}, hikari: {pool-name: a}}\n", 1),
      ("spring.datasource: {dynamic: {datasource: {a: {url: x, hikari: {max-lifetime: 1}}}}}\n", 0),
      ("spring.datasource: {jndi-name: a, url: x}\n", 0),
      ("spring.datasource:\n  url: x\n  password:\n  REDACTED\n    a: 1\n", 0),
      ("spring.jpa.properties.hibernate.hikari.maximumPoolSize: 5\n", 0),
      ("app.orders: {jdbc-url: 'jdbc:x', maximum-pool-size: 5}\n", 1),
      ("app.orders: {jdbc-url: 'jdbc:x'}\n", 0),
      ("app.orders: {url: 'jdbc:x', hikari: {maximum-pool-size: 5}}\n", 1),
      ("app.hikari.colour: blue\n", 0),
      ("spring.application.name: a\n", 0), ("", 0),
    ])
  func existence(text: String, count: Int) {
    #expect(yaml(text).resources.count == count)
  }

  @Test func secondDataSourcesArePoolsOfTheirOwn() {
    let reading = yaml(
      """
      app:
        orders: {jdbc-url: 'jdbc:postgresql://a/b', maximum-pool-size: 5}
        users:
          url: jdbc:postgresql://c/d
          hikari: {maximum-pool-size: 6}
      """)
    #expect(pools(reading) == ["app.orders production! 5", "app.users production! 6"])
    #expect(reading.resources.compactMap { fact("target_host", $0) } == ["a", "c"])
  }

  @Test func keysThatHikariCPDoesNotKnowAreNotedNotRefused() throws {
    let reading = yaml(
      "spring.datasource.hikari: {max-pool-size: 5, data-source-properties: {useSSL: 1}}\n")
    let unknown = try #require(reading.setting("max-pool-size"))
    #expect(unknown.refusal == nil && unknown.note?.hasSuffix("nothing reads it") == true)
    #expect(reading.setting("dataSource.useSSL")?.effective == .string("1"))
  }

  @Test(
    "use the HikariCP of the Spring Boot version",
    arguments: [
      ([:], "6.3.0"), (["spring-boot": "3.4"], "5.1.0"), (["spring-boot": "2.4.1"], "3.4.5"),
      (["spring-boot": "4.0"], "7.0.2"), (["spring-boot": "2.0", "hikaricp": "6.0.0"], "6.0.0"),
    ] as [([String: String], String)])
  func versions(given: [String: String], hikari: String) {
    let reading = spring(
      "application.yml", ["application.yml": "spring.datasource.url: jdbc:x\n"], versions: given)
    #expect(reading.resources.first?.identity.version?.description == hikari)
    #expect(reading.resources.first?.identity.technology == "hikaricp")
  }
}

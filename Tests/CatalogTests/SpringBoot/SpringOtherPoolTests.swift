import Catalog
import Model
import Syntax
import Testing

@Suite("Spring Boot pools other than HikariCP")
struct SpringOtherPoolTests {
  /// `technology key=value!` for the first pool: `!` marks what the product refuses.
  private func value(_ key: String, _ reading: Reading) -> String? {
    guard let pool = reading.resources.first, let setting = pool.setting(key) else { return nil }
    let mark = setting.refusal == nil ? "" : "!"
    return "\(pool.identity.technology) \(setting.shown)\(mark) \(setting.provenance)"
  }

  @Test(
    "the type, else the keys, say which pool runs",
    arguments: [
      ("{url: x, type: org.apache.tomcat.jdbc.pool.DataSource}", ["tomcat-jdbc"]),
      ("{url: x, type: org.apache.commons.dbcp2.BasicDataSource}", ["dbcp2"]),
      ("{url: x, type: oracle.ucp.jdbc.PoolDataSource}", ["oracle-ucp"]),
      ("{url: x, type: com.alibaba.druid.pool.DruidDataSource}", ["druid"]),
      ("{url: x, tomcat: {max-active: 5}}", ["tomcat-jdbc"]),
      ("{url: x, dbcp2: {max-total: 5}}", ["dbcp2"]),
      ("{url: x, oracleucp: {max-pool-size: 5}}", ["oracle-ucp"]),
      ("{druid: {max-active: 5}}", ["druid"]), ("{druid: {filter: {stat: 1}}}", []),
      ("{url: x, tomcat: {max-active: 5}, hikari: {pool-name: a}}", ["hikaricp"]),
      ("{url: x, type: com.mchange.v2.c3p0.ComboPooledDataSource}", []),
      ("{url: x, type: '${TYPE}'}", []), ("{jndi-name: a, tomcat: {max-active: 5}}", []),
      ("{druid: {master: {url: x}, slave: {url: y}, max-active: 5}}", ["druid", "druid"]),
      ("{druid: {master: {url: x}, slave: {enabled: false, url: y}}}", ["druid"]),
    ])
  func selection(text: String, technologies: [String]) {
    let reading = yaml("spring:\n  datasource: \(text)\n")
    #expect(reading.resources.map(\.identity.technology) == technologies)
  }

  @Test("a pool that is not known is said, never guessed")
  func unread() {
    let messages = [
      "{url: x, type: com.mchange.v2.c3p0.ComboPooledDataSource}", "{url: x, type: '${TYPE}'}",
      "{dynamic: {druid: {max-active: 5}, datasource: {a: {url: x}}}}",
    ].map { yaml("spring:\n  datasource: \($0)\n").problems.map(\.kind) }
    #expect(messages == [[.unknown], [.unknown], [.unknown]])
    #expect(yaml("server.tomcat.max-connections: 5\nserver.tomcat.url: x\n").resources.isEmpty)
  }

  @Test(
    "values are converted as Spring does and clamped as the pool does",
    arguments: [
      ("tomcat: {max-active: 020, max-idle: 50}", "maxActive", "tomcat-jdbc 16 explicit"),
      ("tomcat: {maxActive: 20}", "maxIdle", "tomcat-jdbc 20 default"),
      ("tomcat: {MAX_ACTIVE: 0}", "maxActive", "tomcat-jdbc 100 clamped"),
      ("tomcat: {max-wait: 30s}", "maxWait", "tomcat-jdbc ?! explicit"),
      ("tomcat: {max-active: '0x20'}", "maxActive", "tomcat-jdbc 32 explicit"),
      ("tomcat: {max-active: '${N:7}'}", "maxActive", "tomcat-jdbc 7 placeholder"),
      ("tomcat: {max-active: '${N}'}", "maxActive", "tomcat-jdbc ? unknown"),
      ("tomcat: {max-active: '${N}'}", "maxIdle", "tomcat-jdbc ? unknown"),
      ("tomcat: {max-total: 20}", "max-total", "tomcat-jdbc  clamped"),
      ("tomcat: {max-active: 1}", "testOnBorrow", "tomcat-jdbc true default"),
      ("tomcat: {test-on-borrow: off}", "testOnBorrow", "tomcat-jdbc false explicit"),
      ("tomcat: {max-active: 1}", "validationQuery", "tomcat-jdbc SELECT 1 default"),
      ("dbcp2: {max-total: -1}", "maxTotal", "dbcp2 -1 explicit"),
      ("dbcp2: {max-total: 0}", "maxTotal", "dbcp2 ?! explicit"),
      ("dbcp2: {min-idle: 3}", "maxTotal", "dbcp2 8 default"),
      ("dbcp2: {max-wait-millis: 500}", "maxWaitMillis", "dbcp2 500 explicit"),
      ("dbcp2: {min-idle: 1, max-wait: 5s}", "maxWaitMillis", "dbcp2 ? unknown"),
      ("dbcp2: {max-total: 2, max-active: 9}", "max-active", "dbcp2  clamped"),
      ("oracleucp: {max-pool-size: 5}", "maxPoolSize", "oracle-ucp 5 explicit"),
      ("oracleucp: {min-pool-size: 5}", "maxPoolSize", "oracle-ucp ? unknown"),
      ("oracleucp: {min-pool-size: 5}", "validateConnectionOnBorrow", "oracle-ucp true default"),
      ("druid: {initialSize: 1}", "maxActive", "druid 8 default"),
      ("druid: {max-active: 20}", "maxWait", "druid -1 default"),
      ("druid: {max-active: 5, min-idle: 6}", "minIdle", "druid ?! explicit"),
      ("druid: {initial-size: 9}", "initialSize", "druid ?! explicit"),
      ("druid: {max-active: 0}", "maxActive", "druid ?! explicit"),
      (
        "druid: {keep-alive: true, time-between-eviction-runs-millis: 120000}",
        "timeBetweenEvictionRunsMillis", "druid ?! explicit"
      ),
    ])
  func values(text: String, key: String, expected: String) {
    let reading = yaml(
      "spring:\n  datasource:\n    url: jdbc:postgresql://db/app\n    \(text)\n")
    #expect(value(key, reading) == expected)
  }

  @Test("keys of a pool that is not selected have no effect")
  func unselected() throws {
    let reading = yaml(
      """
      spring.datasource:
        url: jdbc:mysql://db:3307/app
        username: app
        password: hunter2
        type: org.apache.commons.dbcp2.BasicDataSource
        hikari: {maximum-pool-size: 50, password: hunter3}
      """)
    let pool = try #require(reading.resources.first)
    #expect(pools(reading) == ["spring.datasource production! 8"])
    #expect(fact("target_port", pool) == "3307" && fact("target_host", pool) == "db")
    let size = try #require(pool.setting("spring.datasource.hikari.maximum-pool-size"))
    #expect(size.effective == .null && size.provenance == .clamped)
    #expect(size.note?.contains("selects DBCP2, not HikariCP") == true)
    #expect(
      fact("unread_pool_key", pool) == "spring.datasource.hikari.maximum-pool-size=50")
    #expect(pool.settings.filter(\.isSecret).compactMap(\.written) == ["hunter2", "hunter3"])
    let plain = yaml("spring.datasource: {url: x, hikari: {pool-name: a}, tomcat: {max-active: 1}}")
    #expect(plain.resources.first.flatMap { fact("unread_pool_key", $0) } == nil)
  }

  @Test("profiles choose and change pools")
  func profiles() {
    let files = [
      "application.yml": """
      spring.application.name: shop
      spring.datasource: {url: x, druid: {max-active: 20, min-idle: 2}}
      """,
      "application-prod.properties": "spring.datasource.druid.maxActive=5\n",
      "application-dev.yml": "spring.datasource.druid.max-active: 50\n",
    ]
    #expect(pools(spring("application.yml", files)) == ["shop default! 20"])
    let production = spring("application-prod.properties", files)
    #expect(pools(production) == ["shop production 5"])
    #expect(value("minIdle", production) == "druid 2 inherited")
    #expect(
      production.resources.first.flatMap { fact("largest_test_size", $0) } == "50")
  }

  @Test("Druid's sizes that only a data source made by hand reads are unknown")
  func druidPlaces() {
    let type = "spring.datasource: {url: x, type: com.alibaba.druid.pool.DruidDataSource"
    #expect(value("maxActive", yaml(type + ", max-active: 20}\n")) == "druid ? unknown")
    #expect(value("maxActive", yaml(type + "}\n")) == "druid 8 default")
    let parts = "spring.datasource.druid: {max-active: 20, master: {url: x, min-idle: 1}}\n"
    #expect(value("maxActive", yaml(parts)) == "druid ? unknown")
    #expect(value("minIdle", yaml(parts)) == "druid 1 explicit")
  }

  @Test(
    "reactive pools have durations",
    arguments: [
      ("pool: {max-size: 5}", "maxSize", "r2dbc-pool 5 explicit"),
      ("username: a", "maxSize", "r2dbc-pool 10 default"),
      ("pool: {max-idle-time: 30s}", "maxIdleTime", "r2dbc-pool 30000 explicit"),
      ("pool: {max-acquire-time: PT1M30S}", "maxAcquireTime", "r2dbc-pool 90000 explicit"),
      ("pool: {max-acquire-time: 250}", "maxAcquireTime", "r2dbc-pool 250 explicit"),
      ("pool: {max-life-time: 1 week}", "maxLifeTime", "r2dbc-pool ?! explicit"),
      ("pool: {maximum-size: 5}", "maximum-size", "r2dbc-pool  clamped"),
    ])
  func reactive(text: String, key: String, expected: String) {
    let reading = yaml("spring:\n  r2dbc:\n    url: r2dbc:postgresql://db/app\n    \(text)\n")
    #expect(value(key, reading) == expected)
    #expect(reading.resources.first.flatMap { fact("target_port", $0) } == "5432")
  }

  @Test("a reactive pool may be described by its URL, or be off")
  func reactiveURL() {
    let url = "spring.r2dbc.url: r2dbc:pool:mysql://db/app?maxSize=7&maxIdleTime=PT60S\n"
    #expect(value("maxSize", yaml(url)) == "r2dbc-pool 7 explicit")
    #expect(value("maxIdleTime", yaml(url)) == "r2dbc-pool 60000 explicit")
    #expect(yaml(url + "spring.r2dbc.pool.enabled: false\n").resources.isEmpty)
    let candidate = FileCandidate(path: "db.properties", head: Array("spring.r2dbc.url=x\n".utf8))
    #expect(Technology.springBoot.recognises(candidate) == .byContent)
  }

  @Test("an imported file brings its variants for profiles")
  func variants() {
    let files = [
      "c/application.yml": "spring.config.import: db.yml\nspring.application.name: shop\n",
      "c/db.yml": "spring.datasource.hikari.maximum-pool-size: 5\n",
      "c/db-prod.yml": "spring.datasource.hikari.maximum-pool-size: 50\n",
      "c/db-dev.yml": "spring.datasource.hikari.maximum-pool-size: 2\n",
      "c/db-prod.properties": "spring.datasource.hikari.maximum-pool-size=9\n",
    ]
    let reading = spring("c/application.yml", files)
    #expect(pools(reading) == ["shop default! 5", "shop dev 2", "shop production 50"])
    #expect(reading.included == ["c/db-dev.yml", "c/db-prod.yml", "c/db.yml"])
    var more = files
    more["c/application-prod.yml"] = "spring.datasource.hikari.maximum-pool-size: 60\n"
    #expect(pools(spring("c/application-prod.yml", more)) == ["shop production 60"])
  }

  @Test("a condition without quotes is a tag, which Spring Boot refuses")
  func tags() throws {
    let text = """
      spring.datasource.url: jdbc:x
      ---
      spring.config.activate.on-profile: !prod
      spring.datasource.hikari.maximum-pool-size: 3
      ---
      spring.config.activate.on-profile: prod
      spring.datasource.hikari.minimum-idle: 1
      """
    let reading = yaml(text)
    #expect(reading.problems.map(\.kind) == [.refused])
    let problem = try #require(reading.problems.first)
    #expect(problem.message == "could not determine a constructor for the tag !prod")
    #expect(problem.repair?.edits.map(\.replacement) == ["'!prod'"])
    let quoted = text.split(separator: "!prod").joined(separator: "'!prod'")
    #expect(pools(reading) == pools(yaml(quoted)) && yaml(quoted).problems.isEmpty)
    #expect(yaml("a: !!str 5\nb: ! x\n").problems.isEmpty)
  }

  @Test("every cut of a file is read without a crash")
  func cuts() {
    let text = """
      spring:
        datasource:
          type: !x com.alibaba.druid.pool.DruidDataSource
          druid: {master: {url: x}, max-active: 5, filters: [a, b]}
          tomcat: {max-active: ${A:${B:1}}}
        r2dbc: {url: 'r2dbc:pool:mysql://h/d?maxSize=', pool: {max-idle-time: 1h}}
      """
    let bytes = Array(text.utf8)
    for end in 0...bytes.count {
      let source = SourceText(path: "application.yml", bytes: Array(bytes[..<end]))
      let context = ReadingContext(files: MemoryFiles([:]))
      let reading = Technology.springBoot.read(source, context)
      let origins = reading.resources.flatMap { $0.settings.compactMap(\.origin) }
      #expect(origins.allSatisfy { $0.range.upperBound <= end })
    }
  }
}

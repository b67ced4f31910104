import Catalog
import Model
import Syntax
import Testing

@Suite("Spring Boot sources")
struct SpringSourceTests {
  @Test func namesThatTheBuildFillsInAreReadAsPlaceholders() throws {
    let reading = yaml(
      """
      app:
        version: @project.version@
        "name": [@a-b_c@, @d@]
        @key@: x
      spring:
        application.name: @project.artifactId@
        datasource:
          url: jdbc:postgresql://@db.host@:5432/x
          hikari: {maximum-pool-size: @pool.size@, minimum-idle: 2}
      """)
    #expect(reading.problems.isEmpty)
    #expect(pools(reading).map { $0.prefix(34) } == ["spring.datasource production! unkn"])
    let size = try #require(reading.setting("maximumPoolSize"))
    #expect(size.written == "@pool.size@" && size.effective == nil)
    #expect(size.provenance == .unknown && size.note == "the build fills this in")
    #expect(reading.place(size) == "application.yml:9")
    #expect(reading.setting("minimumIdle")?.effective == .int(2))
    #expect(reading.setting("jdbcUrl")?.provenance == .unknown)
    #expect(
      reading.resources.first.flatMap { fact("target_host", $0) }
        == "unknown: the build fills this in")
  }

  @Test(
    "other uses of the sign are as YAML says",
    arguments: [
      ("a: @b\n", 1), ("a: @b c@\n", 1), ("a: @@\n", 1), ("a: x@b.c\n", 0), ("a: '@b@'\n", 0),
      ("a: @b@\na: @b@\n", 1), ("@a@: 1\n@b@: 2\n", 0), ("a: |\n  @b@\n", 0), ("a: @b@-@c@\n", 0),
    ])
  func signs(text: String, count: Int) {
    #expect(yaml(text).problems.count == count)
  }

  @Test func documentsOutsideProductionDoNotReachProduction() {
    let files = [
      "application.yml": """
      spring.datasource.url: jdbc:x
      ---
      spring.config.activate.on-profile: '!prod'
      spring.datasource.hikari.maximum-pool-size: 3
      ---
      spring.config.activate.on-profile: mysql
      spring.datasource.hikari.minimum-idle: 1

      """,
      "application-prod.yml": "spring.datasource.hikari.maximum-pool-size: 30\n",
    ]
    #expect(
      pools(spring("application.yml", files)) == [
        "spring.datasource default! 10", "spring.datasource !prod 3",
        "spring.datasource production! 10",
      ])
    #expect(pools(spring("application-prod.yml", files)) == ["spring.datasource production 30"])
    var live = files
    live["application-live.yml"] = "spring.datasource.hikari.minimum-idle: 2\n"
    // Production under another name reads the document: it is no longer certain to be excluded.
    #expect(pools(spring("application-live.yml", live)) == ["spring.datasource production 3"])
  }

  @Test func documentsOfCloudPlatformsAreSaid() {
    let reading = yaml(
      """
      spring.datasource.url: jdbc:x
      ---
      spring.config.activate.on-cloud-platform: kubernetes
      spring.datasource.hikari.maximum-pool-size: 9
      ---
      spring.config.activate.on-cloud-platform: none
      logging.level.root: info

      """)
    #expect(
      pools(reading) == ["spring.datasource production! 10", "spring.datasource production! 9"])
    #expect(reading.problems.map(\.kind) == [.unknown])
    #expect(reading.problems.first?.message.contains("cloud platform kubernetes") == true)
  }

  private static let base = "spring.datasource.hikari.maximum-pool-size: 5\n"

  @Test(
    "an imported file wins over the one that imports it",
    arguments: [
      "db.yml", "./db.yml", "file:db.yml", "file:./db.yml", "classpath:db.yml", "classpath:/db.yml",
      "optional:file:./db.yml", "optional:classpath:db.yml", "file:db.yml[.yml]",
    ])
  func imports(location: String) {
    let files = [
      "c/application.yml": "spring.config.import: '\(location)'\n" + Self.base,
      "c/db.yml": "spring.datasource.hikari.maximum-pool-size: 50\n",
    ]
    let reading = spring("c/application.yml", files)
    #expect(pools(reading) == ["spring.datasource production! 50"])
    #expect(reading.problems.isEmpty)
    #expect(reading.included == ["c/db.yml"])
    #expect(reading.place(reading.setting("maximumPoolSize")) == "c/db.yml:1")
  }

  @Test(
    "an import that is not read is said",
    arguments: [
      "db.yml", "optional:file:./db.yml", "file:/etc/app/db.yml", "configserver:http://h:8888",
      "optional:configtree:/etc/config/", "classpath:${NAME}.yml", "@file@", "../../x.yml",
    ])
  func unreadImports(location: String) {
    let reading = yaml("spring.config.import: '\(location)'\n" + Self.base)
    #expect(pools(reading) == ["spring.datasource production! 5"])
    #expect(reading.problems.map(\.kind) == [.unknown])
    #expect(reading.problems.first?.message.hasPrefix("\"\(location)\" was not read") == true)
    #expect(yaml("spring.config.import: '\(location)'\n").problems.isEmpty)
  }

  @Test func importsAreInsertedBelowTheirDocument() {
    let files = [
      "application.yml": """
      spring.config.import: [a.properties, 'b.yml, secrets[.properties]']
      spring.datasource.hikari.maximum-pool-size: 5
      ---
      spring.datasource.hikari.minimum-idle: 1
      ---
      spring.config.activate.on-profile: test
      spring.config.import: c.yml

      """,
      "a.properties": "spring.datasource.hikari.maximum-pool-size=6\n",
      "b.yml": "spring.datasource.hikari: {maximum-pool-size: 7, minimum-idle: 3}\n",
      "secrets": "spring.datasource.hikari.max-lifetime=60000\n",
      "c.yml": "spring.config.import: application.yml\n"
        + "spring.datasource.hikari.maximum-pool-size: 8\n",
    ]
    let reading = spring("application.yml", files)
    #expect(pools(reading) == ["spring.datasource production! 7", "spring.datasource test 8"])
    #expect(reading.setting("minimumIdle")?.effective == .int(1))
    #expect(reading.setting("maxLifetime")?.effective == .int(60_000))
    #expect(reading.problems.isEmpty)
    #expect(reading.included == ["a.properties", "b.yml", "c.yml", "secrets"])
  }
}

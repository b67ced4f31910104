import Catalog
import Model
import Syntax
import Testing

@Suite("Micronaut")
struct MicronautTests {
  private func micronaut(_ path: String, _ files: [String: String]) -> Reading {
    Technology.micronaut.read(
      SourceText(path: path, text: files[path] ?? ""), ReadingContext(files: MemoryFiles(files)))
  }

  private func yaml(_ text: String) -> Reading {
    micronaut("application.yml", ["application.yml": "datasources:\n  default:\n    \(text)\n"])
  }

  @Test(
    "keys tell which pool it is",
    arguments: [
      ("maximum-pool-size: 30", "maximumPoolSize", "hikaricp 30 explicit"),
      ("maximumPoolSize: 30", "minimumIdle", "hikaricp 30 default"),
      ("maximum-pool-size: ${POOL:12}", "maximumPoolSize", "hikaricp 12 placeholder"),
      ("maximum-pool-size: ${POOL}", "maximumPoolSize", "hikaricp ? unknown"),
      ("connection-timeout: 30s", "connectionTimeout", "hikaricp ? unknown"),
      ("max-lifetime: 1000", "maxLifetime", "hikaricp 1800000 clamped"),
      ("max-active: 30", "maxActive", "tomcat-jdbc 30 explicit"),
      ("max-wait: 100", "maxActive", "tomcat-jdbc 100 default"),
      ("max-total: 30", "maxTotal", "dbcp2 30 explicit"),
    ])
  func values(text: String, key: String, expected: String) throws {
    let reading = yaml(text)
    let setting = try #require(reading.setting(key))
    let technology = reading.resources[0].identity.technology
    #expect("\(technology) \(setting.shown) \(setting.provenance)" == expected)
  }

  @Test("a pool that no key tells is said to be unknown")
  func unknown() {
    let off = yaml("enabled: false\n    max-active: 5")
    #expect(off.resources.isEmpty && off.problems.isEmpty)
    for text in ["url: jdbc:x", "url: x\n    max-active: 5\n    max-total: 5", "min-idle: 1"] {
      let reading = yaml(text)
      #expect(reading.resources.isEmpty && reading.problems.map(\.kind) == [.unknown])
    }
  }

  @Test("TOML is read like the other formats")
  func toml() throws {
    let files = [
      "r/application.toml": """
      [micronaut.application]
      name = "shop"
      [datasources.default]
      url = "jdbc:postgresql://db:5433/shop"
      maximum-pool-size = 20
      max-lifetime = 1000
      """,
      "r/application-prod.toml": "datasources.default.maximum-pool-size = 40\n",
    ]
    let base = micronaut("r/application.toml", files)
    #expect(base.problems.isEmpty)
    #expect(pools(base) == ["datasources.default production! 20"])
    #expect(base.setting("maxLifetime")?.shown == "1800000")
    #expect(fact("target_port", base.resources[0]) == "5433")
    let other = micronaut("r/application-prod.toml", files)
    #expect(pools(other) == ["datasources.default production 40"])
    let template = micronaut(
      "application.toml", ["application.toml": "[datasources.a]\nmaximum-pool-size = {{ n }}\n"])
    #expect(template.problems.map(\.kind) == [.unknown])
    #expect(template.setting("maximumPoolSize")?.effective == nil)
    for (path, text, isTaken) in [
      ("application.toml", "[datasources.default]\nurl = 'x'\n", true),
      ("application.toml", "datasources.default.url = 'x'\n", true),
      ("application.toml", "[server]\nport = 1\n", false),
      ("Cargo.toml", "[datasources.default]\n", false),
    ] {
      let file = FileCandidate(path: path, head: Array(text.utf8))
      #expect((Technology.micronaut.recognises(file) == .byName) == isTaken, "\(text)")
    }
  }

  @Test("a file for an environment inherits from the file without one")
  func environments() throws {
    let files = [
      "r/application.yml": """
      micronaut.application.name: shop
      datasources:
        default: {url: "${JDBC_URL:`jdbc:mysql://db:3307/app`}", maximum-pool-size: 5}
      """,
      "r/application-prod.properties": "datasources.default.maximum-pool-size=50\n",
    ]
    #expect(
      pools(micronaut("r/application.yml", files)) == ["datasources.default production! 5"])
    let reading = micronaut("r/application-prod.properties", files)
    #expect(pools(reading) == ["datasources.default production 50"])
    let pool = try #require(reading.resources.first)
    #expect(fact("target_port", pool) == "3307" && fact("target_database", pool) == "app")
    #expect(reading.setting("jdbcUrl")?.provenance == .inherited)
  }

  @Test(
    "only files with data sources of Micronaut are its own",
    arguments: [
      ("application.yml", "micronaut:\n  a: b\ndatasources:\n  x:\n    url: y\n", "micronaut"),
      ("application-dev.yml", "datasources:\n  default:\n    url: y\n", "micronaut"),
      ("application.properties", "datasources.default.url=x\n", "micronaut"),
      ("application.yml", "spring:\n  a: b\ndatasources:\n  default: x\n", "spring-boot"),
      ("application.yml", "datasources:\n  orders:\n    url: y\n", "spring-boot"),
      ("application.yml", "micronaut:\n  a: b\n", "spring-boot"),
    ])
  func recognition(path: String, text: String, name: String) {
    let file = FileCandidate(path: path, head: Array(text.utf8))
    #expect(Catalog.recognise(file)?.name == name)
  }

  @Test("every cut of a file is read without a crash")
  func cuts() {
    let text = "datasources: {default: {url: '${A:`b:c`}', max-active: 5, x: {y: [1, z]}}}\n"
    let bytes = Array(text.utf8)
    for end in 0...bytes.count {
      let source = SourceText(path: "application.yml", bytes: Array(bytes[..<end]))
      let reading = Technology.micronaut.read(source, ReadingContext(files: MemoryFiles([:])))
      let origins = reading.resources.flatMap { $0.settings.compactMap(\.origin) }
      #expect(origins.allSatisfy { $0.range.upperBound <= end })
    }
  }
}

import Catalog
import Model
import Syntax
import Testing

@Suite("Quarkus and Agroal")
struct QuarkusTests {
  private func quarkus(_ path: String, _ files: [String: String]) -> Reading {
    Technology.quarkus.read(
      SourceText(path: path, text: files[path] ?? ""), ReadingContext(files: MemoryFiles(files)))
  }

  private func properties(_ text: String) -> Reading {
    quarkus("application.properties", ["application.properties": text])
  }

  private func value(_ key: String, _ reading: Reading) -> String? {
    guard let setting = reading.setting(key) else { return nil }
    return "\(setting.shown)\(setting.refusal == nil ? "" : "!") \(setting.provenance)"
  }

  @Test(
    "values and defaults are those of Quarkus",
    arguments: [
      ("max-size=30", "max-size", "30 explicit"), ("min-size=2", "max-size", "20 default"),
      ("max-size=0", "max-size", "0! explicit"), ("max-size=ten", "max-size", "?! explicit"),
      ("min-size=30", "min-size", "?! explicit"),
      ("max-size=${POOL:12}", "max-size", "12 placeholder"),
      ("max-size=${POOL}", "max-size", "? unknown"),
      ("max-size=1", "acquisition-timeout", "5000 default"),
      ("acquisition-timeout=10", "acquisition-timeout", "10000 explicit"),
      ("acquisition-timeout=2M", "acquisition-timeout", "120000 explicit"),
      ("acquisition-timeout=PT1.5S", "acquisition-timeout", "1500 explicit"),
      ("acquisition-timeout=5 seconds", "acquisition-timeout", "?! explicit"),
      ("max-lifetime=P1D", "max-lifetime", "86400000 explicit"),
      ("idle-removal-interval=1h30m", "idle-removal-interval", "5400000 explicit"),
      ("max-idle=5", "max-idle", " clamped"),
    ])
  func values(line: String, key: String, expected: String) {
    let expected = expected == "0! explicit" ? "?! explicit" : expected
    #expect(value(key, properties("quarkus.datasource.jdbc.\(line)\n")) == expected)
  }

  @Test("what stands without profile and for prod is production's")
  func profiles() throws {
    let reading = properties(
      """
      quarkus.datasource.jdbc.url=jdbc:postgresql://db:5433/app
      quarkus.datasource.jdbc.max-size=8
      %prod.quarkus.datasource.jdbc.max-size=16
      %{dev,test}.quarkus.datasource.jdbc.max-size=50
      quarkus.datasource."users".jdbc.min-size=1
      quarkus.datasource.events.reactive.url=postgresql://events/e
      """)
    #expect(
      pools(reading)
        == [
          "quarkus.datasource.events.reactive production! ?",
          "quarkus.datasource.jdbc production 16", "quarkus.datasource.users.jdbc production! 20",
          "quarkus.datasource.jdbc dev 50", "quarkus.datasource.jdbc test 50",
        ].map { $0.replacing("! ?", with: "! unknown: max-size cannot be known") })
    let pool = try #require(reading.resources.first { $0.identity.environment == "production" })
    #expect(fact("target_port", pool) == "5432")
    let jdbc = reading.resources[1]
    #expect(fact("target_port", jdbc) == "5433" && fact("largest_test_size", jdbc) == "50")
    #expect(reading.problems.isEmpty)
  }

  @Test("files of one folder are read together, YAML before properties")
  func files() {
    let files = [
      "r/application.properties": "quarkus.datasource.jdbc.max-size=5\n",
      "r/application.yml": """
      quarkus:
        datasource:
          jdbc: {max-size: 6, min-size: 1}
      "%dev":
        quarkus.datasource.jdbc.max-size: 7
      """,
      "r/application-prod.properties": "quarkus.datasource.jdbc.max-size=40\n",
    ]
    #expect(
      pools(quarkus("r/application-prod.properties", files)) == [
        "quarkus.datasource.jdbc production 40"
      ])
    let base = quarkus("r/application.yml", files)
    #expect(pools(base) == ["quarkus.datasource.jdbc dev 7"])
    #expect(base.included == ["r/application.properties"])
    #expect(value("min-size", base) == "1 inherited")
  }

  @Test(
    "only files with a data source of Quarkus are its own",
    arguments: [
      ("application.properties", "quarkus.datasource.jdbc.max-size=5\n", "quarkus"),
      ("application.properties", "a=b\n%prod.quarkus.datasource.db-kind=x\n", "quarkus"),
      ("application.yaml", "quarkus:\n  datasource:\n    jdbc:\n      max-size: 5\n", "quarkus"),
      ("application.properties", "spring.datasource.url=x\n", "spring-boot"),
      ("application.yml", "spring:\n  datasource:\n    url: x\n", "spring-boot"),
      ("agroal.properties", "maxSize=5\n", "agroal"),
    ])
  func recognition(path: String, text: String, name: String) {
    let file = FileCandidate(path: path, head: Array(text.utf8))
    #expect(Catalog.recognise(file)?.name == name)
  }

  @Test(
    "agroal.properties",
    arguments: [
      ("maxSize=5", "maxSize", "5 explicit"), ("minSize=1", "maxSize", "?! unknown"),
      ("maxSize=5\nminSize=6", "minSize", "?! explicit"), ("maxSize=5 ", "maxSize", "?! explicit"),
      ("maxSize=5", "acquisitionTimeout", "0 default"),
      ("acquisitionTimeout_s=5", "acquisitionTimeout", "5000 explicit"),
      ("app.acquisitionTimeout_ms=5", "acquisitionTimeout", "5 explicit"),
      ("acquisitionTimeout=PT2S", "acquisitionTimeout", "2000 explicit"),
      ("acquisitionTimeout=2", "acquisitionTimeout", "?! explicit"),
      ("credential=${X}", "credential", "? unknown"),
    ])
  func agroal(text: String, key: String, expected: String) {
    let reading = Technology.agroal.read(
      SourceText(path: "agroal.properties", text: text + "\n"),
      ReadingContext(files: MemoryFiles([:])))
    #expect(value(key, reading) == expected)
    #expect(reading.setting("credential")?.isSecret == true)
    let timeout = reading.setting("acquisitionTimeout")
    #expect(timeout?.effective != .int(0) || timeout?.meaning == .forever)
  }

  @Test("every cut of a file is read without a crash")
  func cuts() {
    let text = """
      quarkus:
        datasource:
          jdbc: {max-size: "${A:${B:5}}", acquisition-timeout: PT1H2M3.5S}
          "users": {reactive: {url: "vertx-reactive:postgresql://h/d"}}
      "%{dev,test}": {quarkus: {datasource: {jdbc: {max-size: 9}}}}
      """
    for name in ["application.yml", "application.properties"] {
      let bytes = Array(text.utf8)
      for end in 0...bytes.count {
        let source = SourceText(path: name, bytes: Array(bytes[..<end]))
        let reading = Technology.quarkus.read(source, ReadingContext(files: MemoryFiles([:])))
        let origins = reading.resources.flatMap { $0.settings.compactMap(\.origin) }
        #expect(origins.allSatisfy { $0.range.upperBound <= end })
      }
    }
  }
}

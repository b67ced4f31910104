import Catalog
import Model
import Syntax
import Testing

@Suite("Dropwizard")
struct DropwizardTests {
  private func read(_ text: String) -> Reading {
    Technology.dropwizard.read(
      SourceText(path: "config.yml", text: text), ReadingContext(files: MemoryFiles([:])))
  }

  private func database(_ text: String) -> Reading {
    read(
      "database:\n  driverClass: org.postgresql.Driver\n  url: jdbc:postgresql://db/app\n  \(text)\n"
    )
  }

  @Test(
    "values and defaults are those of Dropwizard",
    arguments: [
      ("user: a", "maxSize", "100 default"), ("maxSize: 32", "maxSize", "32 explicit"),
      ("maxSize: 5", "maxSize", "?! explicit"), ("maxSize: 5", "minSize", "10 default"),
      ("minSize: 20", "minSize", "?! explicit"), ("initialSize: 5", "initialSize", "?! explicit"),
      ("maxSize: '32'", "maxSize", "32 explicit"), ("maxSize: 032", "maxSize", "? unknown"),
      ("maxSize: ${POOL:-40}", "maxSize", "40 placeholder"),
      ("maxSize: ${POOL}", "maxSize", "? unknown"), ("maxSize: many", "maxSize", "?! explicit"),
      ("user: a", "maxWaitForConnection", "30000 default"),
      ("maxWaitForConnection: 1s", "maxWaitForConnection", "1000 explicit"),
      ("maxWaitForConnection: 2 minutes", "maxWaitForConnection", "120000 explicit"),
      ("maxWaitForConnection: 100", "maxWaitForConnection", "?! explicit"),
      ("maxWaitForConnection: 0s", "maxWaitForConnection", "?! explicit"),
      ("validationInterval: 10ms", "validationInterval", "?! explicit"),
      ("checkConnectionOnBorrow: true", "checkConnectionOnBorrow", "true explicit"),
      ("maxsize: 20", "maxsize", "?! explicit"), ("shardCount: 20", "shardCount", "20 explicit"),
    ])
  func values(text: String, key: String, expected: String) throws {
    let setting = try #require(database(text).setting(key))
    #expect(
      "\(setting.shown)\(setting.refusal == nil ? "" : "!") \(setting.provenance)" == expected)
  }

  @Test("every block with a driver is a pool")
  func blocks() throws {
    let reading = read(
      """
      server: {applicationConnectors: [{type: http, port: 8080}]}
      database: &base
        driverClass: com.mysql.cj.jdbc.Driver
        url: jdbc:mysql://app:secret@db:3307/app
        password: hunter2
        properties: {charSet: UTF-8}
      stores:
        events: {<<: *base, url: "jdbc:mysql://events/e", maxSize: 12}
      logging: {level: INFO}
      """)
    #expect(
      pools(reading) == ["database production! 100", "stores.events production! 12"])
    #expect(reading.problems.isEmpty)
    #expect(fact("target_port", reading.resources[0]) == "3307")
    #expect(fact("target_host", reading.resources[1]) == "events")
    let secrets = reading.resources[0].settings.filter(\.isSecret).compactMap(\.written)
    #expect(secrets.contains("hunter2"))
    #expect(read("database:\n  driverClass: x\n  url: {{ url }}\n").resources.count <= 1)
    #expect(!read("database:\n  driverClass: [x\n").problems.isEmpty)
  }

  @Test(
    "only Dropwizard's files are taken",
    arguments: [
      ("config.yml", "database:\n  driverClass: x\n", "dropwizard"),
      ("app.yaml", "server:\n  a: b\ndb:\n  driverClass: x\n", "dropwizard"),
      ("app.yaml", "database:\n  driver: x\n", nil),
      ("app.yaml", "apiVersion: v1\ndatabase:\n  driverClass: x\n", nil),
      ("app.json", "database:\n  driverClass: x\n", nil),
    ] as [(String, String, String?)])
  func recognition(path: String, text: String, name: String?) {
    let recognition = Technology.dropwizard.recognises(
      FileCandidate(path: path, head: Array(text.utf8)))
    #expect((recognition == .byContent) == (name != nil))
  }

  @Test("every cut of a file is read without a crash")
  func cuts() {
    let text = """
      database: &base
        driverClass: &d x
        maxSize: ${A:-5}
        maxWaitForConnection: 1 second
      b: {<<: *base, c: *base}
      """
    let bytes = Array(text.utf8)
    for end in 0...bytes.count {
      let source = SourceText(path: "config.yml", bytes: Array(bytes[..<end]))
      let reading = Technology.dropwizard.read(source, ReadingContext(files: MemoryFiles([:])))
      let origins = reading.resources.flatMap { $0.settings.compactMap(\.origin) }
      #expect(origins.allSatisfy { $0.range.upperBound <= end })
    }
  }
}

import Catalog
import Model
import Syntax
import Testing

@Suite("Spring Boot values")
struct SpringValueTests {
  @Test(
    "of YAML are converted by YAML first",
    arguments: [
      ("010", 8), ("0x20", 32), ("0b1010", 10), ("1_000", 1000), ("10:30", 630), ("20.0", 20),
      ("1e2", 100), ("'010'", 10), ("'0x20'", 32), ("\"#20\"", 32), ("' 15 '", 15), ("'+5'", 5),
      ("${N:7}", 7), ("${A:${B:9}}", 9), ("${a.b}", 4), ("${a.b:3}", 4), ("-1", nil), ("30s", nil),
      ("'1_000'", nil), ("yes", nil), ("", nil), ("${N}", nil), ("@n@", nil), ("'@n@'", nil),
      ("{{ .Values.n }}", nil), ("3000000000", nil), ("'10.0'", nil), ("${a:${a:", nil),
      ("${loop}", nil),
    ] as [(String, Int64?)])
  func numbers(written: String, expected: Int64?) {
    let reading = yaml(
      "spring.datasource.hikari:\n  maximum-pool-size: \(written)\na.b: 4\nloop: ${loop}\n")
    let setting = reading.setting("maximumPoolSize")
    guard let expected else {
      if let setting { #expect(setting.effective == nil) }
      return
    }
    #expect(setting?.effective == .int(expected))
    #expect(setting?.written == written)
  }

  @Test(
    "that cannot be converted are refused, those that cannot be known are unknown",
    arguments: [
      ("hikari.maximum-pool-size", "30s", "Spring Boot cannot convert \"30s\" to int", nil),
      ("hikari.max-lifetime", "30s", "Spring Boot cannot convert \"30s\" to long", nil),
      ("hikari.max-lifetime", "", "Spring Boot cannot convert \"\" to long", nil),
      ("hikari.max-lifetime", "true", "Spring Boot cannot convert \"true\" to long", nil),
      ("hikari.maximum-pool-size", "0", "maxPoolSize cannot be less than 1", nil),
      ("hikari.read-only", "maybe", "Spring Boot cannot convert \"maybe\" to a boolean", nil),
      (
        "hikari.maximum-pool-size", "${N}", nil,
        "${N} has no default, its value comes from the environment"
      ),
      ("hikari.maximum-pool-size", "@pool.size@", nil, "the build fills this in"),
      ("hikari.maximum-pool-size", "{{ size }}", nil, "a template fills this in"),
      (
        "hikari.maximum-pool-size", "#{systemProperties.n}", nil,
        "an expression that is evaluated at start"
      ),
    ] as [(String, String, String?, String?)])
  func failures(key: String, value: String, refusal: String?, note: String?) throws {
    let text = "spring.datasource.\(key)=\(value)\n"
    let reading = spring("application.properties", ["application.properties": text])
    let setting = try #require(reading.resources.first?.settings.first { $0.written != nil })
    #expect(setting.refusal == refusal)
    #expect(setting.effective == nil)
    if let note {
      #expect(setting.note == note && setting.provenance == .unknown)
    }
  }

  @Test(
    "of booleans are Spring's",
    arguments: [
      ("true", true), ("on", true), ("YES", true), ("1", true), ("false", false), ("off", false),
      ("0", false),
    ])
  func booleans(written: String, expected: Bool) {
    for text in [written, "'\(written)'"] {
      let reading = yaml("spring.datasource.hikari.read-only: \(text)\n")
      #expect(reading.setting("readOnly")?.effective == .bool(expected))
    }
  }

  @Test(
    "and keys that Spring Boot refuses are problems with their place",
    arguments: [
      (
        "spring:\n  datasource: {url: a}\nspring:\n  jpa: {}\n",
        "refused 3 found duplicate key spring"
      ),
      ("spring:\tx\n", "refused 1 found a tab that cannot start any token"),
      ("a: b: c\n", "syntax 1 mapping values are not allowed in this context"),
      (
        "{{- if x }}\na: b\n",
        "unknown 1 did not find expected node content while parsing a flow node, but found '-'"
      ),
    ])
  func problems(text: String, expected: String) {
    let reading = yaml(text)
    let lines = LineTable(Array(text.utf8))
    let found = reading.problems.map {
      "\($0.kind) \(lines.position(at: $0.origin.range.lowerBound).line) \($0.message)"
    }
    #expect(found == [expected])
  }

  @Test(
    "of profiles name environments",
    arguments: [
      ("prod", "production"), ("production", "production"), ("prod-eu", "production"),
      ("live2", "production"), ("test", "test"), ("dev", "dev"), ("staging", "staging"),
      ("pre-prod", "pre-prod"), ("non-prod", "non-prod"), ("unit-test", "unit-test"),
      ("qa1", "qa1"), ("mysql", "production!"), ("cloud", "production!"),
    ])
  func environments(profile: String, expected: String) {
    let path = "application-\(profile).yml"
    let reading = spring(path, [path: "spring.datasource.url: jdbc:x\n"])
    #expect(pools(reading) == ["spring.datasource \(expected) 10"])
  }

  @Test(
    "of conditions decide who gets a document",
    arguments: [
      ("test", ["production! 5", "test 9"]), ("!test", ["production! 9"]),
      ("!prod", ["production! 5", "!prod 9"]), ("!production", ["production! 5", "!production 9"]),
      ("!prod & !live", ["production! 5", "!prod & !live 9"]),
      ("!(prod | live)", ["production! 5", "!(prod | live) 9"]),
      ("!prod | !live", ["production! 9"]), ("!(dev | test)", ["production! 9"]),
      ("!prod & mysql", ["production! 5", "!prod & mysql 9"]),
      ("!prod | mysql", ["production! 9"]),
      ("prod & eu", ["default! 5", "production 9"]),
      ("!default", ["production! 5", "production! 9"]),
      ("prod & !canary", ["default! 5", "production 9"]),
      ("['!prod', test]", ["production! 5", "!prod, test 9"]),
      ("prod | test", ["default! 5", "production 9", "test 9"]),
      ("[qa, dev]", ["production! 5", "dev 9", "qa 9"]),
      ("!prod & test", ["production! 5", "test 9"]),
      ("(a | b) & !c", ["production! 5", "production! 9", "production! 9"]),
    ])
  func conditions(condition: String, expected: [String]) {
    let reading = yaml(
      "spring.datasource.hikari.maximum-pool-size: 5\n---\nspring.config.activate.on-profile: "
        + (condition.hasPrefix("[") ? condition : "'\(condition)'")
        + "\nspring.datasource.hikari.maximum-pool-size: 9\n")
    #expect(pools(reading) == expected.map { "spring.datasource " + $0 })
  }

  @Test func clampedPlaceholdersStayPlaceholders() {
    let setting = yaml("spring.datasource.hikari.max-lifetime: ${T:20000}\n").setting("maxLifetime")
    #expect(setting?.effective == .int(1_800_000) && setting?.provenance == .placeholder)
    #expect(setting?.note == "HikariCP runs 1800000 instead of 20000: below 30000 ms")
  }

  @Test(.timeLimit(.minutes(15)))
  func placeholdersThatMultiplyEnd() {
    var text = "spring.datasource.hikari.maximum-pool-size: ${p0}\n"
    for level in 0..<15 {
      text += "p\(level): '\(String(repeating: "${p\(level + 1)}", count: 20))'\n"
    }
    let open = String(repeating: "${", count: 50_000)
    #expect(yaml("spring.datasource.url: '\(open)'\n").resources.count == 1)
    #expect(yaml(text + "p15: ''\n").setting("maximumPoolSize")?.provenance == .unknown)
  }

  @Test func treesOfTestsAndDeclarationsDecideTheEnvironment() {
    let text = "spring.datasource.url: jdbc:x\n"
    let test = spring(
      "a/src/test/resources/application.yml", ["a/src/test/resources/application.yml": text])
    #expect(pools(test) == ["spring.datasource test 10"])
    let declared = spring("application.yml", ["application.yml": text], environment: "staging")
    #expect(pools(declared) == ["spring.datasource staging 10"])
  }

  @Test(
    "of names decide whose file it is",
    arguments: [
      ("application.yml", "", Recognition.byName), ("c/application-x.properties", "", .byName),
      ("bootstrap.yaml", "", .byName), ("applications.yml", "", .no),
      ("orders.yml", "spring:\n  datasource:\n    url: x\n", .byContent),
      ("orders.properties", "spring.datasource.url=x\n", .byContent),
      ("map.yml", "apiVersion: v1\nspring:\n  datasource:\n", .no), ("application.txt", "", .no),
    ])
  func recognition(path: String, text: String, expected: Recognition) {
    let file = FileCandidate(path: path, head: Array(text.utf8))
    #expect(Technology.springBoot.recognises(file) == expected)
  }
}

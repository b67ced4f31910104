import Catalog
import Findings
import Model
import Policy
import Syntax
import Testing

/// Verdicts of many resources are remembered by what rules read; of few they are worked out.
@Suite("Remembered verdicts")
struct RememberedVerdictTests {
  /// The examples of all rules for nginx, each in a folder of its own.
  private static func readings(_ rules: [RuleDefinition]) -> [ExampleReading] {
    let examples = rules.flatMap { $0.bad + $0.good }.filter { $0.file == "nginx.conf" }
    return examples.enumerated().map { number, example in
      let folder = "example\(number)"
      var files = Dictionary(
        example.others.map { ("\(folder)/\($0.path)", $0.text) },
        uniquingKeysWith: { _, last in last })
      files["\(folder)/nginx.conf"] = example.text
      return RuleExamples.reading(
        entry: "\(folder)/nginx.conf", files: MemoryFiles(files: files),
        environment: example.environment,
        versions: example.products.compactMapValues { Version($0) })
    }
  }

  private static func told(_ findings: [Finding]) -> [String] {
    findings.map { finding in
      "\(finding.path):\(finding.range.start.offset): \(finding.rule): \(finding.message)"
        + " (\(finding.severity), \(finding.fix?.description ?? finding.help ?? ""))"
    }.sorted()
  }

  @Test("are the verdicts that each resource would have got on its own")
  func same() throws {
    let rules = try RuleExamples.files.filter { $0.hasPrefix("policies/nginx/") }.map {
      try RuleExamples.load($0).definition
    }
    let policy = try PolicySet(
      rules: rules, schema: Catalog.schema,
      configuration: Configuration(packs: Set(Pack.allCases)))
    let readings = Self.readings(rules)
    var alone = Evaluation()
    var sources: [String: SourceText] = [:]
    for reading in readings {
      let own = Dictionary(
        reading.sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
      sources.merge(own) { first, _ in first }
      alone.merge(policy.evaluate(reading.resources, sources: own))
    }
    let together = policy.evaluate(readings.flatMap(\.resources), sources: sources)
    #expect(readings.count > 20)
    #expect(Self.told(together.findings) == Self.told(alone.findings))
    #expect(Self.told(together.undecided) == Self.told(alone.undecided))
    #expect(together.failures == alone.failures)
    #expect(together.checks == alone.checks)
  }

  @Test("a rule that uses the resource as a whole is evaluated for each")
  func whole() throws {
    let servers = (0..<40).map { "server { listen \(8_000 + $0 % 2); server_name s\($0); }\n" }
    let source = SourceText(
      path: "nginx.conf", text: "events {}\nhttp {\n\(servers.joined())}\n")
    let text = """
      title: A rule
      severity: error
      for: server
      require: '[server].all(s, s.name != "s7") && server.listens[0] != "8001"'
      message: '{{server.name}}'
      why: because
      """
    let policy = try PolicySet(rules: [rule(text, id: "nginx/rule")], schema: Catalog.schema)
    let reading = Technology.nginx.read(
      source, ReadingContext(files: MemoryFiles(files: [:])))
    let evaluation = policy.evaluate(reading.resources, sources: [source.path: source])
    #expect(evaluation.findings.count == 20)
    #expect(evaluation.failures.isEmpty)
  }
}

import Findings
import Syntax
import Testing

@Suite("SARIF")
struct SARIFTests {
  private func run(_ report: Report, _ style: ReportStyle = ReportStyle()) throws -> JSON {
    let document = JSONDocument(
      SourceText(path: "sarif", bytes: OutputFormat.sarif.render(report, style: style)))
    return try #require(document.root?.json["runs"]?.arrayValue?.first)
  }

  private func results(_ report: Report) throws -> [JSON] {
    try #require(try run(report)["results"]?.arrayValue)
  }

  @Test("results stand worst first and point at their rule")
  func order() throws {
    let run = try run(Outage.report)
    let results = try #require(run["results"]?.arrayValue)
    let levels = results.compactMap { $0["level"]?.stringValue }
    #expect(levels == ["error", "error", "warning", "warning", "warning", "note"])
    let rules = try #require(run["tool"]?["driver"]?["rules"]?.arrayValue)
    #expect(Set(rules.compactMap { $0["id"]?.stringValue }).count == rules.count)
    for result in results {
      let index = try #require(result["ruleIndex"]?.intValue)
      #expect(rules[Int(index)]["id"] == result["ruleId"])
    }
  }

  @Test("a rule says where it comes from and which words decided")
  func origins() throws {
    var report = Outage.report
    let rule = try #require(report.rules.first?.id)
    report.ruleOrigins = { [RuleOrigin(rule: rule, source: "built-in", digest: "abc")] }
    let rules = try run(report)["tool"]?["driver"]?["rules"]?.arrayValue ?? []
    let properties = rules.first { $0["id"]?.stringValue == rule }?["properties"]
    #expect(properties?["source"]?.stringValue == "built-in")
    #expect(properties?["sha256"]?.stringValue == "abc")
  }

  @Test("columns count UTF-16 units, and a region stays on one line")
  func columns() throws {
    let file = FixtureFile("f", "ä😀=[1,\n2]\n")
    let finding = Finding(
      rule: "a/b", severity: .error, message: "m", path: "f", range: file.range(of: "[1,\n2]"))
    let result = try results(.of([finding], files: [file])).first
    let location = result?["locations"]?.arrayValue?.first?["physicalLocation"]
    let region = try #require(location?["region"])
    #expect(region == ["startLine": 1, "startColumn": 5, "endLine": 1, "endColumn": 8])
  }

  @Test(
    "paths are percent-encoded and relative",
    arguments: [
      ("./a b/ü#?.conf", "a%20b/%C3%BC%23%3F.conf"), ("c:/x", "c%3A/x"),
      ("/etc/x", "file:///etc/x"), ("a%20b", "a%2520b"),
    ])
  func paths(path: String, uri: String) throws {
    let file = FixtureFile(path, "a")
    let finding = Finding(
      rule: "a/b", severity: .error, message: "m", path: path, range: file.range(0..<1))
    let text = Report.of([finding], files: [file]).text(ReportStyle(), .sarif)
    #expect(text.contains("\"uri\": \"\(uri)\""))
  }

  @Test("a value cannot make a link of a message")
  func links() throws {
    let file = FixtureFile("f", "a")
    let finding = Finding(
      rule: "a/b", severity: .error, message: "[see](https://example.com)", path: "f",
      range: file.range(0..<1))
    let message = try results(.of([finding], files: [file])).first?["message"]?["text"]
    #expect(message == "[see] (https://example.com)")
  }

  @Test("excused findings are marked, and left out on demand")
  func excused() throws {
    let states = try results(Outage.report).compactMap { $0["baselineState"]?.stringValue }
    #expect(states == ["new", "unchanged", "new", "new", "new", "new"])
    #expect(try results(Outage.report).filter { $0["suppressions"] != nil }.count == 1)
    let fewer = try run(Outage.report, ReportStyle(includesExcused: false))
    #expect(fewer["results"]?.arrayValue?.count == 4)
  }

  @Test("a run that was not whole says so")
  func incomplete() throws {
    let invocation = try run(Outage.report)["invocations"]?.arrayValue?.first
    #expect(invocation?["executionSuccessful"] == false)
    #expect(invocation?["toolExecutionNotifications"]?.arrayValue?.count == 2)
    let whole = try run(.of(fileCount: 1))["invocations"]?.arrayValue?.first
    #expect(whole?["executionSuccessful"] == true)
  }

  @Test(
    "keeps every rule that GitHub states",
    .enabled(if: SharedFile.exists("data/sarif/github-rules.json"), "shared vectors are not here"))
  func github() throws {
    let rules = try SharedFile.json("data/sarif/github-rules.json")
    let bytes = OutputFormat.sarif.render(Outage.report)
    let log = try #require(JSONDocument(SourceText(path: "s", bytes: bytes)).root?.json)
    let required = try #require(rules["required"]?.arrayValue)
    let optional = try #require(rules["optional"]?.arrayValue)
    #expect(required.count + optional.count > 20)
    for rule in required { GitHubRule(rule, isRequired: true).check(log) }
    for rule in optional { GitHubRule(rule, isRequired: false).check(log) }
  }

  @Test(
    "is valid by the standard's schema",
    .enabled(
      if: SchemaValidator.canCheckJSON(sarifSchema),
      "python3 with jsonschema or the schema is not here"),
    arguments: [false, true])
  func schema(isGated: Bool) throws {
    try SchemaValidator.json(
      OutputFormat.sarif.render(isGated ? Outage.gated : Outage.report), sarifSchema,
      draft: "Draft4")
  }
}

private let sarifSchema = "data/schemas/sarif-schema-2.1.0.json"

import Findings
import Syntax
import Testing

@Suite("JUnit")
struct JUnitTests {
  /// All that a report may hold, of what the schema knows.
  static let elements: Set<String> = [
    "testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out",
  ]

  private static func root(_ report: Report, _ style: ReportStyle = ReportStyle()) throws
    -> XMLElement
  {
    let bytes = OutputFormat.junit.render(report, style: style)
    let document = XMLDocument(SourceText(path: "r.xml", bytes: bytes))
    #expect(document.errors.isEmpty)
    return try #require(document.root)
  }

  @Test("each suite counts its own tests, and the whole their sum")
  func counts() throws {
    let root = try Self.root(Outage.gated)
    #expect(Set(root.descendants.map(\.name)).isSubset(of: Self.elements))
    for (count, element) in [("tests", "testcase"), ("failures", "failure"), ("errors", "error")] {
      for suite in root.children {
        let found = suite.descendants.count { $0.name == element }
        #expect(suite.attribute(count)?.value == "\(found)")
      }
      let found = root.descendants.count { $0.name == element }
      #expect(root.attribute(count)?.value == "\(found)")
    }
  }

  @Test("no two tests of a suite have one name")
  func names() throws {
    for suite in try Self.root(Outage.report).children {
      let names = suite.children.compactMap { $0.attribute("name")?.value }
      #expect(Set(names).count == names.count)
    }
  }

  @Test("a message is told once")
  func once() {
    let text = Outage.report.text(ReportStyle(), .junit)
    let parts = text.components(of: "holds at most 5 connections")
    #expect(parts == 1)
  }

  @Test(
    "what fails the check fails the test",
    arguments: [(Severity.error, 1), (.warning, 3), (.note, 4)])
  func level(level: Severity, failures: Int) throws {
    let root = try Self.root(Outage.report, ReportStyle(failsOn: level))
    #expect(root.attribute("failures")?.value == "\(failures)")
    let notes = root.descendants.count { $0.name == "system-out" }
    #expect(failures + notes == 4)
  }

  @Test("a clean file is a test that passed")
  func clean() throws {
    let root = try Self.root(.of(files: [FixtureFile("a.conf", "x")]))
    #expect(root.attribute("tests")?.value == "1")
    #expect(root.descendants.last?.attribute("classname")?.value == "a.conf")
  }

  @Test(
    "is valid by the schema of Jenkins' xUnit plugin",
    .enabled(
      if: SchemaValidator.canCheckXML("data/schemas/junit-10.xsd"),
      "xmllint, or python3 with xmlschema, or the schema is not here"),
    arguments: [false, true])
  func schema(isGated: Bool) throws {
    let report = isGated ? Outage.gated : Outage.report
    try SchemaValidator.xml(OutputFormat.junit.render(report), "data/schemas/junit-10.xsd")
  }
}

extension String {
  /// How often `text` is in it.
  fileprivate func components(of text: String) -> Int {
    var count = 0
    var rest = self[...]
    while let start = rest.firstRange(of: text) {
      count += 1
      rest = rest[start.upperBound...]
    }
    return count
  }
}

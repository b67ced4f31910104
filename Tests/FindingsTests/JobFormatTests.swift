import Findings
import Syntax
import Testing

@Suite("Formats of jobs")
struct JobFormatTests {
  private static let file = FixtureFile("a.conf", String(repeating: "x\n", count: 40))

  private static func finding(_ line: Int, _ severity: Severity = .error) -> Finding {
    Finding(
      rule: "a/b", severity: severity, message: "m\(line)", path: "a.conf",
      range: file.range((2 * line - 2)..<(2 * line - 1)), fingerprint: "f\(line)")
  }

  @Test("GitHub gets ten annotations of a severity, the worst first, and the rest as lines")
  func caps() {
    let findings = (1...13).map { Self.finding($0, .note) } + (14...30).map { Self.finding($0) }
    let lines = Report.of(findings, files: [Self.file]).text(ReportStyle(), .github)
      .split(separator: "\n")
    #expect(lines.prefix(10).allSatisfy { $0.hasPrefix("::error ") })
    #expect(lines[10..<20].allSatisfy { $0.hasPrefix("::notice ") })
    #expect(lines[20] == "10 more findings without an annotation:")
    #expect(lines[21] == "a.conf:24:1: error[a/b]: m24")
    #expect(lines.count == 32)
    #expect(lines.count { $0.hasPrefix("::") } == 20)
  }

  @Test("GitHub gets no annotation for what is excused")
  func excused() {
    var known = Self.finding(1)
    known.status = .baseline
    let text = Report.of([known], files: [Self.file]).text(ReportStyle(), .github)
    #expect(!text.contains("::"))
    #expect(text.contains("1 known (baseline)"))
  }

  @Test("columns of annotations count UTF-16 units and end with the last one")
  func columns() {
    let file = FixtureFile("f", "ä😀=12\n")
    let finding = Finding(
      rule: "a/b", severity: .warning, message: "m", path: "f", range: file.range(of: "12"))
    let text = Report.of([finding], files: [file]).text(ReportStyle(), .github)
    #expect(text.hasPrefix("::warning file=f,line=1,endLine=1,col=5,endColumn=6,title=a/b::m\n"))
  }

  @Test("properties and messages have the runner's escapes")
  func escapes() {
    let finding = Finding(
      rule: "a/b", severity: .error, message: "100%: a, b", path: "x,y:z%.conf",
      range: Self.file.range(0..<1))
    let text = Report.of([finding]).text(ReportStyle(), .github)
    #expect(text.contains("file=x%2Cy%3Az%25.conf,"))
    #expect(text.contains("::100%25: a, b\n"))
  }

  @Test("nothing checked is an error in every format of jobs")
  func nothing() {
    let report = Report.of(fileCount: 0)
    #expect(report.text(ReportStyle(), .github).hasPrefix("::error::nothing was checked"))
    #expect(report.text(ReportStyle(), .tap).contains("Bail out! nothing was checked"))
  }

  @Test("GitLab's paths are relative, its fingerprints unique")
  func gitlab() throws {
    let place = Self.file.range(0..<1)
    let findings = ["./a", "/b", ".//c", "d"].map { path in
      Finding(
        rule: "a/b", severity: .note, message: "m", path: path, range: place, fingerprint: "same")
    }
    let bytes = OutputFormat.gitlab.render(.of(findings))
    let issues = try #require(
      JSONDocument(SourceText(path: "r", bytes: bytes)).root?.json.arrayValue)
    #expect(
      issues.map { $0["location"]?["path"]?.stringValue } == ["a", "b", "c", "d"])
    #expect(Set(issues.compactMap { $0["fingerprint"]?.stringValue }).count == 4)
  }

  @Test(
    "GitLab's report is valid by its schema",
    .enabled(
      if: SchemaValidator.canCheckJSON("data/schemas/gitlab-code-quality.schema.json"),
      "python3 with jsonschema or the schema is not here"),
    arguments: [false, true])
  func schema(isGated: Bool) throws {
    try SchemaValidator.json(
      OutputFormat.gitlab.render(isGated ? Outage.gated : Outage.report),
      "data/schemas/gitlab-code-quality.schema.json", draft: "Draft7")
  }

  @Test("TAP fails what fails the check and skips what is excused")
  func tap() {
    let lines = Outage.report.text(ReportStyle(failsOn: .error), .tap).split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("not ok ") } == 2, "an error and a file not checked")
    #expect(lines.count { $0.contains(" # SKIP ") } == 3)
  }

  @Test(
    "paths from the root of the repository, whatever was typed",
    arguments: [
      ("a.conf", "svc/a.conf"), ("./a.conf", "svc/a.conf"), ("../b/a.conf", "b/a.conf"),
      ("/repo/x/a.conf", "x/a.conf"), ("/etc/a.conf", "/etc/a.conf"),
      ("../../a.conf", "../../a.conf"), ("/repository/a", "/repository/a"),
    ])
  func paths(typed: String, shown: String) {
    let finding = Finding(
      rule: "a/b", severity: .note, message: "m", path: typed, range: Self.file.range(0..<1))
    let report = Report.of([finding], skipped: [SkippedFile(path: typed, reason: "r")])
      .asSeen(fromRoot: "/repo", folder: "svc")
    #expect(report.findings.first?.path == shown)
    #expect(report.skipped.first?.path == shown)
  }
}

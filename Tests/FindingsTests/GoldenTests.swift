import Findings
import Testing

@Suite("Golden reports")
struct GoldenTests {
  @Test(
    "text looks as agreed",
    arguments: [
      ("report.txt", ReportStyle()), ("color.txt", ReportStyle(color: true)),
      ("narrow.txt", ReportStyle(width: 60)), ("concise.txt", ReportStyle(isConcise: true)),
    ])
  func text(name: String, style: ReportStyle) throws {
    try GoldenFile(name).expect(OutputFormat.text.render(Outage.report, style: style))
  }

  @Test("JSON keeps its fields")
  func json() throws {
    try GoldenFile("report.json").expect(OutputFormat.json.render(Outage.report))
  }

  @Test("SARIF keeps its shape")
  func sarif() throws {
    try GoldenFile("report.sarif.json").expect(OutputFormat.sarif.render(Outage.report))
  }

  @Test(
    "formats of jobs and pages look as agreed",
    arguments: [
      (OutputFormat.junit, "report.junit.xml"), (.github, "report.github.txt"),
      (.gitlab, "report.gitlab.json"), (.tap, "report.tap"), (.markdown, "report.md"),
      (.html, "report.html"),
    ])
  func shown(format: OutputFormat, name: String) throws {
    try GoldenFile(name).expect(format.render(Outage.report))
  }

  @Test(
    "what a gate decided stands in every format",
    arguments: [
      (OutputFormat.text, "gate.txt"), (.json, "gate.json"), (.junit, "gate.junit.xml"),
      (.github, "gate.github.txt"), (.gitlab, "gate.gitlab.json"), (.tap, "gate.tap"),
      (.markdown, "gate.md"), (.html, "gate.html"), (.sarif, "gate.sarif.json"),
    ])
  func decided(format: OutputFormat, name: String) throws {
    try GoldenFile(name).expect(format.render(Outage.gated))
  }

  @Test("a format ends with one line feed, twice alike", arguments: OutputFormat.allCases)
  func stable(format: OutputFormat) {
    let bytes = format.render(Outage.report)
    #expect(bytes.last == UInt8(ascii: "\n"))
    #expect(!bytes.suffix(2).elementsEqual("\n\n".utf8))
    #expect(bytes == format.render(Outage.report))
  }

  @Test("no format ever shows a secret or an escape character", arguments: OutputFormat.allCases)
  func secrets(format: OutputFormat) {
    let text = Outage.report.text(ReportStyle(), format)
    #expect(!text.contains("correct horse"))
    #expect(!text.contains("s3cret"))
    #expect(!text.contains("\u{1B}"))
  }
}

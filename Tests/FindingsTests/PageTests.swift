import Findings
import Syntax
import Testing

@Suite("Pages")
struct PageTests {
  private static let file = FixtureFile("a.conf", String(repeating: "key value\n", count: 4_000))

  private static func report(_ count: Int) -> Report {
    .of(
      (0..<count).map { index in
        Finding(
          rule: "a/b", severity: .warning, message: "message \(index)", path: "a.conf",
          range: SourceRange(
            start: SourcePosition(line: index + 1, column: 1, offset: 10 * index),
            end: SourcePosition(line: index + 1, column: 4, offset: 10 * index + 3)),
          why: "reason")
      }, files: [file])
  }

  @Test("a comment stays below GitHub's limit and says how much it leaves out")
  func comment() {
    let text = Self.report(2_000).text(ReportStyle(), .markdown)
    #expect(text.utf8.count < 65_536)
    #expect(text.hasPrefix("<!-- headgate report -->\n### Headgate: 2000 warnings\n"))
    let shown = text.split(separator: "\n").count { $0.hasPrefix("**warning**") }
    #expect(shown > 100)
    #expect(text.contains("… and \(2_000 - shown) more findings"))
  }

  @Test("the summary of a step stays below 1 MiB")
  func summary() {
    let bytes = Self.report(4_000).stepSummary()
    #expect(bytes.count < 1_048_576)
    #expect(bytes.count > 500_000)
  }

  @Test(
    "prose stays prose, names become code",
    arguments: [
      ("pool holds 5 connections, not 10", "pool holds 5 connections, not 10"),
      ("set $host and proxy_pass here", "set `$host` and `proxy_pass` here"),
      ("ask @team", "ask `@team`"), ("see #12 or GH-12", "see `#12` or `GH-12`"),
      ("a `b` c", "a `b` c"), ("a `b`c d", "a `` `b`c `` d"),
      ("well-known (really): \"yes\"", "well-known (really): \"yes\""),
      ("www.example.com ends.", "`www.example.com` ends."), ("deadbeef1", "`deadbeef1`"),
    ])
  func prose(message: String, shown: String) {
    let finding = Finding(
      rule: "a/b", severity: .note, message: message, path: "a.conf",
      range: Self.file.range(0..<1))
    let text = Report.of([finding]).text(ReportStyle(), .markdown)
    #expect(text.contains("\\\n\(shown)\n"))
  }

  @Test("the page loads and runs nothing")
  func selfContained() {
    let page = Outage.gated.text(ReportStyle(), .html)
    for sign in ["<script", "<img", "<link", "@import", "url(", " src=", "<iframe"] {
      #expect(!page.contains(sign))
    }
    #expect(page.contains("default-src 'none'"))
  }

  @Test("only addresses of the web become links")
  func links() {
    let finding = Finding(
      rule: "a/b", severity: .note, message: "m", path: "a.conf", range: Self.file.range(0..<1))
    let rule = RuleSummary(
      id: "a/b", title: "t", severity: .note, why: "w",
      references: ["javascript:alert(1)", "https://example.com/?a=1&b=\"2\"", "file:///etc/x"])
    let page = Report.of([finding], files: [Self.file], rules: [rule]).text(ReportStyle(), .html)
    #expect(page.contains("href=\"https://example.com/?a=1&amp;b=&quot;2&quot;\""))
    #expect(!page.contains("javascript:"))
    #expect(!page.contains("file:///"))
  }
}

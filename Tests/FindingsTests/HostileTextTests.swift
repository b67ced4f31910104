import Findings
import Syntax
import Testing

/// What a stranger may put into names, values and messages to steer whoever shows them.
private let hostile = [
  "\u{1B}[31mred\u{1B}[0m", "\u{1B}]52;c;aGVsbG8=\u{07}", "\u{9B}2J", "a\u{202E}b\u{2066}",
  "::error file=x::gone", "x\n::stop-commands::token", "x\r\n::add-mask::a", "%0A::error::x",
  "##[add-path]/tmp", "##vso[task.setvariable variable=a]b", "##teamcity[buildStatus]",
  "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onload='alert(1)",
  "]]><failure/>", "<!-- x --> -->", "&amp;&#x3c;b&#x3e;", "</pre></article></main>",
  "@everyone", "#1 !1 $1 %1 ~1 &1", "![x](https://example.com/beacon.png)",
  "[a](javascript:alert(1))", "`code` ``more`` ```\nfence\n```", "/merge", "x\n/close",
  "https://example.com/x www.example.com a@example.com", "| a | b |", "<details><summary>",
  "ok 1 # SKIP", "not ok\n1..0", "  ---\n  x: y", "=cmd|' /C calc'!A0", "a\u{0}b\u{1}c\u{7F}",
  "a\u{FFFE}\u{FFFF}b", "\u{2028}\u{2029}", "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
]

@Suite("Hostile text")
struct HostileTextTests {
  private static func report(_ text: String) -> Report {
    let file = FixtureFile("f", "key = \(text)\nother\n")
    let place = file.range(of: "key")
    var finding = Finding(
      rule: "a/\(text)", severity: .error, message: text, path: text, range: place,
      related: [RelatedLocation(path: text, range: place, message: text)], why: text, help: text,
      fix: Fix(
        description: text, safety: .unsafe, edits: [file.edit("key", to: "k\(text)")]),
      fingerprint: text)
    finding.excuse = Excuse(reason: text, owner: text, ticket: text, expires: text, isExpired: true)
    var waived = finding
    waived.status = .waived
    let source = SourceText(path: text, bytes: file.source.bytes)
    var report = Report(
      findings: [finding, waived], sources: [text: source, "f": file.source], fileCount: 2,
      ruleCount: 1, skipped: [SkippedFile(path: text, reason: text)], undecided: [finding],
      assumptions: [Assumption(path: text, text: text)], policyDigest: "00", toolVersion: "1",
      rules: [
        RuleSummary(
          id: "a/\(text)", title: text, severity: .error, why: text, help: text,
          references: [text])
      ])
    report.decision = Decision(reasons: [
      Decision.Reason(code: "unrecorded", text: text, path: text, isBlocking: true)
    ])
    return report
  }

  private static func lines(_ format: OutputFormat, _ text: String) -> [Substring] {
    report(text).text(ReportStyle(isJobLog: true), format)
      .split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test("no format lets a control character through", arguments: hostile, OutputFormat.allCases)
  func controls(text: String, format: OutputFormat) {
    for scalar in Self.report(text).text(ReportStyle(), format).unicodeScalars {
      let isHidden: Bool =
        switch scalar.properties.generalCategory {
        case .control: scalar != "\n"
        case .format, .lineSeparator, .paragraphSeparator, .unassigned: true
        default: false
        }
      #expect(!isHidden, "\(format): U+\(String(scalar.value, radix: 16))")
    }
  }

  @Test("no line of a log is somebody else's command", arguments: hostile, OutputFormat.allCases)
  func commands(text: String, format: OutputFormat) {
    for line in Self.lines(format, text) {
      let start = line.drop { $0 == " " || $0 == "\t" }
      if start.hasPrefix("::"), !start.hasPrefix("::: ") {
        #expect(format == .github && start.hasPrefix("::error "), "\(line)")
      }
      if format == .text {
        #expect(!line.contains("##["), "\(line)")
        #expect(!line.contains("##vso["), "\(line)")
        #expect(!line.contains("##teamcity["), "\(line)")
      }
    }
  }

  @Test("the properties of an annotation stay ours", arguments: hostile)
  func annotations(text: String) {
    for line in Self.lines(.github, text) where line.hasPrefix("::") {
      let head = line.dropFirst(2).prefix { $0 != ":" }
      let names = head.split(separator: " ", maxSplits: 1).last?.split(separator: ",").map {
        $0.prefix { $0 != "=" }
      }
      let known: Set<Substring> = ["file", "line", "endLine", "col", "endColumn", "title"]
      #expect(Set(names ?? []).isSubset(of: known), "\(line)")
    }
  }

  @Test("HTML has the elements of the page and no others", arguments: hostile)
  func elements(text: String) {
    let page = Self.report(text).text(ReportStyle(), .html)
    let plain = Self.report("plain").text(ReportStyle(), .html)
    // As many as there are links of a rule and lines of a fix.
    let several: Set<Substring> = ["a", "/a", "ul", "/ul", "li", "/li", "ins", "/ins"]
    func tags(_ text: String) -> [Substring] {
      text.split(separator: "<").dropFirst().map { $0.prefix { !" >\n".contains($0) } }
        .filter { !several.contains($0) }
    }
    #expect(tags(page) == tags(plain))
    #expect(!page.contains("href=\"javascript"))
    #expect(page.filter { $0 == "\"" }.count % 2 == 0)
  }

  @Test("JUnit has the elements of its schema and no others", arguments: hostile)
  func junit(text: String) throws {
    let bytes = Self.report(text).text(ReportStyle(), .junit).bytes
    let document = XMLDocument(SourceText(path: "r.xml", bytes: bytes))
    let root = try #require(document.root)
    #expect(document.errors.isEmpty)
    #expect(Set(root.descendants.map(\.name)).isSubset(of: JUnitTests.elements))
    #expect(root.descendants.count { $0.name == "failure" } == 2)
  }

  @Test("JSON formats can be read back", arguments: hostile, [OutputFormat.json, .sarif, .gitlab])
  func json(text: String, format: OutputFormat) {
    let source = SourceText(path: "r", bytes: Self.report(text).text(ReportStyle(), format).bytes)
    #expect(JSONDocument(source).root != nil)
  }

  @Test("nothing outside code in Markdown calls, links or loads", arguments: hostile)
  func markdown(text: String) {
    for line in MarkdownLines(Self.report(text).text(ReportStyle(), .markdown)).outsideBlocks {
      let rest = MarkdownLines.withoutCode(line)
      for sign in ["@", "](", "![", "://", "www.", "/merge", "/close", "#1", "!1", "$1", "~1"] {
        #expect(!rest.contains(sign), "\(line)")
      }
      let tags = rest.split(separator: "<").dropFirst().map { $0.prefix { $0 != ">" } }
      let ours: Set<Substring> = [
        "!-- headgate report --", "details", "/details", "summary", "/summary",
      ]
      #expect(Set(tags).isSubset(of: ours), "\(line)")
    }
  }

  @Test("TAP has as many tests as it plans, and none is skipped by its name", arguments: hostile)
  func tap(text: String) throws {
    let lines = Self.lines(.tap, text)
    let plans = lines.filter { $0.hasPrefix("1..") }
    let tests = lines.filter { $0.hasPrefix("ok ") || $0.hasPrefix("not ok ") }
    #expect(plans == ["1..\(tests.count)"])
    #expect(tests.count { $0.contains(" # SKIP ") } == 2)
  }
}

extension String {
  fileprivate var bytes: [UInt8] { Array(utf8) }
}

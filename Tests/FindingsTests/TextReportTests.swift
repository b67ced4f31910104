import Findings
import Syntax
import Testing

@Suite("Text report")
struct TextReportTests {
  /// The block of one finding that underlines `value`, frame included.
  private func block(_ file: FixtureFile, _ range: SourceRange, width: Int = 100) -> [String] {
    let finding = Finding(
      rule: "area/defect", severity: .error, message: "m", path: file.source.path, range: range)
    return Report.of([finding], files: [file]).text(ReportStyle(width: width))
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test(
    "carets stand under the value",
    arguments: [
      ("a=1", "1", "1 | a=1", "  |   ^"),
      ("a\t=\t12", "12", "1 | a   =   12", "  |         ^^"),
      ("größe=5", "5", "1 | größe=5", "  |       ^"),
      ("大きさ=5", "5", "1 | 大きさ=5", "  |        ^"),
      ("a=大小", "大小", "1 | a=大小", "  |   ^^^^"),
      ("e\u{301}=5", "5", "1 | e\u{301}=5", "  |   ^"),
      ("a=\u{1B}[2J5", "5", #"1 | a=\u{1b}[2J5"#, "  |            ^"),
      ("a=5\r", "5", "1 | a=5", "  |   ^"),
    ])
  func carets(text: String, value: String, line: String, marks: String) {
    let file = FixtureFile("f", text + "\n")
    let lines = block(file, file.range(of: value))
    #expect(lines[3] == line)
    #expect(lines[4] == marks)
  }

  @Test("bytes that are not UTF-8 are shown as replacement characters and keep carets in place")
  func invalidUTF8() {
    let file = FixtureFile("f", bytes: [0x61, 0xFF, 0xE4, 0x3D, 0x35])
    let lines = block(file, file.range(4..<5))
    #expect(lines[3] == "1 | a\u{FFFD}\u{FFFD}=5")
    #expect(lines[4] == "  |     ^")
  }

  @Test("an empty place, a line's end and a file's end get one caret", arguments: [0, 3, 4])
  func emptyRange(offset: Int) {
    let file = FixtureFile("f", "a=1\n")
    let lines = block(file, file.range(offset..<offset))
    #expect(lines.contains { $0.hasSuffix("^") && $0.filter { $0 == "^" }.count == 1 })
  }

  @Test("a value over several lines is underlined to the end of its first")
  func severalLines() {
    let file = FixtureFile("f", "a: {b\n c}\n")
    #expect(block(file, file.range(of: "{b\n c}"))[4] == "  |    ^^")
  }

  @Test(
    "a long line is cut around the value and never wider than the terminal",
    arguments: [0, 50, 5_000, 99_990])
  func window(position: Int) {
    let text =
      String(repeating: "x", count: position) + "VALUE"
      + String(repeating: "y", count: 100_000 - position)
    let file = FixtureFile("f", text)
    let lines = block(file, file.range(of: "VALUE"), width: 80)
    #expect(lines[3].contains("VALUE"))
    #expect(lines[3].count <= 80)
    #expect(lines[3].hasPrefix("1 | …") == (position > 80))
    let value = lines[3].prefix { $0 != "V" }.count
    #expect(lines[4] == "  |" + String(repeating: " ", count: value - 3) + "^^^^^")
  }

  @Test("many findings on one long line are each shown in their place")
  func manyOnOneLine() {
    let text = String(repeating: "password=x size=5 ", count: 10_000)
    let file = FixtureFile("f", text)
    let findings = (0..<100).map { index in
      Finding(
        rule: "area/defect", severity: .note, message: "m", path: "f",
        range: file.range((index * 18 + 16)..<(index * 18 + 17)))
    }
    let report = Report.of(findings, files: [file])
    #expect(report.text().contains("100 notes"))
    #expect(report.text(ReportStyle(), .sarif).contains("\"startColumn\": 1799"))
  }

  @Test("without its file a finding still has its place")
  func noSource() {
    let place = SourceRange(
      start: SourcePosition(line: 7, column: 3, offset: 90),
      end: SourcePosition(line: 7, column: 4, offset: 91))
    let finding = Finding(
      rule: "a/b", severity: .warning, message: "m", path: "gone.conf", range: place,
      related: [RelatedLocation(path: "also.conf", range: place, message: "here")])
    let text = Report.of([finding], fileCount: 1).text()
    #expect(text.contains(" --> gone.conf:7:3\n"))
    #expect(text.contains(" ::: also.conf:7:3: here\n"))
  }

  @Test("a reason is told once for each rule, and syntax errors have no page to explain them")
  func reasons() {
    let file = FixtureFile("f", "a=1\nb=2\n")
    func finding(_ rule: String, _ value: String) -> Finding {
      Finding(
        rule: rule, severity: .error, message: "m", path: "f", range: file.range(of: value),
        why: "because")
    }
    let text = Report.of(
      [finding("a/b", "1"), finding("a/b", "2"), finding("syntax/ini", "2")], files: [file]
    ).text()
    #expect(text.split(separator: "= why: because").count == 3)
    #expect(text.split(separator: "= docs: ").count == 2)
  }

  @Test(
    "the last line says what was done, also when that is nothing",
    arguments: [
      (Report.of(fileCount: 6), "no issues in 6 files, checked with 34 rules\n"),
      (Report.of(fileCount: 1, ruleCount: 1), "no issues in 1 file, checked with 1 rule\n"),
      (Report.of(fileCount: 0), "nothing was checked: no file was read\n"),
      (Report.of(fileCount: 3, ruleCount: 0), "nothing was checked: no rule is in force\n"),
      (
        Report.of(fileCount: 0, skipped: [SkippedFile(path: "a", reason: "is a directory")]),
        """
        could not check 1 file
          a: is a directory

        nothing was checked: no file was read; 1 not checked

        """
      ),
    ])
  func summary(report: Report, expected: String) {
    #expect(report.text() == expected)
  }

  @Test("rules that wait for one cause are one line, with the first place and a few names")
  func causes() {
    let file = FixtureFile("nginx.conf", "a;\nb;\n")
    func undecided(_ rule: String, _ word: String, _ cause: String) -> Finding {
      Finding(
        rule: rule, severity: .warning, message: cause, path: file.source.path,
        range: file.range(of: word))
    }
    let cause = "\"x.conf\" was not read and may decide it"
    let report = Report.of(
      files: [file],
      undecided: [
        undecided("n/one", "a", cause), undecided("n/two", "a", cause),
        undecided("n/other", "a", "nobody knows"), undecided("n/one", "b", cause),
        undecided("n/three", "b", cause), undecided("n/four", "b", cause),
        undecided("n/five", "b", cause),
      ])
    let lines = report.text().split(separator: "\n").filter { $0.hasPrefix("  ") }
    #expect(
      lines == [
        "  nginx.conf:1:1 and 1 more place: \(cause): n/one, n/two, n/three, n/four and 1 more rule",
        "  nginx.conf:1:1: n/other: nobody knows",
      ])
    #expect(report.text().contains("could not decide 7 rules"))
  }

  // An accent takes the way that looks at every letter.
  @Test("plain text is wrapped as any other is", arguments: [40, 64, 100])
  func wrapping(width: Int) {
    func report(_ last: String) -> String {
      let long = String(repeating: "verylong", count: 12)
      let words = "the first word\nis  followed by another\tone \(long) x"
      let file = FixtureFile("a.conf", "listen 80;\n")
      let finding = Finding(
        rule: "area/defect", severity: .note, message: "m", path: "a.conf",
        range: file.range(of: "80"), why: words + last, help: words + " " + words + last)
      return Report.of([finding], files: [file]).text(ReportStyle(width: width))
    }
    #expect(report("e") == report("é").replacing("é", with: "e"))
  }

  @Test(
    "a plain line is shown as any other is",
    arguments: [0..<0, 0..<3, 4..<9, 9..<12, 12..<12, 10..<70], [40, 60, 100])
  func windows(focus: Range<Int>, width: Int) {
    func shown(_ last: String) -> [String] {
      let text = "listen 80 " + String(repeating: "b", count: 60)
      let file = FixtureFile("a.conf", "first;\n" + text + last + ";\n")
      return block(file, file.range(focus.lowerBound + 7..<focus.upperBound + 7), width: width)
    }
    #expect(shown("e") == shown("é").map { $0.replacing("é", with: "e") })
  }

  @Test("nothing from outside reaches the terminal as a command")
  func injection() {
    let evil = "\u{1B}]52;c;x\u{7}\u{9B}2J\u{202E}\u{2066}\u{200B}\n"
    let file = FixtureFile("f\(evil)", "v=5 \(evil)")
    let place = file.range(of: "5")
    let fix = Fix(description: evil, safety: .safe, edits: [file.edit("5", to: evil)])
    let finding = Finding(
      rule: "a/b\(evil)", severity: .error, message: evil, path: file.source.path, range: place,
      related: [RelatedLocation(path: file.source.path, range: place, message: evil)],
      why: evil, help: evil, fix: fix)
    let report = Report.of(
      [finding], files: [file], skipped: [SkippedFile(path: evil, reason: evil)],
      undecided: [finding])
    for style in [ReportStyle(), ReportStyle(isConcise: true)] {
      let shown = report.text(style).unicodeScalars
      let bad = shown.filter { $0 != "\n" && ($0.value < 0x20 || (0x7F...0x9F).contains($0.value)) }
      #expect(bad.isEmpty)
      #expect(!shown.contains { ["\u{202E}", "\u{2066}", "\u{200B}"].contains($0) })
    }
    #expect(report.text().contains(#"\u{1b}]52;c;x\u{7}\u{9b}2J\u{202e}\u{2066}\u{200b}\u{a}"#))
  }
}

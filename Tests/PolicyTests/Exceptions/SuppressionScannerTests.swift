import Findings
import Policy
import Syntax
import Testing

@Suite("Suppressions in files")
struct SuppressionScannerTests {
  private func scan(_ text: String, _ style: CommentStyle) -> SuppressionScanner? {
    SuppressionScanner(SourceText(path: "file", text: text), style: style)
  }

  @Test(
    "a comment speaks of its own line, or of the next one with content",
    arguments: [
      ("a 1; # headgate: ignore[x/y] why\n", CommentStyle.hash, 1),
      ("# headgate: ignore[x/y] why\n\n# another\na 1;\n", .hash, 4),
      ("a=1\n; headgate: ignore[x/y] why\nb=2\n", .ini, 3),
      ("! headgate: ignore[x/y] why\na=1\n", .properties, 2),
      ("<a/> <!-- headgate: ignore[x/y] why -->\n", .xml, 1),
      ("<!-- headgate: ignore[x/y] why -->\n<a>\n", .xml, 2),
      ("url = \"x\" // headgate: ignore[x/y] why\n", .slashes, 1),
      ("a: 'it''s # no'  # headgate: ignore[x/y] why\n", .hash, 1),
    ])
  func lines(text: String, style: CommentStyle, line: Int) throws {
    let scanner = try #require(scan(text, style))
    #expect(scanner.mistakes.isEmpty)
    let suppression = try #require(scanner.suppressions.first)
    #expect(scanner.suppressions.count == 1)
    #expect(suppression.scope == .line(line))
    #expect(suppression.reason == "why")
    #expect(suppression.covers("x/y", line: line))
    #expect(!suppression.covers("x/y", line: line + 1) && !suppression.covers("x/z", line: line))
  }

  @Test(
    "the words in a value, or in another program's comment, are nothing",
    arguments: [
      ("a = \"# headgate: ignore[x/y] why\"\n", CommentStyle.hash),
      ("a=1 # headgate: ignore[x/y] why\n", .properties),
      ("a#headgate: ignore[x/y] why\n", .hash),
      ("# see headgate: ignore[x/y] why\n", .hash),
      ("# headgate: nginx=1.24.0 context=server\n", .hash),
      ("# headgate: checked by the team\n", .hash),
    ])
  func none(text: String, style: CommentStyle) throws {
    let scanner = try #require(scan(text, style))
    #expect(scanner.suppressions.isEmpty && scanner.mistakes.isEmpty)
  }

  @Test("most files are not looked at")
  func mention() { #expect(scan("a 1; # ignore[x/y] why\n", .hash) == nil) }

  @Test("blocks end where they are ended, or with the file")
  func blocks() throws {
    let text = """
      # headgate: ignore-start[x/y] outer
      # headgate: ignore-start[x/z] inner
      a
      # headgate: ignore-end[x/y]
      b
      # headgate: ignore-end[q/r]
      """
    let scanner = try #require(scan(text, .hash))
    #expect(scanner.suppressions.map(\.scope) == [.lines(1...4), .lines(2...6)])
    #expect(scanner.mistakes.map(\.kind) == [.malformed])
  }

  @Test("one comment may name several rules")
  func several() throws {
    let scanner = try #require(scan("# headgate: ignore[x/y, x/z]: why\na\n", .hash))
    #expect(scanner.suppressions.first?.rules == ["x/y", "x/z"])
  }

  @Test("any bytes are scanned to the end")
  func noise() {
    var generator = SystemRandomNumberGenerator()
    let pieces = ["headgate:", " ignore", "[", "]", "#", "\n", "\\", "\"", "'", "<!--", "-->", "x"]
    for _ in 0..<2_000 {
      let text =
        "headgate:"
        + (0..<20).map { _ in
          pieces[Int.random(in: 0..<pieces.count, using: &generator)]
        }.joined()
      for style in [CommentStyle.hash, .ini, .xml, .slashes] { _ = scan(text, style) }
    }
  }
}

@Suite("Baselines")
struct BaselineFileTests {
  @Test("what is written is read again, one line an entry")
  func roundTrip() throws {
    let start = SourcePosition(line: 1, column: 1, offset: 0)
    let findings = ["b", "a\"\n"].map { name in
      Finding(
        rule: "x/y", severity: .error, message: "says \(name)", path: name,
        range: SourceRange(start: start, end: start), fingerprint: "f\(name.count)")
    }
    let baseline = Baseline(adopting: findings, rootPath: { $0 })
    let text = String(decoding: baseline.bytes, as: UTF8.self)
    #expect(text.split(separator: "\n").count == 7, "\(text)")
    let read = try Baseline(reading: SourceText(path: "b.json", bytes: baseline.bytes))
    #expect(read == baseline)
    #expect(read.contains("f1") && !read.contains("f9"))
    #expect(Baseline([]).bytes == Array("{\n  \"version\": 1,\n  \"findings\": []\n}\n".utf8))
  }
}

import Syntax
import Testing

@Suite("HAProxy document")
struct HAProxyDocumentTests {
  private func read(_ text: String) -> HAProxyDocument {
    HAProxyDocument(SourceText(path: "haproxy.cfg", text: text))
  }

  /// Each section's own line and its lines, the words in bars.
  private func outline(_ document: HAProxyDocument) -> [String] {
    document.sections.flatMap { section in
      ([section.header] + section.lines).enumerated().map { index, line in
        (index == 0 ? "" : " ") + line.words.map(\.text).joined(separator: "|")
          + (line.isConditional ? "?" : "")
      }
    }
  }

  @Test(
    "splits sections, lines and words",
    arguments: [
      ("global#c\n maxconn 10 # d\n", ["global", " maxconn|10"]),
      ("  frontend   x\nbind :80\r\n\n", ["frontend|x", " bind|:80"]),
      ("backend b from d\n", ["backend|b|from|d"]),
      ("listen x\n a \"b c\" 'd\\n\"' e\\ f\\# g\"h\"i", ["listen|x", " a|b c|d\\n\"|e f#|ghi"]),
      ("listen x\n a \\x41\\t|\n", ["listen|x", " a|A\t|"]), ("", []), ("# x\n", []),
      (
        "global\n.if defined(X)\n maxconn 1\n.else\n maxconn 2\n.endif\n nbthread 4\n",
        ["global", " maxconn|1?", " maxconn|2?", " nbthread|4"]
      ),
    ] as [(String, [String])])
  func structure(text: String, expected: [String]) {
    let document = read(text)
    #expect(document.errors == [])
    #expect(outline(document) == expected)
  }

  @Test("variables are those in double quotes, and sections have names and bases")
  func words() {
    let document = read("backend b from d\n server a \"$HOST:5432\" '$X' $Y \"\\$Z\"\ndefaults\n")
    let line = document.sections[0].lines[0]
    #expect(line.words.map(\.hasVariable) == [false, false, true, false, false, false])
    #expect(document.sections[0].name == "b")
    #expect(document.sections[0].from?.text == "d")
    #expect(document.sections[1].name == nil)
    #expect(document.source.text(line.words[2].range) == "\"$HOST:5432\"")
  }

  @Test(
    "names the place of a mistake and reads on",
    arguments: [
      ("⟦maxconn⟧ 1\nglobal\n", "a line before the first section"),
      ("global\n a ⟦\"⟧b c\n d\n", "this quote is not closed on its line"),
      ("global\n⟦.if⟧ x\n d\n", "this condition is not closed by .endif"),
      ("global\n⟦.endif⟧\n d\n", "no condition is open here"),
    ])
  func mistakes(marked: String, message: String) throws {
    let (text, range) = try unmark(marked)
    let document = read(text)
    #expect(document.errors.map(\.message) == [message])
    #expect(document.errors.first?.range == range)
    #expect(document.sections.count == 1)
  }

  @Test("anything is read without a crash, and every place lies in the file")
  func robustness() {
    var random = SeededGenerator(seed: 17)
    let pieces = [
      "global", "listen", " ", "\t", "\n", "\r\n", "\"", "'", "\\", "\\x", "\\x4", "#", "a", "$B",
      ".if", ".endif", "é", "\u{0}", "{{", ":80",
    ]
    for _ in 0..<4_000 {
      let text = (0..<Int.random(in: 0...24, using: &random))
        .map { _ in pieces[Int.random(in: pieces.indices, using: &random)] }.joined()
      let document = read(text)
      let size = text.utf8.count
      #expect(document.errors.allSatisfy { $0.range.upperBound <= size })
      for section in document.sections {
        for line in [section.header] + section.lines {
          #expect(line.range.upperBound <= size)
          #expect(line.words.allSatisfy { !$0.range.isEmpty })
        }
      }
    }
  }
}

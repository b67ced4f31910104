import Syntax
import Testing

@Suite("libconfig document")
struct LibconfigDocumentTests {
  private func read(_ text: String) -> LibconfigDocument {
    LibconfigDocument(SourceText(path: "proxysql.cnf", text: text))
  }

  /// A value as one text.
  private func text(_ node: LibconfigNode) -> String {
    switch node.content {
    case .boolean(let value): String(value)
    case .integer(let value): String(value)
    case .long(let value): "\(value)L"
    case .float(let value): value.description
    case .string(let text): "'\(text)'"
    case .group:
      "{" + node.settings.map { "\($0.name):\(text($0.value))" }.joined(separator: ",") + "}"
    case .list: "(" + node.elements.map { text($0) }.joined(separator: ",") + ")"
    case .array: "[" + node.elements.map { text($0) }.joined(separator: ",") + "]"
    case .unread: "?"
    }
  }

  @Test(
    "reads settings and values of every kind",
    arguments: [
      ("a = 1; b : 2, c=3", "{a:1,b:2,c:3}"), ("a = 1 b = 2", "{a:1,b:2}"),
      ("a = 0x1F\nb = -7\nc = 5000000000\nd = 7L", "{a:31,b:-7,c:5000000000L,d:7L}"),
      ("a = 1.5 b = 1e3 c = -.5", "{a:1.5,b:1000.0,c:-0.5}"),
      ("a = TRUE b = false", "{a:true,b:false}"),
      ("a = \"x\" \"y\\n\\x41\\\"\"", "{a:'xy\nA\"'}"),
      ("a=\n{\n b=1\n}\nc:\n(\n)\n", "{a:{b:1},c:()}"),
      ("a = ( { x = 1 }, { x = 2 } , (1, \"z\") )", "{a:({x:1},{x:2},(1,'z'))}"),
      ("a = [1, 2,]", "{a:[1,2]}"), ("# c\n// d\n/* e\n */ a = 1 # f", "{a:1}"),
      ("a-b_*9 = 1", "{a-b_*9:1}"), ("", "{}"),
    ])
  func structure(source: String, expected: String) {
    let document = read(source)
    #expect(document.errors == [])
    #expect(text(document.root) == expected)
  }

  @Test(
    "names the place of a mistake and reads on",
    arguments: [
      ("a ⟦1⟧\nb = 2", "= or : is expected behind a", "{b:2}"),
      ("a = ⟦;⟧\nb = 2", "a value is expected here", "{a:?,b:2}"),
      ("a = ⟦yes⟧\nb = 2", "a value is expected here", "{a:?,b:2}"),
      ("a = 1\n⟦a⟧ = 2", "a is there twice", "{a:1,a:2}"),
      ("a = ⟦(⟧ 1, 2", "this bracket is not closed", "{a:(1,2)}"),
      ("a = ( { x = 1 } ⟦{⟧ x = 2 } )", "a comma is expected here", "{a:({x:1},{x:2})}"),
      ("⟦}⟧ a = 1", "this closes nothing", "{a:1}"),
      ("a = ⟦\"⟧x", "this quote is not closed", "{a:'x'}"),
      ("⟦/*⟧ a = 1", "this comment is not closed", "{}"),
      ("⟦1⟧\na = 1", "the name of a setting is expected here", "{a:1}"),
    ])
  func mistakes(marked: String, message: String, expected: String) throws {
    let (source, range) = try unmark(marked)
    let document = read(source)
    #expect(document.errors.first?.message == message)
    #expect(document.errors.first?.range == range)
    #expect(text(document.root) == expected)
  }

  @Test("included files are named")
  func includes() {
    let document = read("@include \"users.cfg\"\na = 1\n")
    #expect(document.errors == [])
    #expect(document.includes.map(\.target) == ["users.cfg"])
  }

  @Test("anything is read without a crash, and every place lies in the file")
  func robustness() {
    var random = SeededGenerator(seed: 13)
    let pieces = [
      "{", "}", "(", ")", "[", "]", "a", "=", ":", ";", ",", "\"", "\\", "\\x4", "1", "0x", "L",
      "-", ".", "#", "//", "/*", "*/", "@include", "\n", " ", "é", "\u{0}", "true",
    ]
    func check(_ node: LibconfigNode, _ size: Int, _ depth: Int) {
      #expect(node.range.upperBound <= size)
      guard depth < 8 else { return }
      for setting in node.settings { check(setting.value, size, depth + 1) }
      for element in node.elements { check(element, size, depth + 1) }
    }
    for _ in 0..<4_000 {
      let source = (0..<Int.random(in: 0...24, using: &random))
        .map { _ in pieces[Int.random(in: pieces.indices, using: &random)] + " " }.joined()
      let document = read(source)
      #expect(document.errors.allSatisfy { $0.range.upperBound <= source.utf8.count })
      check(document.root, source.utf8.count, 0)
    }
  }

  @Test("deep and long files are read in linear time", .timeLimit(.minutes(15)))
  func size() {
    #expect(!read("a = " + String(repeating: "(", count: 100_000)).errors.isEmpty)
    #expect(!read("a = " + String(repeating: "{a=", count: 100_000)).errors.isEmpty)
    #expect(!read(String(repeating: "}", count: 100_000)).errors.isEmpty)
    let settings = (0..<100_000).map { "k\($0) = \($0)\n" }.joined()
    #expect(read(settings).root.settings.count == 100_000)
  }
}

import Syntax
import Testing

@Suite("TOML document")
struct TOMLDocumentTests {
  private func read(_ text: String) -> TOMLDocument {
    TOMLDocument(SourceText(path: "pgcat.toml", text: text))
  }

  /// A value as one text.
  private func text(_ node: TOMLNode) -> String {
    switch node.content {
    case .string(let text): "'\(text)'"
    case .integer(let value): String(value)
    case .float(let value): value.description
    case .boolean(let value): String(value)
    case .dateTime(let text): text
    case .array: "[" + node.elements.map { text($0) }.joined(separator: ",") + "]"
    case .table:
      "{" + node.members.map { "\($0.name):\(text($0.value))" }.joined(separator: ",") + "}"
    case .unread: "?"
    }
  }

  @Test(
    "reads tables and keys of every form",
    arguments: [
      ("a = 1\nb.c = 2\nb.d = 3\n", "{a:1,b:{c:2,d:3}}"),
      ("[a]\nx=1\n[a.b]\ny=2\n[c]\n", "{a:{x:1,b:{y:2}},c:{}}"),
      ("[a.b]\n[a]\nx=1", "{a:{b:{},x:1}}"), ("[[p]]\nx=1\n[[p]]\nx=2\n", "{p:[{x:1},{x:2}]}"),
      ("[[p]]\n[p.q]\nx=1\n[[p]]\n[p.q]\nx=2\n", "{p:[{q:{x:1}},{q:{x:2}}]}"),
      ("\"a b\".'c.d' = 1", "{a b:{c.d:1}}"), ("[ a . b ]\nc-_1 = 1", "{a:{b:{c-_1:1}}}"),
      ("a = {x = 1, y.z = [1, 2]}", "{a:{x:1,y:{z:[1,2]}}}"), ("a = {}", "{a:{}}"),
      ("a = [ # c\n 1,\n [2, 3], # d\n]\n", "{a:[1,[2,3]]}"), ("# c\n\r\n a=1 # d", "{a:1}"),
      ("\u{FEFF}a = 1\r\nb = 2", "{a:1,b:2}"), ("", "{}"),
    ])
  func structure(source: String, expected: String) {
    let document = read(source)
    #expect(document.errors == [])
    #expect(text(document.root) == expected)
  }

  @Test(
    "reads values of every kind",
    arguments: [
      ("\"a\\n\\u00e9\\\"\"", "'a\né\"'"), ("'a\\n'", "'a\\n'"), ("\"\"", "''"),
      ("\"\"\"\na\n  \"b\" \\\n   c\"\"\"", "'a\n  \"b\" c'"), ("'''\na\\'b''''", "'a\\'b''"),
      ("0", "0"), ("+15", "15"), ("-1_000", "-1000"), ("0xFf", "255"), ("0o17", "15"),
      ("0b101", "5"), ("1.5", "1.5"), ("-1e3", "-1000.0"), ("6.6e-3", "0.0066"), ("inf", "inf"),
      ("true", "true"), ("1979-05-27T07:32:00Z", "1979-05-27T07:32:00Z"),
      ("1979-05-27 07:32:00.5", "1979-05-27 07:32:00.5"), ("07:32:00", "07:32:00"),
      ("1979-05-27", "1979-05-27"),
    ])
  func values(source: String, expected: String) {
    let document = read("a = \(source) # c\nb = 1\n")
    #expect(document.errors == [])
    #expect(document.root["a"].map(text) == expected)
    #expect(document.root["a"].map { document.source.text($0.range) } == source)
    #expect(document.root["b"].map(text) == "1")
  }

  @Test(
    "names the place of a mistake, keeps the key and reads on",
    arguments: [
      ("a = ⟦010⟧\nb = 1", "010 is no value", "{a:?,b:1}"),
      ("a = ⟦1__0⟧\nb = 1", "1__0 is no value", "{a:?,b:1}"),
      ("a = ⟦yes⟧\nb = 1", "yes is no value", "{a:?,b:1}"),
      ("a = ⟦{⟧{ x }}\nb = 1", "a key is expected here", "{a:?,b:1}"),
      ("a = 1 ⟦2⟧\nb = 1", "a new line is expected here", "{a:1,b:1}"),
      ("a = 1\n⟦a⟧ = 2\nb = 1", "a is defined twice", "{a:1,b:1}"),
      ("⟦a ⟧\nb = 1", "= and a value are expected here", "{b:1}"),
      ("a = ⟦\"⟧x\nb = 1", "this quote is not closed", "{a:?,b:1}"),
      ("a = \"⟦\\q⟧\"\nb = 1", "no such escape", "{a:?,b:1}"),
      ("⟦[x⟧\ny = 1", "this header is not closed", "{}"),
      ("[a]\nx=1\n⟦[a]⟧\ny=1", "a is defined twice", "{a:{x:1}}"),
      ("a.b = 1\n[a]\n", "a is defined twice", "{a:{b:1}}"),
      ("[a.b]\n[a]\n⟦b⟧.c = 1", "b is defined twice", "{a:{b:{}}}"),
      ("a = {x = 1}\n[⟦a⟧.b]\n", "a is not a table that can be added to", "{a:{x:1}}"),
      ("a = ⟦⟧", "a value is expected here", "{a:?}"),
      ("a = ⟦[⟧1, 2", "this [ is not closed", "{a:?}"),
    ])
  func mistakes(marked: String, message: String, expected: String) throws {
    let isMarked = marked.contains("⟦")
    let (source, range) = isMarked ? try unmark(marked) : (marked, 0..<0)
    let document = read(source)
    #expect(document.errors.first?.message == message)
    if isMarked, message != "a key is expected here" {
      #expect(document.errors.first?.range == range)
    }
    #expect(text(document.root) == expected)
  }

  @Test("anything is read without a crash, and every place lies in the file")
  func robustness() {
    var random = SeededGenerator(seed: 11)
    let pieces = [
      "[", "]", "[[", "]]", "a", "b", ".", " = ", "\"", "'", "\"\"\"", "'''", "\\", "\\u00", "{",
      "}", ",", "#", "\n", "\r\n", "1", "0x", "1979-05-27", "é", "\u{0}", " ",
    ]
    func check(_ node: TOMLNode, _ size: Int, _ depth: Int) {
      #expect(node.range.upperBound <= size)
      guard depth < 8 else { return }
      for member in node.members {
        #expect(member.keyRange.upperBound <= size)
        check(member.value, size, depth + 1)
      }
      for element in node.elements { check(element, size, depth + 1) }
    }
    for _ in 0..<4_000 {
      let source = (0..<Int.random(in: 0...24, using: &random))
        .map { _ in pieces[Int.random(in: pieces.indices, using: &random)] }.joined()
      let document = read(source)
      #expect(document.errors.allSatisfy { $0.range.upperBound <= source.utf8.count })
      check(document.root, source.utf8.count, 0)
    }
  }

  @Test("deep and long files are read in linear time", .timeLimit(.minutes(15)))
  func size() {
    #expect(read("a = " + String(repeating: "[", count: 100_000)).errors.count == 1)
    #expect(read("a = " + String(repeating: "{a=", count: 100_000)).errors.count == 1)
    let dotted = String(repeating: "a.", count: 100_000) + "a = 1\n"
    #expect(read(dotted).errors == [])
    let keys = (0..<100_000).map { "k\($0) = \($0)\n" }.joined()
    #expect(read(keys).root.members.count == 100_000)
    #expect(read(String(repeating: "[[p]]\n", count: 100_000)).errors == [])
    #expect(read(String(repeating: "a = \"\"\"\\ \n", count: 50_000)).errors.count <= 50_000)
  }

  @Test("an edit changes the value and nothing else")
  func editing() throws {
    let document = read("[a]\nx =  10  # ten\n")
    let range = try #require(document.root["a"]?["x"]).range
    let edited = document.source.applying([TextEdit(range: range, replacement: "20")])
    #expect(edited.map { $0.text(0..<$0.bytes.count) } == "[a]\nx =  20  # ten\n")
  }
}

import Syntax
import Testing

@Suite("Properties document")
struct PropertiesDocumentTests {
  private func read(_ text: String) -> PropertiesDocument {
    PropertiesDocument(SourceText(path: "a.properties", text: text))
  }

  @Test(
    "reads keys and values as Properties.load does",
    arguments: [
      ("a=1", ["a": "1"]), ("a = 1 ", ["a": "1 "]), ("a:1", ["a": "1"]), ("a 1", ["a": "1"]),
      ("a\t:\t1", ["a": "1"]), ("a = = 1", ["a": "= 1"]), ("a  =:1", ["a": ":1"]), ("a", ["a": ""]),
      ("a=", ["a": ""]), ("=1", ["": "1"]), ("  a=1", ["a": "1"]), ("\u{C}a=1", ["a": "1"]),
      ("a\\=b=1", ["a=b": "1"]), ("a\\ b 1", ["a b": "1"]), ("a\\:b=\\#x", ["a:b": "#x"]),
      ("a=1\rb=2\r\nc=3\n", ["a": "1", "b": "2", "c": "3"]),
      ("a=1\\\n   2\\\r\n\t3", ["a": "123"]), ("a=x\\\\\nb=2", ["a": "x\\", "b": "2"]),
      ("a=x\\\n\nb=2", ["a": "x", "b": "2"]), ("a=x\\\n#y", ["a": "x#y"]), ("a=x\\", ["a": "x"]),
      ("a=\\\n  \\\n  1", ["a": "1"]), ("a\\\n=1", ["a": "1"]), ("a\\\n  b=1", ["ab": "1"]),
      ("# a=1\n! b=2\n  # c\nd=4", ["d": "4"]), ("# a\\\nb=2", ["b": "2"]),
      ("\\\n# c\na=1", ["a": "1"]), ("\\\n  a=1", ["a": "1"]),
      ("a=1 # no comment", ["a": "1 # no comment"]),
      ("a=\\u0041\\u00e9\\uD83D\\uDE00", ["a": "Aé😀"]),
      ("a=\\q\\t\\n\\f\\r|", ["a": "q\t\n\u{C}\r|"]),
      ("\\u0061=é", ["a": "é"]), ("a=1\na=2", ["a": "2"]), ("", [:]), ("\n\n", [:]), ("\\", [:]),
    ] as [(String, [String: String])])
  func reading(text: String, expected: [String: String]) {
    let document = read(text)
    #expect(document.errors == [])
    let entries = document.entries.map { ($0.key, $0.value) }
    #expect(Dictionary(entries, uniquingKeysWith: { _, last in last }) == expected)
    for (key, value) in expected { #expect(document[key]?.value == value) }
  }

  @Test("keeps repeated keys, and the last one is the one that counts")
  func repeatedKeys() {
    let document = read("a=1\nb=2\na=3\n")
    #expect(document.entries.map(\.key) == ["a", "b", "a"])
    #expect(document["a"]?.value == "3")
  }

  @Test("knows the bytes of key, separator and value over continued lines")
  func ranges() throws {
    let document = read("# c\n  pool\\ size : 1\\\n     0\nlast")
    let entry = try #require(document.entries.first)
    #expect(document.source.text(entry.keyRange) == "pool\\ size")
    #expect(document.source.text(entry.separatorRange) == " : ")
    #expect(document.source.text(entry.valueRange) == "1\\\n     0")
    let last = try #require(document.entries.last)
    #expect(last.separatorRange == last.keyRange.upperBound..<last.keyRange.upperBound)
    #expect(last.valueRange.isEmpty)
  }

  @Test("shows comments, so that document splits can be seen")
  func comments() {
    let document = read("a=1\n#---\nb=2\n ! note\n!---")
    #expect(document.comments.map { document.source.text($0) } == ["#---", "! note", "!---"])
  }

  @Test(
    "names the place of a malformed escape",
    arguments: ["a=⟦\\u⟧", "a=⟦\\u12⟧g4", "a=x⟦\\u004⟧", "⟦\\u⟧=1", "a=⟦\\u00\\\n 4⟧x"])
  func malformedEscape(marked: String) throws {
    let (text, range) = try unmark(marked)
    let errors = read(text).errors
    #expect(errors.map(\.message) == ["malformed \\uxxxx encoding"])
    #expect(errors.first?.range == range)
  }

  @Test("reads Latin-1 and UTF-8 and keeps the bytes of both")
  func encodings() {
    let latin1 = SourceText(path: "-", bytes: [0x61, 0x3D, 0xE9])
    #expect(PropertiesDocument(latin1)["a"]?.value == "é")
    #expect(PropertiesDocument(latin1, encoding: .utf8)["a"]?.value == "\u{FFFD}")
    let utf8 = SourceText(path: "-", text: "a=é")
    #expect(PropertiesDocument(utf8)["a"]?.value == "é")
    #expect(PropertiesDocument(utf8, encoding: .latin1)["a"]?.value == "Ã©")
  }

  @Test(
    "an edited value is read back and nothing else changes",
    arguments: ["10", "", " lead", "= x", "a\\b\n\t", "é€😀", "#1", ":"])
  func editing(value: String) throws {
    for text in ["x=1\na = old\\\n  er\ny=2\n", "x=1\na\ny=2\n", "x=1\na:\ny=2\n"] {
      let document = read(text)
      let edit = document.edit(try #require(document["a"]), to: value)
      let edited = PropertiesDocument(try #require(document.source.applying([edit])))
      #expect(edited["a"]?.value == value)
      #expect(edited.entries.map(\.key) == ["x", "a", "y"])
    }
  }

  @Test("items cover every byte, also of broken files")
  func lossless() {
    var random = SeededGenerator(seed: 3)
    let pieces = [
      "a", "=", ":", " ", "\t", "\\", "\n", "\r\n", "\r", "#", "!", "\\u00", "é", "\u{C}",
    ]
    for _ in 0..<3_000 {
      let text = (0..<Int.random(in: 0...20, using: &random))
        .map { _ in pieces[Int.random(in: pieces.indices, using: &random)] }.joined()
      var bytes = Array(text.utf8)
      if !bytes.isEmpty, Bool.random(using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
      }
      let document = PropertiesDocument(SourceText(path: "-", bytes: bytes))
      #expect(document.items.flatMap { bytes[$0.range] } == bytes)
      for entry in document.entries {
        #expect(entry.keyRange.upperBound == entry.separatorRange.lowerBound)
        #expect(entry.separatorRange.upperBound == entry.valueRange.lowerBound)
      }
    }
  }
}

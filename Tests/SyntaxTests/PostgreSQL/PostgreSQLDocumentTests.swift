import Syntax
import Testing

@Suite("PostgreSQL document")
struct PostgreSQLDocumentTests {
  private func read(_ text: String) -> PostgreSQLDocument {
    PostgreSQLDocument(SourceText(path: "postgresql.conf", text: text))
  }

  @Test(
    "reads keys and values as the server does",
    arguments: [
      ("a = 1", ["a=1"]), ("a 1", ["a=1"]), ("a=1", ["a=1"]), ("A\t=\t1 # c\r\n", ["A=1"]),
      ("# c\n\n  a = on\nb = off # x\n", ["a=on", "b=off"]),
      (
        "a = 4MB\nb = -1\nc = +2s\nd = 0x4F\ne = 0x1Fkb",
        ["a=4MB", "b=-1", "c=+2s", "d=0x4F", "e=0x1Fkb"]
      ),
      ("a = 1.5\nb = .5\nc = 1.\nd = 1.5e-3\ne = .", ["a=1.5", "b=.5", "c=1.", "d=1.5e-3", "e=."]),
      ("a = 'x y'", ["a=x y"]), ("a 'it''s'", ["a=it's"]), ("a = ''", ["a="]), ("a=''''", ["a='"]),
      ("a = 'b\\\\c\\n\\t\\101\\7\\q\\''", ["a=b\\c\n\tA\u{7}q'"]),
      ("myapp.x = 1", ["myapp.x=1"]), ("a = C.UTF-8", ["a=C.UTF-8"]), ("a = /tmp/x:y", []),
      ("a = tmp/x:y", ["a=tmp/x:y"]), ("ä = ö", ["ä=ö"]), ("a = b_1", ["a=b_1"]),
      ("include 'x.conf'\ninclude_dir = conf/d", ["include=x.conf", "include_dir=conf/d"]),
      ("", []), ("#", []),
    ] as [(String, [String])])
  func reading(text: String, expected: [String]) {
    #expect(read(text).entries.map { "\($0.key)=\($0.value)" } == expected)
  }

  @Test(
    "names the token at which the server stops",
    arguments: [
      ("a =", "syntax error near end of line"), ("a = 1_000", "_000"), ("a = 25%", "%"),
      ("a = 1.5GB", "GB"), ("a = 256 MB", "MB"), ("a == 3", "="), ("a = 1e2", "2"),
      ("a = 'x", "'"), ("a = 'x\\", "'"), ("a = \"x\"", "\""), ("a-b = 1", "a-b"), ("1 = 2", "1"),
      ("= 2", "="), ("'a' = 2", "'a'"), ("a.b.c = 1", "a.b.c"), ("a = b.c", "b.c"),
      ("a = /tmp", "/"), ("a = -", "-"), ("a = 1 2", "2"), ("a = (1)", "("), ("a = {{ x }}", "{"),
    ] as [(String, String)])
  func mistakes(text: String, token: String) throws {
    let document = read("x = 1\n" + text + "\nb = 2 # c\n")
    #expect(document.entries.map(\.key) == ["x", "b"])
    let error = try #require(document.errors.first)
    #expect(document.errors.count == 1)
    if token.hasPrefix("syntax") {
      #expect(error.message == token)
      #expect(document.source.text(error.range) == text)
    } else {
      #expect(error.message == "syntax error near token \"\(token)\"")
      #expect(document.source.text(error.range) == token)
    }
  }

  @Test("knows the bytes of keys and values")
  func ranges() throws {
    let document = read("  work_mem = '4 MB'  # c\n")
    let entry = try #require(document.entries.first)
    #expect(document.source.text(entry.keyRange) == "work_mem")
    #expect(document.source.text(entry.valueRange) == "'4 MB'")
    #expect(entry.isQuoted)
  }

  @Test("tells include directives from settings, in any case")
  func includes() {
    let document = read("include 'a'\nInclude_If_Exists b\nINCLUDE_DIR 'c'\nincluded = d\n")
    #expect(document.entries.map(\.include) == [.file, .fileIfExists, .directory, nil])
  }

  @Test(
    "an edited value is read back, quoted where it must be",
    arguments: [
      ("a = 1 # c", "64MB", "a = 64MB # c"), ("a = 1", "x y", "a = 'x y'"), ("a = 1", "", "a = ''"),
      ("a '1'", "2", "a '2'"), ("a = 1", "it's\\", "a = 'it''s\\\\'"),
      ("a = 1", "b.c", "a = 'b.c'"),
    ])
  func editing(text: String, value: String, expected: String) throws {
    let document = read(text)
    let edit = document.edit(try #require(document.entries.first), to: value)
    let edited = try #require(document.source.applying([edit]))
    #expect(edited.text(0..<edited.bytes.count) == expected)
    #expect(PostgreSQLDocument(edited).entries.first?.value == value)
  }

  @Test("items cover every byte, also of broken files")
  func lossless() {
    var random = SeededGenerator(seed: 11)
    let pieces = [
      "a", "=", " ", "\t", "\n", "\r\n", "#", "'", "\\", "1", "0x", ".", "e", "-", "_", "/", "é",
      "%",
    ]
    for _ in 0..<3_000 {
      let text = (0..<Int.random(in: 0...20, using: &random))
        .map { _ in pieces[Int.random(in: pieces.indices, using: &random)] }.joined()
      var bytes = Array(text.utf8)
      if !bytes.isEmpty, Bool.random(using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
      }
      let document = PostgreSQLDocument(SourceText(path: "-", bytes: bytes))
      #expect(document.items.flatMap { bytes[$0.range] } == bytes)
      #expect(document.errors.allSatisfy { $0.range.upperBound <= bytes.count })
    }
  }
}

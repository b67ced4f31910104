import Syntax
import Testing

@Suite("INI document")
struct INIDocumentTests {
  private func read(_ text: String, _ dialect: INIDialect = .pgbouncer) -> INIDocument {
    INIDocument(SourceText(path: "pgbouncer.ini", text: text), dialect: dialect)
  }

  /// The constructs of a file, one text each.
  private func outline(_ document: INIDocument) -> [String] {
    document.items.compactMap { item in
      switch item {
      case .blank: nil
      case .comment(let range): "comment " + document.source.text(range)
      case .section(let section): "[\(section.name)]"
      case .entry(let entry):
        "\(entry.section ?? "-")/\(entry.key)=" + document.source.text(entry.valueRange)
      case .include(let include): "include " + document.source.text(include.targetRange)
      case .unread(let range): "unread " + document.source.text(range)
      }
    }
  }

  @Test(
    "reads PgBouncer's dialect",
    arguments: [
      ("[pgbouncer]\na = 1\n", ["[pgbouncer]", "pgbouncer/a=1"]),
      ("a=1\n[s]\n", ["-/a=1", "[s]"]),
      ("[s]\na = 20 ; c\nb = x # y\n", ["[s]", "s/a=20 ; c", "s/b=x # y"]),
      (" ; c\n\t# d\r\n;\n", ["comment ; c", "comment # d\r", "comment ;"]),
      ("[s] ; c\n[t] a = 1\n", ["[s]", "comment ; c", "[t]", "t/a=1"]),
      ("\t[s]\r\n\ta\t=\t25\t\r\n", ["[s]", "s/a=25"]),
      ("[s]\na =\nb=2", ["[s]", "s/a=", "s/b=2"]),
      (
        "%include /etc/a b.ini \n[s]\n  %include x\n", ["include /etc/a b.ini", "[s]", "include x"]
      ),
      (
        "[d]\n* = host=h\n'a b' = host='x y'\na.b-c=1",
        ["[d]", "d/*=host=h", "d/a b=host='x y'", "d/a.b-c=1"]
      ),
      ("[d]\na = x = y\n", ["[d]", "d/a=x = y"]), ("[a b]\n", ["[a b]"]), ("", []), ("\n \n", []),
      ("[s]\na=1\u{0}b=2", ["[s]", "s/a=1", "unread \u{0}b=2"]),
    ] as [(String, [String])])
  func pgbouncer(text: String, expected: [String]) {
    let document = read(text)
    #expect(document.errors == [])
    #expect(outline(document) == expected)
  }

  @Test(
    "names the place of a mistake and reads on",
    arguments: [
      ("⟦[s⟧\na=1", "this section header is not closed", ["unread [s", "-/a=1"]),
      ("⟦skip-x⟧ \na=1", "a key and = are expected here", ["unread skip-x ", "-/a=1"]),
      ("⟦a b = 1⟧\nc=2", "a key and = are expected here", ["unread a b = 1", "-/c=2"]),
      ("⟦a: 1⟧\n", "a key and = are expected here", ["unread a: 1"]),
      ("⟦'⟧a = 1\n", "this quoted key is empty or not closed", ["unread 'a = 1"]),
      ("⟦'⟧' = 1\n", "this quoted key is empty or not closed", ["unread '' = 1"]),
      ("⟦\"a\" = 1⟧", "a key and = are expected here", ["unread \"a\" = 1"]),
      ("⟦%include⟧\na=1", "a key and = are expected here", ["unread %include", "-/a=1"]),
    ] as [(String, String, [String])])
  func mistakes(marked: String, message: String, expected: [String]) throws {
    let (text, range) = try unmark(marked)
    let document = read(text)
    #expect(document.errors.map(\.message) == [message])
    #expect(document.errors.first?.range == range)
    #expect(outline(document) == expected)
  }

  @Test(
    "reads other dialects by their rules",
    arguments: [
      (
        "[a]\nkey name : x = 1\nbare\n; c\n", ["[a]", "a/key name=x = 1", "a/bare=", "comment ; c"]
      ),
      ("[a]\nk = 1 ; not a comment\n", ["[a]", "a/k=1 ; not a comment"]),
    ] as [(String, [String])])
  func plain(text: String, expected: [String]) {
    let document = read(text, .plain)
    #expect(document.errors == [])
    #expect(outline(document) == expected)
  }

  @Test("a dialect may have inline comments and refuse text after a header")
  func inlineComments() {
    let dialect = INIDialect(
      commentMarks: Array("#;".utf8), inlineCommentMarks: Array("#".utf8),
      includeWords: ["!include"], allowsBareKeys: true)
    let document = read("[m] # c\na = 1 # one\nb=x#y\nbare # d\n!include f\n[n] x\n", dialect)
    #expect(
      outline(document) == [
        "[m]", "comment # c", "m/a=1", "comment # one", "m/b=x#y", "m/bare=", "comment # d",
        "include f", "[n]", "unread x",
      ])
    #expect(document.errors.map(\.message) == ["unexpected text after the section header"])
  }

  @Test("PgBouncer before 1.25 knew no quotes around keys")
  func unquotedKeys() {
    #expect(read("[d]\n'a' = x\n").errors == [])
    #expect(read("[d]\n'a' = x\n", .pgbouncer1_24).errors.count == 1)
  }

  @Test("a line of very many headers is read in linear time", .timeLimit(.minutes(15)))
  func manyHeaders() {
    let document = read(String(repeating: "[a]", count: 200_000))
    #expect(document.sections.count == 200_000)
  }

  @Test("an edit changes the value and nothing else")
  func editing() throws {
    let document = read("[s]\na =  1  \nb=2\n")
    let edit = document.edit(try #require(document.entries.first), to: "30")
    let text = document.source.applying([edit]).map { $0.text(0..<$0.bytes.count) }
    #expect(text == "[s]\na =  30  \nb=2\n")
  }

  @Test("items cover every byte, also of broken files", arguments: [INIDialect.pgbouncer, .plain])
  func lossless(dialect: INIDialect) {
    var random = SeededGenerator(seed: 5)
    let pieces = [
      "[", "]", "a", "=", ":", " ", "\t", "\n", "\r\n", ";", "#", "'", "%include ", "*", "\u{0}",
    ]
    for _ in 0..<3_000 {
      let text = (0..<Int.random(in: 0...20, using: &random))
        .map { _ in pieces[Int.random(in: pieces.indices, using: &random)] }.joined()
      let bytes = Array(text.utf8)
      let document = INIDocument(SourceText(path: "-", bytes: bytes), dialect: dialect)
      #expect(document.items.flatMap { bytes[$0.range] } == bytes)
      #expect(document.errors.allSatisfy { $0.range.upperBound <= bytes.count })
    }
  }
}

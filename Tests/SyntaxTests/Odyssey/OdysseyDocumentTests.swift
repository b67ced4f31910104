import Syntax
import Testing

@Suite("Odyssey document")
struct OdysseyDocumentTests {
  private func read(_ text: String) -> OdysseyDocument {
    OdysseyDocument(SourceText(path: "odyssey.conf", text: text))
  }

  /// The statements, one text each: `pool_size=10`, `user=app hostssl{`, indented by depth.
  private func outline(_ document: OdysseyDocument, in block: Int? = nil) -> [String] {
    document.positions(in: block).flatMap { index in
      let statement = document.statements[index]
      let values = statement.values.map(\.text).joined(separator: " ")
      let line = "\(statement.name)=\(values)" + (statement.hasBlock ? "{" : "")
      return [line] + outline(document, in: index).map { " " + $0 }
    }
  }

  @Test(
    "reads words, texts, numbers and blocks",
    arguments: [
      ("daemonize no\nworkers 4", ["daemonize=no", "workers=4"]),
      ("daemonize no workers 4 # c", ["daemonize=no", "workers=4"]),
      ("log_format \"%p \\\"x\\\"\\n\"", ["log_format=%p \"x\"\\n"]),
      ("include \"a.conf\"include \"b.conf\"", ["include=a.conf", "include=b.conf"]),
      ("listen {\n host \"*\"\n port 6432\n}", ["listen={", " host=*", " port=6432"]),
      (
        "database default { user default { pool \"session\" pool_size -1 } }",
        ["database=default{", " user=default{", "  pool=session", "  pool_size=-1"]
      ),
      (
        "database \"a\" { user \"u\" \"10.0.0.0/8\" hostssl { storage \"s\" } }",
        ["database=a{", " user=u 10.0.0.0/8 hostssl{", "  storage=s"]
      ),
      (
        "options {\n\"a\" \"b\"\n\"c\" \"d\" }\nworkers \"auto\"",
        ["options={", " a=b", " c=d", "workers=auto"]
      ),
      (
        "soft_oom { limit 100MB drop { max_rate 3 } }",
        [
          "soft_oom={", " limit=100MB", " drop={", "  max_rate=3",
        ]
      ),
      ("query_parsing { mode minimal }", ["query_parsing={", " mode=minimal"]), ("", []),
    ] as [(String, [String])])
  func structure(text: String, expected: [String]) {
    let document = read(text)
    #expect(document.errors == [])
    #expect(outline(document) == expected)
  }

  @Test(
    "names the place of a mistake and reads on",
    arguments: [
      ("⟦listen⟧ {\n port 1", "the block of listen is not closed"),
      ("⟦}⟧ workers 1", "this } closes nothing"),
      ("⟦pool_size⟧ pool \"session\"", "a value of pool_size is expected"),
      ("⟦{⟧ workers 1 }", "what this block belongs to is missing"),
      ("workers 4 ⟦5⟧", "a word is expected here, not 5"),
      ("⟦\"⟧ workers 4", "a word is expected here, not \""),
    ])
  func mistakes(marked: String, message: String) throws {
    let (text, range) = try unmark(marked)
    let document = read(text)
    #expect(document.errors.first?.message == message)
    #expect(document.errors.first?.range == range)
  }

  @Test("a template stands where a value is expected")
  func templates() {
    let document = read("pool_size {{ size }}\npool \"{{ mode }}\"\n")
    #expect(document.errors == [])
    #expect(outline(document) == ["pool_size={{ size }}", "pool={{ mode }}"])
    #expect(document.statements[0].values[0].kind == .other)
  }

  @Test("anything is read without a crash, in order and inside the file")
  func robustness() {
    var random = SeededGenerator(seed: 7)
    let pieces = [
      "{", "}", "\"", "\\\"", "database", "user", "default", "pool_size", "10", "-1kB", " ", "\n",
      "#", "{{ x }}", "options", "é", "\u{0}", "yes",
    ]
    for _ in 0..<3_000 {
      let text = (0..<Int.random(in: 0...24, using: &random))
        .map { _ in pieces[Int.random(in: pieces.indices, using: &random)] + " " }.joined()
      let document = read(text)
      let size = text.utf8.count
      #expect(document.errors.allSatisfy { $0.range.upperBound <= size })
      #expect(document.statements.allSatisfy { $0.range.upperBound <= size })
      for (index, statement) in document.statements.enumerated() {
        #expect(statement.parent.map { $0 < index } != false)
        #expect(!statement.nameRange.isEmpty)
      }
    }
  }

  @Test("deep blocks and very many quotes are read in linear time", .timeLimit(.minutes(15)))
  func size() {
    #expect(!read(String(repeating: "listen {", count: 100_000)).errors.isEmpty)
    let quotes = "a \"x\" " + String(repeating: "b \\\" ", count: 200_000)
    #expect(read(quotes).statements.count > 0)
    #expect(read(String(repeating: "user \"a\" {} ", count: 100_000)).statements.count == 100_000)
  }
}

import Syntax
import Testing

@Suite("Nginx after a mistake")
struct NginxRecoveryTests {
  private static func names(_ tree: NginxTree) -> [String] {
    tree.all.map { tree.name(of: $0).string }
  }

  @Test(
    "reads the statements behind the mistake",
    arguments: [
      ("a { b c } d;", ["a", "b", "d"]),
      ("a {}; b;", ["a", "b"]),
      ("} a;", ["a"]),
      ("{ a; } b;", ["a", "b"]),
      (#"a "b"c; d;"#, ["a", "d"]),
      ("a \"b;\nc;", ["a", "c"]),
      ("a { b 'c;\n d;\n}\ne;", ["a", "b", "d", "e"]),
      ("a { b;", ["a", "b"]),
      ("a_by_lua_block { '", ["a_by_lua_block"]),
    ])
  func recovers(text: String, names: [String]) {
    let tree = nginx(text)
    #expect(Self.names(tree) == names)
    #expect(!tree.errors.isEmpty)
    #expect(tree.printed == Array(text.utf8))
  }

  @Test("counts the statements that nginx reads before it stops")
  func accepted() {
    #expect(nginx("a; b { c; d }").acceptedCount == 3)
    #expect(nginx("a; b { c; }").acceptedCount == 3)
  }

  @Test(
    "names the known mistake",
    arguments: [
      ("a {\n  b c\n  d e;\n  f\n}", #"a ";" is probably missing after f in line 4"#),
      ("a {\n  b c\n  d e\n}", #"a ";" is probably missing after c in line 2"#),
      ("a {};", #"a block takes no ";" after its "}""#),
      ("a;;", #"one ";" ends a statement"#),
      ("x;\na 'b;\nc;", "the string opened in line 2 is not closed"),
      ("a \"b;\nc \"d\";", "this quote closes the string opened in line 1"),
      (
        "a {\nlocation ~ ^/x{2}$ {\n}\n}",
        #"the "{" in line 2 opens a block; quote the regular expression around it"#
      ),
      ("a {\nb {\n}\n", "the block opened in line 1 is never closed"),
      (
        "a {}\n}",
        #"every block is closed before this: one "}" too many, or a "{" is missing above"#
      ),
    ])
  func help(text: String, help: String) {
    #expect(nginx(text).errors.first?.help == help)
  }

  @Test("underlines the quote of a string that is never closed")
  func unclosedString() throws {
    let tree = nginx("a;\nb 'c d;\ne;\n")
    let error = try #require(tree.errors.first)
    #expect(tree.source.text(error.range) == "'")
    #expect(error.range.lowerBound == 5)
    #expect(error.line == 4)
    #expect(tree.argumentStrings(of: NginxDirectiveID(1)) == ["c d"])
  }

  @Test("finds blanks that are none to nginx")
  func falseBlanks() {
    let tree = nginx("listen\u{A0}80; a \u{2003}b 'c\u{A0}d';")
    #expect(tree.falseBlanks(of: NginxDirectiveID(0)) == [6..<8])
    #expect(tree.falseBlanks(of: NginxDirectiveID(1)).count == 1)
  }

  @Test("finds blocks in bodies that hold data")
  func blocksInData() {
    let tree = nginx("http {\nmap $a $b {\n ~x{2} 1;\n}\nserver { location / {} }\n}")
    #expect(tree.blocksInData.first?.message == #"unexpected "{""#)
    #expect(tree.blocksInData.first?.line == 3)
    #expect(nginx("map $a $b { \"~x{2}\" 1; }").blocksInData == [])
  }

  @Test("records no more errors than anybody reads")
  func errorLimit() {
    let tree = nginx(String(repeating: ";", count: 10_000) + "a;")
    #expect(tree.errors.count == NginxTree.mostErrors)
    #expect(tree.directives.count == 1)
    #expect(tree.printed == tree.source.bytes)
  }
}

import Syntax
import Testing

@Suite("Nginx reader")
struct NginxReaderTests {
  /// The words of the statement `use`, as every row below writes them after `use `.
  private static func words(_ text: String) -> [String]? {
    let tree = nginx("events { use \(text) }")
    guard tree.errors.isEmpty, let use = tree.all.first(where: { tree.name(of: $0) == "use" })
    else { return nil }
    return tree.argumentStrings(of: use)
  }

  @Test(
    "splits and unescapes words as nginx does",
    arguments: [
      (#"a\;b;"#, [#"a\;b"#]),
      (#""a;b";"#, ["a;b"]),
      (#"'a;b';"#, ["a;b"]),
      (#"a"b;"#, [#"a"b"#]),
      (#"a"b"c;"#, [#"a"b"c"#]),
      ("a'b c';", ["a'b", "c'"]),
      (#""a");"#, ["a", ")"]),
      (#""a")b;"#, ["a", ")b"]),
      ("${v};", ["${v}"]),
      ("a${v}b;", ["a${v}b"]),
      (#""${x}";"#, ["${x}"]),
      ("${a b};", ["${a", "b}"]),
      ("${;", ["${"]),
      ("${{;", ["${{"]),
      (#""$a{b";"#, ["$a{b"]),
      (#""{x}";"#, ["{x}"]),
      ("a#b;", ["a#b"]),
      ("#b\n c;", ["c"]),
      (##""#b";"##, ["#b"]),
      (##"\#b;"##, [##"\#b"##]),
      (#"a\ b;"#, [#"a\ b"#]),
      ("a\\\nb;", ["a\\\nb"]),
      ("\"a\nb\";", ["a\nb"]),
      (#""a\nb\t\r";"#, ["a\nb\t\r"]),
      (#"a\nb;"#, ["a\nb"]),
      (#"a\.b;"#, [#"a\.b"#]),
      (#""a\zb";"#, [#"a\zb"#]),
      (#"a\"b;"#, [#"a"b"#]),
      (#"\"b;"#, [#""b"#]),
      (#"'a\"b';"#, [#"a"b"#]),
      (#""a\'b";"#, ["a'b"]),
      (#"\\;"#, [#"\"#]),
      (#""\\";"#, [#"\"#]),
      (#"a\\;b;"#, [#"a\"#]),
      ("a}b;", ["a}b"]),
      (#"a\}b;"#, [#"a\}b"#]),
      (#""";"#, [""]),
      (" ;", []),
      ("a\u{B}b\u{C}c\u{A0}d;", ["a\u{B}b\u{C}c\u{A0}d"]),
      ("a\r\n\tb ;", ["a", "b"]),
    ])
  func words(text: String, expected: [String]) {
    #expect(Self.words(text) == expected)
  }

  @Test(
    "opens a block at a brace that ends a word",
    arguments: [("$a{b;", "$a"), ("$$a{b;", "$$a"), ("x{y;", "x"), (#""a"{ b;"#, "a")])
  func braces(text: String, word: String) throws {
    let tree = nginx("events { use \(text) }")
    let use = try #require(tree.all.first { tree.name(of: $0) == "use" })
    #expect(tree[use].kind == .block)
    #expect(tree.argumentStrings(of: use) == [word])
    #expect(tree.errors.first?.message == #"unexpected end of file, expecting "}""#)
  }

  @Test(
    "refuses what nginx refuses, in its words and with its line",
    arguments: [
      (#"events { use "a"b; }"#, #"unexpected "b""#, 1),
      (#"events { use "a""b"; }"#, #"unexpected """"#, 1),
      (#"events { use "a"'b'; }"#, #"unexpected "'""#, 1),
      (##"events { use "a"#c"##, ##"unexpected "#""##, 1),
      ("events { use };", #"unexpected "}""#, 1),
      ("events { use a }; }", #"unexpected "}""#, 1),
      ("events {};", #"unexpected ";""#, 1),
      ("events { ; }", #"unexpected ";""#, 1),
      ("\n{ }", #"unexpected "{""#, 2),
      ("a {} }", #"unexpected "}""#, 1),
      ("a b", #"unexpected end of file, expecting ";" or "}""#, 1),
      ("a \"b\n", #"unexpected end of file, expecting ";" or "}""#, 2),
      ("a \"b\"", #"unexpected end of file, expecting ";" or "}""#, 1),
      ("a \\", #"unexpected end of file, expecting ";" or "}""#, 1),
      ("a # b", #"unexpected end of file, expecting ";" or "}""#, 1),
      ("a {\r\n b;\r\n", #"unexpected end of file, expecting "}""#, 3),
      ("a;\rb;\r}", #"unexpected "}""#, 1),
      ("a \"x\ny\nz\"w;", #"unexpected "w""#, 3),
    ])
  func errors(text: String, message: String, line: Int) {
    let error = nginx(text).errors.first
    #expect(error?.message == message)
    #expect(error?.line == line)
  }

  @Test("needs no line feed behind the last comment", arguments: ["# a", "a;#", " \t\r\n", ""])
  func accepts(text: String) {
    #expect(nginx(text).errors == [])
  }

  private static let tooLong = #"too long parameter "aaaaaaaaaa..." started"#
  private static let unterminated =
    #"too long parameter, probably missing terminating """ character"#

  @Test(
    "stops where a word or comment fills nginx's buffer",
    arguments: [
      ("x ", 4095, "; y;", nil),
      ("x ", 4096, "; y;", tooLong),
      ("x ", 4094, " z; y;", nil),
      ("x ", 4095, " z; y;", tooLong),
      ("x \"", 4094, "\"; y;", nil),
      ("x \"", 4095, "\"; y;", tooLong),
      ("x \"", 4093, "\" z; y;", nil),
      ("x \"", 4094, "\" z; y;", tooLong),
      ("x \"", 4096, "\"; y;", unterminated),
      ("#", 4094, "\ny;", nil),
      ("#", 4095, "\ny;", ##"too long parameter "#aaaaaaaaa..." started"##),
      ("#", 4095, "", nil),
      ("x ", 4096, "", #"unexpected end of file, expecting ";" or "}""#),
    ])
  func limits(start: String, count: Int, end: String, message: String?) {
    let tree = nginx("\n" + start + String(repeating: "a", count: count) + end)
    #expect(tree.errors.first?.message == message)
    if end != "" { #expect(tree.errors.first?.line == message.map { _ in 2 }) }
  }

  @Test("takes a byte order mark for part of the first word")
  func byteOrderMark() throws {
    let tree = nginx("\u{FEFF}events {}")
    #expect(tree.byteOrderMark == 0..<3)
    #expect(tree.name(of: NginxDirectiveID(0)).string == "\u{FEFF}events")
    #expect(nginx("events {}").byteOrderMark == nil)
  }

  @Test("keeps the places of words, statements and blocks")
  func places() throws {
    let tree = nginx("a {\n  'b c' \"d\" # e\n  f ;\n}\n")
    let outer = NginxDirectiveID(0)
    let inner = NginxDirectiveID(1)
    #expect(tree.source.text(tree.headRange(of: inner)) == "'b c' \"d\" # e\n  f ;")
    #expect(tree.words(of: inner).map { tree.source.text($0.range) } == ["'b c'", "\"d\"", "f"])
    #expect(tree.words(of: inner).map(\.quoting) == [.single, .double, .none])
    #expect(
      tree.comments.map { tree.source.text(Int($0.lowerBound)..<Int($0.upperBound)) } == ["# e"])
    #expect(tree.source.text(tree.headRange(of: outer)) == "a {")
    #expect(tree.source.text(tree.range(of: outer)).hasSuffix(";\n}"))
    #expect(tree[outer].line == 1)
    #expect(tree[inner].line == 2)
  }
}

/// The tree of `text`.
func nginx(_ text: String) -> NginxTree {
  NginxTree(SourceText(path: "nginx.conf", text: text))
}

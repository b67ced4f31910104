import Syntax
import Testing

@Suite("YAML structure")
struct YAMLStructureTests {
  @Test(
    "is that of libyaml",
    arguments: [
      ("a: b\nc: {d: e}\n", "{a: b, c: {d: e}}"),
      ("a:\n  b:\n    c: d\n  e: f\ng:\n", "{a: {b: {c: d}, e: f}, g: ∅}"),
      ("- a\n- - b\n  - c\n-\n  - d\n- e: f\n  g: h\n-\n", "[a, [b, c], [d], {e: f, g: h}, ∅]"),
      ("a:\n- b\n- c: d\n  e: f\ng: h\n", "{a: [b, {c: d, e: f}], g: h}"),
      ("[a, b: c, {d: e, f, 'g':h}, [], {},]", "[a, {b: c}, {d: e, f: ∅, 'g': h}, [], {}]"),
      ("[? k : l, ? m, x?y]", "[{k: l}, {m: ∅}, x?y]"),
      ("? a\n: b\n? - c\n  - d\n: - e\n? f\ng: h\n", "{a: b, [c, d]: [e], f: ∅, g: h}"),
      ("? |\n  k\n: v\n", "{|k⏎|: v}"),
      ("a: &x b\nc: *x\n*x : d\ne: &y\n", "{a: &x b, c: *x, *x: d, e: &y ∅}"),
      (
        "a: !!str 1\nb: !l 2\nc: !<u:v> 3\nd: ! 4\n",
        "{a: !<tag:yaml.org,2002:str> 1, b: !<!l> 2, c: !<u:v> 3, d: !<!> 4}"
      ),
      ("%TAG !e! tag:e,1:\n--- !e!m\na: b\n", "!<tag:e,1:m> {a: b}"),
      (
        "[!!int 1, !!str , &a , *a ]",
        "[!<tag:yaml.org,2002:int> 1, !<tag:yaml.org,2002:str> ∅, &a ∅, *a]"
      ),
      ("a\n---\nb\n...\n---\n...\n--- # c\n- d\n--- |\n e\n", "a --- b --- ∅ --- [d] --- |e⏎|"),
      ("%YAML 1.1\n---\na: b\n", "{a: b}"),
      ("", ""), ("# a\n\n# b\n", ""), ("---\n", "∅"),
      ("\u{FEFF}a: b\n", "{a: b}"),
      ("a: b\r\nc:\r\n  - d\r\n", "{a: b, c: [d]}"),
      ("a: b\rc: d\r", "{a: b, c: d}"),
      ("é: ü\n\"ключ\": [日本]\n", "{é: ü, \"ключ\": [日本]}"),
      ("a: # c\n  b\n# d\nc: #e\n", "{a: b, c: ∅}"),
      ("a:\tb\nc: [d,\te]\n", "{a: b, c: [d, e]}"),
      ("a: jdbc:x://h:1/d?a=b&c=d#e\n", "{a: jdbc:x://h:1/d?a=b&c=d#e}"),
      ("a: -1\nb: -x\nc: :y\nd: ?z\n", "{a: -1, b: -x, c: :y, d: ?z}"),
      ("<<: *a\n", "{<<: *a}"),
    ])
  func structure(text: String, expected: String) {
    #expect(outline(text) == expected)
  }

  @Test func everyDocumentKnowsItsBytes() {
    let file = YAMLFile(parsing: SourceText(path: "t", text: "a: b # c\n--- \nd\n...\n"))
    #expect(file.documents.map { file.source.text($0.range) } == ["a: b", "--- \nd"])
  }

  @Test func nodesKnowTheirBytes() throws {
    let text = "k: 'it''s'\nb: |-\n  x\n  y\n\nf: [a, b]\nm:\n  c: d\n\n"
    let file = YAMLFile(parsing: SourceText(path: "t", text: text))
    let root = try #require(file.documents.first?.root)
    let quoted = try #require(root["k"])
    #expect(quoted.raw == "'it''s'" && file.source.text(quoted.contentRange) == "it''s")
    let block = try #require(root["b"])
    #expect(block.raw == "|-\n  x\n  y" && file.source.text(block.contentRange) == "  x\n  y")
    #expect(root["f"]?.raw == "[a, b]")
    #expect(root["m"]?.raw == "c: d")
    #expect(root.pair("m")?.key.raw == "m")
  }

  @Test func keysThatStandTwiceAreReportedAndKept() throws {
    let text = "a: 1\nb: {c: 1, 'c': 2}\na: 3\n<<: {}\n<<: {}\n"
    let file = YAMLFile(parsing: SourceText(path: "t", text: text))
    let lines = LineTable(file.source.bytes)
    let places = file.duplicateKeys.map {
      [$0.first, $0.second].map { lines.position(at: $0.range.lowerBound).line }
    }
    #expect(places == [[2, 2], [1, 3]])
    #expect(file.documents.first?.root?["a"]?.text == "3")
    #expect(file.documents.first?.root?.pairs.count == 5)
  }

  @Test func tabsThatSnakeYAMLRefusesAreListed() {
    let file = YAMLFile(parsing: SourceText(path: "t", text: "a:\tb\nc: \"x\ty\"\n"))
    #expect(file.errors.isEmpty)
    #expect(file.separatingTabs == [2..<3])
  }
}

import Syntax
import Testing

@Suite("YAML mistakes")
struct YAMLErrorTests {
  private func read(_ text: String) -> YAMLFile {
    YAMLFile(parsing: SourceText(path: "t.yml", text: text))
  }

  @Test(
    "are named with their place, and the rest of the document is read",
    arguments: [
      (
        "a: 1\nb: c: d\ne: f\n", "2:5 mapping values are not allowed in this context",
        "{a: 1, e: f}"
      ),
      (
        "a: 1\nfoo\nb: 2\n", "2:1 could not find expected ':' while scanning a simple key",
        "{a: 1, b: 2}"
      ),
      ("a: @x\nb: 2\n", "1:4 '@' cannot start any token", "{b: 2}"),
      (
        "a: 'x' y\nb: 2\n",
        "1:8 did not find expected key while parsing a block mapping, but found a scalar", "{b: 2}"
      ),
      (
        "a: [1, 2\nb: 3\nc: 4\n",
        "2:2 did not find expected ',' or ']' while parsing a flow sequence, but found ':'",
        "{c: 4}"
      ),
      (
        "a: {b: c\n",
        "2:1 did not find expected ',' or '}' while parsing a flow mapping, "
          + "but found the end of the file", ""
      ),
      ("a: \"x\nb: 3\n", "1:4 found unexpected end of file in a quoted scalar", "{b: 3}"),
      ("a: 1\nb: \"\\q\"\n", "2:5 found unknown escape character 'q'", "{a: 1}"),
      ("a: *b\nc: d\n", "1:4 found undefined alias 'b'", "{a: *b, c: d}"),
      (
        "a: *.js\nc: d\n",
        "1:4 did not find expected alphabetic or numeric character while scanning an alias",
        "{c: d}"
      ),
      ("a: !e!x 1\nc: d\n", "1:4 found undefined tag handle, but found a tag", "{c: d}"),
      ("a:\n\tb: c\nd: e\n", "2:1 a tab cannot start any token", "{a: ∅, d: e}"),
      (
        "a: |x\nb: c\n",
        "1:5 did not find expected comment or line break after the header of a block scalar",
        "{b: c}"
      ),
      (
        "- a\nb: c\n",
        "2:1 did not find expected '-' indicator while parsing a block collection, "
          + "but found a key", "[a]"
      ),
      (
        "%YAML 2.0\n---\na: b\n", "1:1 found incompatible YAML document, but found a directive",
        "{a: b}"
      ),
      (
        "a: b\n---\nc: ]\n--- \nd: e\n",
        "3:4 did not find expected node content while parsing a block node, but found ']'",
        "{a: b} --- ∅ --- {d: e}"
      ),
    ])
  func mistakes(text: String, expected: String, rest: String) throws {
    let file = read(text)
    let error = try #require(file.errors.first)
    let place = LineTable(file.source.bytes).position(at: error.range.lowerBound)
    #expect("\(place.line):\(place.column) \(error.message)" == expected)
    #expect(outline(file) == rest)
  }

  @Test func templateLinesAreErrorsWithHelp() {
    let file = read(
      "{{- if .Values.x }}\na: {{ .Values.b }}\nb: {{ include \"x\" . | nindent 4 }}\n"
        + "{{- end }}\nc: \"{{ .d }}\"\n")
    #expect(file.errors.count == 2)
    #expect(
      Set(file.errors.map(\.help)) == ["a template must be rendered before it can be read as YAML"])
    #expect(file.documents.first?.hasErrors == true)
    #expect(file.documents.first?.root?["c"]?.text == "{{ .d }}")
  }

  @Test(
    "in the bytes are errors",
    arguments: [
      ([0x61, 0x3A, 0x20, 0xFF, 0x0A], "invalid UTF-8 octet sequence"),
      ([0x61, 0x3A, 0x20, 0x01, 0x0A], "control characters are not allowed"),
      ([0x61, 0x3A, 0x20, 0xC0, 0x80], "invalid UTF-8 octet sequence"),
      ([0xED, 0xA0, 0x80], "invalid UTF-8 octet sequence"),
      ([0xFF, 0xFE, 0x61, 0x00], "the file is UTF-16 or UTF-32, which is not read here"),
    ] as [([UInt8], String)])
  func encoding(bytes: [UInt8], message: String) {
    let file = YAMLFile(parsing: SourceText(path: "t.yml", bytes: bytes))
    #expect(file.errors.map(\.message).first == message)
  }

  @Test func depthIsLimited() {
    for opening in ["[", "- ", "{a: ", "? "] {
      let file = read(String(repeating: opening, count: 100_000))
      #expect(file.errors.contains { $0.message.contains("nested deeper") })
    }
    let deepest = String(repeating: "[", count: 199) + String(repeating: "]", count: 199)
    #expect(read(deepest).errors.isEmpty)
  }

  @Test func aliasesAreNeverExpanded() throws {
    var text = "a0: &a0 [x]\n"
    for level in 1..<2_000 {
      text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1), *a\(level - 1)]\n"
    }
    let file = read(text)
    #expect(file.errors.isEmpty)
    let last = try #require(file.documents.first?.root?["a1999"])
    #expect(last.elements.count == 3)
    #expect(last.elements[0].resolved == file.documents.first?.root?["a1998"])
  }

  @Test func mistakesAreLimited() {
    let file = read(String(repeating: "a: b: c\n", count: 10_000))
    #expect(file.errors.count == YAMLFile.mistakesPerDocument)
    let many = read(String(repeating: "a: b: c\n---\n", count: 10_000))
    #expect(many.errors.count == YAMLFile.mistakesPerFile)
  }

  @Test func mergesOfThemselvesEnd() throws {
    let file = read("a: &a\n  <<: *a\n  b: c\n")
    let node = try #require(file.documents.first?.root?["a"])
    #expect(node["b"]?.text == "c")
    #expect(node["x"] == nil)
  }
}

import Syntax
import Testing

@Suite("JSON writer")
struct JSONWriterTests {
  @Test(
    "writes values compactly",
    arguments: [
      (JSON.null, "null"), (true, "true"), (.int(-12), "-12"), (7, "7"),
      (.int(Int64.min), "-9223372036854775808"), (0.1, "0.1"), (1.0, "1.0"), (1e300, "1e+300"),
      (.double(.leastNonzeroMagnitude), "5e-324"), (.double(.infinity), "null"),
      (.double(.nan), "null"),
      ([], "[]"), ([:], "{}"), ([1, [2], [:]], "[1,[2],{}]"),
      (["b": 1, "a": ["x"], "b": nil], #"{"b":1,"a":["x"],"b":null}"#),
    ] as [(JSON, String)])
  func compact(value: JSON, expected: String) {
    #expect(value.text() == expected)
  }

  @Test(
    "escapes what must be escaped and nothing else",
    arguments: [
      ("a\"b\\c/", #""a\"b\\c/""#), ("\u{0}\u{1F}\u{8}\t\n\u{C}\r", #""\u0000\u001f\b\t\n\f\r""#),
      ("\u{7F}ü€😀\u{2028}", #""\u007fü€😀\u2028""#),
      ("a\u{9B}b\u{202E}c\u{2066}d\u{200B}e\u{FEFF}", #""a\u009bb\u202ec\u2066d\u200be\ufeff""#),
      ("\u{A0}\u{2013}\u{2070}\u{FF01}", "\"\u{A0}\u{2013}\u{2070}\u{FF01}\""), ("", "\"\""),
    ])
  func escapes(text: String, expected: String) {
    #expect(JSON.string(text).text() == expected)
    #expect(JSONDocument(SourceText(path: "-", text: expected)).root?.json == .string(text))
  }

  @Test(
    "what must be escaped is found at every place of a text",
    arguments: [
      ("\"", "\\\""), ("\\", "\\\\"), ("\n", "\\n"), ("\u{1F}", "\\u001f"),
      ("\u{7F}", "\\u007f"), ("\u{0}", "\\u0000"), ("é", "é"), ("\u{80}", "\\u0080"), ("!", "!"),
      ("~", "~"), (" ", " "), ("]", "]"), ("#", "#"),
    ])
  func places(piece: String, written: String) {
    for before in 0..<20 {
      for after in [0, 1, 7, 8, 9] {
        let (head, tail) = (
          String(repeating: "a", count: before), String(repeating: "z", count: after)
        )
        #expect(JSON.string(head + piece + tail).text() == "\"\(head)\(written)\(tail)\"")
      }
    }
  }

  @Test("indents by two spaces and keeps empty containers on one line")
  func pretty() {
    let value: JSON = ["version": 1, "findings": [["rule": "a"], [:], []], "none": []]
    let expected = """
      {
        "version": 1,
        "findings": [
          {
            "rule": "a"
          },
          {},
          []
        ],
        "none": []
      }
      """
    #expect(value.text(.pretty) == expected)
  }

  @Test("text made of broken bytes is written as valid UTF-8")
  func brokenBytes() {
    let text = String(decoding: [0x61, 0xFF, 0xC3] as [UInt8], as: UTF8.self)
    #expect(String(validating: JSON.string(text).bytes(), as: UTF8.self) == "\"a\u{FFFD}\u{FFFD}\"")
  }

  @Test("streams values one after the other and can be drained between them")
  func streaming() {
    var writer = JSONWriter()
    writer.beginObject()
    writer.name("a")
    writer.beginArray()
    writer.int(1)
    var output = writer.drain()
    writer.string("x")
    writer.endArray()
    writer.name("b")
    writer.value(["c": 2.5])
    writer.endObject()
    writer.newline()
    writer.beginArray()
    writer.endArray()
    output += writer.drain()
    #expect(
      String(decoding: output, as: UTF8.self) == #"{"a":[1,"x"],"b":{"c":2.5}}"# + "\n[]")
  }

  @Test("members without a value can be left out")
  func presentMembers() {
    let value = JSON.object(present: [("a", 1), ("b", nil), ("c", .string(orNull: nil))])
    #expect(value.text() == #"{"a":1,"c":null}"#)
    #expect(value["a"]?.intValue == 1)
    #expect(value["b"] == nil)
  }
}

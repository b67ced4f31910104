import Syntax
import Testing

@Suite("YAML scalars")
struct YAMLScalarTests {
  @Test(
    "decode as libyaml decodes them",
    arguments: [
      ("a: b c\n  d\n\n  e # x\n", "{a: b c d⏎e}"),
      ("a: 'it''s\n  two\n\n  three'\n", "{a: 'it's two⏎three'}"),
      ("\"x\\ty\\u00e9\\x41\\\n   b\n\n c  \n d\"", "\"x\tyéAb⏎c d\""),
      ("\"\\0\\a\\e\\/\\\\\\\"\\N\\_\\U0001F600\"", "\"\0\u{7}\u{1B}/\\\"\u{85}\u{A0}😀\""),
      ("\"\\uD83D\\uDE00\"", "\"😀\""),
      ("a: |\n  x\n   y\n\n  z\n\nb: 1\n", "{a: |x⏎ y⏎⏎z⏎|, b: 1}"),
      ("a: |-\n  x\n\nb: |+\n  x\n\nc: 1\n", "{a: |x|, b: |x⏎⏎|, c: 1}"),
      ("a: >\n  x\n  y\n   z\n\n  w\n\n\n", "{a: >x y⏎ z⏎⏎w⏎>}"),
      ("a: >2-\n   s\n  t\n", "{a: > s⏎t>}"),
      ("a: |1\n  b\n", "{a: | b⏎|}"),
      ("a: |-2\n    b\n", "{a: |  b|}"),
      ("a: | # c\n  b\n", "{a: |b⏎|}"),
      ("a: |\nb: c\n", "{a: ||, b: c}"),
      ("- |\n x\n- >\n y", "[|x⏎|, >y>]"),
      ("a: |\r\n  x\r\n  y\r\n", "{a: |x⏎y⏎|}"),
      ("[a\n b, 'c\n\n  d']", "[a b, 'c⏎d']"),
      ("a: 'x'  # y\nb: x#y\n", "{a: 'x', b: x#y}"),
      ("a: x\u{2028}  y\n", "{a: x\u{2028}y}"),
      ("a: \u{1F600}\n", "{a: 😀}"),
    ])
  func decoding(text: String, expected: String) {
    #expect(outline(text) == expected)
  }

  @Test(
    "mean what YAML 1.1 says where they are plain",
    arguments: [
      ("010", YAMLValue.int(8)), ("0x20", .int(32)), ("0b1010", .int(10)), ("1_000", .int(1000)),
      ("10:30", .int(630)), ("1:10:30", .int(4230)), ("-0x1F", .int(-31)), ("+5", .int(5)),
      ("0", .int(0)), ("08", .text("08")), ("0o17", .text("0o17")), ("30s", .text("30s")),
      ("20.0", .float(20)), ("1e2", .float(100)), ("1.5e-3", .float(0.0015)), (".5", .float(0.5)),
      ("5.", .float(5)), ("-.5", .text("-.5")), ("-.inf", .float(-.infinity)),
      ("10:30.5", .float(630.5)), ("0:30", .text("0:30")), ("10:61", .text("10:61")),
      ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
      ("9223372036854775808", .largeInt("9223372036854775808")),
      ("yes", .bool(true)), ("On", .bool(true)), ("OFF", .bool(false)), ("no", .bool(false)),
      ("y", .text("y")), ("yES", .text("yES")), ("~", .null), ("Null", .null), ("", .null),
      ("2024-06-10", .text("2024-06-10")), ("1.2.3", .text("1.2.3")), ("-", .text("-")),
      ("_1", .text("_1")), ("0x", .text("0x")), ("1-", .text("1-")),
    ])
  func meaning(text: String, expected: YAMLValue) {
    #expect(YAMLValue(plain: text) == expected)
  }

  @Test func quotesAndTagsDecideOverTheText() throws {
    let text = "a: '010'\nb: !!str 010\nc: !!int '10'\nd: !!float 1\ne: |\n  1\nf: 1\n"
    let file = YAMLFile(parsing: SourceText(path: "t", text: text))
    let values = try #require(file.documents.first?.root).pairs.map(\.value.value)
    #expect(
      values == [.text("010"), .text("010"), .int(10), .float(1), .text("1\n"), .int(1)])
  }
}

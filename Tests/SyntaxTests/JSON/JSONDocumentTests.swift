import Syntax
import Testing

@Suite("JSON document")
struct JSONDocumentTests {
  private func read(_ text: String, _ dialect: JSONDocument.Dialect = .standard) -> JSONDocument {
    JSONDocument(SourceText(path: "-", text: text), dialect: dialect)
  }

  @Test(
    "accepts what the standard allows",
    arguments: [
      ("null", JSON.null), (" true ", true), ("\t[ 1 , 2 ]\r\n", [1, 2]), ("-0", 0), ("-12", -12),
      ("9223372036854775807", .int(.max)), ("9223372036854775808", 9223372036854775808.0),
      ("1.50", 1.5), ("1E+2", 100.0), ("1e-2", 0.01),
      ("{\"a\":{\"b\":[]},\"a\":1}", .object([.init("a", ["b": []]), .init("a", 1)])),
      (#""\u0041\/\ud83d\ude00\n""#, "A/😀\n"),
      (#""\ud83dx\ude00\ud83d\u0041""#, "\u{FFFD}x\u{FFFD}\u{FFFD}A"),
      ("\u{FEFF}{}", [:]),
    ] as [(String, JSON)])
  func acceptance(text: String, expected: JSON) {
    let document = read(text)
    #expect(document.errors == [])
    #expect(document.root?.json == expected)
  }

  /// `⟦…⟧` marks the bytes that the error must name.
  @Test(
    "names the place of a mistake",
    arguments: [
      ("⟦⟧", "unexpected end of the file"), ("⟦[⟧1, 2", "this array is not closed"),
      ("{\"a\": ⟦⟧", "unexpected end of the file"), ("⟦{⟧\"a\": 1", "this object is not closed"),
      ("[1 ⟦2⟧]", "a comma or the end of the array is expected here"),
      ("{⟦a⟧: 1}", "a name in double quotes is expected here"),
      ("{\"a\" ⟦1⟧}", "a colon is expected after the name"),
      ("[1,⟦]⟧", "a comma without a value after it"), ("[⟦,⟧]", "a value is expected here"),
      ("⟦01⟧", "a number must not begin with 0"), ("1.⟦⟧", "a digit is expected here"),
      ("[-⟦]⟧", "a digit is expected here"), ("⟦1e999⟧", "this number is too large"),
      ("⟦\"abc⟧", "this string is not closed"),
      ("\"a⟦\n⟧\"", "a control character must be escaped in a string"),
      (#""⟦\x⟧""#, "unknown escape"), (#""⟦\u12g⟧4""#, "\\u needs four hexadecimal digits"),
      ("⟦t⟧ru", "a value is expected here"), ("1 ⟦2⟧", "unexpected text after the value"),
      ("⟦/⟧/ c\n1", "a value is expected here"), ("⟦'⟧a'", "a value is expected here"),
      ("\"⟦\\⟧", "unknown escape"),
    ])
  func mistakes(marked: String, message: String) throws {
    let (text, range) = try unmark(marked)
    let document = read(text)
    #expect(document.root == nil)
    #expect(document.errors.map(\.message) == [message])
    #expect(document.errors.first?.range == range)
  }

  @Test("refuses a string that is not UTF-8")
  func invalidBytes() {
    let document = JSONDocument(SourceText(path: "-", bytes: [0x22, 0xFF, 0x22]))
    #expect(document.errors.map(\.message) == ["this string is not UTF-8"])
  }

  @Test("bounds the depth and survives a file of brackets")
  func depth() {
    #expect(
      read(String(repeating: "[", count: 256) + String(repeating: "]", count: 256)).errors == [])
    #expect(
      read(String(repeating: "[", count: 100_000)).errors.map(\.message)
        == ["nested deeper than 256 levels"])
  }

  @Test("reads comments and trailing commas where the product does")
  func relaxed() {
    let text = "// top\n{ /* a */ \"a\": [1, 2,], // end\n}"
    #expect(read(text, .relaxed).root?.json == ["a": [1, 2]])
    #expect(read(text).errors.count == 1)
    #expect(read("1 /*", .relaxed).errors.map(\.message) == ["this comment is not closed"])
  }

  @Test("knows the bytes of every name and value")
  func ranges() throws {
    let document = read(" {\"p\\u006fol\": {\"max\": 10.5}, \"x\": [true, null]}")
    let root = try #require(document.root)
    let pool = try #require(root.members.first)
    #expect(pool.name == "pool")
    #expect(document.source.text(pool.nameRange) == "\"p\\u006fol\"")
    #expect(document.source.text(pool.value.range) == "{\"max\": 10.5}")
    #expect(root["pool"]?["max"].map { document.source.text($0.range) } == "10.5")
    #expect(root["x"]?.elements.map { document.source.text($0.range) } == ["true", "null"])
  }

  @Test("a value written and read again is the same, and mutations never break the reader")
  func roundTrip() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<500 {
      let value = JSON.random(depth: 4, using: &random)
      for style in [JSONWriter.Style.compact, .pretty] {
        var bytes = value.bytes(style)
        let document = JSONDocument(SourceText(path: "-", bytes: bytes))
        #expect(document.root?.json == value)
        bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
        let broken = JSONDocument(SourceText(path: "-", bytes: bytes), dialect: .relaxed)
        #expect((broken.root == nil) == (broken.errors.count == 1))
        #expect(broken.errors.allSatisfy { $0.range.upperBound <= bytes.count })
      }
    }
  }

  @Test("gaps between values hold nothing but punctuation, so the tree is lossless")
  func lossless() throws {
    let document = read("{ \"a\" : [ 1 ,\n \"x\" ] , \"b\" : { } }")
    var bytes = document.source.bytes
    func erase(_ node: JSONNode) {
      for member in node.members {
        for index in member.nameRange { bytes[index] = 0x20 }
        erase(member.value)
      }
      node.elements.forEach(erase)
      if node.members.isEmpty && node.elements.isEmpty {
        for index in node.range { bytes[index] = 0x20 }
      }
    }
    erase(try #require(document.root))
    #expect(String(decoding: bytes, as: UTF8.self).allSatisfy { " \n{}[],:".contains($0) })
  }
}

extension JSON {
  fileprivate static func random(depth: Int, using random: inout SeededGenerator) -> JSON {
    switch Int.random(in: 0...(depth > 0 ? 7 : 5), using: &random) {
    case 0: return .null
    case 1: return .bool(.random(using: &random))
    case 2: return .int(Int64.random(in: .min ... .max, using: &random))
    case 3: return .double(Double.random(in: -1e10...1e10, using: &random))
    case 4: return .string("")
    case 5:
      let scalars = (0..<Int.random(in: 1...8, using: &random)).map { _ in
        Unicode.Scalar(UInt32.random(in: 0...0xD7FF, using: &random)) ?? "?"
      }
      return .string(String(String.UnicodeScalarView(scalars)))
    case 6:
      return .array(
        (0..<Int.random(in: 0...4, using: &random)).map { _ in
          .random(depth: depth - 1, using: &random)
        })
    default:
      return .object(
        (0..<Int.random(in: 0...4, using: &random)).map { index in
          Member("k\(index % 3)", .random(depth: depth - 1, using: &random))
        })
    }
  }
}

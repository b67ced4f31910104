import FoundationEssentials
import Testing

@testable import Audit

@Suite("Canonical JSON")
struct CanonicalJSONTests {
  private struct Case: Decodable {
    struct Expectation: Decodable {
      let canonical: String?
      let sha256: String?
      let error: String?
    }
    let name: String
    let input: String
    let expect: Expectation
    let isCanonical: Bool
  }

  @Test(.enabled(if: Vectors.directory != nil, "shared vectors are not here"))
  func agreesWithTheSharedVectors() throws {
    let cases: [Case] = try Vectors.load("canonical-json.json")
    #expect(cases.count == 96)
    for one in cases {
      let input = Array(try #require(Data(base64Encoded: one.input)))
      let result = Result { try CanonicalJSON(parsing: input).bytes }
      switch result {
      case .success(let bytes):
        #expect(one.expect.error == nil, "\(one.name)")
        #expect(Data(bytes).base64EncodedString() == one.expect.canonical, "\(one.name)")
        #expect(Digest(of: bytes).hex == one.expect.sha256, "\(one.name)")
        #expect((bytes == input) == one.isCanonical, "\(one.name)")
      case .failure:
        #expect(one.expect.error != nil, "\(one.name)")
        #expect(!one.isCanonical, "\(one.name)")
      }
    }
  }

  @Test(
    "writes one spelling",
    arguments: [
      (#" { "b" : 1 , "a" : [ true , false ] } "#, #"{"a":[true,false],"b":1}"#),
      (#"{"\u20ac":1,"\ud83d\ude00":2,"\ufb33":3}"#, "{\"€\":1,\"😀\":2,\"\u{FB33}\":3}"),
      (#""\u0041\/\u001f\u0008""#, #""A/\u001f\b""#),
      ("-9007199254740991", "-9007199254740991"), ("{}", "{}"), ("[]", "[]"), ("\"\"", "\"\""),
      ("{\"e\u{301}\":1,\"é\":2}", "{\"e\u{301}\":1,\"é\":2}"),
    ])
  func canonicalForm(input: String, expected: String) throws {
    let value = try CanonicalJSON(parsing: Array(input.utf8))
    #expect(value.bytes == Array(expected.utf8))
  }

  @Test(
    "refuses what has no single meaning",
    arguments: [
      ("\u{FEFF}{}", "bom"), ("null", "null"), ("[null]", "null"), ("1.0", "number"),
      ("1e3", "number"), ("-0", "number"), ("9007199254740992", "number"), ("{} x", "trailing"),
      (#"{"a":1,"\u0061":2}"#, "duplicate-key"), (#""\ud800""#, "surrogate"),
      (#""\udc00\ud800""#, "surrogate"), ("", "syntax"), ("[1,]", "syntax"), ("{,}", "syntax"),
      ("01", "syntax"), ("-", "syntax"), ("\"\n\"", "syntax"), ("'a'", "syntax"),
      ("\"\\x\"", "syntax"), ("\"\\u12\"", "syntax"), ("NaN", "syntax"), ("[1", "syntax"),
      (#"{"a"}"#, "syntax"), ("\"a", "syntax"),
    ])
  func refusals(input: String, reason: String) {
    let error = #expect(throws: CanonicalJSON.ParsingError.self) {
      try CanonicalJSON(parsing: Array(input.utf8))
    }
    #expect(error?.reason.rawValue == reason)
  }

  @Test func refusesInvalidUTF8() {
    let error = #expect(throws: CanonicalJSON.ParsingError.self) {
      try CanonicalJSON(parsing: [0x22, 0xC3, 0x22])
    }
    #expect(error?.reason == .utf8)
  }

  @Test func opensAtMost32Containers() throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }
    _ = try CanonicalJSON(parsing: nested(32))
    for depth in [33, 100_000] {
      let error = #expect(throws: CanonicalJSON.ParsingError.self) {
        try CanonicalJSON(parsing: nested(depth))
      }
      #expect(error?.reason == .depth)
    }
  }
}

import Testing

@testable import Audit

@Suite("Encodings")
struct EncodingTests {
  @Test(
    "times keep their one spelling",
    arguments: [
      ("1970-01-01T00:00:00.000Z", 0), ("2026-06-10T10:30:00.123Z", 1_781_087_400_123),
      ("2000-02-29T23:59:59.999Z", 951_868_799_999), ("1969-12-31T23:59:59.999Z", -1),
      ("0000-01-01T00:00:00.000Z", -62_167_219_200_000),
      ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ] as [(String, Int64)])
  func times(text: String, milliseconds: Int64) {
    #expect(Timestamp(text)?.milliseconds == milliseconds)
    #expect(Timestamp(milliseconds: milliseconds).description == text)
  }

  @Test(
    "other spellings of times are refused",
    arguments: [
      "", "2026-06-10", "2026-06-10T10:30:00Z", "2026-06-10T10:30:00.12Z",
      "2026-06-10 10:30:00.123Z", "2026-06-10T10:30:00.123+", "2026-02-29T10:30:00.123Z",
      "2026-13-10T10:30:00.123Z", "2026-06-00T10:30:00.123Z", "2026-06-10T24:30:00.123Z",
      "2026-06-10T10:60:00.123Z", "2026-06-10T10:30:60.123Z", "+026-06-10T10:30:00.123Z",
      "2026-06-31T10:30:00.123Z",
    ])
  func badTimes(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test func secondsAreRoundedDown() {
    #expect(Timestamp(milliseconds: -1).seconds == -1)
    #expect(Timestamp(milliseconds: 1999).seconds == 1)
    #expect(Timestamp(milliseconds: 5).advanced(bySeconds: .max).milliseconds == .max)
  }

  @Test(
    "base64 has one spelling",
    arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")])
  func base64(text: String, encoded: String) {
    #expect(Base64.text(of: Array(text.utf8), .standard) == encoded)
    #expect(Base64.bytes(of: encoded, .standard) == Array(text.utf8))
  }

  @Test(
    "sloppy base64 is refused", arguments: ["Zg", "Zg=", "Zh==", "Z===", "Zg==\n", "Z!==", "="])
  func badBase64(text: String) {
    #expect(Base64.bytes(of: text, .standard) == nil)
  }

  @Test func alphabetForURLsHasNoPadding() {
    #expect(Base64.text(of: [0xFB, 0xFF], .url) == "-_8")
    #expect(Base64.bytes(of: "-_8", .url) == [0xFB, 0xFF])
    #expect(Base64.bytes(of: "+/8", .url) == nil)
  }

  @Test func digestsKeepTheirText() {
    let text = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    let digest = Digest(of: Array("a".utf8), Array("bc".utf8))
    #expect(digest.description == text)
    #expect(Digest(text) == digest)
    #expect(Digest(base64: digest.base64) == digest)
    #expect(Digest(bytes: digest.bytes) == digest)
    for bad in ["", String(text.dropLast()), text.uppercased(), String(text.dropFirst(7))] {
      #expect(Digest(bad) == nil)
    }
  }

  @Test(
    "wildcards",
    arguments: [
      ("pool.*", "pool.max_size", true), ("*", "", true), ("", "", true), ("", "a", false),
      ("p?ol", "pool", true), ("p?ol", "pol", false), ("*size", "pool.max_size", true),
      ("a*b*c", "axxbxxbc", true), ("a*b*c", "axxbxx", false), ("pool", "pool.max", false),
      ("upstream[app].*", "upstream[app].keepalive", true),
    ])
  func wildcards(pattern: String, text: String, expected: Bool) {
    #expect(Glob.matches(pattern, text) == expected)
  }

  @Test func manyStarsEndSoon() {
    let pattern = String(repeating: "*a", count: 2000) + "b"
    #expect(!Glob.matches(pattern, String(repeating: "a", count: 4000)))
  }
}

import Catalog
import Testing

@Suite("Regular expressions: what can be said without running them")
struct PCREPatternTests {
  @Test(
    "anchors are seen through groups and in every alternative",
    arguments: [
      (#"^/a$"#, true, true), (#"/a"#, false, false), (#"^/a|/b"#, false, false),
      (#"^(?:/a|/b)$"#, true, true), (#"(^/a|^/b)"#, true, false), (#"\A/a\z"#, true, true),
      (#"(?i)^/a\Z"#, true, true), (#"^?/a"#, false, false), (#"(?m)^/a$"#, false, false),
      (#"(?=x)^a"#, true, false), (#"\^a\$"#, false, false), (#"a$|b$"#, false, true),
    ])
  func anchors(text: String, start: Bool, end: Bool) {
    let pattern = PCREPattern(text)
    #expect(pattern.isAnchoredAtStart == start)
    #expect(pattern.isAnchoredAtEnd == end)
  }

  @Test(
    "the only text that an expression matches is its literal",
    arguments: [
      (#"^/a\.php$"#, "/a.php"), (#"\Q/a.b\E"#, "/a.b"), (#"^(?:/a)(/b)$"#, "/a/b"),
      (#"^/\x61$"#, "/a"), (#"/a.php"#, nil), (#"a?"#, nil), (#"a|b"#, nil), (#"[a]"#, "a"),
    ])
  func literals(text: String, literal: String?) {
    #expect(PCREPattern(text).literal == literal)
  }

  @Test("letters in either case read as lower case in a literal")
  func caselessLiteral() {
    #expect(PCREPattern("^/Admin$", ignoresCase: true).literal == "/admin")
  }

  @Test(
    "a newline can be matched by negated classes and white space, not by a dot",
    arguments: [
      ("[^/]+", true), (".*", false), ("(?s).*", true), (#"\s"#, true), (#"\S+"#, false),
      (#"\W"#, true), (#"\w+"#, false), (#"\D"#, true), (#"\N*"#, false), (#"[^\n]"#, false),
      (#"[^\r\n]+"#, false), (#"\n"#, true), (#"\R"#, true), ("[[:space:]]", true),
      ("(?=[^a])b", false), ("a{0}[b]", false), (#"[\x00-\x20]"#, true), ("(?-s:.)", false),
    ])
  func newlines(text: String, canHold: Bool) {
    #expect(PCREPattern(text).canHold(.newline) == canHold)
  }

  @Test("groups are counted and named")
  func groups() {
    let pattern = PCREPattern(#"^/(?<lang>en|de)(?:/x)?(?P<rest>/(\d+))(?'last'z)\(no\)[(]$"#)
    #expect(pattern.captureCount == 4)
    #expect(pattern.names.map(\.name) == ["lang", "rest", "last"])
    #expect(pattern.number(named: "last") == 4)
    #expect(pattern.refusal == nil)
    #expect(pattern.capture(3) != nil)
    #expect(pattern.capture(5) == nil)
  }

  @Test(
    "what PCRE refuses is refused",
    arguments: [
      "(a", "a)", "[a", "*a", "a**", "^*", #"a\"#, "(?<n)a", #"(a)\2"#, "a{2,1}", "[z-a]",
    ])
  func refusals(text: String) {
    #expect(PCREPattern(text).refusal != nil)
    #expect(PCREPattern(text).search(Array("a".utf8)) == nil)
  }

  @Test(
    "what is not followed makes answers unknown and not wrong",
    arguments: [#"(a(?1)?b)"#, "(?(1)a|b)", "(*COMMIT)a", #"\X"#, "(?R)?a", "(*UTF8)a"])
  func opaque(text: String) {
    let pattern = PCREPattern(text)
    #expect(pattern.refusal == nil)
    #expect(!pattern.isUnderstood)
    #expect(pattern.search(Array("a".utf8)) == nil)
    #expect(pattern.backtracking == nil)
    #expect(pattern.canHold(.newline))
  }

  /// Bounds as PCRE2 10.42 gives them.
  @Test(
    "searches find what PCRE finds",
    arguments: [
      (#"^/v1/((?<action>[^.]*)\.json)?$"#, "/v1/see%0a.json", "0,15 4,15 4,10"),
      (#"(a|ab)(c|bcd)(d*)"#, "abcd", "0,4 0,1 1,4 4,4"), (#"(a+)(a+)$"#, "aaa", "0,3 0,2 2,3"),
      (#"(?i)HTTP://([a-z]+)"#, "http://AB", "0,9 7,9"), (#"(\w)\1"#, "abccd", "2,4 2,3"),
      (#"(?i)(ab)\1"#, "xAbaB", "1,5 1,3"), (#"(?i)(?<q>a)\k<q>"#, "aA", "0,2 0,1"),
      (#"(?<q>a)(?i)(?P=q)"#, "aA", "0,2 0,1"), (#"(?i:(a))\1"#, "Aa", "none"),
      (#"(?>a+)b"#, "aab", "0,3"), (#"(?>a+)ab"#, "aab", "none"), (#"a++ab"#, "aab", "none"),
      (#"(?<=/)x(?!y)"#, "/xy/xz", "4,5"), (#"^a$"#, "a\n", "0,1"), (#"\Aa\z"#, "a\n", "none"),
      (#"(?m)^b$"#, "a\nb\nc", "2,3"), (#"\bfoo\b"#, "a foo.", "2,5"), (#"a{2,3}?"#, "aaaa", "0,2"),
      (#"(a)|(b)"#, "b", "0,1 - 0,1"), (#"[^]a]+"#, "]ab", "2,3"), (#"[]a]+"#, "b]a", "1,3"),
      (#"x{,2}"#, "x{,2}", "0,5"), (#"(?:a*)*b"#, "aab", "0,3"), (#"\Qa.b\E+"#, "a.bbb", "0,5"),
      (#"[\w-]+@[a-z]+\.(?:com|org)"#, "x me-2@host.org", "2,15"),
    ])
  func searches(text: String, subject: String, expected: String) {
    let groups = PCREPattern(text).search(Array(subject.utf8))?.groups
    let found = groups?.map { $0.map { "\($0.lowerBound),\($0.upperBound)" } ?? "-" }
    #expect((found?.joined(separator: " ") ?? "none") == expected)
  }

  @Test("deep nesting and large counts end the reading, not the program")
  func limits() {
    let deep = String(repeating: "(", count: 4_000) + String(repeating: ")", count: 4_000)
    #expect(PCREPattern(deep).refusal == "groups nested too deeply")
    let large = PCREPattern("((a{1000}){1000}){1000}")
    #expect(large.refusal == nil)
    #expect(large.search(Array("a".utf8)) == nil)
    #expect(large.backtracking == nil)
    #expect(PCREPattern(String(repeating: "[^a]*", count: 800)).backtracking == nil)
    #expect(PCREPattern(String(repeating: "a|", count: 2_000) + "b").isAnchoredAtEnd == false)
  }
}

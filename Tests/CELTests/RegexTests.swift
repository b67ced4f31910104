import Testing

@testable import CEL

@Suite("Regular expressions")
struct RegexTests {
  @Test(
    "match as RE2 does",
    arguments: [
      ("", "abc", true), ("b", "abc", true), ("^b", "abc", false), ("c$", "abc", true),
      ("^abc$", "abc", true), ("a.c", "a\nc", false), ("(?s)a.c", "a\nc", true),
      ("^b", "a\nb", false), ("(?m)^b$", "a\nb\nc", true), ("a$", "a\n", false),
      ("a|b|c", "xxb", true), ("gr(a|e)y", "grey", true), ("(?:ab)+", "xabab", true),
      ("^(?P<n>a)(?<m>b)$", "ab", true), ("^a*$", "", true), ("^a+$", "", false),
      ("^a?b??$", "a", true), ("^a{2}$", "aa", true), ("^a{2,}$", "a", false),
      ("^a{1,3}$", "aaaa", false), ("^a{0}$", "", true), ("a{,3}", "a{,3}", true),
      ("a{x", "a{x", true),
      ("[a-c]", "b", true), ("[^a-c]", "b", false), ("[]a]", "]", true), ("[a-]", "-", true),
      ("[\\]]", "]", true), ("[a\\-z]", "b", false), ("^[\\d\\s]+$", "1 2", true),
      ("^[[:alpha:]]+$", "aZ", true), ("^[[:^alpha:]]+$", "1", true),
      ("^[^[:digit:]]$", "1", false),
      ("^\\d\\D\\s\\S\\w\\W$", "1a b_!", true), ("\\bfoo\\b", "a foo!", true),
      ("\\Bo", "foo", true),
      ("\\Aab\\z", "ab", true), ("\\Q.*\\E", "a.*b", true), ("\\Q.*", "ab", false),
      ("\\x41\\x{1F600}\\101\\n", "A😀A\n", true), ("\\.\\*\\/", ".*/", true),
      ("^\\pL+$", "aéß", true), ("^\\p{Lu}$", "É", true), ("^\\PL$", "1", true),
      ("^\\p{^L}$", "1", true),
      ("^[\\pN.]+$", "1.²", true), ("(?i)straße", "STRAßE", true), ("(?i)^[a-z]+$", "ABC", true),
      ("(?i)[^a]", "A", false), ("(?i:a)b", "AB", false), ("(?i:a)b", "Ab", true),
      ("(?i)a(?-i)b", "AB", false),
      ("(?i)é", "É", true), ("(?i)\u{212A}", "k", true), ("(?i)k", "\u{212A}", true),
      ("(?i)[\u{17F}]", "S", true), ("^.$", "😀", true), ("(a*)*$", "aab", true),
      ("(|a)+$", "aaa", true),
      ("x*", "", true), ("(?U)a+", "a", true), ("^(a|ab)(c|bcd)$", "abcd", true),
    ])
  func matches(pattern: String, text: String, isMatch: Bool) throws {
    let environment = Environment.texts
    #expect(
      answer("text.matches(pattern)", in: environment, with: [.string(text), .string(pattern)])
        == .value("\(isMatch)"))
  }

  @Test(
    "both machines say the same of every text",
    arguments: [
      "", "a", "^a", "a$", "^a$", "^a*$", "a*$", "a+b", "^(a|b)+$", "(^a|b$)", "^$", "a^b", "$a",
      "(a|^)b", "(a|$)", "[^a]", "a.b", "(?s)a.b", "a{2,3}$", "(?i)A[b-c]", "^/(a|b)/c?$", "\\bab",
      "(?m)^b$", "(a?){40}b", "(?i)k", "a|b|", "(a|b)(c|d)|^x.*y$",
    ])
  func machines(pattern: String) throws {
    let expression = try RegularExpression(pattern)
    let letters = ["a", "b", "/", "c", "K", "\n", "x", "y", "é", "\u{212A}"]
    var texts = [""]
    for length in 0..<4 {
      texts += texts.filter { $0.count == length }.flatMap { text in letters.map { text + $0 } }
    }
    for text in texts {
      #expect(
        expression.matches(text) == expression.matchesByThreads(text),
        "\(pattern) on \(text.debugDescription)")
    }
  }

  @Test(
    "malformed patterns are refused where they are literals, else an error",
    arguments: [
      "(", ")", "a)", "[", "[a", "[z-a]", "*", "+a", "a**", "a{2}{3}", "a{1001}", "a{2,1}", "(?",
      "(?z)",
      "(?P<n", "(?P<>a)", "\\", "\\8", "\\y", "\\p{Nope}", "\\x{110000}", "\\x4", "[[:nope:]]",
      "((a{100}){100}){100}", "(?=a)", "(?!a)", "(?<=a)", "(a)\\1", "\\C",
      String(repeating: "(", count: 1_000) + String(repeating: ")", count: 1_000),
    ])
  func malformed(pattern: String) {
    let environment = Environment.texts
    let values: [Value] = [.string("a"), .string(pattern)]
    #expect(answer("text.matches(pattern)", in: environment, with: values) == .error)
    let literal = "r'''\(pattern)'''"
    #expect(
      refusal("text.matches(\(literal))", in: environment)?.message.hasPrefix(
        "invalid regular expression: ") == true)
  }

  @Test("hostile patterns take linear time", .timeLimit(.minutes(15)))
  func linear() {
    let text = String(repeating: "a", count: 20_000)
    for pattern in ["(a*)*b", "(a|a)*b", "(a?){50}a{50}b", "(x+x+)+y|(.*)*z"] {
      #expect(
        answer("text.matches(pattern)", in: .texts, with: [.string(text), .string(pattern)])
          == .value("false"))
    }
  }
}

extension Environment {
  fileprivate static let texts = Environment(variables: [
    Variable("text", .string), Variable("pattern", .string),
  ])
}

import CEL
import Testing

@Suite("Grammar")
struct GrammarTests {
  @Test(
    "every production has its meaning",
    arguments: [
      // Expr, ConditionalOr, ConditionalAnd
      ("true ? (false ? 1 : 2) : 3", "2"),
      ("false ? 1 : false ? 2 : 3", "3"),
      ("false || true && false || true", "true"),
      ("true || false && false", "true"),
      // Relation, Addition, Multiplication
      ("1 + 2 * 3 - 4 / 2 % 3 == 5", "true"),
      ("10 - 3 - 2", "5"),
      ("16 / 4 / 2", "2"),
      ("1 < 2 == true", "true"),
      ("1 in [1] == true", "true"),
      ("1 != 2 && 1 <= 1 && 2 >= 2 && 3 > 2", "true"),
      // Unary
      ("!!true", "true"),
      ("---1", "-1"),
      ("- 1 - -1", "0"),
      ("!true || true", "true"),
      ("-9223372036854775808", "-9223372036854775808"),
      // Member
      ("{'a': {'b': [1, 2]}}.a.b[1]", "2"),
      ("{'a.b': 3}.`a.b`", "3"),
      ("{'if': 4}.if", "4"),
      ("'abc'.size()", "3"),
      ("{'a': 1}.?a", "optional.of(1)"),
      ("[1][?3]", "optional.none()"),
      // Primary
      ("(((1)))", "1"),
      ("[]", "[]"),
      ("[1, 2,]", "[1, 2]"),
      ("[[,], {,}]", "[[], {}]"),
      ("{}", "{}"),
      ("{'a': 1, 2u: [], true: null,}", "{'a': 1, 2u: [], true: null}"),
      ("[?optional.of(1), ?optional.none(), 2]", "[1, 2]"),
      ("{?'a': optional.none(), ?'b': optional.of(2)}", "{'b': 2}"),
      // Literals
      ("0x1F", "31"),
      ("0XffU", "255u"),
      ("1.5e3", "1500.0"),
      (".5", "0.5"),
      ("1e-2", "0.01"),
      ("[true, false, null]", "[true, false, null]"),
      // White space and comments
      (" 1 // one\n\t+\r\n\u{0C}2 // two", "3"),
    ])
  func production(expression: String, expected: String) {
    #expect(answer(expression) == .value(expected))
  }

  @Test(
    "string and bytes literals hold what they say",
    arguments: [
      (#"'a"b'"#, "'a\"b'"), (#""a'b""#, "'a'b'"), ("'''a'b\nc'''", "'a'b\nc'"),
      ("r'''a\r\nb\rc'''", "'a\nb\nc'"),
      ("\"\"\"a\"b\"\"\"", "'a\"b'"), ("''", "''"), ("''''''", "''"),
      (#"'\a\b\f\n\r\t\v\\\?\"\'\`'"#, "'\u{07}\u{08}\u{0C}\n\r\t\u{0B}\\?\"'`'"),
      (#"'\x41\X42\103\u00e9\U0001F600'"#, "'ABCé😀'"), (#"r'\n\x'"#, #"'\n\x'"#),
      (#"R"""\""""#, #"'\'"#), (#"'\377'"#, "'ÿ'"), (#"b'\377\xfe'"#, "b'ff fe'"),
      ("b'é'", "b'c3 a9'"), (#"br'\x41'"#, "b'5c 78 34 31'"), (#"B"\u0041""#, "refused"),
    ])
  func literal(expression: String, expected: String) {
    #expect(answer(expression).description == expected)
  }

  @Test(
    "broken grammar is refused at its place",
    arguments: [
      ("", 0..<0, "expected an expression, found the end"),
      ("1 +", 3..<3, "expected an expression, found the end"),
      ("1 2", 2..<3, "expected an operator or the end, found '2'"),
      ("(1", 2..<2, "expected ')', found the end"),
      ("[1, ", 4..<4, "expected an expression, found the end"),
      ("[1 2]", 3..<4, "expected ',' or ']', found '2'"),
      ("[,1]", 2..<3, "expected the end of an empty list or map, found '1'"),
      ("{1, 2}", 2..<3, "expected ':', found ','"),
      ("a ? b", 5..<5, "expected ':', found the end"),
      ("a.1", 1..<3, "expected an operator or the end, found '.1'"),
      ("a.", 2..<2, "expected a field or function name, found the end"),
      ("f(1,)", 4..<5, "expected an expression, found ')'"),
      ("a = 1", 2..<3, "unexpected character '='"),
      ("a & b", 2..<3, "unexpected character '&'"),
      ("é", 0..<2, "unexpected character 'é'"),
      ("'abc", 0..<4, "string literal doesn't end"),
      ("'a\nb'", 0..<2, "string literal doesn't end"),
      (#"'\d'"#, 1..<3, #"invalid escape '\d'"#),
      (#"'a\x4'"#, 2..<5, #"invalid escape '\x4'"#),
      (#"'\ud800'"#, 1..<7, #"invalid escape '\ud800'"#),
      (#"'\U00110000'"#, 1..<11, #"invalid escape '\U00110000'"#),
      (#"b'\u0041'"#, 2..<8, #"invalid escape '\u0041'"#),
      ("9223372036854775808", 0..<19, "number 9223372036854775808 is out of range"),
      ("18446744073709551616u", 0..<21, "number 18446744073709551616u is out of range"),
      ("12abc", 0..<5, "malformed number '12abc'"),
      ("if + 1", 0..<2, "'if' is a reserved word"),
      ("has(a)", 4..<5, "argument of has() must be a field selection"),
      ("[1].map(a.b, 1)", 8..<11, "argument must be a simple name"),
      ("[1].exists(a, a, true)", 14..<15, "variable 'a' is declared twice"),
      ("!-a", 2..<3, "expected a number, found 'a'"),
      ("a ? b ? 1 : 2 : 3", 6..<7, "expected ':', found '?'"),
    ])
  func broken(expression: String, range: Range<Int>, message: String) {
    let error = refusal(expression)
    #expect(error?.range == range)
    #expect(error?.message == message)
  }

  @Test("a stray sign suggests the one that was meant")
  func suggestsOperators() {
    #expect(refusal("1 = 1")?.suggestion == "==")
    #expect(refusal("true & false")?.suggestion == "&&")
    #expect(refusal("true | false")?.suggestion == "||")
  }
}

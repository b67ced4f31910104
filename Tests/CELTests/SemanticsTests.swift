import Testing

/// What implementations get wrong; each row was also run on a reference implementation.
@Suite("Semantics")
struct SemanticsTests {
  @Test(
    "logic absorbs errors where the other side decides",
    arguments: [
      ("1/0 > 2 || true", .value("true")),
      ("true || 1/0 > 2", .value("true")),
      ("false && 1/0 > 2", .value("false")),
      ("1/0 > 2 && false", .value("false")),
      ("1/0 > 2 || false", .error),
      ("1/0 > 2 && true", .error),
      ("[1,2].exists(i, i/0 > 1 || i == 2)", .value("true")),
      ("[0,1].all(i, 1/i > 0)", .error),
      ("[0,1].all(i, 1/i > 1)", .value("false")),
      ("[0,1].exists(i, 1/i > 0)", .value("true")),
      ("[1,0].exists_one(i, 1/i == 1)", .error),
      ("1/0 == 1 ? 1 : 2", .error),
      ("false ? 1/0 : 2", .value("2")),
      ("true ? 1 : 1/0", .value("1")),
    ] as [(String, Answer)])
  func logic(expression: String, expected: Answer) {
    #expect(answer(expression) == expected)
  }

  @Test(
    "arithmetic fails on overflow, doubles never do",
    arguments: [
      ("9223372036854775807 + 1", .error),
      ("-9223372036854775808 - 1", .error),
      ("9223372036854775807 * 2", .error),
      ("-9223372036854775808 / -1", .error),
      ("-9223372036854775808 % -1", .error),
      ("-(-9223372036854775808)", .error),
      ("0u - 1u", .error),
      ("18446744073709551615u + 1u", .error),
      ("5 % 0", .error),
      ("1 / 0", .error),
      ("1u % 0u", .error),
      ("0.0 / 0.0", .value("nan")),
      ("1.0 / 0.0", .value("inf")),
      ("-7 / 2", .value("-3")),
      ("-7 % 3", .value("-1")),
      ("7 / -2", .value("-3")),
    ] as [(String, Answer)])
  func arithmetic(expression: String, expected: Answer) {
    #expect(answer(expression) == expected)
  }

  @Test(
    "numbers of unlike kinds compare by value where the checker cannot see them",
    arguments: [
      ("1 == 1.0", .refused),
      ("1 < 1.0", .refused),
      ("1 in [1.0]", .refused),
      ("dyn(1) == 1.0", .value("true")),
      ("dyn(1) == dyn(1u)", .value("true")),
      ("dyn(1) < 1.5", .value("true")),
      ("dyn(-1) < 0u", .value("true")),
      ("dyn('a') == dyn(1)", .value("false")),
      ("dyn('a') < dyn(1)", .error),
      ("dyn(0.0/0.0) == 0.0/0.0", .value("false")),
      ("0.0/0.0 <= 1.0", .value("false")),
      ("[1, 2.0] == [1.0, 2]", .value("true")),
      ("{1: 2, 'a': 3u} == {'a': 3, 1u: 2.0}", .value("true")),
      ("null == null", .value("true")),
      ("{1: 'a'}[dyn(1.0)]", .value("'a'")),
      ("dyn(1u) in {1: 'a'}", .value("true")),
    ] as [(String, Answer)])
  func comparison(expression: String, expected: Answer) {
    #expect(answer(expression) == expected)
  }

  @Test(
    "what is missing is an error, loudly",
    arguments: [
      ("{'a': 1}.b", .error),
      ("{'a': {'b': 1}}.a.c", .error),
      ("has({'a': 1}.a)", .value("true")),
      ("has({'a': 1}.b)", .value("false")),
      ("'b' in {'a': 1}", .value("false")),
      ("{true: 1, false: 2, true: 3}", .error),
      ("{1: 1, 1u: 2}", .error),
      ("[1,2][5]", .error),
      ("[1,2][-1]", .error),
      ("[1,2][1]", .value("2")),
      ("[1,2][dyn(1.0)]", .value("2")),
      ("[1,2][dyn(0.5)]", .error),
    ] as [(String, Answer)])
  func missing(expression: String, expected: Answer) {
    #expect(answer(expression) == expected)
  }

  @Test(
    "conversions take what they can hold",
    arguments: [
      ("size('héllo')", .value("5")),
      ("size('e\\u0301')", .value("2")),
      ("int('0x1F')", .error),
      ("int('-5')", .value("-5")),
      ("bool('yes')", .error),
      ("bool('TRUE')", .value("true")),
      ("int(9.3e18)", .error),
      ("int(-1.9)", .value("-1")),
      ("uint(-1)", .error),
      ("uint(-0.5)", .error),
      ("double('1e3')", .value("1000.0")),
      ("string(b'\\xff')", .error),
      ("string(1.5)", .value("'1.5'")),
      ("string(true)", .value("'true'")),
      ("bytes('é')", .value("b'c3 a9'")),
      ("'\\ud83d\\ude00'", .refused),
      ("type(1) == int", .value("true")),
      ("type(type(1)) == type", .value("true")),
      ("type({}) == map && type(null) == null_type", .value("true")),
    ] as [(String, Answer)])
  func conversion(expression: String, expected: Answer) {
    #expect(answer(expression) == expected)
  }

  @Test(
    "equality is by code points, without normalisation",
    arguments: [
      ("'é' == 'e\\u0301'", .value("false")),
      ("'é' in ['e\\u0301']", .value("false")),
      ("{'é': 1, 'e\\u0301': 2}.size()", .value("2")),
      ("'e\\u0301'.startsWith('e')", .value("true")),
      ("'\\r\\n'.contains('\\n')", .value("true")),
      ("'Z' < 'a' && 'a' < '\\u00e9' && '\\uffff' < '\\U00010000'", .value("true")),
    ] as [(String, Answer)])
  func text(expression: String, expected: Answer) {
    #expect(answer(expression) == expected)
  }
}

import Testing

@Suite("Macros")
struct MacroTests {
  @Test(
    "run over lists and maps",
    arguments: [
      ("[1, 2, 3].all(e, e > 0)", "true"),
      ("[].all(e, e > 0)", "true"),
      ("[1, 2, 3].exists(e, e == 2)", "true"),
      ("[].exists(e, e == 2)", "false"),
      ("[1, 2, 2].exists_one(e, e == 2)", "false"),
      ("[1, 2, 3].filter(e, e % 2 == 1)", "[1, 3]"),
      ("[1, 2, 3].map(e, e * e)", "[1, 4, 9]"),
      ("[1, 2, 3].map(e, e > 1, e * e)", "[4, 9]"),
      ("{'a': 1, 'b': 2}.map(k, k)", "['a', 'b']"),
      ("{'a': 1, 'b': 2}.filter(k, k == 'b')", "['b']"),
      ("[1, 2].map(a, [3, 4].map(b, a * b))", "[[3, 4], [6, 8]]"),
      ("[[1], [2, 3]].map(a, a.map(a, a + 1))", "[[2], [3, 4]]"),
      ("[3, 4].exists(i, v, i == 1 && v == 4)", "true"),
      ("{'a': 1}.all(k, v, k == 'a' && v == 1)", "true"),
      ("[3, 4].existsOne(i, v, i + v == 5)", "true"),
      ("[3, 4].transformList(i, v, i * v)", "[0, 4]"),
      ("[3, 4].transformList(i, v, i > 0, i * v)", "[4]"),
      ("{'a': 1}.transformList(k, v, k)", "['a']"),
      ("{'a': 1, 'b': 2}.transformMap(k, v, v * 2)", "{'a': 2, 'b': 4}"),
      ("{'a': 1, 'b': 2}.transformMap(k, v, v > 1, v * 2)", "{'b': 4}"),
      ("[5, 6].transformMap(i, v, v)", "{0: 5, 1: 6}"),
      ("{'a': 'x'}.transformMapEntry(k, v, {v: k})", "{'x': 'a'}"),
      ("{'a': 'x', 'b': 'y'}.transformMapEntry(k, v, k == 'a', {v: k})", "{'x': 'a'}"),
      ("cel.bind(a, 2, a * a)", "4"),
      ("cel.bind(a, 2, cel.bind(a, a + 1, a * a))", "9"),
      ("cel.bind(a, 1/0, true || a == 1)", "true"),
      ("cel.bind(a, 1/0, cel.bind(b, 2, b))", "2"),
      ("[1, 2].map(x, cel.bind(y, x + 1, y))", "[2, 3]"),
      ("optional.of(2).optMap(x, x + 1)", "optional.of(3)"),
      ("optional.none().optMap(x, x + 1)", "optional.none()"),
      ("optional.of(2).optFlatMap(x, optional.none())", "optional.none()"),
    ])
  func macro(expression: String, expected: String) {
    #expect(answer(expression) == .value(expected))
  }

  @Test(
    "fail where the language says so",
    arguments: [
      ("cel.bind(a, 1/0, a == 1)", .error),
      ("[2, 1, 0].map(n, 4 / n)", .error),
      ("[1, 0].filter(n, 1 / n > 0)", .error),
      ("['a', 'a'].transformMapEntry(i, v, {v: i})", .error),
      ("1.all(e, true)", .refused),
      ("[1].all(e, e)", .refused),
      ("[1].filter(e, 'a')", .refused),
      ("[1].transformMapEntry(i, v, v)", .refused),
      ("dyn(1).all(e, true)", .error),
      ("dyn([1]).all(e, e)", .error),
      ("[1].map(e, e, e, e)", .refused),
      ("[1].map(e, f)", .refused),
      ("[1].map(e, e) == [e]", .refused),
    ] as [(String, Answer)])
  func failure(expression: String, expected: Answer) {
    #expect(answer(expression) == expected)
  }
}

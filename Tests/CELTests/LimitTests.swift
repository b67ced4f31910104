import CEL
import Testing

@Suite("Limits", .timeLimit(.minutes(15)))
struct LimitTests {
  private static func nested(_ open: String, _ inner: String, _ close: String, _ count: Int)
    -> String
  {
    String(repeating: open, count: count) + inner + String(repeating: close, count: count)
  }

  @Test(
    "nesting works far beyond what the language demands, and then is refused",
    arguments: [
      ("(", "1", ")", 1), ("[", "1", "]", 1), ("{1: ", "1", "}", 1), ("-", "(1)", "", 1),
      ("!", "true", "", 1), ("int(", "1", ")", 1), ("true ? true : ", "true", "", 1),
      ("1 + (", "1", ")", 1), ("dyn(", "1", ")", 1), ("[1].map(x, ", "1", ")", 1),
      ("cel.bind(a, 1, ", "a", ")", 1), ("'a' + (", "'b'", ")", 1),
      ("true && (false || ", "true", ")", 2), ("has({'a': ", "1", "}.a)", 3),
      ("[1].map(x, [", "x", "])", 2), ("{'a': ", "1", "}.a", 2), ("[", "1", "][0]", 2),
    ])
  func nesting(open: String, inner: String, close: String, levels: Int) throws {
    let environment = Environment()
    let program = try environment.compile(Self.nested(open, inner, close, 245 / levels))
    guard case .value = program.evaluate([]) else {
      Issue.record("245 levels have no value")
      return
    }
    for count in [300, 5_000] {
      let error = refusal(Self.nested(open, inner, close, count), in: environment)
      #expect(error?.message == "expression nests deeper than 250 levels")
    }
  }

  @Test("chains of terms are as long as they like, where they don't nest")
  func chains() {
    let terms = Array(repeating: "true", count: 5_000)
    #expect(answer(terms.joined(separator: " && ")) == .value("true"))
    #expect(answer(Array(repeating: "1", count: 200).joined(separator: " + ")) == .value("200"))
    #expect(answer(Array(repeating: "1", count: 1_000).joined(separator: " + ")) == .refused)
    let list = "[" + Array(repeating: "1", count: 5_000).joined(separator: ",") + "]"
    #expect(answer("size(\(list))") == .value("5000"))
    let path = String(repeating: ".a", count: 10_000)
    #expect(refusal("a" + path)?.message == "expression nests deeper than 250 levels")
  }

  @Test("an expression has a limit of length")
  func length() {
    let long = "'" + String(repeating: "a", count: 100_000) + "'"
    #expect(refusal(long)?.message == "expression is longer than 100000 bytes")
  }

  @Test(
    "an evaluation ends, whatever it tries",
    arguments: [
      "xs.all(a, xs.all(b, xs.all(c, true)))",
      "xs.map(a, xs.map(b, xs.map(c, [a, b, c])))",
      "cel.bind(a, [xs, xs], cel.bind(b, [a, a], cel.bind(c, [b, b], cel.bind(d, [c, c],"
        + " cel.bind(e, [d, d], cel.bind(f, [e, e], cel.bind(g, [f, f], cel.bind(h, [g, g],"
        + " cel.bind(i, [h, h], cel.bind(j, [i, i], j))))))))))",
      "xs.map(x, text).join(text)",
      "text.replace('a', text)",
      "xs.exists(x, text.matches('(a*)*b'))",
      "xs.all(x, xs == xs)",
      "'%s'.format([xs.map(x, xs)]) + '%s'.format([xs.map(x, text)])",
    ])
  func steps(expression: String) {
    let environment = Environment(variables: [
      Variable("xs", .list(.int)), Variable("text", .string),
    ])
    let values: [Value] = [
      .list((0..<20_000).map { .int($0) }), .string(String(repeating: "a", count: 20_000)),
    ]
    let found = answer(expression, in: environment, with: values, stepLimit: 100_000)
    #expect(found == .error)
  }

  @Test("the limit of steps is counted to the step")
  func exactSteps() throws {
    let program = try Environment().compile("[1, 2, 3].all(x, true)")
    guard case .value = program.evaluate(stepLimit: 3) else {
      Issue.record("three elements take more than three steps")
      return
    }
    guard case .error(let error) = program.evaluate(stepLimit: 2) else {
      Issue.record("three elements take less than three steps")
      return
    }
    #expect(error.message == "evaluation takes more than 2 steps")
  }

  @Test("doubling a text over and over ends")
  func doubling() {
    var expression = "s"
    for _ in 0..<60 { expression = "cel.bind(s, s + s, \(expression))" }
    #expect(answer("cel.bind(s, 'abcdefgh', \(expression))") == .error)
  }

  @Test("doubling a list over and over ends, printed or compared")
  func sharing() {
    var shared = "s"
    for _ in 0..<60 { shared = "cel.bind(s, [s, s], \(shared))" }
    #expect(answer("cel.bind(s, [1], \(shared))", stepLimit: 100_000) == .error)
    for use in ["t == t", "'%s'.format([t])", "t in [t]", "{1: t} == {1: t}"] {
      let expression = "cel.bind(t, cel.bind(s, [1], \(shared)), \(use))"
      #expect(answer(expression, stepLimit: 100_000) == .error)
    }
  }
}

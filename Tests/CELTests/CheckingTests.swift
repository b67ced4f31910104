import CEL
import Testing

@Suite("Checking")
struct CheckingTests {
  @Test(
    "refuses with the standard words, and underlines the part between the marks",
    arguments: [
      ("‹x› + 1", "undeclared reference to 'x' (in container '')"),
      ("‹f›(1)", "undeclared reference to 'f' (in container '')"),
      ("1.‹f›()", "undeclared reference to 'f' (in container '')"),
      ("1 ‹+› 'a'", "found no matching overload for '_+_' applied to '(int, string)'"),
      ("1 ‹==› 1.0", "found no matching overload for '_==_' applied to '(int, double)'"),
      ("‹-›'a'", "found no matching overload for '-_' applied to '(string)'"),
      ("‹!›1", "found no matching overload for '!_' applied to '(int)'"),
      ("true ‹&&› 1", "found no matching overload for '_&&_' applied to '(bool, int)'"),
      ("1 ‹||› true", "found no matching overload for '_||_' applied to '(int, bool)'"),
      ("1 ‹?› 2 : 3", "found no matching overload for '_?_:_' applied to '(int, int, int)'"),
      ("1 ‹in› 'a'", "found no matching overload for '@in' applied to '(int, string)'"),
      ("[1]‹['a']›", "found no matching overload for '_[_]' applied to '(list(int), string)'"),
      (
        "'a'.‹contains›(1)",
        "found no matching overload for 'contains' applied to '(string, int)'"
      ),
      ("‹size›(1)", "found no matching overload for 'size' applied to '(int)'"),
      ("‹size›()", "found no matching overload for 'size' applied to '()'"),
      ("1.‹a›", "type 'int' does not support field selection"),
      ("‹1›.all(x, true)", "expression of type 'int' cannot be the range of a macro"),
      ("[1].all(x, ‹x›)", "expected a condition of type 'bool' but found 'int'"),
      ("‹Pool›{size: 1}", "type 'Pool' cannot be built in an expression"),
      ("'a'.matches(‹'('›)", "invalid regular expression: missing )"),
      ("pool.‹max_siz› > 1", "undefined field 'max_siz'"),
      ("has(pool.database.‹max›)", "undefined field 'max'"),
      ("‹written›(1)", "argument of written() must be a field selection"),
      ("‹written›({'a': 1}.a)", "argument of written() must be a field of a structure"),
      ("pool ‹<› pool", "found no matching overload for '_<_' applied to '(pool, pool)'"),
    ])
  func refuses(marked: String, message: String) {
    let parts = marked.split(separator: "‹", omittingEmptySubsequences: false)
    let halves = parts[1].split(separator: "›", omittingEmptySubsequences: false)
    let start = parts[0].utf8.count
    let error = refusal("\(parts[0])\(halves[0])\(halves[1])", in: TestHost.environment)
    #expect(error?.message == message)
    #expect(error?.range == start..<start + halves[0].utf8.count)
  }

  @Test(
    "suggests the nearest name",
    arguments: [
      ("pool.max_siz > 1", "max_size"), ("pool.mxa_size > 1", "max_size"),
      ("pol.max_size > 1", "pool"), ("minimun > 1", "minimum"), ("sise('a') > 1", "size"),
      ("'a'.startWith('b')", "startsWith"), ("writen(pool.name)", "written"),
      ("pool.xyz", nil), ("[1].exists(item, itme == 1)", "item"),
    ] as [(String, String?)])
  func suggests(expression: String, name: String?) {
    #expect(refusal(expression, in: TestHost.environment)?.suggestion == name)
  }

  @Test(
    "finds the result's type",
    arguments: [
      ("1 + 1", "int"), ("pool.max_size", "int"), ("pool.database.pools", "list(pool)"),
      ("pool.database.pools.map(p, p.max_size)", "list(int)"), ("anything + 1", "int"),
      ("anything + anything", "dyn"), ("anything.a.b", "dyn"), ("[1, 'a']", "list(dyn)"),
      ("[]", "list(dyn)"), ("[] + [1]", "list(int)"), ("{'a': [1u]}", "map(string, list(uint))"),
      ("true ? [] : [1.0]", "list(double)"),
      ("[optional.of(1)].first()", "optional_type(optional_type(int))"),
      ("{'a': 1}.?b", "optional_type(int)"), ("{'a': 1}.?b.orValue(2)", "int"), ("type(1)", "type"),
      ("timestamp(0) - timestamp(0)", "google.protobuf.Duration"),
      ("timestamp(0) - duration('1s')", "google.protobuf.Timestamp"),
      ("math.greatest(1, 2)", "int"), ("math.greatest(1, 2.0)", "dyn"),
      ("written(pool.max_size)", "string"),
      ("pool.database.pools.map(p, p.max_size).sum()", "int"), ("null", "null"), ("dyn(1)", "dyn"),
    ])
  func resultType(expression: String, type: String) throws {
    #expect(try TestHost.environment.compile(expression).resultType.description == type)
  }

  @Test(
    "reads types from text",
    arguments: [
      ("int", .int), ("list(map(string, int))", .list(.map(.string, .int))), ("list", .list(.dyn)),
      ("optional_type(dyn)", .optional(.dyn)), ("google.protobuf.Duration", .duration),
      ("pool", .object("pool")), ("list(", nil), ("map(int)", nil), ("int)", nil), ("", nil),
      (String(repeating: "list(", count: 1_000), nil),
    ] as [(String, ValueType?)])
  func typeFromText(text: String, type: ValueType?) {
    #expect(ValueType(parsing: text) == type)
  }

  @Test("names are looked up in the container, the innermost first")
  func containers() {
    let variables = [
      Variable("a.b.x", .int), Variable("a.x", .string), Variable("x", .bool),
      Variable("a.y", .int), Variable("m.n", .map(.string, .int)), Variable("m.n.o", .bool),
    ]
    let values: [Value] = [
      .int(1), .string("ax"), .bool(true), .int(2), .map(MapValue([(.string("o"), .int(3))])),
      .bool(false),
    ]
    let environment = Environment(container: "a.b", variables: variables)
    func found(_ expression: String) -> Answer {
      answer(expression, in: environment, with: values)
    }
    #expect(found("x") == .value("1"))
    #expect(found(".x") == .value("true"))
    #expect(found("y") == .value("2"))
    #expect(found("a.x") == .value("'ax'"))
    #expect(found("m.n.o") == .value("false"))
    #expect(found("[4].map(x, x)") == .value("[4]"))
    #expect(found("[4].map(x, .x)") == .value("[true]"))
    #expect(found("[{'n': {'o': 7}}].map(m, m.n.o)") == .value("[7]"))
    #expect(found("z") == .refused)
  }

  @Test(
    "unchecked, what a check refuses fails where it is evaluated",
    arguments: [
      ("x || true", .value("true")), ("f(1) || true", .value("true")), ("x", .error),
      ("1 == 1.0", .value("true")), ("true ? 'a' : 1", .value("'a'")), ("1 + 'a'", .error),
      ("'a'.charAt(true)", .error), ("pool{}", .error), ("'a'.matches('(')", .refused),
      ("1 +", .refused),
    ] as [(String, Answer)])
  func unchecked(expression: String, expected: Answer) {
    #expect(answer(expression, checked: false) == expected)
  }
}

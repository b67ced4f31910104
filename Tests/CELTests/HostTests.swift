import CEL
import Testing

@Suite("Host structures and functions")
struct HostTests {
  @Test(
    "fields, their absence and their aspects",
    arguments: [
      ("pool.max_size >= minimum", .value("true")),
      ("has(pool.max_size)", .value("true")),
      ("has(pool.min_idle)", .value("false")),
      ("pool.min_idle", .error),
      ("pool.min_idle > 0 || true", .value("true")),
      ("written(pool.max_size)", .value("'12'")),
      ("written(pool.name)", .error),
      ("pool.?min_idle.orValue(3)", .value("3")),
      ("anything.max_size == 12", .value("true")),
      ("has(anything.min_idle)", .value("false")),
      ("anything.nothing", .error),
      ("type(pool)", .value("pool")),
      ("pool == pool", .value("false")),
      ("pool.tags.exists(t, t == 'b')", .value("true")),
      ("pool.database.pools.map(p, p.max_size).sum()", .value("7")),
    ] as [(String, Answer)])
  func fields(expression: String, expected: Answer) {
    let inner = TestHost.pool(["max_size": .value(.int(7))])
    let values: [String: FieldResult] = [
      "max_size": .value(.int(12)), "written:max_size": .value(.string("12")),
      "tags": .value(.list([.string("a"), .string("b")])),
      "database": .value(
        .object(TestObject(typeName: "database", values: ["pools": .value(.list([inner]))]))),
    ]
    #expect(TestHost.answer(expression, values) == expected)
  }

  @Test(
    "the unknown never becomes a value",
    arguments: [
      ("pool.max_size > 1", .unknown(["template"])),
      ("pool.max_size > 1 && false", .value("false")),
      ("false && pool.max_size > 1", .value("false")),
      ("pool.max_size > 1 || true", .value("true")),
      ("pool.max_size > 1 && true", .unknown(["template"])),
      ("pool.max_size > 1 || 1/0 > 1", .unknown(["template"])),
      ("1/0 > 1 && pool.max_size > 1", .unknown(["template"])),
      ("pool.max_size > 1 && pool.name == ''", .unknown(["template", "placeholder"])),
      ("pool.max_size > 1 && pool.max_size < 9", .unknown(["template"])),
      ("has(pool.max_size)", .unknown(["template"])),
      ("pool.max_size > 1 ? 1 : 1", .unknown(["template"])),
      ("[pool.max_size].size()", .unknown(["template"])),
      ("[1, 2].exists(i, pool.max_size == i || i == 2)", .value("true")),
      ("[1, 2].all(i, pool.max_size == i)", .unknown(["template"])),
      ("[1, 2].all(i, pool.max_size == i && i == 2)", .value("false")),
      ("[1, 2].filter(i, pool.max_size == i)", .unknown(["template"])),
      ("[1].exists_one(i, pool.max_size == i)", .unknown(["template"])),
      ("cel.bind(a, pool.max_size, true)", .value("true")),
      ("cel.bind(a, pool.max_size, a == 1)", .unknown(["template"])),
      ("pool.?max_size.hasValue()", .unknown(["template"])),
      ("written(pool.max_size)", .value("'${SIZE}'")),
      ("size_of_peak(1) > 1", .unknown(["peak not given"])),
    ] as [(String, Answer)])
  func unknown(expression: String, expected: Answer) {
    let values: [String: FieldResult] = [
      "max_size": .unknown("template"), "name": .unknown("placeholder"),
      "written:max_size": .value(.string("${SIZE}")),
    ]
    #expect(TestHost.answer(expression, values) == expected)
  }

  @Test("of many reasons the first sixteen are kept")
  func manyReasons() {
    let environment = Environment(
      variables: [Variable("pools", .list(.object("pool")))], structType: TestHost.structType)
    let pools = (0..<50_000).map { index in
      TestHost.pool(["max_size": .unknown("template \(index)")])
    }
    let found = answer("pools.all(p, p.max_size > 1)", in: environment, with: [.list(pools)])
    #expect(found == .unknown((0..<16).map { "template \($0)" }))
  }

  @Test("a program says which fields it reads, in order and once")
  func fieldReferences() throws {
    let program = try TestHost.environment.compile(
      "pool.max_size > 1 && has(pool.name) && pool.database.max_connections > pool.max_size"
        + " && written(pool.min_idle) != '' && anything.x == 1")
    let names = program.fieldReferences.map { "\($0.typeName).\($0.field)#\($0.slot)" }
    #expect(
      names == [
        "pool.max_size#1", "pool.name#0", "pool.database#5", "database.max_connections#0",
        "pool.min_idle#2",
      ])
  }

  @Test("a program that lacks values fails")
  func missingValues() throws {
    let program = try TestHost.environment.compile("minimum > 1")
    guard case .error(let error) = program.evaluate([]) else {
      Issue.record("evaluated without values")
      return
    }
    #expect(error.message == "0 values given for 3 variables")
  }

  @Test("an overload of the host stands beside the library's")
  func overloads() {
    let environment = Environment(functions: [
      Function(
        "size", [Overload([.bool], .int) { _ throws(EvaluationFailure) in .int(1) }]),
      Function(
        "pool.peak",
        [
          Overload([.int, .int], .int, variadic: true) { a throws(EvaluationFailure) in
            .int(Int64(a.count))
          }
        ]),
    ])
    #expect(answer("size(true) + size('ab')", in: environment) == .value("3"))
    #expect(answer("size(1)", in: environment) == .refused)
    #expect(answer("size(dyn(true))", in: environment) == .value("1"))
    #expect(answer("pool.peak(1, 2, 3)", in: environment) == .value("3"))
    #expect(answer("pool.peak(1)", in: environment) == .refused)
  }

  @Test("an endless time of the host is the longest duration")
  func endless() {
    let values: [String: FieldResult] = [
      "max_lifetime": .value(.duration(TimeSpan(microseconds: .max)))
    ]
    #expect(TestHost.answer("pool.max_lifetime > duration('87600h')", values) == .value("true"))
    #expect(
      TestHost.answer("pool.max_lifetime - duration('30s') > duration('1h')", values)
        == .value("true"))
  }
}

import CEL
import Testing

/// Which parts of an expression decide, and what they came to.
@Suite("Conditions of an expression")
struct ConditionTests {
  /// The text of each condition with `T` where it was true and `F` where it was false.
  private func seen(_ source: String, _ values: [[Value]]) throws -> [String] {
    let environment = Environment(variables: [
      Variable("a", .bool), Variable("b", .bool), Variable("xs", .list(.int)),
    ])
    let program = try environment.observe(source)
    for value in values { _ = program.evaluate(value) }
    let bytes = Array(source.utf8)
    return program.conditions.map { condition in
      String(decoding: bytes[condition.range], as: UTF8.self) + ": "
        + (condition.wasTrue ? "T" : "") + (condition.wasFalse ? "F" : "")
    }
  }

  private func row(_ a: Bool, _ b: Bool, _ xs: [Int64] = []) -> [Value] {
    [.bool(a), .bool(b), .list(xs.map { .int($0) })]
  }

  @Test("operands count by themselves, and only where they are reached")
  func operands() throws {
    #expect(try seen("a && b", [row(true, true)]) == ["a && b: T", "a: T", "b: T"])
    #expect(try seen("a && b", [row(false, true)]) == ["a && b: F", "a: F", "b: "])
    #expect(
      try seen("a || !b", [row(false, true), row(true, true)]) == [
        "a || !b: TF", "a: TF", "b: T",
      ])
  }

  @Test("both ways of a choice count where the choice is a condition")
  func choices() throws {
    #expect(try seen("a ? b : !b", [row(true, false)]) == ["a ? b : !b: F", "a: T", "b: F", "b: "])
    #expect(
      try seen("(a ? 1 : 2) == 1", [row(false, true)]) == ["(a ? 1 : 2) == 1: F", "a: F"])
  }

  @Test("what a macro asks of each element counts over all of them")
  func macros() throws {
    #expect(
      try seen("xs.all(x, x > 0)", [row(true, true, [1, 2])]) == [
        "xs.all(x, x > 0): T", "x > 0: T",
      ])
    #expect(
      try seen("xs.filter(x, x > 1).size() == 1", [row(true, true, [1, 2])]) == [
        "xs.filter(x, x > 1).size() == 1: T", "x > 1: TF",
      ])
  }

  @Test("literals decide nothing, and what fails is neither true nor false")
  func neither() throws {
    #expect(try seen("true", [row(true, true)]) == [])
    #expect(
      try seen("xs[0] > 1 || a", [row(true, true)]) == ["xs[0] > 1 || a: T", "xs[0] > 1: ", "a: T"])
  }

  @Test("the value is the same as without notes")
  func value() throws {
    let environment = Environment(variables: [Variable("a", .bool)])
    let program = try environment.observe("a ? [1, 2].exists(x, x == 2) : false")
    guard case .value(.bool(true)) = program.evaluate([.bool(true)]) else {
      Issue.record("an observed expression has another value")
      return
    }
    #expect(throws: CELError.self) { try environment.observe("a +") }
  }
}

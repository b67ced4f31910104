import CEL
import Catalog
import FoundationEssentials
import Model
import Policy
import Testing

/// Functions of ours that expressions have besides CEL's own.
@Suite("Own functions of expressions")
struct OwnFunctionTests {
  private func answer(_ expression: String) -> String {
    let environment = Environment(functions: RuleFunctions.all(Catalog.schema))
    do throws(CELError) {
      return switch try environment.compile(expression).evaluate() {
      case .value(let value): "\(value)"
      case .unknown(let reasons): "unknown: \(reasons.joined(separator: ", "))"
      case .error(let error): "error: \(error.message)"
      }
    } catch {
      return "refused: \(error.message)"
    }
  }

  @Test(
    "sums, sets, sizes and times",
    arguments: [
      "[1, 2, 3].sum() == 6", "[].sum() == 0", "[1u, 2u].sum() == 3u", "[0.5, 1.0].sum() == 1.5",
      "[duration('1s'), duration('1.5s')].sum() == duration('2.5s')",
      "[1, 2].map(x, x * 10).sum() == 30", "[-5].sum() == -5",
      "sets.contains([1, 2, 3], [3, 1, 1])", "!sets.contains([1], [2])", "sets.contains([], [])",
      "sets.contains(['a', 'b'], ['b'])", "sets.intersects([1, 2], [2, 3])",
      "!sets.intersects([1], [])", "sets.equivalent([1, 2, 2], [2, 1])",
      "!sets.equivalent([1], [1, 2])", "sets.equivalent([dyn(1), 2u], [1u, 2.0])",
      "bytes_of('1kB') == 1024", "bytes_of('10m') == 10485760", "bytes_of('8GiB') == 8589934592",
      "time_of('1h30m') == duration('5400s')", "time_of('7d') == duration('604800s')",
      "size_text(67108864) == '64 MB'",
    ])
  func answers(expression: String) {
    #expect(answer(expression) == "\(Value.bool(true))", "\(expression)")
  }

  @Test(
    "what has no answer is an error",
    arguments: [
      ("[9223372036854775807, 1].sum()", "integer overflow"),
      ("['a'].sum()", "there is no sum of string and int"),
      ("[dyn(1), 'a'].sum()", "there is no sum of int and string"),
      ("bytes_of('many')", "bytes_of takes a size such as 512MB"),
      ("bytes_of('99999999999TB')", "bytes_of takes a size such as 512MB"),
      ("time_of('soon')", "time_of takes a time such as 90s"),
      ("sets.contains([1.5], [1.5])", "sets.contains compares whole numbers"),
    ])
  func errors(expression: String, message: String) {
    #expect(answer(expression).hasPrefix("error: " + message), "\(answer(expression))")
  }

  @Test("types are checked")
  func types() {
    let wrong = ["1.sum()", "sets.contains([1], 1)", "bytes_of(1)", "time_of(duration('1s'))"]
    for expression in wrong {
      #expect(answer(expression).hasPrefix("refused: "), "\(expression)")
    }
  }

  @Test("the documentation names every function as it is")
  func documented() throws {
    let text = try String(contentsOfFile: "\(RuleExamples.root)/docs/policy.md", encoding: .utf8)
    for function in OwnFunction.all {
      #expect(text.contains("| `\(function.signature)` | \(function.about) |"))
    }
    for function in Catalog.schema.functions {
      #expect(text.contains("`\(function.name)("), "\(function.name)")
    }
  }

  @Test("sets and sums of long lists take time in proportion")
  func long() {
    let range = (0..<2_000).map(String.init).joined(separator: ", ")
    #expect(answer("sets.equivalent([\(range)], [\(range)])") == "\(Value.bool(true))")
    #expect(answer("[\(range)].sum() == 1999000") == "\(Value.bool(true))")
  }
}

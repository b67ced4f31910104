import CEL
import FoundationEssentials

/// One file of the conformance vectors.
struct ConformanceFile: Decodable {
  let cases: [ConformanceCase]

  /// The folder of the vectors: named by the environment, or beside the checkout.
  static let folder: URL = {
    if let shared = ProcessInfo.processInfo.environment["HEADGATE_SHARED"] {
      return URL(filePath: shared).appending(path: "data/cel")
    }
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return tests.appending(path: "../../../shared/data/cel").standardized
  }()

  static let areHere = FileManager.default.fileExists(atPath: folder.path)

  static let names = [
    "basic", "comparisons", "conversions", "fields", "fp_math", "integer_math", "lists", "logic",
    "macros", "namespace", "parse", "plumbing", "string", "timestamps", "macros2", "bindings_ext",
    "encoders_ext", "math_ext", "optionals", "string_ext",
  ]

  static func read(_ name: String) throws -> [ConformanceCase] {
    let data = try Data(contentsOf: folder.appending(path: name + ".json"))
    return try JSONDecoder().decode([ConformanceCase].self, from: data)
  }
}

/// One case: an expression in a setting, and what it comes to.
struct ConformanceCase: Decodable {
  struct Declaration: Decodable {
    let name: String
    let type: String
  }

  struct Expectation: Decodable {
    /// `nil` where an error is expected.
    let value: TypedValue?
  }

  let section: String
  let name: String
  let expr: String
  let bindings: [String: TypedValue]
  let typeEnv: [Declaration]
  let container: String
  let disableCheck: Bool
  let expect: Expectation
}

extension ConformanceCase {
  /// What is wrong with our answer; `nil` when it is the expected one.
  func complaint() -> String? {
    var variables = typeEnv.map { Variable($0.name, ValueType(parsing: $0.type) ?? .dyn) }
    for name in bindings.keys.sorted() where !typeEnv.contains(where: { $0.name == name }) {
      variables.append(Variable(name, .dyn))
    }
    // What is declared without a value is left out: the suite expects an error then.
    variables.removeAll { bindings[$0.name] == nil }
    let environment = Environment(
      container: container, variables: variables, timeZones: .system)
    let outcome: Outcome
    do {
      let program = try environment.compile(expr, checked: !disableCheck)
      outcome = program.evaluate(variables.map { bindings[$0.name]?.value ?? .null })
    } catch {
      return "refused: \(error)"
    }
    switch (outcome, expect.value?.value) {
    case (.error, nil): return nil
    case (.value(let found), let expected?) where found.isIdentical(to: expected): return nil
    default: return "got \(outcome), expected \(expect.value?.value as Value?)"
    }
  }
}

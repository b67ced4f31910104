package import Findings
package import Model
package import Syntax

/// What reading an example's files gave; the catalog does that, which Policy doesn't know.
package struct ExampleReading: Sendable {
  package let resources: [any Resource]
  package let sources: [SourceText]
  /// Why the files could not be read as the product would: an example must be whole.
  package let problems: [String]

  package init(resources: [any Resource], sources: [SourceText], problems: [String] = []) {
    self.resources = resources
    self.sources = sources
    self.problems = problems
  }
}

/// What running one example of a rule showed.
package struct ExampleResult: Sendable {
  package let rule: String
  /// `bad 1`, `good 2`: the list and the number in it, from 1.
  package let name: String
  package let expected: [ExpectedFinding]
  package let findings: [Finding]
  /// Why the example says nothing: unread files, a failed or an undecided rule.
  package let obstacles: [String]
  /// Fixes that don't repair what they are for; found only where somebody tries them.
  package var brokenFixes: [String] = []

  /// The places at which the rule found something, in order.
  package var found: [ExpectedFinding] {
    findings.map { ExpectedFinding(path: $0.path, line: $0.range.start.line) }.sorted()
  }

  package var passed: Bool { obstacles.isEmpty && brokenFixes.isEmpty && found == expected }

  /// What differs, in one line; `nil` where nothing does.
  package var complaint: String? {
    guard !passed else { return nil }
    if !obstacles.isEmpty { return obstacles.joined(separator: "; ") }
    if found == expected { return brokenFixes.joined(separator: "; ") }
    let text = { (places: [ExpectedFinding]) in
      places.isEmpty ? "nothing" : places.map(\.description).joined(separator: ", ")
    }
    return "expected \(text(expected)), found \(text(found))"
  }
}

/// Runs the examples in a rule's file, which are its tests.
package enum ExampleRun {
  /// Runs every example of `rule`, and only that rule.
  ///
  /// - Parameters:
  ///   - rule: the rule with its examples.
  ///   - schema: what rules can name.
  ///   - read: reads an example's files as the product they are for.
  /// - Returns: a result for each example, the bad ones first.
  package static func run(
    _ rule: RuleDefinition, schema: Schema, read: (RuleExample) -> ExampleReading
  ) -> [ExampleResult] {
    rule.namedExamples.map { name, example in
      result(of: rule, name, example, reading: read(example), schema: schema)
    }
  }

  /// Runs one example, which results call `name`.
  static func result(
    of rule: RuleDefinition, _ name: String, _ example: RuleExample, reading: ExampleReading,
    schema: Schema
  ) -> ExampleResult {
    let policy = PolicySet(
      configured: [ConfiguredRule(rule, parameters: example.parameters)], schema: schema)
    let sources = Dictionary(
      reading.sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let evaluation = policy.evaluate(reading.resources, sources: sources)
    var obstacles = reading.problems
    if reading.resources.isEmpty { obstacles.append("nothing in it was understood") }
    obstacles += evaluation.failures.map { "the rule failed: \($0.message)" }
    obstacles += evaluation.undecided.map { "undecided: \($0.message)" }
    return ExampleResult(
      rule: rule.id, name: name, expected: example.finds, findings: evaluation.findings,
      obstacles: obstacles)
  }
}

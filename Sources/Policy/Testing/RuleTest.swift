import Findings
package import Model
package import Syntax

/// What running the examples of one rule showed: its tests.
package struct RuleTest: Sendable {
  package let rule: RuleDefinition
  /// The rule's file, where it was read from one.
  package let path: String?
  /// A result for each example, the bad ones first.
  package let examples: [ExampleResult]
  /// What the rule's conditions came to over all examples, in the order of the file's keys.
  package let conditions: [TestedCondition]

  /// Whether every example shows what it says.
  ///
  /// A rule without examples shows nothing, and passes.
  package var passed: Bool { examples.allSatisfy(\.passed) }

  /// The conditions that no example made true, or none false.
  package var gaps: [TestedCondition] { conditions.filter { !$0.isCovered } }

  /// What there is to see of the conditions: each once true and once false.
  package var outcomeCount: Int { conditions.count * 2 }

  /// What of ``outcomeCount`` some example showed.
  package var seenCount: Int {
    conditions.reduce(0) { $0 + ($1.wasTrue ? 1 : 0) + ($1.wasFalse ? 1 : 0) }
  }
}

/// One condition of a rule, or a part of one that is true or false by itself.
package struct TestedCondition: Sendable, Hashable {
  /// The key that holds it: `when`, `require` or `downgrade`.
  package let part: String
  /// The expression's text, as written.
  package let text: String
  /// Where it stands in the rule's file; `nil` where the rule was not read from one.
  package let position: SourcePosition?
  package let wasTrue: Bool
  package let wasFalse: Bool

  package var isCovered: Bool { wasTrue && wasFalse }

  /// What no example showed of it, `nil` where nothing is missing.
  package var gap: String? {
    switch (wasTrue, wasFalse) {
    case (true, true): nil
    case (false, true): "never true"
    case (true, false): "never false"
    case (false, false): "never evaluated"
    }
  }
}

extension RuleTest {
  /// Runs the examples of a rule as it was read from its file.
  ///
  /// - Parameters:
  ///   - loaded: the rule with the places of its expressions.
  ///   - schema: what rules can name.
  ///   - read: reads an example's files as the product they are for.
  package static func run(
    _ loaded: LoadedRule, schema: Schema, read: (RuleExample) -> ExampleReading
  ) -> RuleTest {
    run(loaded.definition, loaded, schema, read)
  }

  /// Runs the examples of a rule whose file is not at hand: a built-in one.
  package static func run(
    _ rule: RuleDefinition, schema: Schema, read: (RuleExample) -> ExampleReading
  ) -> RuleTest {
    run(rule, nil, schema, read)
  }

  private static func run(
    _ rule: RuleDefinition, _ loaded: LoadedRule?, _ schema: Schema,
    _ read: (RuleExample) -> ExampleReading
  ) -> RuleTest {
    let coverage = RuleCoverage(rule, schema: schema)
    var results: [ExampleResult] = []
    for (name, example) in rule.namedExamples {
      let reading = read(example)
      coverage.evaluate(reading.resources, parameters: example.parameters)
      var result = ExampleRun.result(of: rule, name, example, reading: reading, schema: schema)
      result.brokenFixes = FixTrial.complaints(
        about: result.findings, of: rule, in: example, reading, schema: schema, read: read)
      results.append(result)
    }
    return RuleTest(
      rule: rule, path: loaded?.source.path, examples: results,
      conditions: coverage.conditions(in: loaded))
  }
}

extension RuleDefinition {
  /// The examples with what results call them: `bad 1`, `good 2`.
  var namedExamples: [(name: String, example: RuleExample)] {
    bad.enumerated().map { ("bad \($0 + 1)", $1) }
      + good.enumerated().map { ("good \($0 + 1)", $1) }
  }
}

import Catalog
package import Policy
import Syntax

/// The tests of rules: each rule's own examples, and what its conditions came to over them.
package struct PolicyTest: Sendable {
  /// In order of the rules' names.
  package let rules: [RuleTest]

  /// Runs the examples of `rules`.
  package init(_ rules: [LoadedRule]) {
    self.init(rules.map { Subject(definition: $0.definition, loaded: $0) })
  }

  private struct Subject: Sendable {
    let definition: RuleDefinition
    let loaded: LoadedRule?
  }

  private init(_ subjects: [Subject]) {
    let sorted = subjects.sorted { $0.definition.id < $1.definition.id }
    rules = Parallel.map(sorted, share: 4) { subject in
      let read = { (example: RuleExample) in
        ExampleReading(of: example, for: subject.definition)
      }
      return if let loaded = subject.loaded {
        RuleTest.run(loaded, schema: Catalog.schema, read: read)
      } else {
        RuleTest.run(subject.definition, schema: Catalog.schema, read: read)
      }
    }
  }

  /// Runs the examples of a project's rules.
  ///
  /// - Parameters:
  ///   - names: only these rules, by name or code; all where it is empty.
  ///   - includesBuiltIn: whether those that come with Headgate are run as well.
  /// - Throws: `Failure` where no rule is left to test, which is no success.
  package static func of(
    _ project: Project, named names: [String], includingBuiltIn includesBuiltIn: Bool
  ) throws(Failure) -> PolicyTest {
    let own = Dictionary(
      project.ownRules.map { ($0.definition.id, $0) }, uniquingKeysWith: { _, last in last })
    var chosen: Set<String> = []
    for name in names { chosen.insert(try RuleList(project.policy).rule(name).definition.id) }
    let definitions = project.policy.rules.map(\.definition).filter { rule in
      if !chosen.isEmpty { return chosen.contains(rule.id) }
      return includesBuiltIn || rule.source != .builtIn
    }
    guard !definitions.isEmpty else {
      throw Failure(
        "there is no rule to test: `policies` of .headgate.yaml names no folder of rules",
        help: "name files or folders of rules, or --built-in for those that come with Headgate")
    }
    return PolicyTest(
      definitions.map { rule in
        Subject(
          definition: rule, loaded: own[rule.id].flatMap { $0.definition == rule ? $0 : nil })
      })
  }

  /// Runs the examples of the rules in files and folders, which need not be in force.
  ///
  /// - Parameter paths: files, or folders with `AREA/NAME.yaml`, relative to `folder`.
  /// - Throws: `Failure` with every mistake in them.
  package static func of(paths: [String], in folder: String) throws(Failure) -> PolicyTest {
    var rules: [LoadedRule] = []
    var problems: [PolicyProblem] = []
    for path in paths {
      do throws(PolicyError) {
        rules += try NamedRules(path, in: folder).rules
      } catch {
        problems += error.problems
      }
    }
    guard problems.isEmpty else { throw Failure(PolicyError(problems).description) }
    return PolicyTest(rules)
  }

  /// Whether every example shows what it says.
  package var passed: Bool { rules.allSatisfy(\.passed) }

  /// Whether besides every rule has a bad and a good example, and every condition was true and
  /// false.
  package var isComplete: Bool {
    passed && rules.allSatisfy { $0.gaps.isEmpty && !$0.rule.bad.isEmpty && !$0.rule.good.isEmpty }
  }

  var exampleCount: Int { rules.reduce(0) { $0 + $1.examples.count } }
  var failureCount: Int {
    rules.reduce(0) { $0 + $1.examples.count { !$0.passed } }
  }
  var outcomeCount: Int { rules.reduce(0) { $0 + $1.outcomeCount } }
  var seenCount: Int { rules.reduce(0) { $0 + $1.seenCount } }
}

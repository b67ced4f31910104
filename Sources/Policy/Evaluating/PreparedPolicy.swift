import CEL
import Findings
package import Model
package import Syntax

/// A policy whose expressions are compiled, ready for any number of resources on any thread.
package struct PreparedPolicy: Sendable {
  let rules: [PreparedRule]
  let table: FieldTable
  let schema: Schema
  /// Rules whose expressions don't compile.
  let failures: [RuleFailure]

  /// Evaluates every rule on every resource of its kind.
  ///
  /// - Parameters:
  ///   - resources: what was read from the files.
  ///   - sources: the files by path as resources name them, for lines and edits.
  /// - Complexity: linear in resources times the rules of their kind.
  package func evaluate(
    _ resources: [any Resource], sources: [String: SourceText]
  ) -> Evaluation {
    var evaluation = Evaluation()
    for failure in failures { evaluation.add(failure: failure) }
    var places = PlaceTable(sources)
    for kind in Kind.allCases {
      let rules = rules.filter { $0.definition.kind == kind }
      guard !rules.isEmpty else { continue }
      let subjects =
        kind == .setting
        ? SettingSubject.subjects(of: resources) : resources.filter { $0.kind == kind }
      guard !subjects.isEmpty else { continue }
      let values = subjects.map { Value.object(ResourceValue($0, table: table)) }
      for rule in rules {
        var run = RuleRun(rule: rule, schema: schema)
        run.evaluate(subjects, values: values, places: &places, into: &evaluation)
      }
    }
    evaluation.finish(
      givingWay: Set(rules.lazy.filter(\.definition.givesWay).map(\.definition.id)))
    return evaluation
  }
}

/// A rule with its compiled conditions.
struct PreparedRule: Sendable {
  let rule: ConfiguredRule
  let environment: Environment
  let when: Program?
  let require: Program
  /// The fields of which one must be there for the rule to apply; empty where the resource is
  /// meant.
  let anchors: [Field]

  var definition: RuleDefinition { rule.definition }

  /// Whether the rule can look at a resource at all, before any expression is evaluated.
  func concerns(_ resource: any Resource) -> Bool {
    let products = definition.products
    if !products.isEmpty {
      let identity = resource.identity
      let isMeant = products.contains {
        $0.matches(technology: identity.technology, version: identity.version)
      }
      guard isMeant else { return false }
    }
    guard !anchors.isEmpty else { return true }
    return anchors.contains { field in
      if case .absent = resource.value(of: field) { false } else { true }
    }
  }
}

extension PolicySet {
  /// Compiles the rules that could look at one of `resources`.
  ///
  /// A rule that doesn't compile becomes a failure of every evaluation.
  package func prepare(for resources: [any Resource]) -> PreparedPolicy {
    var technologies: [Kind: Set<String>] = [:]
    for resource in resources {
      technologies[resource.kind, default: []].insert(resource.identity.technology)
    }
    technologies[.setting] = technologies.values.reduce(into: []) { $0.formUnion($1) }
    var prepared: [PreparedRule] = []
    var failures: [RuleFailure] = []
    for rule in rules where rule.isActive {
      let definition = rule.definition
      guard let present = technologies[definition.kind], !present.isEmpty,
        definition.products.isEmpty
          || definition.products.contains(where: { present.contains($0.name) })
      else { continue }
      do throws(CELError) {
        prepared.append(try prepare(rule))
      } catch {
        failures.append(RuleFailure(rule: definition.id, path: "", message: error.description))
      }
    }
    let references = prepared.flatMap {
      ($0.when?.fieldReferences ?? []) + $0.require.fieldReferences
    }
    return PreparedPolicy(
      rules: prepared, table: FieldTable(references, schema: schema), schema: schema,
      failures: failures)
  }

  private func prepare(_ rule: ConfiguredRule) throws(CELError) -> PreparedRule {
    let definition = rule.definition
    let environment = RuleEnvironment.make(for: definition, schema: schema)
    var when: Program?
    if let source = definition.when { when = try environment.compile(source) }
    let require = try environment.compile(definition.require)
    let names = definition.at.map(\.field)
    let anchors =
      names.contains(nil)
      ? [] : names.compactMap { $0.flatMap { schema[definition.kind]?.field(named: $0) } }
    return PreparedRule(
      rule: rule, environment: environment, when: when, require: require, anchors: anchors)
  }
}

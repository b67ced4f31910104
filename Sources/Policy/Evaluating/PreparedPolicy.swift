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
    evaluate(Subjects.byKind(resources), sources: sources)
  }

  func evaluate(_ byKind: [Kind: Subjects], sources: [String: SourceText]) -> Evaluation {
    var evaluation = Evaluation()
    for failure in failures { evaluation.add(failure: failure) }
    var places = PlaceTable(sources)
    for kind in Kind.allCases {
      let rules = rules.filter { $0.definition.kind == kind }
      guard !rules.isEmpty else { continue }
      if kind == .directive {
        evaluateParts(rules, byKind, places: &places, into: &evaluation)
        continue
      }
      let subjects =
        kind == .setting
        ? Subjects.settings(of: byKind, concerning: rules.map(\.definition)) : byKind[kind]
      guard let subjects, !subjects.isEmpty else { continue }
      let resources = subjects.resources
      let columns = FieldColumns(
        of: resources, kind: kind, read: rules.map(\.readSlots), table: table)
      let values = resources.enumerated().map { row, resource in
        Value.object(ResourceValue(resource, table: table, columns: columns, row: row))
      }
      for rule in rules {
        var run = RuleRun(rule: rule, schema: schema)
        run.evaluate(subjects, values: values, places: &places, into: &evaluation)
      }
    }
    evaluation.finish(
      givingWay: Set(rules.lazy.filter(\.definition.givesWay).map(\.definition.id)))
    return evaluation
  }

  /// Evaluates rules that say by name which parts of resources they are about.
  private func evaluateParts(
    _ rules: [PreparedRule], _ byKind: [Kind: Subjects], places: inout PlaceTable,
    into evaluation: inout Evaluation
  ) {
    let names = Set(rules.flatMap(\.definition.directives))
    for (name, subjects) in Subjects.parts(of: byKind, named: names).sorted(by: { $0.key < $1.key })
    {
      let values = subjects.resources.map { Value.object(ResourceValue($0, table: table)) }
      for rule in rules where rule.definition.directives.contains(name) {
        var run = RuleRun(rule: rule, schema: schema)
        run.evaluate(subjects, values: values, places: &places, into: &evaluation)
      }
    }
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

  /// Whether the resource has one of the fields that the rule would underline.
  func hasAnchor(in resource: () -> any Resource) -> Bool {
    guard !anchors.isEmpty else { return true }
    let resource = resource()
    return anchors.contains { field in
      if case .absent = resource.value(of: field) { false } else { true }
    }
  }

  /// The slots of the resource's own fields that the conditions read.
  var readSlots: Set<Int> {
    let references = (when?.fieldReferences ?? []) + require.fieldReferences
    return Set(references.lazy.filter { $0.typeName == definition.kind.rawValue }.map(\.slot))
  }
}

extension PolicySet {
  /// Compiles the rules that could look at one of `resources`.
  ///
  /// A rule that doesn't compile becomes a failure of every evaluation.
  package func prepare(for resources: [any Resource]) -> PreparedPolicy {
    prepare(for: Subjects.byKind(resources))
  }

  func prepare(for subjects: [Kind: Subjects]) -> PreparedPolicy {
    var technologies = subjects.mapValues(\.technologies)
    let all = technologies.values.reduce(into: Set<String>()) { $0.formUnion($1) }
    technologies[.setting] = all
    technologies[.directive] = all
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
    if let source = definition.when {
      when = try environment.compile(PatternFolding.folded(source, in: rule))
    }
    let require = try environment.compile(PatternFolding.folded(definition.require, in: rule))
    let names = definition.at.map(\.field)
    let anchors =
      names.contains(nil)
      ? [] : names.compactMap { $0.flatMap { schema[definition.kind]?.field(named: $0) } }
    return PreparedRule(
      rule: rule, environment: environment, when: when, require: require, anchors: anchors)
  }
}

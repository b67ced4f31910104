import CEL
import Findings
import Model
import Syntax

/// A policy whose expressions are compiled, ready for any number of resources on any thread.
struct PreparedPolicy: Sendable {
  let rules: [PreparedRule]
  let table: FieldTable
  let schema: Schema
  /// Rules whose expressions don't compile.
  let failures: [RuleFailure]
  /// Which files have settings of their own; `nil` where none have.
  var scopes: PathScopes?

  /// Evaluates every rule on every resource of its kind.
  ///
  /// - Parameters:
  ///   - byKind: what was read from the files.
  ///   - parts: the lines that rules ask for by name.
  ///   - sources: the files by path as resources name them, for lines and edits.
  /// - Complexity: linear in resources times the rules of their kind.
  func evaluate(
    _ byKind: [Kind: Subjects], parts: [String: Subjects], sources: [String: SourceText]
  ) -> Evaluation {
    var evaluation = Evaluation()
    for failure in failures { evaluation.add(failure: failure) }
    let lines = SharedLines(sources)
    let portions = portions(byKind, parts).map { $0.scoped(scopes) }
    let count = portions.reduce(0) { $0 + $1.subjects.resources.count }
    // No thread for a small file: it would cost more than the rules.
    let share = count < Self.fewResources ? portions.count : 1
    for found in Parallel.map(portions, share: share, { evaluate($0, lines) }) {
      evaluation.append(found)
    }
    evaluation.finish(
      givingWay: Set(rules.lazy.filter(\.definition.givesWay).map(\.definition.id)))
    return evaluation
  }

  /// Resources of which rules remember what they read, and the rules that are about them.
  private struct Portion: Sendable {
    let kind: Kind
    let rules: [PreparedRule]
    let subjects: Subjects
    /// The name of all of them, where they are lines.
    var lineName: String?

    func scoped(_ scopes: PathScopes?) -> Portion {
      guard let scopes else { return self }
      return Portion(
        kind: kind, rules: rules, subjects: scopes.applied(to: subjects), lineName: lineName)
    }
  }

  /// Fewer resources than this take less than a thread takes to start.
  private static let fewResources = 2_000

  /// Each kind with its rules; of lines each name, since rules say by name which they are about.
  private func portions(_ byKind: [Kind: Subjects], _ parts: [String: Subjects]) -> [Portion] {
    Kind.allCases.flatMap { kind -> [Portion] in
      let rules = rules.filter { $0.definition.kind == kind }
      guard !rules.isEmpty else { return [] }
      if kind == .directive {
        return parts.sorted { $0.key < $1.key }.map { name, subjects in
          let concerned = rules.filter { $0.definition.directives.contains(name) }
          return Portion(
            kind: kind, rules: concerned, subjects: subjects, lineName: name)
        }
      }
      let subjects =
        kind == .setting
        ? Subjects.settings(of: byKind, concerning: rules.map(\.definition)) : byKind[kind]
      guard let subjects, !subjects.isEmpty else { return [] }
      return [Portion(kind: kind, rules: rules, subjects: subjects)]
    }
  }

  private func evaluate(_ portion: Portion, _ lines: SharedLines) -> Evaluation {
    var evaluation = Evaluation()
    var places = PlaceTable(lines)
    var columns = FieldColumns(
      of: portion.subjects.resources, kind: portion.kind, table: table,
      lineName: portion.lineName)
    for rule in portion.rules {
      var run = RuleRun(rule: rule, table: table, schema: schema)
      run.evaluate(portion.subjects, columns: &columns, places: &places, into: &evaluation)
    }
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
  /// The slots of the resource's own fields, and questions about them, that the conditions read.
  let readSlots: [Int]

  var definition: RuleDefinition { rule.definition }
}

extension PolicySet {
  /// Compiles the rules that could look at one of `subjects` or `parts`.
  ///
  /// A rule that doesn't compile becomes a failure of every evaluation.
  func prepare(for subjects: [Kind: Subjects], parts: [String: Subjects]) -> PreparedPolicy {
    var technologies = subjects.mapValues(\.technologies)
    technologies[.setting] = technologies.values.reduce(into: []) { $0.formUnion($1) }
    var prepared: [PreparedRule] = []
    var failures: [RuleFailure] = []
    for rule in rules where rule.isActive {
      let definition = rule.definition
      let present =
        definition.kind == .directive
        ? definition.directives.reduce(into: []) { $0.formUnion(parts[$1]?.technologies ?? []) }
        : technologies[definition.kind] ?? []
      guard !present.isEmpty,
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
    let references = (when?.fieldReferences ?? []) + require.fieldReferences
    let slots = references.filter { $0.typeName == definition.kind.rawValue }.map(\.slot)
    return PreparedRule(
      rule: rule, environment: environment, when: when, require: require, anchors: anchors,
      readSlots: Set(slots).sorted())
  }
}

import CEL
import Model
import Syntax

/// Evaluates a rule's conditions on resources and keeps what each came to.
///
/// Beside the evaluation that finds, which remembers verdicts and skips conditions: here every
/// resource counts.
struct RuleCoverage {
  private let rule: RuleDefinition
  private let schema: Schema
  private var programs: [(part: RulePart, source: String, program: ObservedProgram)] = []

  /// Prepares the conditions of `rule`; one that doesn't compile is left out, as the examples
  /// themselves tell of it.
  init(_ rule: RuleDefinition, schema: Schema) {
    self.rule = rule
    self.schema = schema
    let environment = RuleEnvironment.make(for: rule, schema: schema)
    let sources: [(RulePart, String?)] = [
      (.when, rule.when), (.require, rule.require), (.downgrade, rule.downgrade?.when),
    ]
    for (part, source) in sources {
      guard let source else { continue }
      do throws(CELError) {
        programs.append((part, source, try environment.observe(source)))
      } catch {
        continue
      }
    }
  }

  /// Evaluates the rule on every resource of its kind, with these parameters given.
  func evaluate(_ resources: [any Resource], parameters: [String: ParameterValue]) {
    let configured = ConfiguredRule(rule, parameters: parameters)
    let table = FieldTable(programs.flatMap(\.program.fieldReferences), schema: schema)
    for subjects in subjects(among: resources) {
      for (row, resource) in subjects.resources.enumerated() {
        let profile = subjects.profiles[subjects.profileOf[row]]
        let setup = configured.setup(for: profile)
        guard rule.concerns(profile), setup.applies else { continue }
        evaluate([
          .object(ResourceValue(resource, table: table)),
          .object(ParameterValues(setup.parameters)),
        ])
      }
    }
  }

  /// The conditions one after the other, as far as one leads to the next.
  private func evaluate(_ variables: [Value]) {
    for (part, _, program) in programs {
      let isTrue =
        if case .value(.bool(true)) = program.evaluate(variables) { true } else { false }
      // A rule that does not apply asks no further, and what is in order is not counted less.
      if part == .when ? !isTrue : part == .require && isTrue { return }
    }
  }

  private func subjects(among resources: [any Resource]) -> [Subjects] {
    let byKind = Subjects.byKind(resources)
    switch rule.kind {
    case .directive:
      let parts = Subjects.parts(of: byKind, named: Set(rule.directives))
      return rule.directives.compactMap { parts[$0] }
    case .setting: return [Subjects.settings(of: byKind, concerning: [rule])]
    default: return byKind[rule.kind].map { [$0] } ?? []
    }
  }

  /// What the conditions came to, with their places in the file of `loaded`.
  func conditions(in loaded: LoadedRule?) -> [TestedCondition] {
    let lines = loaded.map { LineTable($0.source.bytes) }
    return programs.flatMap { part, source, program in
      let bytes = Array(source.utf8)
      return program.conditions.map { condition in
        var position: SourcePosition?
        if let loaded, let place = loaded.places[part] {
          position = lines?.position(
            at: place.offset(of: condition.range.lowerBound, in: loaded.source))
        }
        return TestedCondition(
          part: part.key, text: String(decoding: bytes[condition.range], as: UTF8.self),
          position: position, wasTrue: condition.wasTrue, wasFalse: condition.wasFalse)
      }
    }
  }
}

extension RulePart {
  /// The key of the rule's file that holds it.
  fileprivate var key: String {
    switch self {
    case .when: "when"
    case .downgrade: "downgrade"
    default: "require"
    }
  }
}

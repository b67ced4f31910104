import CEL
import Findings
import Model

/// One rule over all resources of its kind.
struct RuleRun {
  private let rule: PreparedRule
  private let schema: Schema
  private let definition: RuleDefinition
  /// Compiled at the first finding: most rules find nothing.
  private var compiledWording: FindingWording?

  init(rule: PreparedRule, schema: Schema) {
    self.rule = rule
    self.schema = schema
    definition = rule.definition
  }

  mutating func evaluate(
    _ subjects: Subjects, values: [Value], places: inout PlaceTable,
    into evaluation: inout Evaluation
  ) {
    let plans = subjects.profiles.map { plan(for: $0) }
    guard plans.contains(where: { $0 != nil }) else { return }
    var variables = [Value.null, .null]
    var checks = 0
    for index in values.indices {
      guard let plan = plans[subjects.profileOf[index]] else { continue }
      variables[0] = values[index]
      variables[1] = plan.parameters
      let verdict = verdict(variables) { subjects.resources[index] }
      if case .notApplicable = verdict { continue }
      checks += 1
      if case .pass = verdict { continue }
      add(
        verdict, of: subjects.resources[index], plan: plan, places: &places, to: &evaluation)
    }
    evaluation.countChecks(checks)
  }

  /// How the rule counts, and with which numbers, for resources of one profile.
  private struct Plan {
    let severity: Severity
    let parameters: Value
  }

  private func plan(for profile: Subjects.Profile) -> Plan? {
    guard definition.concerns(profile) else { return nil }
    let setup = rule.rule.setup(in: profile.environment)
    guard setup.applies, let severity = setup.severity else { return nil }
    return Plan(severity: severity, parameters: .object(ParameterValues(setup.parameters)))
  }

  private enum Verdict {
    case pass, broken, notApplicable
    case undecided([String])
    case failed(String)
  }

  /// The verdict on one resource.
  ///
  /// Whether the resource has what the rule would underline is asked last: most resources pass.
  private func verdict(_ variables: [Value], of resource: () -> any Resource) -> Verdict {
    var verdict = Verdict.pass
    if let when = rule.when {
      verdict = Self.decision(when.evaluate(variables))
      if case .broken = verdict { return .pass }
    }
    if case .pass = verdict { verdict = Self.decision(rule.require.evaluate(variables)) }
    if case .pass = verdict { return .pass }
    return rule.hasAnchor(in: resource) ? verdict : .notApplicable
  }

  private static func decision(_ outcome: Outcome) -> Verdict {
    switch outcome {
    case .value(.bool(let holds)): holds ? .pass : .broken
    case .value(let value): .failed("a condition came to \(value.typeName), not to bool")
    case .unknown(let reasons): .undecided(reasons)
    case .error(let error): .failed(error.message)
    }
  }

  private mutating func add(
    _ verdict: Verdict, of resource: any Resource, plan: Plan, places: inout PlaceTable,
    to evaluation: inout Evaluation
  ) {
    do throws(EvaluationError) {
      let wording = try wording()
      switch verdict {
      case .pass, .notApplicable: break
      case .broken:
        evaluation.add(
          finding: try wording.finding(
            for: resource, parameters: plan.parameters, severity: plan.severity, places: &places))
      case .undecided(let reasons):
        evaluation.add(
          undecided: wording.undecided(
            for: resource, reasons: reasons, severity: plan.severity, places: &places))
      case .failed(let message): throw EvaluationError(message)
      }
    } catch {
      evaluation.add(
        failure: RuleFailure(
          rule: definition.id, path: resource.identity.origin.path, message: error.message))
    }
  }

  private mutating func wording() throws(EvaluationError) -> FindingWording {
    if let compiledWording { return compiledWording }
    do throws(CELError) {
      let made = try FindingWording(definition, environment: rule.environment, schema: schema)
      compiledWording = made
      return made
    } catch {
      throw EvaluationError(error.description)
    }
  }
}

import CEL
import Findings
import Model

/// One rule over all resources of its kind.
struct RuleRun {
  private let rule: PreparedRule
  private let schema: Schema
  private let definition: RuleDefinition
  /// Parameters by environment, made when the first resource of one comes.
  private var setups: [String: (setup: ConfiguredRule.Setup, parameters: Value)] = [:]
  /// Compiled at the first finding: most rules find nothing.
  private var compiledWording: FindingWording?

  init(rule: PreparedRule, schema: Schema) {
    self.rule = rule
    self.schema = schema
    definition = rule.definition
  }

  mutating func evaluate(
    _ subjects: [Subject], values: [Value], places: inout PlaceTable,
    into evaluation: inout Evaluation
  ) {
    var checks = 0
    for (subject, value) in zip(subjects, values) where rule.concerns(subject) {
      let (setup, parameters) = setup(in: subject.environment)
      guard setup.applies, let severity = setup.severity else { continue }
      let verdict = verdict([value, parameters], of: subject.resource)
      if verdict == .notApplicable { continue }
      checks += 1
      if verdict == .pass { continue }
      add(
        verdict, of: subject.resource, parameters: parameters, severity: severity, places: &places,
        to: &evaluation)
    }
    evaluation.countChecks(checks)
  }

  private enum Verdict: Equatable {
    case pass, broken, notApplicable
    case undecided([String])
    case failed(String)
  }

  /// The verdict on one resource; the cheap question, whether `when` holds, comes first.
  private func verdict(_ variables: [Value], of resource: any Resource) -> Verdict {
    if let when = rule.when {
      switch Self.decision(when.evaluate(variables)) {
      case .pass: break
      case .broken: return .pass
      case let other: return rule.hasAnchor(in: resource) ? other : .notApplicable
      }
    }
    guard rule.hasAnchor(in: resource) else { return .notApplicable }
    return Self.decision(rule.require.evaluate(variables))
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
    _ verdict: Verdict, of resource: any Resource, parameters: Value, severity: Severity,
    places: inout PlaceTable, to evaluation: inout Evaluation
  ) {
    do throws(EvaluationError) {
      let wording = try wording()
      switch verdict {
      case .pass, .notApplicable: break
      case .broken:
        evaluation.add(
          finding: try wording.finding(
            for: resource, parameters: parameters, severity: severity, places: &places))
      case .undecided(let reasons):
        evaluation.add(
          undecided: wording.undecided(
            for: resource, reasons: reasons, severity: severity, places: &places))
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

  private mutating func setup(
    in environment: String
  ) -> (setup: ConfiguredRule.Setup, parameters: Value) {
    if let known = setups[environment] { return known }
    let setup = rule.rule.setup(in: environment)
    let made = (setup, Value.object(ParameterValues(setup.parameters)))
    setups[environment] = made
    return made
  }
}

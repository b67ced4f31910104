import CEL
import Findings
import Model

/// One rule over all resources of its kind.
struct RuleRun {
  private let rule: PreparedRule
  private let schema: Schema
  private let table: FieldTable
  private let definition: RuleDefinition
  /// Compiled at the first finding: most rules find nothing.
  private var compiledWording: FindingWording?

  init(rule: PreparedRule, table: FieldTable, schema: Schema) {
    self.rule = rule
    self.table = table
    self.schema = schema
    definition = rule.definition
  }

  mutating func evaluate(
    _ subjects: Subjects, columns: inout FieldColumns, places: inout PlaceTable,
    into evaluation: inout Evaluation
  ) {
    var judges = subjects.profiles.map { plan(for: $0).map { Judge(rule, $0.parameters) } }
    let severities = subjects.profiles.map { plan(for: $0)?.severity }
    guard severities.contains(where: { $0 != nil }) else { return }
    let own = rule.readSlots.map { (slot: $0, column: columns.column(of: $0)) }
    var checks = 0
    for row in subjects.resources.indices {
      let profile = subjects.profileOf[row]
      guard let severity = severities[profile],
        let verdict = judges[profile]?.verdict(row: row, &columns, own: own, table)
      else { continue }
      if case .notApplicable = verdict { continue }
      checks += 1
      if case .pass = verdict { continue }
      guard rule.hasAnchor(in: subjects.resources[row]) else {
        checks -= 1
        continue
      }
      add(
        verdict, of: subjects.resources[row], parameters: judges[profile]?.parameters ?? .null,
        severity: severity, places: &places, to: &evaluation)
    }
    evaluation.countChecks(checks)
  }

  private func plan(
    for profile: ResourceProfile
  ) -> (severity: Severity, parameters: Value)? {
    guard definition.concerns(profile) else { return nil }
    let setup = rule.rule.setup(in: profile.environment)
    guard setup.applies, let severity = setup.severity else { return nil }
    return (severity, .object(ParameterValues(setup.parameters)))
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
}

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
  /// Why they don't compile.
  private var wordingFailure: EvaluationError?

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
    let plans = subjects.profiles.map(plan)
    let severities = plans.map { $0?.severity }
    guard severities.contains(where: { $0 != nil }) else { return }
    // One for each profile, also where nobody will ask it: an optional would be copied for a look.
    var judges = plans.map {
      Judge(rule, $0?.parameters ?? .null, resourceCount: subjects.resources.count)
    }
    let own = rule.readSlots.map { (slot: $0, column: columns.column(of: FieldRead(slots: [$0]))) }
    let anchors = rule.anchors.map { columns.column(of: FieldRead(slots: [$0.slot])) }
    var checks = 0
    for row in subjects.resources.indices {
      let profile = subjects.profileOf[row]
      guard let severity = severities[profile] else { continue }
      if judges[profile].passes(row: row, &columns) {
        checks += 1
        continue
      }
      let verdict = judges[profile].verdict(row: row, &columns, own: own, table)
      if case .notApplicable = verdict { continue }
      checks += 1
      if case .pass = verdict { continue }
      // The rule is about what it would underline, and that is not there.
      guard anchors.isEmpty || anchors.contains(where: { columns.has($0, row: row) }) else {
        checks -= 1
        continue
      }
      let subject = FindingSubject(
        resource: subjects.resources[row], row: row, own: own, profile: profile,
        parameters: judges[profile].parameters, severity: severity)
      if compiledWording == nil, wordingFailure == nil {
        compiledWording = wording(for: subjects)
      }
      add(verdict, of: subject, columns: &columns, places: &places, to: &evaluation)
    }
    evaluation.countChecks(checks)
  }

  private func plan(
    for profile: ResourceProfile
  ) -> (severity: Severity, parameters: Value)? {
    guard definition.concerns(profile) else { return nil }
    let setup = rule.rule.setup(for: profile)
    guard setup.applies, let severity = setup.severity else { return nil }
    return (severity, .object(ParameterValues(setup.parameters)))
  }

  private mutating func add(
    _ verdict: Verdict, of subject: FindingSubject, columns: inout FieldColumns,
    places: inout PlaceTable, to evaluation: inout Evaluation
  ) {
    do throws(EvaluationError) {
      if let wordingFailure { throw wordingFailure }
      switch verdict {
      case .pass, .notApplicable: break
      case .broken:
        let finding = try compiledWording?.finding(
          for: subject, columns: &columns, places: &places)
        if let finding { evaluation.add(finding: finding) }
      case .undecided(let reasons):
        let undecided = compiledWording?.undecided(
          for: subject, reasons: reasons, places: &places)
        if let undecided { evaluation.add(undecided: undecided) }
      case .failed(let message): throw EvaluationError(message)
      }
    } catch {
      evaluation.add(
        failure: RuleFailure(
          rule: definition.id, path: subject.resource.identity.origin.path,
          message: error.message))
    }
  }

  private mutating func wording(for subjects: Subjects) -> FindingWording? {
    do throws(CELError) {
      return try FindingWording(
        definition, environment: rule.environment, schema: schema, for: subjects)
    } catch {
      wordingFailure = EvaluationError(error.description)
      return nil
    }
  }
}

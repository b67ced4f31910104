import CEL
import Findings
import Model
import Syntax

/// What a rule found wrong.
struct FindingSubject {
  let resource: any Resource
  let row: Int
  /// The columns of the fields that the rule's conditions read of the resource itself.
  let own: [(slot: Int, column: Int)]
  let profile: Int
  let parameters: Value
  let severity: Severity

  /// What is known but structures: those know only the fields that conditions ask for.
  fileprivate func plainValues(
    _ columns: FieldColumns
  ) -> [(slot: Int, result: FieldResult)] {
    columns.known(row: row, own).filter { _, result in
      switch result {
      case .value(.object): return false
      case .value(.list(let values)):
        if case .object? = values.first { return false }
        return true
      case .value, .absent, .unknown: return true
      }
    }
  }
}

/// The words of one rule's findings: message, fix and related places, compiled once.
struct FindingWording {
  private let definition: RuleDefinition
  private let message: MessageTemplate
  private let fixValue: Program?
  private let fixText: MessageTemplate?
  private let table: FieldTable
  private let at: [Field?]
  private let related: [Field]
  /// Whether every line that the resource is made of belongs to the finding.
  private let relatesAll: Bool
  private let downgrade: Program?
  private let fixField: Field?
  private let timeText: [String: @Sendable (Int64) -> String?]
  /// By profile: each has its own parameters.
  private var remembered: [RememberedWords]
  /// Steps that the words of all findings may take together.
  private var stepsLeft: Int

  init(
    _ definition: RuleDefinition, environment: Environment, schema: Schema, for subjects: Subjects
  ) throws(CELError) {
    self.definition = definition
    stepsLeft = StepBudget.steps(for: subjects.resources.count)
    remembered = subjects.profiles.map { _ in
      RememberedWords(resourceCount: subjects.resources.count)
    }
    message = try MessageTemplate(definition.message, in: environment)
    var references = message.fieldReferences
    if let source = definition.fix?.to {
      let program = try environment.compile(source)
      references += program.fieldReferences
      fixValue = program
    } else {
      fixValue = nil
    }
    if let source = definition.fix?.text {
      let template = try MessageTemplate(source, in: environment)
      references += template.fieldReferences
      fixText = template
    } else {
      fixText = nil
    }
    if let source = definition.downgrade?.when {
      let program = try environment.compile(source)
      references += program.fieldReferences
      downgrade = program
    } else {
      downgrade = nil
    }
    table = FieldTable(references, schema: schema)
    timeText = schema.timeText
    let kind = schema[definition.kind]
    at = definition.at.map { $0.field.flatMap { kind?.field(named: $0) } }
    relatesAll = definition.related.contains { $0.field == nil }
    related = definition.related.compactMap { $0.field.flatMap { kind?.field(named: $0) } }
    fixField = definition.fix?.set?.field.flatMap { kind?.field(named: $0) }
  }

  mutating func finding(
    for subject: FindingSubject, columns: inout FieldColumns, places: inout PlaceTable
  ) throws(EvaluationError) -> Finding {
    let resource = subject.resource
    let origin = origin(of: resource)
    let words: FindingWords
    do throws(EvaluationError) { words = try self.words(for: subject, &columns) } catch {
      throw stepsLeft < 0 ? EvaluationError(StepBudget.exhaustion) : error
    }
    let repair = repair(resource, words, at: origin, places: places)
    return Finding(
      rule: definition.id, severity: words.severity, message: words.message,
      path: origin.path, range: places.range(origin),
      related: relatedLocations(resource, besides: origin, places: &places),
      why: definition.why, help: repair.help, fix: repair.fix)
  }

  private mutating func words(
    for subject: FindingSubject, _ columns: inout FieldColumns
  ) throws(EvaluationError) -> FindingWords {
    if let known = remembered[subject.profile].words(row: subject.row, &columns) { return known }
    let resource = ResourceValue(
      subject.resource, table: table, known: subject.plainValues(columns))
    let variables = [Value.object(resource), subject.parameters]
    var trace = ReadTrace(stepsLeft: stepsLeft)
    defer { stepsLeft = trace.stepsLeft }
    let severity = try severity(subject.severity, variables, &trace)
    let message = try message.text(variables, &trace)
    let help = try fixText?.text(variables, &trace)
    var value: Value?
    if fixField != nil, let fixValue {
      // A value that cannot be known leaves the words, which are of use without it.
      if case .value(let known) = fixValue.evaluate(variables, trace: &trace) { value = known }
    }
    let words = FindingWords(message: message, severity: severity, help: help, value: value)
    remembered[subject.profile].add(words, trace, row: subject.row, &columns, table)
    return words
  }

  /// The severity after the rule's downgrade, which an unknown condition brings as well.
  private func severity(
    _ severity: Severity, _ variables: [Value], _ trace: inout ReadTrace
  ) throws(EvaluationError) -> Severity {
    guard let downgrade, let lower = definition.downgrade?.severity else { return severity }
    switch downgrade.evaluate(variables, trace: &trace) {
    case .value(.bool(false)): return severity
    case .value, .unknown: return min(severity, lower)
    case .error(let error): throw EvaluationError(error.message)
    }
  }

  func undecided(
    for subject: FindingSubject, reasons: [String], places: inout PlaceTable
  ) -> Finding {
    let origin = origin(of: subject.resource)
    return Finding(
      rule: definition.id, severity: subject.severity, message: reasons.joined(separator: "; "),
      path: origin.path, range: places.range(origin), why: definition.why)
  }

  /// The first setting of `at` that is written in a file, else the resource's own place.
  private func origin(of resource: any Resource) -> Origin {
    for field in at {
      guard let field else { return resource.identity.origin }
      if let origin = resource.origin(of: field) { return origin }
    }
    return resource.identity.origin
  }

  private func relatedLocations(
    _ resource: any Resource, besides origin: Origin, places: inout PlaceTable
  ) -> [RelatedLocation] {
    var locations: [RelatedLocation] = []
    let settings =
      (relatesAll ? resource.settings : []) + related.compactMap { resource.setting(for: $0) }
    for setting in settings {
      guard let place = setting.origin, place != origin, let text = setting.shownWritten
      else { continue }
      locations.append(
        RelatedLocation(
          path: place.path, range: places.range(place), message: "`\(setting.key)` is `\(text)`"))
    }
    return locations
  }

  private func repair(
    _ resource: any Resource, _ words: FindingWords, at origin: Origin, places: PlaceTable
  ) -> (fix: Fix?, help: String?) {
    guard let fixField, let value = words.value, let fix = definition.fix,
      let setting = resource.setting(for: fixField)
    else { return (nil, words.help) }
    let spelling = ValueSpelling(
      setting: setting, written: setting.origin.flatMap(places.text),
      time: timeText[resource.profile.technology])
    guard let replacement = spelling.text(of: value) else { return (nil, words.help) }
    if spelling.isLiteral, let place = setting.origin, place.path == origin.path {
      let edit = TextEdit(range: place.range, replacement: replacement)
      return (
        Fix(
          description: "set \(setting.key) to \(replacement)", safety: fix.safety, edits: [edit]),
        words.help
      )
    }
    return (nil, words.help ?? spelling.advice(replacement))
  }
}

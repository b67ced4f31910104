import CEL
import Findings
import Model
import Syntax

/// What a rule found wrong, with what it read of it.
struct FindingSubject {
  let resource: any Resource
  let known: [(slot: Int, result: FieldResult)]
  let parameters: Value
  let severity: Severity

  /// What is known but structures: those know only the fields that conditions ask for.
  fileprivate var plainValues: [(slot: Int, result: FieldResult)] {
    known.filter { _, result in
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

  init(
    _ definition: RuleDefinition, environment: Environment, schema: Schema
  ) throws(CELError) {
    self.definition = definition
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

  func finding(
    for subject: FindingSubject, places: inout PlaceTable
  ) throws(EvaluationError) -> Finding {
    let resource = subject.resource
    let value = ResourceValue(resource, table: table, known: subject.plainValues)
    let variables = [Value.object(value), subject.parameters]
    let origin = origin(of: resource)
    let repair = try repair(resource, variables, at: origin, places: places)
    return Finding(
      rule: definition.id, severity: try severity(subject.severity, variables),
      message: try message.text(variables),
      path: origin.path, range: places.range(origin),
      related: relatedLocations(resource, besides: origin, places: &places),
      why: definition.why, help: repair.help, fix: repair.fix)
  }

  /// The severity after the rule's downgrade, which an unknown condition brings as well.
  private func severity(
    _ severity: Severity, _ variables: [Value]
  ) throws(EvaluationError) -> Severity {
    guard let downgrade, let lower = definition.downgrade?.severity else { return severity }
    switch downgrade.evaluate(variables) {
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
      if let origin = resource.setting(for: field)?.origin { return origin }
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
    _ resource: any Resource, _ variables: [Value], at origin: Origin, places: PlaceTable
  ) throws(EvaluationError) -> (fix: Fix?, help: String?) {
    let text = try fixText?.text(variables)
    guard let fixField, let fixValue, let fix = definition.fix else { return (nil, text) }
    // A value that cannot be known leaves the words, which are of use without it.
    guard case .value(let value) = fixValue.evaluate(variables) else { return (nil, text) }
    let setting = resource.setting(for: fixField)
    guard let setting else { return (nil, text) }
    let spelling = ValueSpelling(
      setting: setting, written: setting.origin.flatMap(places.text),
      time: timeText[resource.profile.technology])
    guard let replacement = spelling.text(of: value) else { return (nil, text) }
    if spelling.isLiteral, let place = setting.origin, place.path == origin.path {
      let edit = TextEdit(range: place.range, replacement: replacement)
      return (
        Fix(
          description: "set \(setting.key) to \(replacement)", safety: fix.safety, edits: [edit]),
        text
      )
    }
    return (nil, text ?? spelling.advice(replacement))
  }
}

import Model
import Syntax

/// The entries of [users]: limits that only some users have.
struct PgBouncerUsers {
  private(set) var problems: [Problem] = []
  private let release: PgBouncer.Release
  private var names: [String] = []
  private var entries: [String: [Setting]] = [:]

  init(_ release: PgBouncer.Release) { self.release = release }

  mutating func set(_ line: PgBouncerLine) {
    let name = line.entry.key
    let connection = PgBouncerConnection(line.source, line.entry.valueRange)
    let columns = PgBouncerColumn.users
    var settings: [Setting] = []
    for pair in connection.pairs {
      guard let column = columns.first(where: { $0.spellings.contains(pair.key) }),
        release.accepts(since: column.since(pair.key))
      else {
        problems.append(
          PgBouncerColumn.unknownProblem("user", pair, line.source, columns, release))
        continue
      }
      settings.append(setting(column, pair, name, line))
    }
    if let range = connection.errorRange {
      problems.append(
        PgBouncerColumn.syntaxProblem("user settings", line.source, range, line.written))
    }
    guard let replaced = entries.updateValue(settings, forKey: name) else {
      return names.append(name)
    }
    // A line that no longer counts is refused all the same.
    for setting in replaced {
      guard let refusal = setting.refusal, let origin = setting.origin else { continue }
      problems.append(Problem(kind: .refused, origin: origin, message: refusal))
    }
  }

  /// The written settings, each called `users.NAME.KEY`, in file order.
  func settings() -> [Setting] { names.flatMap { entries[$0] ?? [] } }

  private func setting(
    _ column: PgBouncerColumn, _ pair: PgBouncerConnection.Pair, _ name: String,
    _ line: PgBouncerLine
  ) -> Setting {
    var value = PgBouncer.Value(pair.value, as: .text)
    var provenance = Provenance.explicit
    var refusal: String?
    switch column.kind {
    case .text: break
    case .number, .port: value = PgBouncer.Value(decimal: pair.value)
    case .word(let words):
      value = PgBouncer.Value(pair.value, as: .word(words))
      if value.effective == nil { refusal = "invalid \(column.label): \(pair.value)" }
    }
    if ConfigurationText.isTemplate(pair.value) {
      value = PgBouncer.Value.unknown(ConfigurationText.templateNote)
      (provenance, refusal) = (.unknown, nil)
    } else if value.note != nil {
      provenance = .clamped
    }
    return Setting(
      key: "users.\(name).\(column.name)", written: line.source.text(pair.valueRange),
      effective: value.effective, unit: column.unit, provenance: provenance,
      origin: Origin(path: line.source.path, range: pair.valueRange), note: value.note,
      refusal: refusal)
  }
}

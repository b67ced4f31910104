import Model
import Syntax

/// The entries of [databases], each with the keys that SHOW DATABASES reports.
struct PgBouncerDatabases {
  private(set) var problems: [Problem] = []
  private let release: PgBouncer.Release
  private var names: [String] = []
  private var entries: [String: Entry] = [:]

  private struct Entry {
    let line: PgBouncerLine
    /// The pairs by their name in SHOW DATABASES; the last one counts.
    let pairs: [String: PgBouncerConnection.Pair]
  }

  init(_ release: PgBouncer.Release) { self.release = release }

  mutating func set(_ line: PgBouncerLine) {
    let name = line.entry.key
    if name == "pgbouncer" {
      problems.append(
        Problem(
          kind: .refused, origin: line.keyOrigin, message: "database name \"pgbouncer\" is reserved"
        ))
    }
    let connection = PgBouncerConnection(line.source, line.entry.valueRange)
    let columns = PgBouncerColumn.databases
    var pairs: [String: PgBouncerConnection.Pair] = [:]
    for pair in connection.pairs {
      guard let column = columns.first(where: { $0.spellings.contains(pair.key) }),
        release.accepts(since: column.since(pair.key))
      else {
        report(
          PgBouncerColumn.unknownProblem("connection", pair, line.source, columns, release),
          of: name)
        continue
      }
      if let replaced = pairs.updateValue(pair, forKey: column.name) {
        reportValue(of: replaced, column, line)
      }
    }
    if let range = connection.errorRange {
      report(
        PgBouncerColumn.syntaxProblem("connection string", line.source, range, line.written),
        of: name)
    }
    if let replaced = entries.updateValue(Entry(line: line, pairs: pairs), forKey: name) {
      reportValues(of: replaced)
    } else {
      names.append(name)
    }
    // PgBouncer reads the fallback entry only when it first needs it.
    if name == "*", let entry = entries[name] { reportValues(of: entry) }
  }

  /// Reports values that are refused although no setting says so.
  private mutating func reportValues(of entry: Entry) {
    for column in PgBouncerColumn.databases {
      if let pair = entry.pairs[column.name] { reportValue(of: pair, column, entry.line) }
    }
  }

  private mutating func reportValue(
    of pair: PgBouncerConnection.Pair, _ column: PgBouncerColumn, _ line: PgBouncerLine
  ) {
    let value = PgBouncerColumn.Value(pair.value, column, [:], release.version)
    guard let refusal = value.refusal else { return }
    let origin = Origin(path: line.source.path, range: pair.valueRange)
    report(Problem(kind: .refused, origin: origin, message: refusal), of: line.entry.key)
  }

  private mutating func report(_ problem: Problem, of name: String) {
    guard name == "*", problem.kind == .refused else { return problems.append(problem) }
    problems.append(
      Problem(
        kind: .refused, origin: problem.origin,
        message: problem.message + "; PgBouncer starts, and every fallback connection fails",
        help: problem.help))
  }

  /// One resource an entry, in file order; `*` stands for every database without an entry.
  func resources(
    global: [Setting], identity: (String, Origin) -> ResourceIdentity
  ) -> [any Resource] {
    let globals = Dictionary(global.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    return names.compactMap { name in
      guard let entry = entries[name] else { return nil }
      let columns = PgBouncerColumn.databases.filter {
        release.version >= $0.since || entry.pairs[$0.name] != nil
      }
      let settings = columns.map { setting($0, name, entry, globals) }
      var facts: [String: FieldValue] = [:]
      var factSettings: [String: Setting] = [:]
      // SHOW DATABASES leaves an inherited mode empty; rules want the mode that runs.
      if entry.pairs["pool_mode"] == nil, let mode = globals["pool_mode"] {
        facts["pool_mode"] = mode.value(as: .string)
        factSettings["pool_mode"] = mode
      }
      return SettingsResource(
        identity: identity(name, entry.line.keyOrigin), settings: settings, facts: facts,
        factSettings: factSettings)
    }
  }

  private func setting(
    _ column: PgBouncerColumn, _ name: String, _ entry: Entry, _ globals: [String: Setting]
  ) -> Setting {
    let shown = column.shown(in: release.version)
    guard let pair = entry.pairs[column.name] else { return absent(column, shown, name, globals) }
    let value = PgBouncerColumn.Value(pair.value, column, globals, release.version)
    return Setting(
      key: shown, field: column.field, written: entry.line.source.text(pair.valueRange),
      effective: value.effective, meaning: value.meaning, unit: column.unit,
      provenance: value.provenance,
      origin: Origin(path: entry.line.source.path, range: pair.valueRange), note: value.note,
      refusal: name == "*" ? nil : value.refusal,
      isSecret: column.isSecret || column.holdsSecret(pair.value))
  }

  /// A column that the entry does not write: the global key's value, or the column's own default.
  private func absent(
    _ column: PgBouncerColumn, _ shown: String, _ name: String, _ globals: [String: Setting]
  ) -> Setting {
    if let key = column.global, let global = globals[key] {
      // Nothing is written here: what is wrong with the global line is said of the global key.
      let provenance: Provenance =
        switch global.provenance {
        case .default, .unknown: global.provenance
        case .explicit, .inherited, .clamped, .placeholder: .inherited
        }
      return Setting(
        key: shown, field: column.field, effective: global.effective, meaning: global.meaning,
        unit: column.unit, provenance: provenance, origin: global.origin,
        note: provenance == .unknown ? global.note : nil, isSecret: column.isSecret)
    }
    // A database without dbname is asked for by its own name.
    let standard = column.name == "database" ? .string(name) : column.standard
    return Setting(
      key: shown, field: column.field, effective: standard, unit: column.unit,
      provenance: .default, isSecret: column.isSecret)
  }
}

internal import Git

/// Answers about records: the index says which, and git what stands in them.
extension LogIndex {
  /// Up to so many records that a condition admits are listed first; of more, records are looked at
  /// one after the other, because a match comes soon.
  private static let fewRecords = 20_000

  /// The records that `filter` admits: newest first, or latest first where it is about times.
  package func records(
    matching filter: RecordFilter = RecordFilter(), limit: Int = .max, in log: borrowing AuditLog
  ) throws(AuditError) -> Answer<LogEntry> {
    let found = try index { () throws(DatabaseError) -> [ObjectID] in
      try commits(matching: filter, limit: limit)
    }
    return Answer(values: try entries(of: found, in: log), isComplete: isWhole)
  }

  /// The record whose id begins with `name`, with or without `sha256:`, or with that number.
  package func entries(
    named name: String, in log: borrowing AuditLog
  ) throws(AuditError) -> Answer<LogEntry> {
    let found = try index { () throws(DatabaseError) in try commits(named: RecordName(name)) }
    return Answer(values: try entries(of: found, in: log), isComplete: isWhole)
  }

  private func commits(named wanted: RecordName) throws(DatabaseError) -> [ObjectID] {
    var conditions: [String] = []
    if let sequence = wanted.sequence { conditions.append("seq = \(sequence)") }
    if let prefix = wanted.prefix {
      let (lower, upper) = Self.range(of: prefix)
      // Hexadecimal digits only: made from a text that was checked to be such.
      conditions.append("(id >= x'\(lower)' AND id <= x'\(upper)')")
    }
    guard !conditions.isEmpty else { return [] }
    let rows = try database.prepare(
      "SELECT oid FROM record WHERE \(conditions.joined(separator: " OR ")) ORDER BY seq DESC")
    return try commits(rows)
  }

  /// The first and the last id that begin with `prefix`, as hexadecimal digits.
  private static func range(of prefix: String) -> (String, String) {
    let rest = 2 * Digest.size - prefix.utf8.count
    return (
      prefix + String(repeating: "0", count: rest), prefix + String(repeating: "f", count: rest)
    )
  }

  private func entries(
    of commits: [ObjectID], in log: borrowing AuditLog
  ) throws(AuditError) -> [LogEntry] {
    var entries: [LogEntry] = []
    for commit in commits { entries.append(try log.entry(commit)) }
    return entries
  }

  private func commits(_ rows: borrowing Statement) throws(DatabaseError) -> [ObjectID] {
    var commits: [ObjectID] = []
    while try rows.step() {
      guard let id = rows.bytes(0).flatMap({ ObjectID(bytes: $0) }) else {
        throw DatabaseError(.unusable, "index: a commit id of the wrong length")
      }
      commits.append(id)
    }
    return commits
  }

  private func commits(
    matching filter: RecordFilter, limit: Int
  ) throws(DatabaseError) -> [ObjectID] {
    guard let conditions = try conditions(of: filter) else { return [] }
    let source =
      filter.words == nil
      ? "record r" : "words w CROSS JOIN record r ON r.seq = w.rowid"
    let place = filter.words == nil ? "r.seq DESC" : "w.rowid DESC"
    let order = filter.isByTime ? "r.time DESC, r.seq DESC" : place
    let condition = conditions.isEmpty ? "1" : conditions.joined(separator: " AND ")
    let rows = try database.prepare(
      "SELECT r.oid FROM \(source) WHERE \(condition) ORDER BY \(order) LIMIT ?2")
    rows.bind(2, limit == .max ? -1 : limit)
    if let words = filter.words { rows.bind(1, words.query) }
    return try commits(rows)
  }

  /// The conditions of `filter` in SQL, with numbers only; `nil` when nothing can satisfy them.
  private func conditions(of filter: RecordFilter) throws(DatabaseError) -> [String]? {
    var conditions: [String] = []
    if filter.words != nil { conditions.append("words MATCH ?1") }
    if let since = filter.since { conditions.append("r.time >= \(since.milliseconds)") }
    if let until = filter.until { conditions.append("r.time <= \(until.milliseconds)") }
    if !filter.kinds.isEmpty {
      let names = filter.kinds.filter { RecordKind($0) != nil }.sorted().map { "'\($0)'" }
      conditions.append("r.kind IN (\(names.joined(separator: ", ")))")
    }
    if let actor = filter.actor {
      let pattern = ActorPattern(actor)
      let found = try names(in: "principal", column: "name", pattern.matches)
      guard !found.ids.isEmpty else { return nil }
      try choose(found.ids, as: "wanted_actor")
      let isRare = found.uses <= Self.fewRecords
      conditions.append("\(isRare ? "" : "+")r.actor IN (SELECT id FROM temp.wanted_actor)")
    }
    if let approver = filter.approver {
      let pattern = ActorPattern(approver)
      let found = try names(in: "principal", column: "name", isUsed: false, pattern.matches)
      guard !found.ids.isEmpty else { return nil }
      try choose(found.ids, as: "wanted_approver")
      conditions.append(
        """
        r.id IN (SELECT d.change FROM decision d
          WHERE d.approves AND d.person IN (SELECT id FROM temp.wanted_approver))
        """)
    }
    if filter.setting != nil {
      let wanted = SettingFilter(name: filter.setting, path: filter.path)
      let found = try settings(matching: wanted)
      guard !found.isEmpty else { return nil }
      try choose(found.map(\.id), as: "wanted_setting")
      conditions.append(
        Self.membership(
          "setting_change", "setting", uses: found.reduce(0) { $0 + $1.uses }))
    } else if let path = filter.path {
      let wanted = SettingFilter(path: path)
      let found = try names(in: "path", column: "path") { wanted.matches(path: $0) }
      guard !found.ids.isEmpty else { return nil }
      try choose(found.ids, as: "wanted_path")
      conditions.append(Self.membership("file_change", "path", uses: found.uses))
    }
    return conditions
  }

  /// The condition that a record has a row in `table` of one of the chosen numbers.
  private static func membership(_ table: String, _ column: String, uses: Int) -> String {
    let wanted = "IN (SELECT id FROM temp.wanted_\(column))"
    return uses <= fewRecords
      ? "r.seq IN (SELECT x.seq FROM \(table) x WHERE x.\(column) \(wanted))"
      : "EXISTS (SELECT 1 FROM \(table) x WHERE x.seq = r.seq AND +x.\(column) \(wanted))"
  }
}

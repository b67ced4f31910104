internal import Git

/// A record that an index has found.
package struct FoundRecord: Sendable, Hashable {
  /// Its number over all logs.
  let row: Int
  /// The commit of the log that holds it.
  let commit: ObjectID
}

/// Where the records are read that an index has found: git, or the rows that prove them.
package protocol RecordReading: ~Copyable {
  /// The records in the order of `found`.
  borrowing func records(_ found: [FoundRecord]) throws(AuditError) -> [LogEntry]
}

extension AuditLog: RecordReading {
  package borrowing func records(_ found: [FoundRecord]) throws(AuditError) -> [LogEntry] {
    var entries: [LogEntry] = []
    entries.reserveCapacity(found.count)
    for record in found { entries.append(try entry(record.commit)) }
    return entries
  }
}

/// Answers about records: the index says which, and git what stands in them.
extension LogIndex {
  /// Up to so many records that a condition admits are listed first; of more, records are looked at
  /// one after the other, because a match comes soon.
  private static let fewRecords = 20_000

  /// The records that `filter` admits: newest first, or latest first where it is about times.
  package func records(
    matching filter: RecordFilter = RecordFilter(), limit: Int = .max,
    in log: borrowing some RecordReading & ~Copyable
  ) throws(AuditError) -> Answer<LogEntry> {
    let found = try index { () throws(DatabaseError) -> [FoundRecord] in
      guard let question = try question(for: filter, limit: limit) else { return [] }
      return try commits(question)
    }
    return Answer(values: try entries(of: found, in: log), isComplete: isWhole)
  }

  /// The record whose id begins with `name`, with or without `sha256:`, or with that number.
  package func entries(
    named name: String, in log: borrowing some RecordReading & ~Copyable
  ) throws(AuditError) -> Answer<LogEntry> {
    let found = try index { () throws(DatabaseError) in try commits(named: RecordName(name)) }
    return Answer(values: try entries(of: found, in: log), isComplete: isWhole)
  }

  /// The records in these rows, in the order of the logs.
  func entries(
    inRows rows: [Int], in log: borrowing some RecordReading & ~Copyable
  ) throws(AuditError) -> [LogEntry] {
    guard !rows.isEmpty else { return [] }
    let found = try index { () throws(DatabaseError) in
      var question = Question("SELECT oid, seq FROM record WHERE seq IN ")
      question.add(try chosen(rows, as: "wanted_row"))
      question.add(" ORDER BY seq")
      return try commits(question)
    }
    return try entries(of: found, in: log)
  }

  private func commits(named wanted: RecordName) throws(DatabaseError) -> [FoundRecord] {
    var parts: [Question] = []
    if let sequence = wanted.sequence, sequence >= 0, sequence < LogOrigin.own.rows.upperBound {
      let row = LogOrigin.row(inSQL: "s.id", sequence)
      parts.append(Question("seq IN (SELECT \(row) FROM source s)"))
    }
    if let prefix = wanted.prefix, let (lower, upper) = Self.range(of: prefix) {
      parts.append(Question("(id >= ? AND id <= ?)", [.bytes(lower), .bytes(upper)]))
    }
    guard !parts.isEmpty else { return [] }
    var question = Question("SELECT oid, seq FROM record WHERE ")
    for (position, part) in parts.enumerated() {
      question.add(position > 0 ? " OR " : "")
      question.add(part)
    }
    question.add(" ORDER BY seq DESC")
    return try commits(question).filter { found in
      guard let repository = wanted.repository else { return true }
      return origin(ofRow: found.row).name == repository
    }
  }

  /// The first and the last id that begin with `prefix`.
  private static func range(of prefix: String) -> ([UInt8], [UInt8])? {
    let rest = 2 * Digest.size - prefix.utf8.count
    guard
      let lower = Hexadecimal.bytes(of: (prefix + String(repeating: "0", count: rest)).utf8),
      let upper = Hexadecimal.bytes(of: (prefix + String(repeating: "f", count: rest)).utf8)
    else { return nil }
    return (lower, upper)
  }

  func entries(
    of found: [FoundRecord], in log: borrowing some RecordReading & ~Copyable
  ) throws(AuditError) -> [LogEntry] {
    var entries = try log.records(found)
    for (position, record) in found.enumerated() where position < entries.count {
      entries[position].origin = origin(ofRow: record.row)
    }
    return entries
  }

  /// The answer to a question for commits and rows.
  func commits(_ question: Question) throws(DatabaseError) -> [FoundRecord] {
    let rows = try database.prepare(question)
    var found: [FoundRecord] = []
    while try rows.step() {
      guard let id = rows.bytes(0).flatMap({ ObjectID(bytes: $0) }) else {
        throw DatabaseError(.unusable, "index: a commit id of the wrong length")
      }
      found.append(FoundRecord(row: rows.int(1), commit: id))
    }
    return found
  }

  private func question(
    for filter: RecordFilter, limit: Int
  ) throws(DatabaseError) -> Question? {
    guard let conditions = try conditions(of: filter) else { return nil }
    let asksTable = filter.words != nil && !database.isServer
    var question = Question(
      "SELECT r.oid, r.seq FROM "
        + (asksTable ? "words w CROSS JOIN record r ON r.seq = w.rowid" : "record r"))
    for (position, condition) in conditions.enumerated() {
      question.add(position == 0 ? " WHERE " : " AND ")
      question.add(condition)
    }
    // Logs of several repositories have no order among them but time.
    let isByTime = filter.isByTime || isCollection
    let place = asksTable ? "w.rowid DESC" : "r.seq DESC"
    question.add(
      " ORDER BY \(isByTime ? "r.time DESC, r.seq DESC" : place) LIMIT ?", [Question.limit(limit)])
    return question
  }

  /// The conditions of `filter` in SQL; `nil` when nothing can satisfy them.
  private func conditions(of filter: RecordFilter) throws(DatabaseError) -> [Question]? {
    var conditions = filter.words.map { wordConditions($0) } ?? []
    if let since = filter.since {
      conditions.append(Question("r.time >= ?", [.integer(since.milliseconds)]))
    }
    if let until = filter.until {
      conditions.append(Question("r.time <= ?", [.integer(until.milliseconds)]))
    }
    if !filter.kinds.isEmpty {
      let names = filter.kinds.sorted()
      let places = names.map { _ in "?" }.joined(separator: ", ")
      conditions.append(Question("r.kind IN (\(places))", names.map { .text($0) }))
    }
    if let actor = filter.actor {
      let pattern = ActorPattern(actor)
      let found = try names(in: "principal", column: "name", pattern.matches)
      guard !found.ids.isEmpty else { return nil }
      let isRare = found.uses <= Self.fewRecords
      var condition = Question("\(isRare ? "" : "+")r.actor IN ")
      condition.add(try chosen(found.ids, as: "wanted_actor"))
      conditions.append(condition)
    }
    if let approver = filter.approver {
      let pattern = ActorPattern(approver)
      let found = try names(in: "principal", column: "name", isUsed: false, pattern.matches)
      guard !found.ids.isEmpty else { return nil }
      var condition = Question(
        "r.id IN (SELECT d.change FROM decision d WHERE d.approves = 1 AND d.person IN ")
      condition.add(try chosen(found.ids, as: "wanted_approver"))
      condition.add(")")
      conditions.append(condition)
    }
    guard let places = try placeConditions(of: filter) else { return nil }
    return conditions + places
  }

  private func wordConditions(_ words: SearchWords) -> [Question] {
    guard database.isServer else { return [Question("words MATCH ?", [.text(words.query)])] }
    return words.words.map { word in
      let bytes = Array(word.utf8)
      // No byte of UTF-8 is 0xFF, so that it stands behind every longer word.
      return Question(
        "r.seq IN (SELECT x.seq FROM word x WHERE x.word >= ? AND x.word < ?)",
        [.bytes(bytes), .bytes(bytes + [0xFF])])
    }
  }

  /// The conditions about settings and files; `nil` when nothing can satisfy them.
  private func placeConditions(of filter: RecordFilter) throws(DatabaseError) -> [Question]? {
    if filter.setting != nil {
      let wanted = SettingFilter(name: filter.setting, path: filter.path)
      let found = try settings(matching: wanted)
      guard !found.isEmpty else { return nil }
      return [
        try membership(
          "setting_change", "setting", found.map(\.id), uses: found.reduce(0) { $0 + $1.uses })
      ]
    }
    guard let path = filter.path else { return [] }
    let wanted = SettingFilter(path: path)
    let found = try names(in: "path", column: "path") { wanted.matches(path: $0) }
    guard !found.ids.isEmpty else { return nil }
    return [try membership("file_change", "path", found.ids, uses: found.uses)]
  }

  /// The condition that a record has a row in `table` of one of the chosen numbers.
  private func membership(
    _ table: String, _ column: String, _ ids: [Int], uses: Int
  ) throws(DatabaseError) -> Question {
    let isRare = uses <= Self.fewRecords
    var question = Question(
      isRare
        ? "r.seq IN (SELECT x.seq FROM \(table) x WHERE x.\(column) IN "
        : "EXISTS (SELECT 1 FROM \(table) x WHERE x.seq = r.seq AND +x.\(column) IN ")
    question.add(try chosen(ids, as: "wanted_\(column)"))
    question.add(")")
    return question
  }
}

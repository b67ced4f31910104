/// Whoever can answer questions about logs: the index, without one the log itself, or a database
/// that holds the rows of both.
///
/// The same code decides everywhere what a question means; a class, because a log cannot be copied
/// and the answers have many askers. It belongs to one thread.
package final class LogAsking {
  private enum Source: ~Copyable {
    case log(AuditLog)
    case rows(RowReading)
  }

  private let source: Source
  private let index: LogIndex?

  /// Asks the log.
  ///
  /// - Parameter usesIndex: whether its index may be used, and is brought up to date.
  package init(_ log: consuming AuditLog, usesIndex: Bool) throws(AuditError) {
    index = usesIndex ? try LogIndex.current(of: log) : nil
    source = .log(log)
  }

  /// Asks a database that logs were collected into.
  ///
  /// - Parameter address: as libpq takes it.
  package init(database address: String) throws(AuditError) {
    let index = try LogIndex.connected(to: address)
    self.index = index
    source = .rows(RowReading(index))
  }

  /// Whether the answers come from logs of many repositories.
  package var isCollection: Bool {
    switch source {
    case .log(let log): log.isCollection
    case .rows: true
    }
  }

  /// The answer with what is to be said of the index.
  private func noted<Value>(_ answer: Answer<Value>) -> Answer<Value> {
    var answer = answer
    answer.reasonForMemory = index?.reasonForMemory
    return answer
  }

  /// The records that `filter` admits: newest first, or latest first where it is about times.
  package func records(
    matching filter: RecordFilter = RecordFilter(), limit: Int = .max
  ) throws(AuditError) -> Answer<LogEntry> {
    switch source {
    case .log(let log):
      if let index { return noted(try index.records(matching: filter, limit: limit, in: log)) }
      return try log.records(matching: filter, limit: limit)
    case .rows(let rows):
      return try rows.index.records(matching: filter, limit: limit, in: rows)
    }
  }

  /// The record whose id begins with `name`, or with that number.
  package func entries(named name: String) throws(AuditError) -> Answer<LogEntry> {
    switch source {
    case .log(let log):
      if let index { return try index.entries(named: name, in: log) }
      return try log.entries(named: name)
    case .rows(let rows): return try rows.index.entries(named: name, in: rows)
    }
  }

  /// The changes of settings that `filter` admits, latest first.
  package func changes(
    matching filter: SettingFilter, in span: TimeSpan, limit: Int
  ) throws(AuditError) -> Answer<SettingEvent> {
    if let index { return noted(try index.changes(matching: filter, in: span, limit: limit)) }
    switch source {
    case .log(let log): return try log.changes(matching: filter, in: span, limit: limit)
    case .rows(let rows): return try rows.index.changes(matching: filter, in: span, limit: limit)
    }
  }

  /// The values of the settings that `filter` admits, as they were at `time`.
  package func state(
    at time: Timestamp, matching filter: SettingFilter
  ) throws(AuditError) -> Answer<SettingState> {
    if let index { return noted(try index.state(at: time, matching: filter)) }
    switch source {
    case .log(let log): return try log.state(at: time, matching: filter)
    case .rows(let rows): return try rows.index.state(at: time, matching: filter)
    }
  }

  /// All recorded changes, oldest first.
  package func recordedChanges() throws(AuditError) -> [RecordedChange] {
    if let index { return try index.recordedChanges() }
    switch source {
    case .log(let log): return try log.recordedChanges()
    case .rows(let rows): return try rows.index.recordedChanges()
    }
  }

  /// The waivers that no other one replaces, newest first.
  package func waivers() throws(AuditError) -> [LogEntry] {
    switch source {
    case .log(let log):
      if let index { return try index.waivers(in: log) }
      return try log.openWaivers()
    case .rows(let rows): return try rows.index.waivers(in: rows)
    }
  }

  /// The changes in these rows with keys, policy and the decisions about them.
  package func ledger(of rows: [Int]) throws(AuditError) -> ReviewedRows {
    switch source {
    case .log(let log):
      if let index { return try index.ledger(of: rows, in: log) }
      return ReviewedRows(rows, among: try log.entries().values.reversed())
    case .rows(let reading): return try reading.index.ledger(of: rows, in: reading)
    }
  }

  /// The rows of the changes whose review may still be open, newest first.
  ///
  /// - Parameters:
  ///   - undecided: whether changes about which nobody decided are wanted: not where nobody has to.
  ///   - limit: the largest number returned; without an index all are.
  package func changesToReview(undecided: Bool, limit: Int) throws(AuditError) -> [Int] {
    switch source {
    case .log(let log):
      guard let index else {
        return try log.records(matching: Self.changes).values.map(\.row)
      }
      return try Audit.index { () throws(DatabaseError) in
        try index.changesToReview(undecided: undecided, limit: limit)
      }
    case .rows(let reading):
      return try Audit.index { () throws(DatabaseError) in
        try reading.index.changesToReview(undecided: undecided, limit: limit)
      }
    }
  }

  private static let changes = RecordFilter(kinds: ["change"])

  /// Answers one `SELECT` on the documented views; see ``LogIndex/answer(_:limit:isOver:)``.
  package func answer(
    _ sql: String, limit: Int, isOver: @escaping @Sendable () -> Bool
  ) throws(AuditError) -> TableAnswer {
    if let index { return try index.answer(sql, limit: limit, isOver: isOver) }
    switch source {
    // Without an index there is nothing to ask in SQL.
    case .log(let log):
      return try LogIndex.current(of: log).answer(sql, limit: limit, isOver: isOver)
    case .rows(let rows): return try rows.index.answer(sql, limit: limit, isOver: isOver)
    }
  }
}

extension AuditLog {
  /// The waivers that no other one replaces, newest first.
  fileprivate func openWaivers() throws(AuditError) -> [LogEntry] {
    var superseded: Set<Digest> = []
    let all = try entries { $0.record.body.kind == .waiver }.values
    for entry in all {
      if case .waiver(let waiver) = entry.record.body.details {
        superseded.formUnion(waiver.supersedes)
      }
    }
    return all.filter { !superseded.contains($0.id) }
  }
}

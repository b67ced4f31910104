/// The same questions to whichever there is: the index, or without one the log itself.
extension AuditLog {
  /// The records that `filter` admits: newest first, or latest first where it is about times.
  package func records(
    matching filter: RecordFilter = RecordFilter(), limit: Int = .max, using index: LogIndex?
  ) throws(AuditError) -> Answer<LogEntry> {
    if let index { return try index.records(matching: filter, limit: limit, in: self) }
    return try records(matching: filter, limit: limit)
  }

  /// The record whose id begins with `name`, or with that number.
  package func entries(
    named name: String, using index: LogIndex?
  ) throws(AuditError) -> Answer<LogEntry> {
    if let index { return try index.entries(named: name, in: self) }
    return try entries(named: name)
  }

  /// The changes of settings that `filter` admits, latest first.
  package func changes(
    matching filter: SettingFilter, in span: TimeSpan, limit: Int, using index: LogIndex?
  ) throws(AuditError) -> Answer<SettingEvent> {
    if let index { return try index.changes(matching: filter, in: span, limit: limit) }
    return try changes(matching: filter, in: span, limit: limit)
  }

  /// The values of the settings that `filter` admits, as they were at `time`.
  package func state(
    at time: Timestamp, matching filter: SettingFilter, using index: LogIndex?
  ) throws(AuditError) -> Answer<SettingState> {
    if let index { return try index.state(at: time, matching: filter) }
    return try state(at: time, matching: filter)
  }

  /// All recorded changes, oldest first.
  package func recordedChanges(
    using index: LogIndex?
  ) throws(AuditError) -> [RecordedChange] {
    if let index { return try index.recordedChanges() }
    return try recordedChanges()
  }

  /// The waivers that no other one replaces, newest first.
  package func waivers(using index: LogIndex?) throws(AuditError) -> [LogEntry] {
    if let index { return try index.waivers(in: self) }
    var superseded: Set<Digest> = []
    let all = try records(matching: RecordFilter(kinds: ["waiver"])).values
    for entry in all {
      if case .waiver(let waiver) = entry.record.body.details {
        superseded.formUnion(waiver.supersedes)
      }
    }
    return all.filter { !superseded.contains($0.id) }
  }

  /// Keys, policy and the decisions about the changes with these numbers.
  package func ledger(
    of changes: [Int], using index: LogIndex?
  ) throws(AuditError) -> ReviewLedger {
    if let index { return try index.ledger(of: changes, in: self) }
    var ledger = ReviewLedger()
    for entry in try records().values.reversed() { ledger.add(ReviewedRecord(entry)) }
    return ledger
  }
}

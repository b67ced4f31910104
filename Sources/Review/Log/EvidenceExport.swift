package import Audit
import Git

extension LogQuery {
  /// The changes that `filter` admits as a table: one row a setting, with review and check.
  package func table(
    matching filter: RecordFilter, limit: Int, at now: Timestamp
  ) throws(Failure) -> LogTable {
    let entries = try entries(matching: filter, limit: limit)
    return try table(of: entries, at: now)
  }

  /// The records that `filter` admits.
  func entries(
    matching filter: RecordFilter, limit: Int
  ) throws(Failure) -> [LogEntry] {
    try asking { asking throws(AuditError) in
      try asking.records(matching: filter, limit: limit).values
    }
  }

  func table(of entries: [LogEntry], at now: Timestamp) throws(Failure) -> LogTable {
    let ledger = try asking { asking throws(AuditError) in
      try asking.ledger(of: entries.map(\.row)).ledgers
    }
    var rules = try RulesOfBases.of(self)
    var rows: [[TableAnswer.Cell]] = []
    for entry in entries {
      let inForce = try rules.rules(for: entry)
      let review = ledger.review(of: entry, rules: inForce, now: now)
      rows += Self.rows(of: entry, review)
    }
    return LogTable(columns: Self.columns, rows: rows)
  }

  private static let columns = [
    "seq", "id", "kind", "time", "recorded_at", "actor", "recorder", "reason", "ticket", "base",
    "commit", "tool", "policy", "errors", "warnings", "review", "required", "approved_by",
    "approved_at",
    "path", "resource", "key", "field", "old", "new", "repository",
  ]

  private static func rows(of entry: LogEntry, _ review: Review?) -> [[TableAnswer.Cell]] {
    let body = entry.record.body
    let agreed = review?.opinions.filter { $0.isApproval && $0.worth == .counts } ?? []
    let shared: [TableAnswer.Cell] = [
      .integer(Int64(entry.sequence)), .text(entry.id.description), .text(body.kind.description),
      .text(body.time.description), .text(body.recordedAt.description), .text(body.actor.id),
      .text(body.recorder.id), .init(body.reason?.text), .init(body.ticket?.text),
      .init(body.base?.description), .init(body.commit?.description), .init(body.findings?.tool),
      .init(body.findings?.policySHA256?.description),
      .init(body.findings?.errors), .init(body.findings?.warnings),
      .init(review?.status.rawValue), .init(review?.required),
      .init(agreed.isEmpty ? nil : agreed.map(\.person).joined(separator: "; ")),
      .init(agreed.last?.time.description),
    ]
    let events = entry.events()
    guard !events.isEmpty else {
      return [
        shared + [.init(body.files.first?.path), .null, .null, .null, .null, .null]
          + [.init(entry.origin.name)]
      ]
    }
    return events.map { event in
      shared + [
        .text(event.path), .init(event.setting.resource), .text(event.setting.key),
        .init(event.setting.field), .init(event.setting.old), .init(event.setting.new),
        .init(entry.origin.name),
      ]
    }
  }
}

extension TableAnswer.Cell {
  init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  init(_ number: Int?) { self = number.map { .integer(Int64($0)) } ?? .null }
}

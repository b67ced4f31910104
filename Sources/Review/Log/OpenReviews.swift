package import Audit
import Git

/// A change with the state of its review.
package struct ReviewedChange: Sendable {
  package let entry: LogEntry
  package let review: Review
}

extension LogQuery {
  /// Changes that nobody has agreed to and somebody has to, newest first.
  ///
  /// - Parameters:
  ///   - now: for what is due and what has expired.
  ///   - limit: so many changes are looked at, from the newest on.
  package func reviews(at now: Timestamp, limit: Int) throws(Failure) -> [ReviewedChange] {
    let all = try judged(at: now, limit: limit)
    return all.filter { change in
      ![.approved, .notRequired].contains(change.review.status)
    }
  }

  /// The reviews of all changes that somebody has to agree to or has decided about.
  func judged(at now: Timestamp, limit: Int) throws(Failure) -> [ReviewedChange] {
    let repository = try RepositoryAccess.open(folder)
    var rules = BaseRules(
      newest: try ApprovalsInForce.rules(at: Self.head(of: repository), in: repository))
    let mayAsk = rules.mayAsk
    let asked = try askIndex { log, index throws(AuditError) -> Asked in
      // Where nothing asks for agreement, a change without a decision waits for nobody.
      let hasPolicy = try log.hasPolicy(index)
      let asks = mayAsk || hasPolicy
      guard let index else {
        let (ledger, entries) = try log.allReviews()
        return Asked(asks: asks, ledger: ledger, entries: entries)
      }
      let ledger = try index.openReviews(undecided: asks, limit: limit, in: log)
      var entries: [LogEntry] = []
      for id in ledger.changeIDs {
        entries += try index.entries(named: id.description, in: log).values
      }
      return Asked(asks: asks, ledger: ledger, entries: entries)
    }
    var found: [ReviewedChange] = []
    for entry in asked.entries where entry.record.body.kind == .change {
      let inForce = try rules.rules(at: entry.record.body.base, in: repository)
      guard let review = asked.ledger.review(of: entry.id, rules: inForce, now: now) else {
        continue
      }
      guard asked.asks || !review.opinions.isEmpty || review.due != nil else { continue }
      found.append(ReviewedChange(entry: entry, review: review))
    }
    return found.sorted { $0.entry.sequence > $1.entry.sequence }
  }

  private static func head(of repository: borrowing Repository) -> ObjectID? {
    // Before the first commit nothing asks for agreement.
    try? repository.head().commit
  }
}

extension AuditLog {
  /// Whether a record of the log asks for agreement.
  fileprivate func hasPolicy(_ index: LogIndex?) throws(AuditError) -> Bool {
    let filter = RecordFilter(kinds: ["policy"])
    return try !records(matching: filter, limit: 1, using: index).values.isEmpty
  }

  /// The whole log as reviews see it, with its changes.
  fileprivate func allReviews() throws(AuditError) -> (ReviewLedger, [LogEntry]) {
    let entries = try entries().values
    var ledger = ReviewLedger()
    for entry in entries.reversed() { ledger.add(ReviewedRecord(entry)) }
    return (ledger, entries.filter { $0.record.body.kind == .change })
  }
}

/// What decides about reviews.
private struct Asked {
  /// Whether anything asks for agreement.
  let asks: Bool
  let ledger: ReviewLedger
  let entries: [LogEntry]
}

/// The rules for agreeing by the version that a change starts from, each read once.
private struct BaseRules {
  /// Those of the version that is checked out.
  let newest: ApprovalRules?
  private var known: [ObjectID: ApprovalRules?] = [:]

  init(newest: ApprovalRules?) { self.newest = newest }

  var mayAsk: Bool { (newest?.required ?? 0) > 0 }

  mutating func rules(
    at commit: ObjectID?, in repository: borrowing Repository
  ) throws(Failure) -> ApprovalRules? {
    guard let commit, repository.contains(commit) else { return nil }
    if let rules = known[commit] { return rules }
    let rules = try ApprovalsInForce.rules(at: commit, in: repository)
    known[commit] = rules
    return rules
  }
}

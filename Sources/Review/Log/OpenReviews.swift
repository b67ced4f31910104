package import Audit
import Git

/// A change with the state of its review.
package struct ReviewedChange: Sendable {
  package let entry: LogEntry
  package let review: Review

  /// Whether somebody has to do something about it.
  var isOpen: Bool { ![.approved, .notRequired].contains(review.status) }
}

extension LogQuery {
  /// Changes that nobody has agreed to and somebody has to, newest first.
  ///
  /// - Parameters:
  ///   - now: for what is due and what has expired.
  ///   - limit: so many changes are looked at, from the newest on.
  package func reviews(at now: Timestamp, limit: Int) throws(Failure) -> [ReviewedChange] {
    try judged(at: now, limit: limit).changes.filter(\.isOpen)
  }

  /// The newest open changes that `filter` admits.
  ///
  /// What a decision is worth is computed, not stored, so that each change costs reading it: the
  /// newest are looked at first, and more only where these were too few.
  func unreviewed(
    matching filter: RecordFilter, limit: Int, at now: Timestamp
  ) throws(Failure) -> [ReviewedChange] {
    var window = Self.firstWindow
    while true {
      let (all, isExhausted) = try judged(at: now, limit: window)
      let open = all.filter { $0.isOpen && filter.matches($0.entry) }
      if open.count >= limit || isExhausted { return open }
      window *= 8
    }
  }

  private static let firstWindow = 250

  /// The reviews of all changes that somebody has to agree to or has decided about.
  ///
  /// - Returns: them, and whether there are no more than `limit`.
  func judged(
    at now: Timestamp, limit: Int
  ) throws(Failure) -> (changes: [ReviewedChange], isExhausted: Bool) {
    var rules = try RulesOfBases.of(self)
    let mayAsk = rules.mayAsk
    let (asks, ledger, entries) = try asking { asking throws(AuditError) in
      // Where nothing asks for agreement, a change without a decision waits for nobody.
      let policies = try asking.records(matching: RecordFilter(kinds: ["policy"]), limit: 1)
      let asks = mayAsk || !policies.values.isEmpty
      let rows = try asking.changesToReview(undecided: asks, limit: limit)
      let reviewed = try asking.ledger(of: rows)
      return (asks, reviewed.ledgers, reviewed.changes)
    }
    var found: [ReviewedChange] = []
    for entry in entries where entry.record.body.kind == .change {
      let inForce = try rules.rules(for: entry)
      guard let review = ledger.review(of: entry, rules: inForce, now: now) else { continue }
      // Where nothing asks for agreement, what was agreed to all the same is not looked at: only
      // a refusal and an emergency wait for somebody.
      guard asks || review.due != nil || review.opinions.contains(where: { !$0.isApproval })
      else { continue }
      found.append(ReviewedChange(entry: entry, review: review))
    }
    return (found.sorted { $0.entry.row > $1.entry.row }, entries.count != limit)
  }
}

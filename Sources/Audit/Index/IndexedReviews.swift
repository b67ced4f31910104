internal import Git

/// Changes and what was decided about them, for those who judge reviews.
extension LogIndex {
  /// The changes whose review may still be open, newest first.
  ///
  /// The index knows how many decisions there are and not what they are worth, so that a change
  /// about which anything was decided is among them.
  ///
  /// - Parameters:
  ///   - undecided: whether changes about which nobody decided are wanted: not where nobody has to.
  ///   - limit: the largest number returned.
  func changesToReview(undecided: Bool, limit: Int) throws(DatabaseError) -> [Int] {
    var found: Set<Int> = []
    var sources = [
      "SELECT seq FROM record WHERE due IS NOT NULL AND kind = 'change' ORDER BY seq DESC",
      """
      SELECT DISTINCT c.seq FROM decision d CROSS JOIN record c ON c.id = d.change
      WHERE c.kind = 'change' ORDER BY d.seq DESC
      """,
    ]
    if undecided {
      sources.append(
        "SELECT seq FROM record WHERE decisions = 0 AND kind = 'change' ORDER BY seq DESC")
    }
    for source in sources {
      let rows = try database.prepare(source + " LIMIT ?")
      rows.bind(1, limit)
      while try rows.step() { found.insert(rows.int(0)) }
    }
    return found.sorted(by: >).prefix(limit).map { $0 }
  }

  /// All records that have to do with the reviews of `changes`, in their order.
  ///
  /// These are the records about keys and policy, the changes, the decisions about them, and the
  /// later changes that start from what they made.
  func records(reviewing changes: [Int]) throws(DatabaseError) -> [ObjectID] {
    try choose(changes, as: "wanted_change")
    let rows = try database.prepare(
      """
      SELECT oid FROM record WHERE seq IN (
        SELECT seq FROM record WHERE kind IN ('genesis', 'key-add', 'key-revoke', 'policy')
        UNION SELECT id FROM temp.wanted_change
        UNION SELECT d.seq FROM temp.wanted_change w CROSS JOIN record c ON c.seq = w.id
          CROSS JOIN decision d ON d.change = c.id
        UNION SELECT n.seq FROM temp.wanted_change w
          CROSS JOIN record c ON c.seq = w.id AND c.decisions > 0
          CROSS JOIN file_change f ON f.seq = c.seq
          CROSS JOIN file_change n ON n.path = f.path AND n.seq > f.seq AND n.old = f.new)
      ORDER BY seq
      """)
    var found: [ObjectID] = []
    while try rows.step() {
      if let id = rows.bytes(0).flatMap({ ObjectID(bytes: $0) }) { found.append(id) }
    }
    return found
  }

  /// Keys, policy and the decisions about the changes with these numbers.
  package func ledger(
    of changes: [Int], in log: borrowing AuditLog
  ) throws(AuditError) -> ReviewLedger {
    let commits = try index { () throws(DatabaseError) in try records(reviewing: changes) }
    var ledger = ReviewLedger()
    for commit in commits { ledger.add(ReviewedRecord(try log.entry(commit))) }
    return ledger
  }

  /// The changes whose review may still be open, newest first, with all that decides it.
  package func openReviews(
    undecided: Bool, limit: Int, in log: borrowing AuditLog
  ) throws(AuditError) -> ReviewLedger {
    let changes = try index { () throws(DatabaseError) in
      try changesToReview(undecided: undecided, limit: limit)
    }
    return try ledger(of: changes, in: log)
  }

  /// The waivers that no other one replaces: the numbers of their records.
  package func waivers(in log: borrowing AuditLog) throws(AuditError) -> [LogEntry] {
    let numbers = try index { () throws(DatabaseError) in
      let rows = try database.prepare(
        """
        SELECT r.seq FROM waiver w JOIN record r ON r.seq = w.seq
        WHERE r.id NOT IN (SELECT id FROM superseded) ORDER BY w.seq DESC
        """)
      var numbers: [Int] = []
      while try rows.step() { numbers.append(rows.int(0)) }
      return numbers
    }
    var entries: [LogEntry] = []
    for number in numbers {
      entries += try self.entries(named: "#\(number)", in: log).values
    }
    return entries
  }
}

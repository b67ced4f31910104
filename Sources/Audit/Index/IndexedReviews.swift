internal import Git

/// Changes and what was decided about them, for those who judge reviews.
extension LogIndex {
  /// The changes whose review may still be open: their rows, newest first.
  ///
  /// The index knows how many decisions there are and not what they are worth, so that a change
  /// about which anything was decided is among them; where nobody has to agree, only one that was
  /// refused.
  ///
  /// - Parameters:
  ///   - undecided: whether changes about which nobody decided are wanted: not where nobody has to.
  ///   - limit: the largest number returned.
  func changesToReview(undecided: Bool, limit: Int) throws(DatabaseError) -> [Int] {
    var found: Set<Int> = []
    let decided = undecided ? "" : "AND d.approves = 0"
    var sources = [
      "SELECT seq FROM record WHERE due IS NOT NULL AND kind = 'change' ORDER BY seq DESC",
      // A change stands there once for each decision: what is double goes with the set.
      """
      SELECT c.seq FROM decision d CROSS JOIN record c ON c.id = d.change
      WHERE c.kind = 'change' \(decided) ORDER BY d.seq DESC
      """,
    ]
    if undecided {
      sources.append(
        "SELECT seq FROM record WHERE decisions = 0 AND kind = 'change' ORDER BY seq DESC")
    }
    for source in sources {
      let rows = try database.prepare(Question(source + " LIMIT ?", [Question.limit(limit)]))
      while try rows.step() { found.insert(rows.int(0)) }
    }
    return found.sorted(by: >).prefix(limit).map { $0 }
  }

  /// All records that have to do with the reviews of `changes`, in their order.
  ///
  /// These are the records about keys and policy, the changes, the decisions about them, and the
  /// later changes that start from what they made.
  private func records(reviewing changes: [Int]) throws(DatabaseError) -> [FoundRecord] {
    let wanted = try chosen(changes, as: "wanted_change")
    var question = Question(
      """
      SELECT oid, seq FROM record WHERE seq IN (
        SELECT seq FROM record WHERE kind IN ('genesis', 'key-add', 'key-revoke', 'policy')
        UNION SELECT seq FROM record WHERE seq IN
      """ + " ")
    question.add(wanted)
    question.add(
      " UNION SELECT d.seq FROM record c CROSS JOIN decision d ON d.change = c.id WHERE c.seq IN ")
    question.add(wanted)
    question.add(
      """
       UNION SELECT n.seq FROM record c
        CROSS JOIN file_change f ON f.seq = c.seq
        CROSS JOIN file_change n ON n.path = f.path AND n.seq > f.seq AND n.old = f.new
        WHERE c.decisions > 0 AND c.seq IN
      """ + " ")
    question.add(wanted)
    question.add(") ORDER BY seq")
    return try commits(question)
  }

  /// The changes in these rows with keys, policy and the decisions about them.
  package func ledger(
    of changes: [Int], in log: borrowing some RecordReading & ~Copyable
  ) throws(AuditError) -> ReviewedRows {
    let found = try index { () throws(DatabaseError) in try records(reviewing: changes) }
    return ReviewedRows(changes, among: try entries(of: found, in: log))
  }

  /// The waivers that no other one replaces, newest first.
  package func waivers(
    in log: borrowing some RecordReading & ~Copyable
  ) throws(AuditError) -> [LogEntry] {
    let rows = try index { () throws(DatabaseError) in
      let rows = try database.prepare(
        """
        SELECT r.seq FROM waiver w JOIN record r ON r.seq = w.seq
        WHERE r.id NOT IN (SELECT id FROM superseded) ORDER BY w.seq DESC
        """)
      var numbers: [Int] = []
      while try rows.step() { numbers.append(rows.int(0)) }
      return numbers
    }
    return try entries(inRows: rows, in: log).reversed()
  }
}

/// Changes with all that their reviews depend on.
package struct ReviewedRows: Sendable {
  package private(set) var ledgers = ReviewLedgers()
  /// The changes that were asked for, in the order of the logs.
  package let changes: [LogEntry]

  /// - Parameter entries: in the order of the logs.
  init(_ rows: [Int], among entries: [LogEntry]) {
    let wanted = Set(rows)
    changes = entries.filter { wanted.contains($0.row) }
    for entry in entries { ledgers.add(entry) }
  }
}

/// The ledgers of several logs: keys, policy and reviews of one say nothing about another.
package struct ReviewLedgers: Sendable {
  private var ledgers: [Int: ReviewLedger] = [:]

  package init() {}

  /// Takes the next record of its log in.
  package mutating func add(_ entry: LogEntry) {
    ledgers[entry.origin.number, default: ReviewLedger()].add(ReviewedRecord(entry))
  }

  /// The review of a change.
  ///
  /// - Parameters:
  ///   - rules: those of the version that the change starts from; the log's own where `nil`.
  ///   - now: for what expires and is due.
  /// - Returns: `nil` where no such change is recorded.
  package func review(of change: LogEntry, rules: ApprovalRules?, now: Timestamp) -> Review? {
    ledgers[change.origin.number]?.review(of: change.id, rules: rules, now: now)
  }
}

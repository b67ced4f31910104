package import Git

/// The versions that a change lies between, for the question what has no record.
package struct RecordedChange: Sendable, Hashable {
  /// A file as the change left it.
  package struct File: Sendable, Hashable {
    package let path: String
    /// Absent where it was deleted.
    package let blob: ObjectID?
  }

  package let base: ObjectID?
  /// Absent where it was recorded before it was committed.
  package let commit: ObjectID?
  package let files: [File]
}

extension AuditLog {
  /// All recorded changes, oldest first.
  package func recordedChanges() throws(AuditError) -> [RecordedChange] {
    try entries { $0.record.body.kind.movesState }.values.reversed().map { entry in
      let body = entry.record.body
      return RecordedChange(
        base: body.base, commit: body.commit,
        files: body.files.map { RecordedChange.File(path: $0.path, blob: $0.new?.git) })
    }
  }
}

extension LogIndex {
  /// All recorded changes, oldest first.
  package func recordedChanges() throws(AuditError) -> [RecordedChange] {
    try index { () throws(DatabaseError) in
      let rows = try database.prepare(
        """
        SELECT r.seq, r.base, r.commit_id, p.path, f.new
        FROM record r CROSS JOIN file_change f ON f.seq = r.seq
        CROSS JOIN path p ON p.id = f.path
        WHERE r.kind IN ('change', 'import') ORDER BY r.seq, f.position
        """)
      func object(_ column: Int32) -> ObjectID? {
        rows.bytes(column).flatMap { ObjectID(bytes: $0) }
      }
      var found: [RecordedChange] = []
      var last: Int?
      while try rows.step() {
        let file = RecordedChange.File(path: rows.text(3) ?? "", blob: object(4))
        let files = last == rows.int(0) ? (found.popLast()?.files ?? []) + [file] : [file]
        found.append(RecordedChange(base: object(1), commit: object(2), files: files))
        last = rows.int(0)
      }
      return found
    }
  }
}

internal import Git

/// Records as a database holds them: whole, with what proves them, and without git.
package struct RowReading: RecordReading {
  let index: LogIndex

  init(_ index: LogIndex) { self.index = index }

  /// The records, each hashed: a row that was altered is not shown.
  package func records(_ found: [FoundRecord]) throws(AuditError) -> [LogEntry] {
    guard !found.isEmpty else { return [] }
    var entries: [Int: LogEntry] = [:]
    let rows = try Audit.index { () throws(DatabaseError) in
      try index.database.prepare(
        Question(
          """
          SELECT p.seq, p.record, p.signature, p.previous, p.root, r.oid, r.id
          FROM proof p JOIN record r ON r.seq = p.seq WHERE p.seq IN
          """ + " (SELECT unnest(CAST(? AS BIGINT[])))", [.integers(found.map(\.row))]))
    }
    while try Audit.index({ () throws(DatabaseError) in try rows.step() }) {
      let row = rows.int(0)
      let sequence = LogOrigin.sequence(ofRow: row)
      let record = try Record(reading: rows.bytes(1) ?? [])
      guard rows.bytes(6) == record.id.bytes, let commit = rows.bytes(5),
        let id = ObjectID(bytes: commit),
        let previous = rows.bytes(3).flatMap({ Digest(bytes: $0) }),
        let root = rows.bytes(4).flatMap({ Digest(bytes: $0) })
      else {
        throw AuditError(
          .recordHash, "the database's record \(sequence) differs from its hash",
          remedy: "headgate audit collect fills the database anew; git has the record as it was")
      }
      entries[row] = LogEntry(
        commit: id,
        trailers: Trailers(
          sequence: sequence, kind: record.body.kind.description, record: record.id,
          previous: previous, root: root),
        record: record, signature: rows.bytes(2))
    }
    var sorted: [LogEntry] = []
    for place in found {
      guard let entry = entries[place.row] else {
        throw AuditError(
          .objectMissing, "the database has no record in row \(place.row), which it lists")
      }
      sorted.append(entry)
    }
    return sorted
  }
}

extension LogIndex {
  /// The rows that were collected into a database.
  ///
  /// - Throws: ``AuditError`` where it cannot be reached, or holds nothing of ours.
  package static func connected(to address: String) throws(AuditError) -> LogIndex {
    do throws(DatabaseError) {
      let connection = try PostgresConnection(address)
      let version = try PostgresSchema.knownVersion(at: connection)
      guard version == PostgresSchema.version else {
        throw DatabaseError(
          .other,
          version == nil
            ? "the database holds no audit logs; headgate audit collect --database fills it"
            : "the database was filled by another version of Headgate; audit collect renews it")
      }
      let answer = try connection.ask("SELECT id, name, whole FROM source", [])
      var state = IndexState(version: IndexSchema.version, sources: [:])
      for row in 0..<answer.rowCount {
        guard let number = answer.text(row, 0).flatMap({ Int($0) }) else { continue }
        state.sources[number] = .init(
          name: answer.text(row, 1), tip: nil, isWhole: answer.text(row, 2) == "1")
      }
      let index = LogIndex(Database(connection), reasonForMemory: nil)
      index.noteUpdate(state, added: 0)
      return index
    } catch {
      throw AuditError(.storage, error.description)
    }
  }
}

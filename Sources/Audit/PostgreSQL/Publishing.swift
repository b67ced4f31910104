internal import Git

/// What was put into a database.
package struct Published: Sendable, Hashable {
  /// Records that were new there.
  package var records = 0
  /// Logs that had anything new.
  package var logs = 0
}

extension LogIndex {
  /// So many records are sent at a time.
  private static let portion = 4_096

  /// Puts the rows of the index into a database that holds those of earlier times.
  ///
  /// Each log is one transaction: who asks meanwhile sees it as it was or as it is. Git remains the
  /// source: with each record goes what proves it, and everything there can be made anew.
  ///
  /// - Parameter address: as libpq takes it.
  package func publish(
    from log: borrowing AuditLog, collection: String, to address: String
  ) throws(AuditError) -> Published {
    do throws(IndexProblem) {
      let connection = try onIndex { () throws(DatabaseError) in
        let connection = try PostgresConnection(address)
        try PostgresSchema.make(at: connection)
        try Self.check(collection, at: connection)
        return connection
      }
      var published = Published()
      for source in log.sources {
        let count = try publish(source, from: log, to: connection)
        published.records += count
        if count > 0 { published.logs += 1 }
      }
      return published
    } catch {
      switch error {
      case .log(let error): throw error
      case .database(let error): throw AuditError(.storage, error.description)
      }
    }
  }

  /// Numbers of logs are given by a collection, so that a database holds those of one.
  private static func check(
    _ collection: String, at connection: PostgresConnection
  ) throws(DatabaseError) {
    _ = try connection.ask(
      "INSERT INTO meta VALUES ('collection', $1) ON CONFLICT (name) DO NOTHING", [collection])
    let found = try connection.ask("SELECT value FROM meta WHERE name = 'collection'", [])
    guard found.rowCount == 1, found.text(0, 0) == collection else {
      throw DatabaseError(.other, "the database holds the logs of another collection")
    }
  }

  private func publish(
    _ source: LogSource, from log: borrowing AuditLog, to connection: PostgresConnection
  ) throws(IndexProblem) -> Int {
    guard let tip = source.tip, let name = source.name else { return 0 }
    do throws(IndexProblem) {
      try onIndex { () throws(DatabaseError) in
        try connection.execute("BEGIN")
        // One at a time; the second waits here.
        try connection.execute("UPDATE meta SET value = value WHERE name = 'version'")
      }
      let count = try send(source.origin, name, tip, from: log, to: connection)
      try onIndex { () throws(DatabaseError) in try connection.execute("COMMIT") }
      return count
    } catch {
      // What failed counts; closing the connection undoes it too.
      try? connection.execute("ROLLBACK")
      throw error
    }
  }

  private func send(
    _ origin: LogOrigin, _ name: String, _ tip: ObjectID, from log: borrowing AuditLog,
    to connection: PostgresConnection
  ) throws(IndexProblem) -> Int {
    let (known, end) = try onIndex { () throws(DatabaseError) in
      (try self.known(origin, at: connection), try self.end(of: origin))
    }
    guard known.tip != tip || known.name != name else { return 0 }
    let rows = origin.rows
    let first = origin.row(of: known.records)
    try onIndex { () throws(DatabaseError) in
      if known.records == 0 {
        for table in PostgresSchema.recordTables + PostgresSchema.ownTables {
          try Self.delete(table, "seq", rows, at: connection)
        }
      }
      for table in PostgresSchema.nameTables {
        try Self.delete(table, "id", rows, at: connection)
      }
    }
    for table in PostgresSchema.nameTables {
      try copy(table, "id", rows, to: connection)
    }
    var start = first
    while start < end {
      let next = min(start + Self.portion, end)
      for table in PostgresSchema.recordTables {
        try copy(table, "seq", start..<next, to: connection)
      }
      try copyOwn(start..<next, from: log, to: connection)
      start = next
    }
    try onIndex { () throws(DatabaseError) in
      _ = try connection.ask(
        """
        UPDATE record SET decisions = (SELECT count(*) FROM decision d WHERE d.change = record.id)
        WHERE id IN (SELECT change FROM decision WHERE seq >= $1 AND seq < $2)
        """, [String(first), String(end)])
      _ = try connection.ask("DELETE FROM source WHERE id = $1", [String(origin.number)])
      _ = try connection.ask(
        "INSERT INTO source VALUES ($1, $2, $3, $4, $5)",
        [
          String(origin.number), name, PostgresDialect.text(of: tip.bytes),
          String(LogOrigin.sequence(ofRow: end)), isWhole ? "1" : "0",
        ])
    }
    return end - first
  }

  /// What the database holds of a log: nothing where its newest record is not one of ours.
  private func known(
    _ origin: LogOrigin, at connection: PostgresConnection
  ) throws(DatabaseError) -> (tip: ObjectID?, name: String?, records: Int) {
    let answer = try connection.ask(
      "SELECT tip, name, records FROM source WHERE id = $1", [String(origin.number)])
    guard answer.rowCount == 1,
      let tip = answer.text(0, 0).flatMap({ PostgresDialect.bytes(of: $0) })
        .flatMap({ ObjectID(bytes: $0) }),
      let records = answer.text(0, 2).flatMap({ Int($0) }), records > 0
    else { return (nil, nil, 0) }
    let ours = try database.prepare("SELECT oid FROM record WHERE seq = ?")
    ours.bind(1, origin.row(of: records - 1))
    guard try ours.step(), ours.bytes(0) == tip.bytes else { return (nil, nil, 0) }
    return (tip, answer.text(0, 1), records)
  }

  /// The row behind the newest record of a log.
  private func end(of origin: LogOrigin) throws(DatabaseError) -> Int {
    let newest = try database.prepare("SELECT max(seq) FROM record WHERE seq >= ? AND seq < ?")
    newest.bind(1, origin.rows.lowerBound)
    newest.bind(2, origin.rows.upperBound)
    guard try newest.step(), let last = newest.optionalInt(0) else { return origin.rows.lowerBound }
    return last + 1
  }

  private static func delete(
    _ table: String, _ column: String, _ rows: Range<Int>, at connection: PostgresConnection
  ) throws(DatabaseError) {
    _ = try connection.ask(
      "DELETE FROM \(table) WHERE \(column) >= $1 AND \(column) < $2",
      [String(rows.lowerBound), String(rows.upperBound)])
  }

  /// Sends rows of the index as they stand.
  private func copy(
    _ table: String, _ column: String, _ rows: Range<Int>, to connection: PostgresConnection
  ) throws(IndexProblem) {
    let copied = try onIndex { () throws(DatabaseError) in
      let found = try database.prepare(
        "SELECT * FROM \(table) WHERE \(column) >= ? AND \(column) < ? ORDER BY \(column)")
      found.bind(1, rows.lowerBound)
      found.bind(2, rows.upperBound)
      var copied = CopyRows()
      while try found.step() { copied.add(found) }
      return copied
    }
    try Self.send(copied, to: table, connection)
  }

  /// Sends what stands in git and not in the index: the records themselves, and their words.
  private func copyOwn(
    _ rows: Range<Int>, from log: borrowing AuditLog, to connection: PostgresConnection
  ) throws(IndexProblem) {
    var proofs = CopyRows()
    var words = CopyRows()
    let found = try onIndex { () throws(DatabaseError) in
      try commits(
        Question(
          "SELECT oid, seq FROM record WHERE seq >= ? AND seq < ? ORDER BY seq",
          [.integer(Int64(rows.lowerBound)), .integer(Int64(rows.upperBound))]))
    }
    for place in found {
      let entry = try onLog { () throws(AuditError) in try log.entry(place.commit) }
      proofs.add(place.row)
      proofs.add(entry.record.bytes)
      proofs.add(entry.signature)
      proofs.add(entry.trailers.previous.bytes)
      proofs.add(entry.trailers.root.bytes)
      proofs.endRow()
      for word in SearchWords.distinct(in: entry.record.body.searchTexts) {
        words.add(word)
        words.add(place.row)
        words.endRow()
      }
    }
    try Self.send(proofs, to: "proof", connection)
    try Self.send(words, to: "word", connection)
  }

  private static func send(
    _ rows: CopyRows, to table: String, _ connection: PostgresConnection
  ) throws(IndexProblem) {
    guard !rows.bytes.isEmpty else { return }
    var rest: [UInt8]? = rows.bytes
    try connection.copy("COPY \(table) FROM STDIN") { () throws(IndexProblem) in
      defer { rest = nil }
      return rest
    }
  }
}

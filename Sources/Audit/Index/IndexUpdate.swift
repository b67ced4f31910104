internal import Git

/// The end of one of the logs that are asked.
struct SourceTip: Sendable, Hashable {
  let source: LogSource
  let commit: ObjectID
}

extension LogIndex {
  /// Brings the tables to the state of the logs at their ends.
  func update(
    from log: borrowing AuditLog, to tips: [SourceTip]
  ) throws(IndexProblem) {
    try onIndex { () throws(DatabaseError) in try database.execute("BEGIN IMMEDIATE") }
    do throws(IndexProblem) {
      try replay(from: log, to: tips)
      try onIndex { () throws(DatabaseError) in try database.execute("COMMIT") }
    } catch {
      // What failed counts, not whether it could be undone: closing the connection undoes it too.
      try? database.execute("ROLLBACK")
      throw error
    }
  }

  private func replay(
    from log: borrowing AuditLog, to tips: [SourceTip]
  ) throws(IndexProblem) {
    let known = try onIndex { () throws(DatabaseError) in
      let known = try IndexState.read(from: database)
      if known == nil { try IndexSchema.make(in: database) }
      return known
    }
    var state = known ?? .empty
    // Another process may have been here in the meantime.
    if known != nil, state.isCurrent(tips, isShallow: log.repository.isShallow) {
      return noteUpdate(state, added: 0)
    }
    guard Set(tips.map(\.source.number)).isSuperset(of: state.sources.keys) else {
      throw .database(DatabaseError(.unusable, "index: a log of it is not asked for any more"))
    }
    var added = 0
    var writers: [IndexWriter] = []
    for tip in tips {
      let number = tip.source.number
      let before = state.sources[number]
      if let before, !before.isWhole, !log.repository.isShallow {
        throw .database(DatabaseError(.unusable, "index: made when the log was cut off"))
      }
      state.sources[number] = before ?? .init(name: nil, tip: nil, isWhole: true)
      state.sources[number]?.name = tip.source.name
      guard before?.tip != tip.commit.bytes else { continue }
      let missing = try MissingRecords(
        of: log, to: tip, knownTo: self, isWhole: before?.isWhole ?? true)
      try makeRoom(for: missing, tip.source.origin, isNew: before?.tip == nil)
      writers.append(try add(missing, from: log, tip.source.origin))
      state.sources[number]?.tip = tip.commit.bytes
      state.sources[number]?.isWhole = missing.isWhole
      added += missing.commits.count
    }
    try onIndex { () throws(DatabaseError) in
      // Made after the rows: sorting once is faster than inserting everywhere.
      if known == nil { try IndexSchema.makeIndexes(in: database) }
      for writer in writers { try writer.countDecisions() }
      try state.write(to: database)
    }
    noteUpdate(state, added: added)
  }

  private func makeRoom(
    for missing: MissingRecords, _ origin: LogOrigin, isNew: Bool
  ) throws(IndexProblem) {
    try onIndex { () throws(DatabaseError) in
      if let base = missing.base {
        try cut(after: base, of: origin)
      } else if !isNew {
        // Another log, or one whose beginning was not here: all rows go.
        throw DatabaseError(.unusable, "index: of another log")
      }
    }
  }

  private func add(
    _ missing: MissingRecords, from log: borrowing AuditLog, _ origin: LogOrigin
  ) throws(IndexProblem) -> IndexWriter {
    let writer = try onIndex { () throws(DatabaseError) in
      try IndexWriter(database, of: origin)
    }
    let reading = IndexReading(
      directory: log.repository.gitDirectory, commits: missing.commits,
      first: missing.firstSequence)
    try reading.run { records throws(IndexProblem) in
      do throws(DatabaseError) {
        for record in records { try writer.add(record) }
      } catch {
        throw .database(error)
      }
    }
    try onIndex { () throws(DatabaseError) in try writer.finish() }
    return writer
  }

  /// The commit that holds record `sequence` as the index knows it.
  fileprivate func commit(
    of sequence: Int, _ origin: LogOrigin
  ) throws(DatabaseError) -> ObjectID? {
    let row = try database.prepare("SELECT oid FROM record WHERE seq = ?")
    row.bind(1, origin.row(of: sequence))
    guard try row.step() else { return nil }
    return row.bytes(0).flatMap { ObjectID(bytes: $0) }
  }
}

/// What went wrong: with the index, which is made anew, or with the log, which is told.
enum IndexProblem: Error {
  case database(DatabaseError)
  case log(AuditError)
}

/// Calls SQLite.
func onIndex<Value: ~Copyable>(
  _ body: () throws(DatabaseError) -> Value
) throws(IndexProblem) -> Value {
  do { return try body() } catch { throw .database(error) }
}

/// Reads the log.
func onLog<Value: ~Copyable>(
  _ body: () throws(AuditError) -> Value
) throws(IndexProblem) -> Value {
  do { return try body() } catch { throw .log(error) }
}

/// The records that the log has and the index has not.
struct MissingRecords {
  /// Newest first.
  let commits: [ListedCommit]
  /// The newest record that both have; `nil` where they share none.
  let base: Int?
  let isWhole: Bool
  /// The number of the oldest one.
  let firstSequence: Int

  /// - Parameter wasWhole: whether the index holds what it has from the first record on.
  init(
    of log: borrowing AuditLog, to tip: SourceTip, knownTo index: LogIndex, isWhole wasWhole: Bool
  ) throws(IndexProblem) {
    var base: Int?
    var commits: [ListedCommit] = []
    var oldest = 0
    var problem: DatabaseError?
    let isWhole = try onLog { () throws(AuditError) in
      try log.visit(from: tip.commit) { commit throws(AuditError) in
        let sequence = commit.trailers.sequence
        guard commits.isEmpty || sequence == oldest - 1 else {
          throw AuditError(
            .sequenceGap, "number \(sequence) stands where \(oldest - 1) is due",
            remedy: "headgate audit verify")
        }
        do throws(DatabaseError) {
          if try index.commit(of: sequence, tip.source.origin) == commit.id { base = sequence }
        } catch {
          problem = error
        }
        guard base == nil, problem == nil else { return false }
        oldest = sequence
        commits.append(
          ListedCommit(
            commit: commit.id, tree: commit.object.tree, record: commit.trailers.record))
        return true
      }
    }
    if let problem { throw .database(problem) }
    self.base = base
    self.commits = commits
    // What an earlier visit did not reach is missing still.
    self.isWhole = base == nil ? isWhole : wasWhole
    firstSequence = oldest
  }
}

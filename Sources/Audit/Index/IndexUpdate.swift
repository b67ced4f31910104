internal import Git

extension LogIndex {
  /// From so many records on, indexes are made after them: sorting once is faster.
  private static let longBuild = 20_000

  /// Brings the tables to the state of the log at `tip`.
  func update(from log: borrowing AuditLog, to tip: ObjectID) throws(IndexProblem) {
    try onIndex { () throws(DatabaseError) in try database.execute("BEGIN IMMEDIATE") }
    do throws(IndexProblem) {
      try replay(from: log, to: tip)
      try onIndex { () throws(DatabaseError) in try database.execute("COMMIT") }
    } catch {
      // What failed counts, not whether it could be undone: closing the connection undoes it too.
      try? database.execute("ROLLBACK")
      throw error
    }
  }

  private func replay(from log: borrowing AuditLog, to tip: ObjectID) throws(IndexProblem) {
    var state = try onIndex { () throws(DatabaseError) in
      if let known = try IndexState.read(from: database) { return known }
      try IndexSchema.make(in: database)
      return IndexState.empty
    }
    // Another process may have been here in the meantime.
    if state.tip == tip.bytes, state.isWhole || log.repository.isShallow { return }
    if !state.isWhole, !log.repository.isShallow {
      throw .database(DatabaseError(.unusable, "index: made when the log was cut off"))
    }
    let missing = try MissingRecords(of: log, to: tip, knownTo: self)
    try onIndex { () throws(DatabaseError) in
      if let base = missing.base {
        try cut(after: base)
      } else if state.tip != nil {
        // Another log, or one whose beginning was not here: all rows go.
        throw DatabaseError(.unusable, "index: of another log")
      }
    }
    try add(missing, from: log)
    state.tip = tip.bytes
    state.isWhole = missing.isWhole
    try onIndex { () throws(DatabaseError) in try state.write(to: database) }
    noteUpdate(isWhole: missing.isWhole, added: missing.commits.count)
  }

  private func add(
    _ missing: MissingRecords, from log: borrowing AuditLog
  ) throws(IndexProblem) {
    let isLong = missing.commits.count >= Self.longBuild
    let writer = try onIndex { () throws(DatabaseError) in
      if isLong, missing.base == nil { try IndexSchema.dropIndexes(in: database) }
      return try IndexWriter(database)
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
    do throws(DatabaseError) {
      try writer.finish()
      if isLong { try IndexSchema.makeIndexes(in: database) }
      try writer.countDecisions()
    } catch {
      throw .database(error)
    }
  }

  /// The commit that holds record `sequence` as the index knows it.
  fileprivate func commit(of sequence: Int) throws(DatabaseError) -> ObjectID? {
    let row = try database.prepare("SELECT oid FROM record WHERE seq = ?")
    row.bind(1, sequence)
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

  init(
    of log: borrowing AuditLog, to tip: ObjectID, knownTo index: LogIndex
  ) throws(IndexProblem) {
    var base: Int?
    var commits: [ListedCommit] = []
    var oldest = 0
    var problem: DatabaseError?
    let isWhole = try onLog { () throws(AuditError) in
      try log.visit(from: tip) { commit throws(AuditError) in
        let sequence = commit.trailers.sequence
        guard commits.isEmpty || sequence == oldest - 1 else {
          throw AuditError(
            .sequenceGap, "number \(sequence) stands where \(oldest - 1) is due",
            remedy: "headgate audit verify")
        }
        do throws(DatabaseError) {
          if try index.commit(of: sequence) == commit.id { base = sequence }
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
    self.isWhole = base == nil ? isWhole : index.isWhole
    firstSequence = oldest
  }
}

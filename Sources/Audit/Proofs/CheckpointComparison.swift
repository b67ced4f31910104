extension AuditLog {
  /// Where the log ends, computed from what this clone remembers or from the whole log.
  ///
  /// - Returns: `nil` where there is no log.
  /// - Throws: ``AuditError`` `shallow`, `rootMismatch`.
  package func place() throws(AuditError) -> LogPlace? {
    guard let tip = try tip() else { return nil }
    guard let place = try place(of: tip, knowing: pin().map { [$0.place] } ?? []) else {
      throw AuditError(
        .shallow, "the log is cut off in this shallow clone, so that its root cannot be told",
        remedy: "git fetch --unshallow, or fetch \(AuditLog.reference) whole")
    }
    return place
  }

  /// The checkpoint of a note, if it is one of this log as it is.
  ///
  /// - Throws: ``AuditError`` `checkpoint` where it is not.
  package func ownCheckpoint(
    in note: [UInt8]
  ) throws(AuditError) -> (Checkpoint, SignedNote) {
    guard let read = SignedNote(note), let checkpoint = Checkpoint(text: read.text) else {
      throw AuditError(
        .checkpoint, "this is no checkpoint: name, size and root, then signatures",
        remedy: "`headgate audit checkpoint` makes one")
    }
    if let problem = try problem(with: checkpoint) {
      throw AuditError(problem.code, problem.message)
    }
    return (checkpoint, read)
  }

  /// Adds to a verification what contradicts a note that was kept elsewhere.
  package func compare(_ note: [UInt8], into verification: inout Verification) {
    do { _ = try ownCheckpoint(in: note) } catch {
      verification.problems.append(AuditProblem(error.code, at: nil, error.description))
    }
  }

  /// What contradicts a checkpoint that was kept elsewhere; `nil` where the log continues it.
  package func problem(with checkpoint: Checkpoint) throws(AuditError) -> AuditProblem? {
    guard let genesis = checkpoint.genesis, let own = try identity() else {
      return AuditProblem(.checkpoint, at: nil, "it is the checkpoint of another program's log")
    }
    guard genesis == own else {
      return AuditProblem(.checkpoint, at: nil, "it is the checkpoint of log \(genesis)")
    }
    guard checkpoint.size > 0, let tip = try tip() else {
      return AuditProblem(.checkpoint, at: nil, "it is the checkpoint of an empty log")
    }
    var found: Digest?
    var records: Int?
    let isComplete = try visit(from: tip) { commit throws(AuditError) in
      if records == nil { records = commit.trailers.sequence + 1 }
      if commit.trailers.sequence == checkpoint.size - 1 { found = commit.trailers.root }
      return commit.trailers.sequence >= checkpoint.size
    }
    if let records, records < checkpoint.size {
      return AuditProblem(
        .rollback, at: nil,
        "the log has \(records) records; the checkpoint counts \(checkpoint.size)")
    }
    guard let found else {
      guard isComplete else { throw AuditError(.shallow, "the log is cut off before that") }
      return AuditProblem(.checkpoint, at: nil, "no record is number \(checkpoint.size - 1)")
    }
    guard found == checkpoint.root else {
      return AuditProblem(
        .fork, at: checkpoint.size - 1,
        "the first \(checkpoint.size) records have another root than the checkpoint")
    }
    return nil
  }
}

internal import Git

extension Appending {
  func write(
    _ kind: ObjectKind, _ bytes: [UInt8], in log: borrowing AuditLog
  ) throws(AuditError) -> ObjectID {
    try git { () throws(GitError) in
      try log.repository.write(kind, bytes, flushed: options.durable)
    }
  }

  func writeCommit(
    after end: LogEnd, tree: ObjectID, in log: borrowing AuditLog
  ) throws(AuditError) -> ObjectID {
    var frontier = end.frontier
    frontier.append(record.id)
    let trailers = Trailers(
      sequence: frontier.size - 1, kind: record.body.kind.description, record: record.id,
      previous: end.record, root: frontier.root)
    let name = record.body.recorder.id.drop { $0 != ":" }.dropFirst()
    let fallback = name.isEmpty ? record.body.recorder.id : String(name)
    let who = CommitSignature(
      name: options.committer?.name ?? fallback, email: options.committer?.email ?? fallback,
      seconds: record.body.recordedAt.seconds)
    let commit = CommitObject(
      tree: tree, parents: end.tip.map { [$0] } ?? [], author: who, committer: who,
      message: trailers.message(subject: Subject.text(for: record.body)))
    let id = try write(.commit, commit.serialized, in: log)
    try options.after(.commitWritten)
    return id
  }

  /// Moves the reference.
  ///
  /// - Returns: `false` when another program was quicker and it is worth trying again.
  func swap(
    from old: ObjectID?, to new: ObjectID, in log: borrowing AuditLog,
    holding lock: borrowing WriterLock
  ) throws(AuditError) -> Bool {
    let move = ReferenceMove(
      name: AuditLog.reference, old: old, new: new, message: Subject.text(for: record.body),
      durable: options.durable, now: options.now, pacing: options.pacing)
    guard try move.run(in: log.repository, holding: lock) else { return false }
    try options.after(.swapped)
    return true
  }

  func finish(
    _ commit: ObjectID, after end: LogEnd, _ directory: borrowing LogDirectory
  ) throws(AuditError) -> Appended {
    var frontier = end.frontier
    frontier.append(record.id)
    let place = LogPlace(
      genesis: end.genesis ?? record.id, commit: commit, frontier: frontier)
    let pin = end.pin?.moved(to: place) ?? Pin(place)
    var failure: AuditError?
    do { try pin.write(to: directory, flushed: options.durable) } catch { failure = error }
    try options.after(.pinned)
    return Appended(
      id: record.id, sequence: pin.sequence, commit: commit, existed: false, pinFailure: failure)
  }
}

extension Record {
  /// The versions of files whose content belongs into the record's tree, with their entries' names.
  var storedVersions: [(name: String, version: FileVersion)] {
    guard body.kind.describesChange else { return [] }
    var found: [(String, FileVersion)] = []
    for (index, file) in body.files.enumerated() where file.keepsContent {
      if let old = file.old { found.append((AuditLog.EntryName.old(index), old)) }
      if let new = file.new { found.append((AuditLog.EntryName.new(index), new)) }
    }
    return found
  }
}

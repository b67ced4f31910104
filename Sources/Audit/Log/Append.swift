internal import Git

extension AuditLog {
  /// Adds a record, after a genesis record if there is no log yet.
  ///
  /// - Parameters:
  ///   - body: the record; the id of the log is filled in.
  ///   - genesis: the first record, used only if there is none.
  package func append(
    _ body: RecordBody, startingWith genesis: RecordBody, options: AppendOptions
  ) throws(AuditError) -> Appended {
    var body = body
    if let identity = try identity() {
      body.repository = identity
    } else {
      var first = options
      first.contents = []
      first.signature = nil
      body.repository = try create(Record(genesis), options: first)
    }
    return try append(Record(body), options: options)
  }

  /// Begins the log with `genesis`, unless it exists.
  ///
  /// - Returns: the id of the log, which is another one's if that came first.
  package func create(
    _ genesis: Record, options: AppendOptions
  ) throws(AuditError) -> Digest {
    guard genesis.body.kind == .genesis else {
      throw AuditError(
        .genesis, "a log begins with a genesis record, not with a \(genesis.body.kind)")
    }
    let directory = try openDirectory()
    let lock = try directory.lock(options.pacing)
    if let identity = try identity() { return identity }
    let appending = Appending(record: genesis, options: options)
    _ = try appending.run(in: self, directory, holding: lock)
    return genesis.id
  }

  /// Adds `record` at the end of the log, once however often it is tried.
  ///
  /// - Throws: ``AuditError`` `busy`, `staleLock`, `referenceCorrupt`, `logDeleted`, `storage`,
  ///   `objectCorrupt` when what was written cannot be read back, `repositoryID` for a record of
  ///   another log, `shallow` when the log has to be read and is cut off.
  package func append(
    _ record: Record, options: AppendOptions
  ) throws(AuditError) -> Appended {
    guard record.body.kind != .genesis else {
      throw AuditError(.genesis, "only the first record is a genesis record")
    }
    let directory = try openDirectory()
    let lock = try directory.lock(options.pacing)
    return try Appending(record: record, options: options).run(
      in: self, directory, holding: lock)
  }

  private func openDirectory() throws(AuditError) -> LogDirectory {
    let common = repository.commonDirectory
    guard let directory = try LogDirectory.opened(in: common, create: true) else {
      throw AuditError(.storage, "open \(common)\(LogDirectory.name)")
    }
    return directory
  }
}

/// One append while the lock is held.
struct Appending {
  let record: Record
  let options: AppendOptions

  func run(
    in log: borrowing AuditLog, _ directory: borrowing LogDirectory,
    holding lock: borrowing WriterLock
  ) throws(AuditError) -> Appended {
    // Before the objects, so that it is flushed with them.
    try lock.mark()
    try options.after(.locked)
    var end = try LogEnd.read(from: log, directory)
    try options.after(.tipRead)
    try check(end)
    if let existing = try find(in: log, tip: end.tip) { return existing }
    let tree = try writeTree(in: log)
    var waits = options.pacing.waits(longest: .milliseconds(200))
    while true {
      let commit = try writeCommit(after: end, tree: tree, in: log)
      if options.durable { try git { () throws(GitError) in try log.repository.flushObjects() } }
      try ReadBack(record: record, options: options).check(commit, in: log)
      try options.after(.readBack)
      if try swap(from: end.tip, to: commit, in: log, holding: lock) {
        return try finish(commit, after: end, directory)
      }
      guard waits.next() else {
        throw AuditError(
          .busy,
          "\(AuditLog.reference) could not be moved for \(Pacing.limit): others change it",
          remedy: "try again when they have finished")
      }
      end = try LogEnd.read(from: log, directory)
      try check(end)
    }
  }

  private func check(_ end: LogEnd) throws(AuditError) {
    guard end.genesis == record.body.repository else {
      throw AuditError(
        .repositoryID, "the record is made for another log than the one in this repository")
    }
  }

  /// The place of this record, if the log already holds it.
  ///
  /// A record that is in the log has its blob in the store, so that a new record, which has a nonce
  /// of its own, costs one look-up whatever the length of the log.
  private func find(
    in log: borrowing AuditLog, tip: ObjectID?
  ) throws(AuditError) -> Appended? {
    let blob = try git { () throws(GitError) in try ObjectID(of: record.bytes) }
    guard let tip, log.repository.contains(blob) else { return nil }
    var found: LogCommit?
    _ = try log.visit(from: tip) { commit throws(AuditError) in
      if commit.trailers.record == record.id { found = commit }
      return found == nil
    }
    return found.map {
      Appended(
        id: record.id, sequence: $0.trailers.sequence, commit: $0.id, existed: true,
        pinFailure: nil)
    }
  }

  private func writeTree(in log: borrowing AuditLog) throws(AuditError) -> ObjectID {
    var entries: [TreeObject.Entry] = []
    for content in options.contents { _ = try write(.blob, content, in: log) }
    var files: [TreeObject.Entry] = []
    for (name, version) in record.storedVersions {
      files.append(TreeObject.Entry(name: name, mode: .regular, id: version.git))
    }
    let blob = try write(.blob, record.bytes, in: log)
    entries.append(.init(name: AuditLog.EntryName.record, mode: .regular, id: blob))
    if let signature = options.signature {
      let blob = try write(.blob, signature, in: log)
      entries.append(.init(name: AuditLog.EntryName.signature, mode: .regular, id: blob))
    }
    try options.after(.blobsWritten)
    if !files.isEmpty {
      let tree = try write(.tree, TreeObject(files).serialized, in: log)
      entries.append(.init(name: AuditLog.EntryName.files, mode: .directory, id: tree))
    }
    let tree = try write(.tree, TreeObject(entries).serialized, in: log)
    try options.after(.treeWritten)
    return tree
  }
}

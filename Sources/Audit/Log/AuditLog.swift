package import Git

/// The audit log of a repository: a chain of commits on its own reference, one record each.
///
/// Nobody's work tree, index or branch is touched. It belongs to one thread, as git does.
package struct AuditLog: ~Copyable {
  /// Where the chain's newest commit is found.
  package static let reference = "refs/audit/log"

  package let repository: Repository
  /// The logs that questions are about: the one of the repository, or those of a collection.
  let sources: [LogSource]

  package init(_ repository: consuming Repository) {
    self.repository = repository
    sources = [.own]
  }

  /// The logs of a collection.
  init(_ repository: consuming Repository, sources: [LogSource]) {
    self.repository = repository
    self.sources = sources
  }

  /// Whether the answers come from many logs, which have no order among them but time.
  var isCollection: Bool { sources != [.own] }
}

/// A record at its place in the log.
package struct LogEntry: Sendable {
  package let commit: ObjectID
  package let trailers: Trailers
  package let record: Record
  /// The armoured signature over the record's bytes, as stored: whether it is worth anything is
  /// not known yet.
  package let signature: [UInt8]?
  /// The log that it stands in.
  package var origin = LogOrigin.own

  package init(
    commit: ObjectID, trailers: Trailers, record: Record, signature: [UInt8]? = nil
  ) {
    self.commit = commit
    self.trailers = trailers
    self.record = record
    self.signature = signature
  }

  package var sequence: Int { trailers.sequence }
  package var id: Digest { record.id }
  /// Its number over all logs that are asked together.
  package var row: Int { origin.row(of: sequence) }
}

/// A commit of the log without its record.
struct LogCommit {
  let id: ObjectID
  let object: CommitObject
  let trailers: Trailers
}

extension AuditLog {
  /// Names of entries in a record's tree.
  enum EntryName {
    static let record = "record.json"
    static let signature = "record.sig"
    static let files = "files"
    static func old(_ index: Int) -> String { "\(index).old" }
    static func new(_ index: Int) -> String { "\(index).new" }
  }

  /// The newest commit, or `nil` where there is no log.
  ///
  /// - Throws: ``AuditError`` `referenceCorrupt`; `logDeleted` when there was a log before.
  package func tip() throws(AuditError) -> ObjectID? {
    let tip = try git { () throws(GitError) in try repository.reference(Self.reference) }
    if tip == nil, let pin = try pin() {
      // It may have been begun between the two looks.
      let now = try git { () throws(GitError) in try repository.reference(Self.reference) }
      if let now { return now }
      throw AuditError(
        .logDeleted, "\(Self.reference) is gone, although it held \(pin.sequence + 1) records",
        remedy: "git update-ref \(Self.reference) \(pin.tip)")
    }
    return tip
  }

  /// The id of the genesis record, which names this log, or `nil` where there is no log.
  package func identity() throws(AuditError) -> Digest? {
    guard let tip = try tip() else { return nil }
    let record = try entry(tip).record
    return record.body.repository ?? record.id
  }

  func logCommit(_ id: ObjectID) throws(AuditError) -> LogCommit {
    let object = try git { () throws(GitError) in try repository.commit(id) }
    return LogCommit(id: id, object: object, trailers: try Trailers(message: object.message))
  }

  /// The record of a commit of the log.
  package func entry(_ commit: ObjectID) throws(AuditError) -> LogEntry {
    try entry(logCommit(commit))
  }

  func entry(_ commit: LogCommit) throws(AuditError) -> LogEntry {
    let tree = try git { () throws(GitError) in try repository.tree(commit.object.tree) }
    let bytes = try git { () throws(GitError) in
      guard let entry = tree[EntryName.record] else {
        throw GitError(.notFound, "commit \(commit.id) of the log has no \(EntryName.record)")
      }
      return try repository.blob(entry.id, limit: Record.sizeLimit)
    }
    let record = try Record(reading: bytes)
    guard record.id == commit.trailers.record else {
      throw AuditError(
        .recordHash, "record \(commit.trailers.sequence) differs from the hash in its commit")
    }
    return LogEntry(
      commit: commit.id, trailers: commit.trailers, record: record,
      signature: try signature(in: tree))
  }

  /// What is stored as the signature of a record; no bytes in place of far too many.
  func signature(in tree: TreeObject) throws(AuditError) -> [UInt8]? {
    guard let entry = tree[EntryName.signature] else { return nil }
    do { return try repository.blob(entry.id, limit: SSHSignature.sizeLimit) } catch {
      guard error.code == .tooLarge else { throw AuditError(error) }
      return []
    }
  }

  /// Visits the commits of the log from `start` to the oldest, until `body` returns `false`.
  ///
  /// - Returns: whether the walk was not stopped by the boundary of a shallow clone.
  func visit(
    from start: ObjectID, _ body: (LogCommit) throws(AuditError) -> Bool
  ) throws(AuditError) -> Bool {
    let boundary = try git { () throws(GitError) in try repository.shallowBoundary() }
    var next: ObjectID? = start
    while let id = next {
      let commit = try logCommit(id)
      guard try body(commit) else { return true }
      if boundary.contains(id) && !commit.object.parents.isEmpty { return false }
      next = commit.object.parents.first
    }
    return true
  }

  /// Visits the records from the newest to the oldest, until `body` returns `false`.
  ///
  /// What is read is checked against its own hash, not against the chain: that is verification.
  ///
  /// - Returns: whether the walk was not stopped by the boundary of a shallow clone.
  ///
  /// - Parameter isWanted: by the trailers of its commit, whether a record is read at all.
  package func visitEntries(
    where isWanted: (Trailers) -> Bool = { _ in true },
    _ body: (LogEntry) throws(AuditError) -> Bool
  ) throws(AuditError) -> Bool {
    var isComplete = true
    for source in sources.reversed() {
      guard let tip = try tip(of: source) else { continue }
      var goesOn = true
      let isWhole = try visit(from: tip) { commit throws(AuditError) in
        guard isWanted(commit.trailers) else { return true }
        var entry = try entry(commit)
        entry.origin = source.origin
        goesOn = try body(entry)
        return goesOn
      }
      isComplete = isComplete && isWhole
      guard goesOn else { break }
    }
    return isComplete
  }

  /// The newest commit of one of the logs.
  func tip(of source: LogSource) throws(AuditError) -> ObjectID? {
    if let tip = source.tip { return tip }
    return try tip()
  }
}

internal import Git

/// The tables that answer questions about a log quickly, brought up to date with it.
///
/// Derived from the log alone and deleted at any time: no answer depends on it, and verification
/// never looks at it. A class, because it is kept as long as questions are asked; it belongs to one
/// thread.
package final class LogIndex {
  let database: Database

  /// Why the index is in memory and made anew for every question; `nil` where it is a file.
  package let reasonForMemory: String?
  /// Whether it holds the log from its first record on; not so in a shallow clone.
  package private(set) var isWhole = true
  /// Records that were read to bring it up to date.
  package private(set) var added = 0

  private init(_ database: consuming Database, reasonForMemory: String?) {
    self.database = database
    self.reasonForMemory = reasonForMemory
  }

  /// The index of `log` as it is now.
  ///
  /// - Throws: ``AuditError`` when the log itself cannot be read.
  package static func current(of log: borrowing AuditLog) throws(AuditError) -> LogIndex {
    guard let tip = try log.tip() else { return try inMemory(of: log, tip: nil, "no log") }
    let file: IndexFile
    do { file = try IndexFile(in: log.repository.commonDirectory) } catch {
      switch error {
      case .unwritable:
        return try inMemory(of: log, tip: tip, "nothing can be written beside the log")
      case .untrusted(let reason): return try inMemory(of: log, tip: tip, reason)
      }
    }
    do { return try opened(file, of: log, tip: tip) } catch {
      switch error {
      case .log(let error): throw error
      case .database(let error) where error.meaning == .unusable:
        file.delete()
        do { return try opened(file, of: log, tip: tip) } catch {
          if case .log(let error) = error { throw error }
          return try inMemory(of: log, tip: tip, "the file cannot be made anew")
        }
      case .database(let error): return try inMemory(of: log, tip: tip, error.description)
      }
    }
  }

  /// Removes the file, so that the next question makes it anew.
  package static func discard(of log: borrowing AuditLog) {
    // Where the place is refused there is no file of ours to remove.
    try? IndexFile(in: log.repository.commonDirectory).delete()
  }

  private static func inMemory(
    of log: borrowing AuditLog, tip: ObjectID?, _ reason: String
  ) throws(AuditError) -> LogIndex {
    let index: LogIndex
    do throws(DatabaseError) {
      index = LogIndex(try Database(.memory), reasonForMemory: reason)
      try IndexSchema.make(in: index.database)
      try IndexState.empty.write(to: index.database)
    } catch {
      throw AuditError(error)
    }
    guard let tip else { return index }
    do throws(IndexProblem) { try index.update(from: log, to: tip) } catch {
      switch error {
      case .log(let error): throw error
      case .database(let error): throw AuditError(error)
      }
    }
    return index
  }

  private static func opened(
    _ file: IndexFile, of log: borrowing AuditLog, tip: ObjectID
  ) throws(IndexProblem) -> LogIndex {
    let index = LogIndex(
      try onIndex { () throws(DatabaseError) in try Database(.file(file.path)) },
      reasonForMemory: nil)
    let known = try onIndex { () throws(DatabaseError) in
      try index.configure()
      return try IndexState.read(from: index.database)
    }
    if let known {
      guard known.version == IndexSchema.version else {
        throw .database(DatabaseError(.unusable, "index: of another version"))
      }
      // Nothing to do is the usual case, and needs no lock.
      index.isWhole = known.isWhole
      if known.tip == tip.bytes, known.isWhole || log.repository.isShallow { return index }
    }
    try index.update(from: log, to: tip)
    return index
  }

  func noteUpdate(isWhole: Bool, added: Int) {
    self.isWhole = isWhole
    self.added = added
  }

  private func configure() throws(DatabaseError) {
    // A cache in memory of 32 MiB, and no file but ours and its journal.
    try database.execute(
      """
      PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;
      PRAGMA cache_size = -32768; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;
      PRAGMA mmap_size = 67108864;
      """)
  }
}

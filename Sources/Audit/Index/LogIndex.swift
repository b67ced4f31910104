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
  /// The logs by their numbers.
  private(set) var names: [Int: String] = [:]
  /// Whether it holds logs of many repositories, which have no order among them but time.
  var isCollection: Bool { !names.isEmpty }

  init(_ database: consuming Database, reasonForMemory: String?) {
    self.database = database
    self.reasonForMemory = reasonForMemory
  }

  /// The index of `log` as it is now.
  ///
  /// - Throws: ``AuditError`` when the log itself cannot be read.
  package static func current(of log: borrowing AuditLog) throws(AuditError) -> LogIndex {
    var tips: [SourceTip] = []
    for source in log.sources {
      if let commit = try log.tip(of: source) {
        tips.append(SourceTip(source: source, commit: commit))
      }
    }
    guard !tips.isEmpty else { return try inMemory(of: log, tips, nil) }
    let file: IndexFile
    do { file = try IndexFile(in: log.repository.commonDirectory) } catch {
      switch error {
      case .unwritable:
        return try inMemory(of: log, tips, "nothing can be written beside the log")
      case .untrusted(let reason): return try inMemory(of: log, tips, reason)
      }
    }
    do { return try opened(file, of: log, tips) } catch {
      switch error {
      case .log(let error): throw error
      case .database(let error) where error.meaning == .unusable:
        file.delete()
        do { return try opened(file, of: log, tips) } catch {
          if case .log(let error) = error { throw error }
          return try inMemory(of: log, tips, "the file cannot be made anew")
        }
      case .database(let error): return try inMemory(of: log, tips, error.description)
      }
    }
  }

  /// Removes the file, so that the next question makes it anew.
  package static func discard(of log: borrowing AuditLog) {
    // Where the place is refused there is no file of ours to remove.
    try? IndexFile(in: log.repository.commonDirectory).delete()
  }

  private static func inMemory(
    of log: borrowing AuditLog, _ tips: [SourceTip], _ reason: String?
  ) throws(AuditError) -> LogIndex {
    let index: LogIndex
    do throws(DatabaseError) {
      index = LogIndex(try Database(.memory), reasonForMemory: reason)
    } catch {
      throw AuditError(error)
    }
    do throws(IndexProblem) { try index.update(from: log, to: tips) } catch {
      switch error {
      case .log(let error): throw error
      case .database(let error): throw AuditError(error)
      }
    }
    return index
  }

  private static func opened(
    _ file: IndexFile, of log: borrowing AuditLog, _ tips: [SourceTip]
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
      if known.isCurrent(tips, isShallow: log.repository.isShallow) {
        index.noteUpdate(known, added: 0)
        return index
      }
    }
    try index.update(from: log, to: tips)
    return index
  }

  func noteUpdate(_ state: IndexState, added: Int) {
    isWhole = state.isWhole
    names = state.sources.compactMapValues(\.name)
    self.added = added
  }

  /// The log that a row stands for.
  func origin(ofRow row: Int) -> LogOrigin {
    let number = LogOrigin.number(ofRow: row)
    return LogOrigin(number: number, name: names[number])
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

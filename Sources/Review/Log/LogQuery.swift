package import Audit
import Git

/// Questions to the audit log of a repository, answered for people and programs.
package struct LogQuery: Sendable {
  private let folder: String

  package init(folder: String) {
    self.folder = folder
  }

  /// The records, newest first.
  ///
  /// - Parameter setting: when given, only records that change a setting of this name.
  package func log(
    limit: Int, setting: String? = nil, path: String? = nil
  ) throws(Failure) -> LogAnswer {
    let filter = SettingFilter(name: setting, path: path)
    let isFiltered = setting != nil || path != nil
    return try ask { log throws(AuditError) in
      let answer = try log.entries(limit: limit) { entry in
        !isFiltered || !entry.events(matching: filter).isEmpty
      }
      return LogAnswer(.records(answer.values), isComplete: answer.isComplete)
    }
  }

  /// The record called `name`: an id, the beginning of one, or a sequence number.
  package func record(_ name: String) throws(Failure) -> LogEntry {
    let entries = try ask { log throws(AuditError) in
      let answer = try log.entries(named: name)
      return LogAnswer(.records(answer.values), isComplete: answer.isComplete)
    }
    guard case .records(let found) = entries.content, let first = found.first else {
      throw Failure("no record is called \(name)", help: "`headgate log` lists them")
    }
    guard found.count == 1 else {
      throw Failure("\(name) names \(found.count) records", help: "give more of the id")
    }
    return first
  }

  /// Who changed a setting, newest first.
  package func who(
    _ setting: String, path: String?, limit: Int
  ) throws(Failure) -> LogAnswer {
    try ask { log throws(AuditError) in
      let answer = try log.changes(
        matching: SettingFilter(name: setting, path: path), limit: limit)
      return LogAnswer(.changes(answer.values), isComplete: answer.isComplete)
    }
  }

  /// The value of every recorded setting at a time.
  package func at(
    _ time: Timestamp, setting: String?, path: String?
  ) throws(Failure) -> LogAnswer {
    try ask { log throws(AuditError) in
      let answer = try log.state(at: time, matching: SettingFilter(name: setting, path: path))
      return LogAnswer(.states(answer.values, time), isComplete: answer.isComplete)
    }
  }

  /// What changed in the time before an incident, newest first.
  ///
  /// - Parameter window: in seconds.
  package func before(_ time: Timestamp, window: Int64) throws(Failure) -> LogAnswer {
    try ask { log throws(AuditError) in
      let answer = try log.changes(before: time, window: window)
      return LogAnswer(.changes(answer.values), isComplete: answer.isComplete)
    }
  }

  /// The newest record's place; `nil` where there is no log.
  package func ask<Result>(
    _ question: (borrowing AuditLog) throws(AuditError) -> Result
  ) throws(Failure) -> Result {
    let log = AuditLog(try RepositoryAccess.open(folder))
    do throws(AuditError) {
      return try question(log)
    } catch {
      throw Failure(error)
    }
  }
}

/// The answer to a question.
package struct LogAnswer: Sendable {
  enum Content: Sendable {
    case records([LogEntry])
    case changes([SettingEvent])
    case states([SettingState], Timestamp)
  }

  let content: Content
  /// False when a shallow clone ends before the log does.
  package let isComplete: Bool

  init(_ content: Content, isComplete: Bool) {
    self.content = content
    self.isComplete = isComplete
  }

  package var isEmpty: Bool {
    switch content {
    case .records(let values): values.isEmpty
    case .changes(let values): values.isEmpty
    case .states(let values, _): values.isEmpty
    }
  }
}

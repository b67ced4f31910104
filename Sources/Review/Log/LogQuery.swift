package import Audit
import Git

/// Questions to the audit log of a repository, answered for people and programs.
package struct LogQuery: Sendable {
  let folder: String
  /// Whether the index may be used; without it every question reads the log whole.
  private let usesIndex: Bool

  package init(folder: String, usesIndex: Bool = true) {
    self.folder = folder
    self.usesIndex = usesIndex
  }

  /// The records that `filter` admits, newest first.
  ///
  /// - Parameter isUnreviewed: whether only changes are wanted whose review is open at this time.
  package func log(
    matching filter: RecordFilter, limit: Int, unreviewedAt now: Timestamp? = nil
  ) throws(Failure) -> LogAnswer {
    if let now {
      let open = try reviews(at: now, limit: .max).filter { filter.matches($0.entry) }
      return LogAnswer(.records(open.prefix(limit).map(\.entry)), isComplete: true)
    }
    return try askIndex { log, index throws(AuditError) in
      let answer = try log.records(matching: filter, limit: limit, using: index)
      return LogAnswer(.records(answer.values), isComplete: answer.isComplete)
    }
  }

  /// The record called `name`: an id, the beginning of one, or a sequence number.
  package func record(_ name: String) throws(Failure) -> LogEntry {
    let found = try askIndex { log, index throws(AuditError) in
      try log.entries(named: name, using: index).values
    }
    guard let first = found.first else {
      throw Failure("no record is called \(name)", help: "`headgate log` lists them")
    }
    guard found.count == 1 else {
      throw Failure("\(name) names \(found.count) records", help: "give more of the id")
    }
    return first
  }

  /// Who changed a setting, latest first.
  package func who(
    _ setting: String, path: String?, limit: Int
  ) throws(Failure) -> LogAnswer {
    let answer = try changes(SettingFilter(name: setting, path: path), .always, limit: limit)
    return LogAnswer(.changes(answer.values), isComplete: answer.isComplete)
  }

  /// The value of every recorded setting at a time.
  package func at(
    _ time: Timestamp, setting: String?, path: String?
  ) throws(Failure) -> LogAnswer {
    let answer = try state(at: time, SettingFilter(name: setting, path: path))
    return LogAnswer(.states(answer.values, time), isComplete: answer.isComplete)
  }

  /// The settings of a file as they are now, each with the change that made it so.
  package func blame(
    _ path: String, setting: String?, at time: Timestamp
  ) throws(Failure) -> LogAnswer {
    let answer = try state(at: time, SettingFilter(name: setting, path: path))
    let lines = answer.values.filter { $0.value != nil }.sorted {
      ($0.path, $0.line, $0.key) < ($1.path, $1.line, $1.key)
    }
    return LogAnswer(.blame(lines), isComplete: answer.isComplete)
  }

  /// The settings that were different at two times, each with the last change until then.
  package func difference(
    _ one: Timestamp, _ two: Timestamp, setting: String?, path: String?
  ) throws(Failure) -> LogAnswer {
    let filter = SettingFilter(name: setting, path: path)
    let (before, after) = (try state(at: one, filter), try state(at: two, filter))
    return LogAnswer(
      .differences(SettingDevelopment.between(before.values, after.values)),
      isComplete: before.isComplete && after.isComplete)
  }

  func changes(
    _ filter: SettingFilter, _ span: TimeSpan, limit: Int = .max
  ) throws(Failure) -> Answer<SettingEvent> {
    try askIndex { log, index throws(AuditError) in
      try log.changes(matching: filter, in: span, limit: limit, using: index)
    }
  }

  private func state(
    at time: Timestamp, _ filter: SettingFilter
  ) throws(Failure) -> Answer<SettingState> {
    try askIndex { log, index throws(AuditError) in
      try log.state(at: time, matching: filter, using: index)
    }
  }

  /// Asks the log itself.
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

  /// Asks the index, which is made anew once if it turns out to be damaged, or without it the log.
  func askIndex<Result>(
    _ question: (borrowing AuditLog, LogIndex?) throws(AuditError) -> Result
  ) throws(Failure) -> Result {
    let usesIndex = usesIndex
    return try ask { log throws(AuditError) in
      guard usesIndex else { return try question(log, nil) }
      do throws(AuditError) {
        return try question(log, LogIndex.current(of: log))
      } catch {
        guard error.code == .indexDamaged else { throw error }
        LogIndex.discard(of: log)
        return try question(log, LogIndex.current(of: log))
      }
    }
  }
}

/// The answer to a question.
package struct LogAnswer: Sendable {
  enum Content: Sendable {
    case records([LogEntry])
    case changes([SettingEvent])
    case states([SettingState], Timestamp)
    case blame([SettingState])
    case differences([SettingDevelopment])
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
    case .states(let values, _), .blame(let values): values.isEmpty
    case .differences(let values): values.isEmpty
    }
  }
}

extension SettingState {
  /// The line that it stood in when it was last changed.
  var line: Int { event.setting.newLine ?? 0 }
}

/// A setting that was different at two times.
struct SettingDevelopment: Sendable, Hashable {
  let path: String
  let key: String
  let field: String?
  let resource: String?
  let old: String?
  let new: String?
  /// The last change until the later time.
  let event: SettingEvent

  /// What differs between two states.
  static func between(
    _ before: [SettingState], _ after: [SettingState]
  ) -> [SettingDevelopment] {
    func name(_ state: SettingState) -> [String] {
      [state.path, state.resource ?? "", state.key]
    }
    let known = Dictionary(
      before.map { (name($0), $0) }, uniquingKeysWith: { first, _ in first })
    return after.compactMap { state in
      let old = known[name(state)]?.value
      guard old != state.value else { return nil }
      return SettingDevelopment(
        path: state.path, key: state.key, field: state.field, resource: state.resource, old: old,
        new: state.value, event: state.event)
    }
  }
}

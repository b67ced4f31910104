package import Audit
import Git

/// Questions to the audit log of a repository, to those of a collection, or to a database.
package struct LogQuery: Sendable {
  let folder: String
  /// Whether the index may be used; without it every question reads the log whole.
  private let usesIndex: Bool
  /// The address of the database that is asked in place of a repository.
  let database: String?

  package init(folder: String, usesIndex: Bool = true, database: String? = nil) {
    self.folder = folder
    self.usesIndex = usesIndex
    self.database = database
  }

  /// The records that `filter` admits, newest first.
  ///
  /// - Parameter isUnreviewed: whether only changes are wanted whose review is open at this time.
  package func log(
    matching filter: RecordFilter, limit: Int, unreviewedAt now: Timestamp? = nil
  ) throws(Failure) -> LogAnswer {
    if let now {
      let open = try unreviewed(matching: filter, limit: limit, at: now)
      return LogAnswer(.records(open.prefix(limit).map(\.entry)), true, nil)
    }
    return try asking { asking throws(AuditError) in
      let answer = try asking.records(matching: filter, limit: limit)
      return LogAnswer(.records(answer.values), answer.isComplete, answer.reasonForMemory)
    }
  }

  /// The record called `name`: an id, the beginning of one, or a sequence number.
  package func record(_ name: String) throws(Failure) -> LogEntry {
    let found = try asking { asking throws(AuditError) in
      try asking.entries(named: name).values
    }
    guard let first = found.first else {
      throw Failure("no record is called \(name)", help: "`headgate log` lists them")
    }
    guard found.count == 1 else {
      let places = found.compactMap { $0.origin.name.map { "\($0)#\(found[0].sequence)" } }
      throw Failure(
        "\(name) names \(found.count) records",
        help: places.isEmpty
          ? "give more of the id" : "name one: " + places.prefix(5).joined(separator: ", "))
    }
    return first
  }

  /// Who changed a setting, latest first.
  package func who(
    _ setting: String, path: String?, limit: Int
  ) throws(Failure) -> LogAnswer {
    let answer = try changes(SettingFilter(name: setting, path: path), .always, limit: limit)
    return LogAnswer(.changes(answer.values), answer.isComplete, answer.reasonForMemory)
  }

  /// The value of every recorded setting at a time.
  package func at(
    _ time: Timestamp, setting: String?, path: String?
  ) throws(Failure) -> LogAnswer {
    let answer = try state(at: time, SettingFilter(name: setting, path: path))
    return LogAnswer(.states(answer.values, time), answer.isComplete, answer.reasonForMemory)
  }

  /// The settings of a file as they are now, each with the change that made it so.
  package func blame(
    _ path: String, setting: String?, at time: Timestamp
  ) throws(Failure) -> LogAnswer {
    let answer = try state(at: time, SettingFilter(name: setting, path: path))
    let lines = answer.values.filter { $0.value != nil }.sorted {
      let (first, second) = ($0.origin.name ?? "", $1.origin.name ?? "")
      return (first, $0.path, $0.line, $0.key) < (second, $1.path, $1.line, $1.key)
    }
    return LogAnswer(.blame(lines), answer.isComplete, answer.reasonForMemory)
  }

  /// The settings that were different at two times, each with the last change until then.
  package func difference(
    _ one: Timestamp, _ two: Timestamp, setting: String?, path: String?
  ) throws(Failure) -> LogAnswer {
    let filter = SettingFilter(name: setting, path: path)
    let (before, after) = (try state(at: one, filter), try state(at: two, filter))
    return LogAnswer(
      .differences(SettingDevelopment.between(before.values, after.values)),
      before.isComplete && after.isComplete, after.reasonForMemory)
  }

  func changes(
    _ filter: SettingFilter, _ span: TimeSpan, limit: Int = .max
  ) throws(Failure) -> Answer<SettingEvent> {
    try asking { asking throws(AuditError) in
      try asking.changes(matching: filter, in: span, limit: limit)
    }
  }

  private func state(
    at time: Timestamp, _ filter: SettingFilter
  ) throws(Failure) -> Answer<SettingState> {
    try asking { asking throws(AuditError) in
      try asking.state(at: time, matching: filter)
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

  /// Asks whoever answers here; an index that turns out to be damaged is made anew once.
  func asking<Value>(
    _ question: (LogAsking) throws(AuditError) -> Value
  ) throws(Failure) -> Value {
    var outcome = try attempt(question)
    if case .failure(let error) = outcome, error.code == .indexDamaged, usesIndex, database == nil {
      LogIndex.discard(of: AuditLog(try RepositoryAccess.open(folder)))
      outcome = try attempt(question)
    }
    do { return try outcome.get() } catch { throw Failure(error) }
  }

  private func attempt<Value>(
    _ question: (LogAsking) throws(AuditError) -> Value
  ) throws(Failure) -> Result<Value, AuditError> {
    if let database {
      return Result { () throws(AuditError) in try question(LogAsking(database: database)) }
    }
    let repository = try RepositoryAccess.open(folder)
    do throws(AuditError) {
      let log = try AuditLog.asked(in: repository)
      return .success(try question(LogAsking(log, usesIndex: usesIndex)))
    } catch { return .failure(error) }
  }

  /// Whether the answers come from logs of many repositories, and the repository is not at hand.
  package func isCollection() throws(Failure) -> Bool {
    guard database == nil else { return true }
    let repository = try RepositoryAccess.open(folder)
    do throws(AuditError) { return try LogCollection.isPresent(in: repository) } catch {
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
    case blame([SettingState])
    case differences([SettingDevelopment])
  }

  let content: Content
  /// False when a shallow clone ends before the log does.
  package let isComplete: Bool
  /// Why the index was made for this answer alone; `nil` where it is kept, or was not used.
  package let reasonForMemory: String?

  init(_ content: Content, _ isComplete: Bool, _ reasonForMemory: String?) {
    self.content = content
    self.isComplete = isComplete
    self.reasonForMemory = reasonForMemory
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
      [state.origin.name ?? "", state.path, state.resource ?? "", state.key]
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

/// A setting's value at some time.
package struct SettingState: Sendable, Hashable {
  package let path: String
  package let key: String
  package let field: String?
  package let resource: String?
  /// Absent where the setting was not written.
  package let value: String?
  /// The change that made it so, or, for a value from before the first recorded change, that one.
  package let event: SettingEvent
  /// Whether the value is known only as what the first recorded change replaced.
  package let isFromBefore: Bool
}

extension AuditLog {
  /// Records from the newest to the oldest that satisfy `predicate`.
  ///
  /// - Parameter limit: the largest number returned.
  package func entries(
    limit: Int = .max, where predicate: (LogEntry) -> Bool = { _ in true }
  ) throws(AuditError) -> Answer<LogEntry> {
    var found: [LogEntry] = []
    let isComplete = try visitEntries { entry throws(AuditError) in
      if found.count < limit, predicate(entry) { found.append(entry) }
      return found.count < limit
    }
    return Answer(values: found, isComplete: isComplete)
  }

  /// The record whose id begins with `prefix`, with or without `sha256:`, or with that number.
  ///
  /// - Returns: several records when the prefix is ambiguous, none when nothing matches.
  package func entries(named name: String) throws(AuditError) -> Answer<LogEntry> {
    let sequence = Int(name)
    let prefix = name.hasPrefix("sha256:") ? String(name.dropFirst(7)) : name
    return try entries { entry in
      // A number of a record has few digits; ids are given with at least seven.
      if let sequence, name.utf8.count < 7 { return entry.sequence == sequence }
      return !prefix.isEmpty && entry.id.hex.hasPrefix(prefix)
    }
  }

  /// Who changed the settings that `filter` admits: their changes, newest first.
  ///
  /// - Parameter limit: the largest number returned.
  package func changes(
    matching filter: SettingFilter, limit: Int = .max
  ) throws(AuditError) -> Answer<SettingEvent> {
    var found: [SettingEvent] = []
    let isComplete = try visitEntries { entry throws(AuditError) in
      found += entry.events(matching: filter)
      return found.count < limit
    }
    return Answer(values: Array(found.prefix(limit)), isComplete: isComplete)
  }

  /// What changed before `time`, at most `window` seconds before, latest first.
  ///
  /// Times are claims of those who recorded; among equal ones the place in the log decides.
  package func changes(
    before time: Timestamp, window: Int64, matching filter: SettingFilter = SettingFilter()
  ) throws(AuditError) -> Answer<SettingEvent> {
    let start = time.advanced(bySeconds: -window)
    let all = try changes(matching: filter)
    let found = all.values.filter { start < $0.time && $0.time <= time }
    return Answer(
      values: found.sorted { ($0.time, $0.sequence) > ($1.time, $1.sequence) },
      isComplete: all.isComplete)
  }

  /// The values of the settings that `filter` admits, as they were at `time`.
  ///
  /// A setting that was first recorded later has the value that this change replaced.
  ///
  /// - Returns: one state for each setting, by path and key.
  package func state(
    at time: Timestamp, matching filter: SettingFilter = SettingFilter()
  ) throws(AuditError) -> Answer<SettingState> {
    let all = try changes(matching: filter)
    // Two pools of one file may have the same key: the resource tells them apart.
    var states: [String: [[String]: SettingState]] = [:]
    for event in all.values.sorted(by: { ($0.time, $0.sequence) < ($1.time, $1.sequence) }) {
      let name = [event.setting.resource ?? "", event.setting.key]
      let known = states[event.path]?[name]
      let isBefore = event.time > time
      if isBefore && known != nil { continue }
      states[event.path, default: [:]][name] = SettingState(
        path: event.path, key: event.setting.key, field: event.setting.field,
        resource: event.setting.resource, value: isBefore ? event.setting.old : event.setting.new,
        event: event, isFromBefore: isBefore)
    }
    let ordered = states.values.flatMap(\.values).sorted {
      ($0.path, $0.resource ?? "", $0.key) < ($1.path, $1.resource ?? "", $1.key)
    }
    return Answer(values: ordered, isComplete: all.isComplete)
  }
}

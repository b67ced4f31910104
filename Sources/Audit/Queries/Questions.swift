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

  /// The log that says so.
  package var origin: LogOrigin { event.origin }

  /// The state at `time` that follows from the last change until then, or from the first one.
  init(_ event: SettingEvent, at time: Timestamp) {
    let isBefore = event.time > time
    path = event.path
    key = event.setting.key
    field = event.setting.field
    resource = event.setting.resource
    value = isBefore ? event.setting.old : event.setting.new
    self.event = event
    isFromBefore = isBefore
  }

  /// By path, resource and key.
  static func precedes(_ one: SettingState, _ two: SettingState) -> Bool {
    let (first, second) = (one.origin.name ?? "", two.origin.name ?? "")
    guard first == second else { return first < second }
    return (one.path, one.resource ?? "", one.key) < (two.path, two.resource ?? "", two.key)
  }
}

/// The states of settings at one time, while changes are looked at in any order.
struct StateCollector {
  private let time: Timestamp
  private var events: [Slot: SettingEvent] = [:]

  /// Two pools of one file may have the same key: the resource tells them apart.
  private struct Slot: Hashable {
    let log: Int
    let path: ExactText
    let resource: ExactText
    let key: ExactText
  }

  init(at time: Timestamp) { self.time = time }

  mutating func add(_ event: SettingEvent) {
    let slot = Slot(
      log: event.origin.number, path: ExactText(event.path),
      resource: ExactText(event.setting.resource ?? ""),
      key: ExactText(event.setting.key))
    guard let known = events[slot] else {
      events[slot] = event
      return
    }
    let isReached = event.time <= time
    if (known.time <= time) == isReached {
      // The last of those that have happened, the first of those to come.
      if isReached == (known < event) { events[slot] = event }
    } else if isReached {
      events[slot] = event
    }
  }

  var states: [SettingState] {
    events.values.map { SettingState($0, at: time) }.sorted(by: SettingState.precedes)
  }
}

/// Answers from the log itself, without an index: every question reads all of it.
extension AuditLog {
  /// The records that `filter` admits: newest first, or latest first where it is about times.
  ///
  /// - Parameter limit: the largest number returned.
  package func records(
    matching filter: RecordFilter = RecordFilter(), limit: Int = .max
  ) throws(AuditError) -> Answer<LogEntry> {
    var approved: Set<Digest> = []
    let approver = filter.approver.map { ActorPattern($0) }
    func isMeant(_ entry: LogEntry) -> Bool {
      guard let approver else { return filter.matches(entry) }
      // Decisions stand after what they are about, so that they are met first.
      let body = entry.record.body
      if case .decision(let decision) = body.details, body.kind == .approval,
        approver.matches(body.actor.id)
      {
        approved.insert(decision.of)
      }
      return approved.contains(entry.id) && filter.matches(entry)
    }
    guard filter.isByTime || isCollection else {
      return try entries(limit: limit, where: isMeant)
    }
    let all = try entries(where: isMeant)
    let sorted = all.values.sorted {
      ($0.record.body.time, $0.row) > ($1.record.body.time, $1.row)
    }
    return Answer(values: Array(sorted.prefix(limit)), isComplete: all.isComplete)
  }

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

  /// The record whose id begins with `name`, with or without `sha256:`, or with that number.
  ///
  /// - Returns: several records when the prefix is ambiguous, none when nothing matches.
  package func entries(named name: String) throws(AuditError) -> Answer<LogEntry> {
    let wanted = RecordName(name)
    return try entries { wanted.matches($0) }
  }

  /// The changes of settings that `filter` admits, latest first.
  ///
  /// Times are claims of those who recorded; among equal ones the place in the log decides.
  ///
  /// - Parameters:
  ///   - span: when they took effect.
  ///   - limit: the largest number returned.
  package func changes(
    matching filter: SettingFilter, in span: TimeSpan = .always, limit: Int = .max
  ) throws(AuditError) -> Answer<SettingEvent> {
    var found: [SettingEvent] = []
    let isComplete = try visitEntries { entry throws(AuditError) in
      if span.contains(entry.record.body.time) { found += entry.events(matching: filter) }
      return true
    }
    found.sort(by: SettingEvent.isLater)
    return Answer(values: Array(found.prefix(limit)), isComplete: isComplete)
  }

  /// The values of the settings that `filter` admits, as they were at `time`.
  ///
  /// A setting that was first recorded later has the value that this change replaced.
  ///
  /// - Returns: one state for each setting, by path, resource and key.
  package func state(
    at time: Timestamp, matching filter: SettingFilter = SettingFilter()
  ) throws(AuditError) -> Answer<SettingState> {
    var collector = StateCollector(at: time)
    let isComplete = try visitEntries { entry throws(AuditError) in
      for event in entry.events(matching: filter) { collector.add(event) }
      return true
    }
    return Answer(values: collector.states, isComplete: isComplete)
  }
}

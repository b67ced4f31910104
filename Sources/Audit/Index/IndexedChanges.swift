internal import Git

/// Where a change of a setting stands: enough to sort by, and to find the rest.
private struct ChangePlace: Hashable, Comparable {
  let time: Int64
  let sequence: Int
  let position: Int

  static func < (one: Self, two: Self) -> Bool {
    (one.time, one.sequence, one.position) < (two.time, two.sequence, two.position)
  }

  static func isLater(_ one: Self, _ two: Self) -> Bool {
    (one.time, one.sequence, two.position) > (two.time, two.sequence, one.position)
  }
}

/// Answers about settings; the same as those of the walk, whatever the log holds.
extension LogIndex {
  /// Beyond so many settings it is quicker to go through all changes, latest first.
  private static let manySettings = 2_000

  /// The changes of settings that `filter` admits, latest first.
  package func changes(
    matching filter: SettingFilter, in span: TimeSpan = .always, limit: Int = .max
  ) throws(AuditError) -> Answer<SettingEvent> {
    try index { () throws(DatabaseError) in
      if filter == SettingFilter() { return try allChanges(in: span, limit: limit) { _ in true } }
      var settings = try settings(matching: filter)
      if span.until == TimeSpan.always.until { settings = Self.latest(limit, of: settings) }
      if settings.count > Self.manySettings, !database.isServer {
        let wanted = Set(settings.map(\.id))
        return try allChanges(in: span, limit: limit) { wanted.contains($0) }
      }
      var places = try self.places(of: settings.map(\.id), in: span, limit: limit)
      places.sort(by: ChangePlace.isLater)
      return Answer(values: try events(at: Array(places.prefix(limit))), isComplete: isWhole)
    }
  }

  /// The settings among whose changes the `limit` latest of all must be.
  ///
  /// Each of the others has been left alone since more than `limit` settings were changed.
  private static func latest(_ limit: Int, of settings: [IndexedSetting]) -> [IndexedSetting] {
    guard settings.count > limit else { return settings }
    let sorted = settings.sorted { $0.last > $1.last }
    let oldest = sorted[limit - 1].last
    return Array(sorted.prefix { $0.last >= oldest })
  }

  /// The places of the latest changes of each setting.
  private func places(
    of settings: [Int], in span: TimeSpan, limit: Int
  ) throws(DatabaseError) -> [ChangePlace] {
    // One record may change one setting twice, and its changes are asked for in the other order.
    let limit = Question.limit(limit > 1 << 30 ? limit : limit + Self.spare)
    let latest = """
      SELECT time, seq, position FROM setting_change
      WHERE setting = ? AND time > ? AND time <= ?
      ORDER BY time DESC, seq DESC, position DESC LIMIT ?
      """
    let bounds: [Question.Value] = [
      .integer(span.after.milliseconds), .integer(span.until.milliseconds), limit,
    ]
    guard !database.isServer else {
      return try Self.places(
        database.prepare(Self.forEach(settings, latest, bounds)))
    }
    let rows = try database.prepare(Question(latest, [.integer(0)] + bounds))
    var places: [ChangePlace] = []
    for setting in settings {
      rows.bind(1, setting)
      places += try Self.places(rows)
      rows.reset()
    }
    return places
  }

  /// The same question for each of many settings, asked at once: a server is far away.
  ///
  /// - Parameter question: begins its conditions with `setting = ?`.
  private static func forEach(
    _ settings: [Int], _ question: String, _ values: [Question.Value]
  ) -> Question {
    let parts = question.split(separator: "setting = ?", maxSplits: 1)
    let inner = parts.joined(separator: "setting = w.id")
    return Question(
      """
      SELECT x.time, x.seq, x.position FROM unnest(CAST(? AS BIGINT[])) AS w(id)
      JOIN LATERAL (\(inner)) x ON true
      """, [.integers(settings)] + values)
  }

  private static func places(
    _ rows: borrowing Statement
  ) throws(DatabaseError) -> [ChangePlace] {
    var places: [ChangePlace] = []
    while try rows.step() {
      places.append(
        ChangePlace(time: rows.integer(0), sequence: rows.int(1), position: rows.int(2)))
    }
    return places
  }

  /// A record holds less than so many settings: each takes ten bytes at least.
  private static var spare: Int { Record.sizeLimit / 10 }

  /// Goes through the changes of all settings, latest first.
  private func allChanges(
    in span: TimeSpan, limit: Int, _ isWanted: (Int) -> Bool
  ) throws(DatabaseError) -> Answer<SettingEvent> {
    var question = Question(
      """
      \(Self.eventColumns)
      FROM record r INDEXED BY record_time CROSS JOIN setting_change c ON c.seq = r.seq
      \(Self.eventJoins)
      WHERE r.time > ? AND r.time <= ?
      ORDER BY r.time DESC, r.seq DESC, c.position
      """, [.integer(span.after.milliseconds), .integer(span.until.milliseconds)])
    // A server answers whole questions: it has to be told where to stop.
    if database.isServer, limit < .max { question.add(" LIMIT ?", [Question.limit(limit)]) }
    let rows = try database.prepare(question)
    var found: [SettingEvent] = []
    while found.count < limit, try rows.step() {
      guard isWanted(rows.int(Self.settingColumn)) else { continue }
      found.append(try event(rows))
    }
    return Answer(values: found, isComplete: isWhole)
  }

  /// The values of the settings that `filter` admits, as they were at `time`.
  package func state(
    at time: Timestamp, matching filter: SettingFilter = SettingFilter()
  ) throws(AuditError) -> Answer<SettingState> {
    try index { () throws(DatabaseError) in
      let found = try settings(matching: filter).map(\.id)
      var collector = StateCollector(at: time)
      for event in try events(at: placesOfState(at: time, of: found)) { collector.add(event) }
      return Answer(values: collector.states, isComplete: isWhole)
    }
  }

  /// The last change of each setting until `time`, or else the first one after it.
  private func placesOfState(
    at time: Timestamp, of settings: [Int]
  ) throws(DatabaseError) -> [ChangePlace] {
    let reached = """
      SELECT time, seq, position FROM setting_change WHERE setting = ? AND time <= ?
      ORDER BY time DESC, seq DESC, position DESC LIMIT 1
      """
    let coming = """
      SELECT time, seq, position FROM setting_change WHERE setting = ? AND time > ?
      ORDER BY time, seq, position LIMIT 1
      """
    let moment = Question.Value.integer(time.milliseconds)
    guard !database.isServer else {
      // Both of each setting: the collector prefers the one that has happened.
      return try Self.places(database.prepare(Self.forEach(settings, reached, [moment])))
        + Self.places(database.prepare(Self.forEach(settings, coming, [moment])))
    }
    let before = try database.prepare(Question(reached, [.integer(0), moment]))
    let after = try database.prepare(Question(coming, [.integer(0), moment]))
    var places: [ChangePlace] = []
    for setting in settings {
      before.bind(1, setting)
      var found = try Self.places(before)
      before.reset()
      if found.isEmpty {
        after.bind(1, setting)
        found = try Self.places(after)
        after.reset()
      }
      places += found
    }
    return places
  }

  private func events(at places: [ChangePlace]) throws(DatabaseError) -> [SettingEvent] {
    guard !database.isServer else { return try eventsAtServer(places) }
    let rows = try database.prepare(
      """
      \(Self.eventColumns)
      FROM setting_change c CROSS JOIN record r ON r.seq = c.seq
      \(Self.eventJoins)
      WHERE c.seq = ? AND c.position = ?
      """)
    var events: [SettingEvent] = []
    events.reserveCapacity(places.count)
    for place in places {
      rows.bind(1, place.sequence)
      rows.bind(2, place.position)
      if try rows.step() { events.append(try event(rows)) }
      rows.reset()
    }
    return events
  }

  private func eventsAtServer(
    _ places: [ChangePlace]
  ) throws(DatabaseError) -> [SettingEvent] {
    guard !places.isEmpty else { return [] }
    let rows = try database.prepare(
      Question(
        """
        \(Self.eventColumns)
        FROM unnest(CAST(? AS BIGINT[]), CAST(? AS BIGINT[])) AS w(seq, position)
        JOIN setting_change c ON c.seq = w.seq AND c.position = w.position
        JOIN record r ON r.seq = c.seq
        \(Self.eventJoins)
        """,
        [.integers(places.map(\.sequence)), .integers(places.map(\.position))]))
    var found: [ChangePlace: SettingEvent] = [:]
    while try rows.step() {
      let event = try event(rows)
      let place = ChangePlace(
        time: event.time.milliseconds, sequence: event.row, position: event.position)
      found[place] = event
    }
    return places.compactMap { found[$0] }
  }

  // MARK: rows

  private static let eventColumns = """
    SELECT r.seq, r.id, r.kind, r.time, r.recorded, a.name, r.commit_id, r.reason, r.ticket,
      p.path, s.resource, s.key, s.field, c.position, c.file, c.old, c.new, c.old_line, c.new_line,
      c.setting
    """

  private static let eventJoins = """
    CROSS JOIN setting s ON s.id = c.setting CROSS JOIN path p ON p.id = s.path
    CROSS JOIN principal a ON a.id = r.actor
    """

  private static let settingColumn: Int32 = 19

  private func event(_ row: borrowing Statement) throws(DatabaseError) -> SettingEvent {
    guard let id = row.bytes(1).flatMap({ Digest(bytes: $0) }),
      let kind = row.text(2).flatMap({ RecordKind($0) }), let actor = row.text(5),
      let path = row.text(9), let key = row.text(11)
    else { throw DatabaseError(.unusable, "index: a row that no record has") }
    return SettingEvent(
      id: id, sequence: LogOrigin.sequence(ofRow: row.int(0)), position: row.int(13), kind: kind,
      time: Timestamp(milliseconds: row.integer(3)),
      recordedAt: Timestamp(milliseconds: row.integer(4)), actor: actor, path: path,
      setting: SettingChange(
        file: row.int(14), key: key, field: row.text(12), resource: row.text(10),
        old: row.text(15), new: row.text(16), oldLine: row.optionalInt(17),
        newLine: row.optionalInt(18)),
      commit: row.bytes(6).flatMap { ObjectID(bytes: $0) }, reason: row.text(7),
      ticket: row.text(8), origin: origin(ofRow: row.int(0)))
  }
}

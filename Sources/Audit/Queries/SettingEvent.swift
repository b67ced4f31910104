package import Git

/// One setting's change, as an answer to a question: plain values without handles.
package struct SettingEvent: Sendable, Hashable {
  package let id: Digest
  package let sequence: Int
  /// Its place among the settings of its record, from 0.
  package let position: Int
  package let kind: RecordKind
  /// When it took effect, as its recorder claims.
  package let time: Timestamp
  package let recordedAt: Timestamp
  /// Who made it, as `actor.id` says.
  package let actor: String
  package let path: String
  package let setting: SettingChange
  package let commit: ObjectID?
  package let reason: String?
  package let ticket: String?
  /// The log that says so.
  package var origin = LogOrigin.own

  /// The number of its record over all logs that are asked together.
  package var row: Int { origin.row(of: sequence) }
}

extension SettingEvent: Comparable {
  /// By time; of equal ones by the place in the log.
  package static func < (one: Self, two: Self) -> Bool {
    (one.time, one.row, one.position) < (two.time, two.row, two.position)
  }

  /// Latest first; the settings of one record stay in their order.
  static func isLater(_ one: Self, _ two: Self) -> Bool {
    (one.time, one.row, two.position) > (two.time, two.row, one.position)
  }
}

/// Which settings a question is about.
package struct SettingFilter: Sendable, Hashable {
  /// The product's key or the vendor-neutral field; `*` stands for any text, `?` for one character.
  package let name: String?
  /// The path of the file, with the same wildcards.
  package let path: String?

  package init(name: String? = nil, path: String? = nil) {
    self.name = name
    self.path = path
  }

  package func matches(_ setting: SettingChange, in path: String) -> Bool {
    guard matches(path: path) else { return false }
    guard let name else { return true }
    let wanted = Self.relaxed(name)
    let names = [setting.key, setting.plainKey, setting.field].compactMap { $0 }.map(Self.relaxed)
    // `spring.datasource.hikari.maximum-pool-size` is `maximumPoolSize`; `max_size` is
    // `pool.max_size`.
    return names.contains { name in
      Glob.matches(wanted, name) || wanted.hasSuffix("." + name) || name.hasSuffix("." + wanted)
    }
  }
}

extension SettingFilter {
  /// Whether `path` is meant: by all of it, or by its end behind a slash.
  func matches(path: String) -> Bool {
    guard let pattern = self.path else { return true }
    return Glob.matches(pattern, path) || path.hasSuffix("/" + pattern)
  }
}

/// What the log answers, and whether all of it was there to be asked.
package struct Answer<Value: Sendable>: Sendable {
  package let values: [Value]
  /// `false` in a shallow clone, where older records are missing.
  package let isComplete: Bool
  /// Why the index was made for this answer alone; `nil` where it is kept, or was not used.
  package var reasonForMemory: String?
}

extension LogEntry {
  /// The changes of settings that the record states, those that `filter` admits.
  package func events(matching filter: SettingFilter = SettingFilter()) -> [SettingEvent] {
    let body = record.body
    guard body.kind.movesState else { return [] }
    return body.settings.enumerated().compactMap { position, setting in
      let path = body.files[setting.file].path
      guard filter.matches(setting, in: path) else { return nil }
      return SettingEvent(
        id: record.id, sequence: sequence, position: position, kind: body.kind,
        time: body.time, recordedAt: body.recordedAt,
        actor: body.actor.id, path: path, setting: setting, commit: body.commit,
        reason: body.reason?.text, ticket: body.ticket?.text, origin: origin)
    }
  }
}

extension SettingFilter {
  /// The name without what spellings differ in: case, `-` and `_`.
  ///
  /// In an incident people type the key as it stands in the file, or as they remember it.
  fileprivate static func relaxed(_ name: String) -> String {
    String(
      decoding: name.utf8.compactMap { byte -> UInt8? in
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "_"): nil
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        default: byte
        }
      }, as: UTF8.self)
  }
}

extension SettingChange {
  /// The key without the contexts around it: `keepalive` of `upstream[app].keepalive`.
  ///
  /// What stands between the brackets may hold anything, so the last closing one counts.
  package var plainKey: String {
    guard let bracket = key.lastIndex(of: "]") else { return key }
    let rest = key[key.index(after: bracket)...]
    return rest.hasPrefix(".") ? String(rest.dropFirst()) : key
  }
}

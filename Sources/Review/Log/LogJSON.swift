import Audit
import Git
package import Syntax

extension LogAnswer {
  /// The answer as others build on it: an array of objects, fields may be added, never changed.
  package var json: JSON {
    switch content {
    case .records(let entries): .array(entries.map(\.json))
    case .changes(let events): .array(events.map(\.json))
    case .states(let states, _), .blame(let states): .array(states.map(\.json))
    case .differences(let values): .array(values.map(\.json))
    }
  }
}

extension LogEntry {
  /// The record with its place in the log.
  package var json: JSON {
    let body = record.body
    let events = events()
    let only = events.count == 1 ? events.first : nil
    return .object(present: [
      ("id", .string(id.description)), ("seq", .number(sequence)),
      ("repository", origin.name.map { .string($0) }),
      ("kind", .string(body.kind.description)),
      ("time", .string((body.effectiveAt ?? body.recordedAt).description)),
      ("recordedAt", .string(body.recordedAt.description)), ("actor", .string(body.actor.id)),
      ("recorder", .string(body.recorder.id)),
      ("path", (only?.path ?? body.files.first?.path).map { .string($0) }),
      ("key", (only?.setting.key).map { .string($0) }),
      ("field", (only?.setting.field).map { .string($0) }),
      ("old", (only?.setting.old).map { .string($0) }),
      ("new", (only?.setting.new).map { .string($0) }),
      ("reason", (body.reason?.text).map { .string($0) }),
      ("ticket", (body.ticket?.text).map { .string($0) }),
      ("commit", body.commit.map { .string($0.description) }),
      ("base", body.base.map { .string($0.description) }),
      ("files", .array(body.files.map { .string($0.path) })),
      ("settings", .array(events.map(\.settingJSON))),
    ])
  }
}

extension SettingDevelopment {
  fileprivate var json: JSON {
    .object(present: [
      ("path", .string(path)), ("resource", resource.map { .string($0) }), ("key", .string(key)),
      ("field", field.map { .string($0) }), ("old", .string(orNull: old)),
      ("new", .string(orNull: new)), ("id", .string(event.id.description)),
      ("seq", .number(event.sequence)),
      ("repository", event.origin.name.map { .string($0) }),
      ("kind", .string(event.kind.description)),
      ("time", .string(event.time.description)), ("actor", .string(event.actor)),
      ("reason", event.reason.map { .string($0) }), ("ticket", event.ticket.map { .string($0) }),
    ])
  }
}

extension SettingEvent {
  var json: JSON {
    .object(
      present: [
        ("id", .string(id.description)), ("seq", .number(sequence)),
        ("repository", origin.name.map { .string($0) }),
        ("kind", .string(kind.description)), ("time", .string(time.description)),
        ("recordedAt", .string(recordedAt.description)), ("actor", .string(actor)),
      ] + settingMembers + [
        ("reason", reason.map { .string($0) }), ("ticket", ticket.map { .string($0) }),
        ("commit", commit.map { .string($0.description) }),
      ])
  }

  fileprivate var settingJSON: JSON { .object(present: settingMembers) }

  private var settingMembers: [(String, JSON?)] {
    [
      ("path", .string(path)), ("resource", setting.resource.map { .string($0) }),
      ("key", .string(setting.key)), ("field", setting.field.map { .string($0) }),
      ("old", setting.old.map { .string($0) }), ("new", setting.new.map { .string($0) }),
      ("oldLine", setting.oldLine.map { .number($0) }),
      ("newLine", setting.newLine.map { .number($0) }),
    ]
  }
}

extension SettingState {
  fileprivate var json: JSON {
    .object(present: [
      ("path", .string(path)), ("resource", resource.map { .string($0) }), ("key", .string(key)),
      ("field", field.map { .string($0) }), ("value", value.map { .string($0) } ?? .null),
      ("since", isFromBefore ? nil : .string(event.time.description)),
      ("id", .string(event.id.description)), ("seq", .number(event.sequence)),
      ("repository", origin.name.map { .string($0) }),
      ("time", .string(event.time.description)), ("actor", .string(event.actor)),
      ("old", event.setting.old.map { .string($0) }),
      ("new", event.setting.new.map { .string($0) }),
      ("reason", event.reason.map { .string($0) }), ("ticket", event.ticket.map { .string($0) }),
      ("changedLater", .bool(isFromBefore)),
    ])
  }
}

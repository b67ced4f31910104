import Audit
package import Syntax

extension Recorded {
  /// The record as `record --format json` prints it: fields may be added, never changed.
  package var json: JSON {
    let body = record.body
    return .object(present: [
      ("id", .string(record.id.description)), ("seq", .number(sequence)),
      ("existed", .bool(existed)), ("kind", .string(body.kind.description)),
      ("time", .string((body.effectiveAt ?? body.recordedAt).description)),
      ("actor", .string(body.actor.id)),
      ("reason", (body.reason?.text).map { .string($0) }),
      ("ticket", (body.ticket?.text).map { .string($0) }),
      ("files", .array(body.files.map { .string($0.path) })),
      (
        "settings",
        .array(
          body.settings.map { setting in
            .object(present: [
              ("path", .string(body.files[setting.file].path)), ("key", .string(setting.key)),
              ("field", setting.field.map { .string($0) }),
              ("old", setting.old.map { .string($0) }), ("new", setting.new.map { .string($0) }),
            ])
          })
      ),
      ("emergency", body.emergency.map { ["due": .string($0.due.description)] }),
      ("signed", .bool(isSigned)),
      ("settingsOmitted", omittedSettings == 0 ? nil : .number(omittedSettings)),
    ])
  }

  /// A line for people, and what was recorded.
  package func text(color: Bool) -> String {
    let verb = existed ? "already recorded" : "recorded"
    let body = record.body
    let files = body.files.count == 1 ? "1 file" : "\(body.files.count) files"
    let settings = body.settings.count == 1 ? "1 setting" : "\(body.settings.count) settings"
    let what = body.settings.isEmpty ? "no effective change" : settings
    var text = "\(verb) as #\(sequence): \(files), \(what)\n"
    if omittedSettings > 0 {
      text += "\(omittedSettings) further settings did not fit; the files are in the record whole\n"
    }
    if let emergency = body.emergency {
      text += "emergency: to be approved until \(emergency.due.short)\n"
    }
    text += "id \(record.id)\n"
    return text
  }
}

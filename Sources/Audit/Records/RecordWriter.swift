internal import Git

/// Puts a record's fields into JSON.
struct RecordWriter {
  private let body: RecordBody

  init(_ body: RecordBody) { self.body = body }

  var value: CanonicalJSON {
    var members: [(String, CanonicalJSON?)] = [
      ("v", .integer(Record.version)),
      ("kind", .string(body.kind.description)),
      ("nonce", .string(Base64.text(of: body.nonce, .url))),
      ("repo", body.repository.map { .string($0.description) }),
      ("recordedAt", .string(body.recordedAt.description)),
      ("effectiveAt", body.effectiveAt.map { .string($0.description) }),
      ("actor", Self.value(of: body.actor)),
      ("recorder", Self.value(of: body.recorder)),
      ("reason", body.reason.map(Self.value)),
      ("ticket", body.ticket.map(Self.value)),
      ("commit", body.commit.map { .string($0.description) }),
      ("base", body.base.map { .string($0.description) }),
    ]
    if body.kind.describesChange {
      members += [
        ("files", .array(body.files.map(Self.value))),
        ("settings", .array(body.settings.map(Self.value))),
        ("findings", body.findings.map(Self.value)),
        ("authors", body.authors.isEmpty ? nil : CanonicalJSON.strings(body.authors)),
        (
          "emergency",
          body.emergency.map {
            CanonicalJSON.object(present: [("due", .string($0.due.description))])
          }
        ),
      ]
    }
    if let details = body.details { members += details.members(of: body.kind) }
    return .object(present: members + body.others.map { ($0.name, $0.value) })
  }

  private static func value(of actor: Actor) -> CanonicalJSON {
    .object(present: [
      ("id", .string(actor.id)), ("keyFp", actor.keyFingerprint.map { .string($0) }),
      ("via", actor.via.map { .string($0) }),
    ])
  }

  static func value(of text: FreeText) -> CanonicalJSON {
    switch text {
    case .text(let text): .string(text)
    case .commitment(let digest): .object(present: [("commit", .string(digest.description))])
    }
  }

  private static func value(of file: FileChange) -> CanonicalJSON {
    .object(present: [
      ("path", .string(file.path)), ("oldPath", file.oldPath.map { .string($0) }),
      ("format", file.format.map { .string($0) }), ("old", file.old.map(value)),
      ("new", file.new.map(value)),
      ("content", file.keepsContent ? nil : .string("hash")),
    ])
  }

  static func value(of version: FileVersion) -> CanonicalJSON {
    .object(present: [
      ("git", .string(version.git.description)), ("sha256", .string(version.sha256.hex)),
      ("size", .integer(Int64(version.size))),
    ])
  }

  private static func value(of setting: SettingChange) -> CanonicalJSON {
    .object(present: [
      ("file", .integer(Int64(setting.file))), ("key", .string(setting.key)),
      ("field", setting.field.map { .string($0) }),
      ("resource", setting.resource.map { .string($0) }),
      ("old", setting.old.map { .string($0) }), ("new", setting.new.map { .string($0) }),
      ("oldLine", setting.oldLine.map { .integer(Int64($0)) }),
      ("newLine", setting.newLine.map { .integer(Int64($0)) }),
    ])
  }

  private static func value(of findings: FindingsSummary) -> CanonicalJSON {
    .object(present: [
      ("tool", .string(findings.tool)),
      ("policy", findings.policy.map { .string($0.description) }),
      ("policySha256", findings.policySHA256.map { .string($0.hex) }),
      ("errors", .integer(Int64(findings.errors))),
      ("warnings", .integer(Int64(findings.warnings))),
      (
        "suppressions",
        findings.suppressions.isEmpty
          ? nil
          : .array(
            findings.suppressions.map { suppression in
              .object(present: [
                ("rule", .string(suppression.rule)), ("path", .string(suppression.path)),
                ("line", suppression.line.map { .integer(Int64($0)) }),
                ("reason", suppression.reason.map { .string($0) }),
              ])
            })
      ),
    ])
  }
}

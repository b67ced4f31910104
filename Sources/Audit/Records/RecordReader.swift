internal import Git

/// Takes a record's fields out of JSON and checks each.
///
/// Fields that this version does not know are kept, so that a newer writer's record stays readable;
/// known fields of a wrong form are refused.
enum RecordReader {
  static func body(of value: CanonicalJSON) throws(AuditError) -> RecordBody {
    guard let object = value.objectValue else {
      throw AuditError(.schema, "record: not an object")
    }
    var fields = FieldReader(object, at: "record")
    let version = try fields.required("v", fields.integer("v"))
    guard version <= Record.version else {
      throw AuditError(
        .schemaNewer, "record: schema version \(version), this program knows \(Record.version)",
        remedy: "use a newer version of headgate")
    }
    let kindName = try fields.required("kind", fields.text("kind", limit: 32))
    guard version >= 1, let kind = RecordKind(kindName) else {
      throw fields.failure("kind or version")
    }
    var body = RecordBody(
      kind: kind, nonce: try nonce(&fields), repository: try fields.digest("repo"),
      recordedAt: try fields.required("recordedAt", fields.time("recordedAt")),
      effectiveAt: try fields.time("effectiveAt"),
      actor: try fields.required("actor", actor("actor", &fields)),
      recorder: try fields.required("recorder", actor("recorder", &fields)),
      reason: try freeText("reason", &fields), ticket: try freeText("ticket", &fields),
      commit: try fields.object("commit"), base: try fields.object("base"))
    if kind.describesChange { try readChange(&body, &fields) }
    body.details = try DetailsReader.details(of: kind, &fields)
    body.others = fields.rest
    try checkTogether(body)
    return body
  }

  private static func checkTogether(_ body: RecordBody) throws(AuditError) {
    guard (body.repository == nil) == (body.kind == .genesis) else {
      throw AuditError(.schema, "record.repo: every record but the genesis has it")
    }
    guard body.effectiveAt != nil || (body.kind != .change && body.kind != .apply) else {
      throw AuditError(.schema, "record.effectiveAt: missing in a \(body.kind)")
    }
    guard !body.files.isEmpty || !body.kind.movesState else {
      throw AuditError(.schema, "record.files: a \(body.kind) names at least one file")
    }
    guard body.reason != nil || (body.kind != .waiver && body.emergency == nil) else {
      throw AuditError(.schema, "record.reason: missing in a waiver or emergency change")
    }
    if case .decision(let decision) = body.details, let expires = decision.expires,
      expires <= body.recordedAt
    {
      throw AuditError(.schema, "record.expires: before the decision itself")
    }
  }

  private static func nonce(_ fields: inout FieldReader) throws(AuditError) -> [UInt8] {
    let text = try fields.required("nonce", fields.text("nonce", limit: 22))
    guard let bytes = Base64.bytes(of: text, .url), bytes.count == Record.nonceSize else {
      throw fields.failure("nonce")
    }
    return bytes
  }

  private static func actor(
    _ name: String, _ fields: inout FieldReader
  ) throws(AuditError) -> Actor? {
    guard var inner = try fields.nested(name) else { return nil }
    let id = try inner.required("id", inner.text("id", limit: 256))
    guard DetailsReader.isName(id) else { throw inner.failure("id") }
    return Actor(
      id: id, keyFingerprint: try inner.text("keyFp", limit: 128),
      via: try inner.text("via", limit: 1024))
  }

  static func freeText(
    _ name: String, _ fields: inout FieldReader
  ) throws(AuditError) -> FreeText? {
    if fields.holdsObject(name), var inner = try fields.nested(name) {
      return .commitment(try inner.required("commit", inner.digest("commit")))
    }
    return try fields.text(name).map { .text($0) }
  }

  private static func readChange(
    _ body: inout RecordBody, _ fields: inout FieldReader
  ) throws(AuditError) {
    for var inner in try fields.list("files", limit: Record.fileLimit) {
      body.files.append(try file(&inner))
    }
    // The size of a record bounds the settings: none takes less than ten bytes.
    for var inner in try fields.list("settings", limit: Record.sizeLimit / 10) {
      body.settings.append(try setting(&inner, files: body.files.count))
    }
    if var inner = try fields.nested("findings") { body.findings = try findings(&inner) }
    body.authors = try DetailsReader.names("authors", &fields)
    if body.kind == .change, var inner = try fields.nested("emergency") {
      body.emergency = Emergency(due: try inner.required("due", inner.time("due")))
    }
  }

  private static func file(_ fields: inout FieldReader) throws(AuditError) -> FileChange {
    let path = try fields.required("path", fields.text("path"))
    let content = try fields.text("content")
    guard !path.isEmpty, content == nil || content == "hash" else { throw fields.failure("path") }
    let change = FileChange(
      path: path, oldPath: try fields.text("oldPath"), format: try fields.text("format"),
      old: try version("old", &fields), new: try version("new", &fields),
      keepsContent: content == nil)
    guard change.old != nil || change.new != nil else { throw fields.failure("old and new") }
    return change
  }

  static func version(
    _ name: String, _ fields: inout FieldReader
  ) throws(AuditError) -> FileVersion? {
    guard var inner = try fields.nested(name) else { return nil }
    let size = try inner.required("size", inner.integer("size"))
    guard size >= 0 else { throw inner.failure("size") }
    return FileVersion(
      git: try inner.required("git", inner.object("git")),
      sha256: try inner.required("sha256", inner.digest("sha256", prefixed: false)),
      size: Int(size))
  }

  private static func setting(
    _ fields: inout FieldReader, files: Int
  ) throws(AuditError) -> SettingChange {
    let file = try fields.required("file", fields.integer("file"))
    guard file >= 0, file < files else { throw fields.failure("file") }
    return SettingChange(
      file: Int(file), key: try fields.required("key", fields.text("key")),
      field: try fields.text("field"), resource: try fields.text("resource"),
      old: try fields.text("old"), new: try fields.text("new"),
      oldLine: try fields.line("oldLine"), newLine: try fields.line("newLine"))
  }

  private static func findings(
    _ fields: inout FieldReader
  ) throws(AuditError) -> FindingsSummary {
    var suppressions: [FindingsSummary.Suppression] = []
    for var inner in try fields.list("suppressions", limit: Record.sizeLimit / 10) {
      suppressions.append(
        FindingsSummary.Suppression(
          rule: try inner.required("rule", inner.text("rule")),
          path: try inner.required("path", inner.text("path")), line: try inner.line("line"),
          reason: try inner.text("reason")))
    }
    return FindingsSummary(
      tool: try fields.required("tool", fields.text("tool")),
      policy: try fields.object("policy"),
      policySHA256: try fields.digest("policySha256", prefixed: false),
      errors: Int(try fields.required("errors", fields.integer("errors"))),
      warnings: Int(try fields.required("warnings", fields.integer("warnings"))),
      suppressions: suppressions)
  }
}

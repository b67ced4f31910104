/// The first line of a log commit: for people who read `git log refs/audit/log`, never parsed.
enum Subject {
  /// The longest subject that tools show whole.
  static let limit = 72

  static func text(for body: RecordBody) -> String {
    shortened("audit: " + escaped(summary(of: body)))
  }

  private static func summary(of body: RecordBody) -> String {
    guard body.kind.describesChange, let file = body.files.first else {
      return body.kind.description + (body.details.map(about) ?? "")
    }
    let start = body.emergency == nil ? "\(body.kind) " : "emergency \(body.kind) "
    if body.files.count > 1 && body.settings.isEmpty {
      return start + "\(file.path) (+\(body.files.count - 1) more files)"
    }
    guard let setting = body.settings.first, body.files.indices.contains(setting.file) else {
      let what = file.old == nil ? " added" : file.new == nil ? " deleted" : ""
      return start + file.path + what
    }
    let more = body.settings.count > 1 ? " (+\(body.settings.count - 1) more)" : ""
    return start + "\(body.files[setting.file].path) \(setting.field ?? setting.key) "
      + "\(setting.old ?? "unset") -> \(setting.new ?? "unset")" + more
  }

  private static func about(_ details: RecordDetails) -> String {
    func name(_ record: Digest?) -> String {
      record.map { " of \($0.description.prefix(19))" } ?? ""
    }
    return switch details {
    case .decision(let decision): name(decision.of)
    case .annotation(let annotation): name(annotation.of.first)
    case .redaction(let redaction): name(redaction.of)
    case .waiver(let waiver):
      " \(waiver.rule) \(waiver.path) until \(waiver.expires.description.prefix(10))"
    case .policy(let policy): " \(policy.approvals.required) required"
    case .keyGrant(let grant): " \(grant.principal)"
    case .keyRevocation(let revocation): " \(revocation.principal)"
    case .checkpoint(let checkpoint): " of \(checkpoint.size) records"
    }
  }

  /// Everything but printable ASCII as `\u{…}`: a subject reaches terminals unfiltered.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if (0x20..<0x7F).contains(scalar.value) {
        result.unicodeScalars.append(scalar)
      } else {
        result += "\\u{" + String(scalar.value, radix: 16) + "}"
      }
    }
    return result
  }

  private static func shortened(_ text: String) -> String {
    text.utf8.count <= limit ? text : text.prefix(limit - 3) + "..."
  }
}

internal import Git

/// Puts the fields that only records of one kind have into JSON.
extension RecordDetails {
  /// The members for a record of `kind`.
  func members(of kind: RecordKind) -> [(String, CanonicalJSON?)] {
    switch self {
    case .decision(let decision): decision.members(kind)
    case .annotation(let annotation):
      [
        ("of", CanonicalJSON.digests(annotation.of)),
        ("text", RecordWriter.value(of: annotation.text)),
        (
          "supersedes",
          annotation.supersedes.isEmpty ? nil : CanonicalJSON.digests(annotation.supersedes)
        ),
      ]
    case .waiver(let waiver): waiver.members
    case .policy(let policy):
      [("file", policy.file.map(RecordWriter.value)), ("approvals", policy.approvals.json)]
    case .keyGrant(let grant):
      [
        ("principal", .string(grant.principal)), ("key", .string(grant.key)),
        ("roles", CanonicalJSON.strings(grant.roles)),
        ("validFrom", grant.validFrom.map { .string($0.description) }),
      ]
    case .keyRevocation(let revocation):
      [("principal", .string(revocation.principal)), ("key", .string(revocation.key))]
    case .checkpoint(let checkpoint):
      [
        ("size", .integer(Int64(checkpoint.size))), ("root", .string(checkpoint.root.base64)),
        ("witness", checkpoint.witness.map { .string($0) }),
      ]
    case .redaction(let redaction):
      [
        ("of", .string(redaction.of.description)),
        ("fields", CanonicalJSON.strings(redaction.fields)),
      ]
    }
  }
}

extension RecordDetails.Decision {
  fileprivate func members(_ kind: RecordKind) -> [(String, CanonicalJSON?)] {
    let files = files.map { file in
      CanonicalJSON.object(present: [
        ("path", .string(file.path)), ("old", file.old.map { .string($0.description) }),
        ("new", file.new.map { .string($0.description) }),
      ])
    }
    return [
      ("of", .string(of.description)), ("files", .array(files)),
      ("decision", .string(kind == .rejection ? "reject" : "approve")),
      ("expires", expires.map { .string($0.description) }),
    ]
  }
}

extension RecordDetails.Waiver {
  fileprivate var members: [(String, CanonicalJSON?)] {
    [
      ("rule", .string(rule)), ("path", .string(path)),
      ("resource", resource.map { .string($0) }),
      ("fingerprint", fingerprint.map { .string($0) }), ("owner", .string(owner)),
      ("granted", .string(granted.description)), ("expires", .string(expires.description)),
      ("supersedes", supersedes.isEmpty ? nil : CanonicalJSON.digests(supersedes)),
    ]
  }
}

extension ApprovalRules {
  fileprivate var json: CanonicalJSON {
    .object(present: [
      ("required", .integer(Int64(required))),
      ("from", from.isEmpty ? nil : CanonicalJSON.strings(from)),
      (
        "roles",
        roles.isEmpty
          ? nil
          : CanonicalJSON.object(
            CanonicalJSON.Object(roles.map { .init($0.key, CanonicalJSON.strings($0.value)) }))
      ),
      ("signed", isSigned ? .boolean(true) : nil),
      ("emergencyHours", .integer(Int64(emergencyHours))),
      ("expiresDays", expiresDays.map { .integer(Int64($0)) }),
    ])
  }
}

extension CanonicalJSON {
  static func strings(_ texts: [String]) -> CanonicalJSON { .array(texts.map { .string($0) }) }

  fileprivate static func digests(_ digests: [Digest]) -> CanonicalJSON {
    .array(digests.map { .string($0.description) })
  }
}

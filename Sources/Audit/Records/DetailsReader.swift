internal import Git

/// Takes the fields that only records of one kind have out of JSON.
enum DetailsReader {
  /// Texts, ids and names of one list; more would be no statement of a person.
  private static let listLimit = 1000
  /// Names of people and rules, in bytes.
  static let nameLimit = 256
  private static let pathLimit = 4096
  /// RSA keys of 16,384 bits take 2,800 characters.
  private static let keyLimit = 8192

  static func details(
    of kind: RecordKind, _ fields: inout FieldReader
  ) throws(AuditError) -> RecordDetails? {
    switch kind {
    case .approval, .rejection: .decision(try decision(kind, &fields))
    case .annotation: .annotation(try annotation(&fields))
    case .waiver: .waiver(try waiver(&fields))
    case .policy: .policy(try policy(&fields))
    case .keyAdd: .keyGrant(try keyGrant(&fields))
    case .keyRevoke:
      .keyRevocation(
        .init(principal: try name("principal", &fields), key: try key(&fields)))
    case .checkpoint: .checkpoint(try checkpoint(&fields))
    case .redaction: .redaction(try redaction(&fields))
    case .genesis, .change, .apply, .imported, .unknown: nil
    }
  }

  private static func decision(
    _ kind: RecordKind, _ fields: inout FieldReader
  ) throws(AuditError) -> RecordDetails.Decision {
    let word = try fields.required("decision", fields.text("decision"))
    guard word == (kind == .approval ? "approve" : "reject") else {
      throw fields.failure("decision")
    }
    var files: [RecordDetails.DecidedFile] = []
    for var inner in try fields.list("files", limit: Record.fileLimit) {
      let file = RecordDetails.DecidedFile(
        path: try inner.required("path", inner.text("path", limit: pathLimit)),
        old: try inner.object("old"), new: try inner.object("new"))
      guard !file.path.isEmpty, file.old != nil || file.new != nil else {
        throw inner.failure("path, old or new")
      }
      files.append(file)
    }
    // Without content a decision would fit everything.
    guard !files.isEmpty else { throw fields.failure("files") }
    return RecordDetails.Decision(
      of: try fields.required("of", fields.digest("of")), files: files,
      expires: try fields.time("expires"))
  }

  private static func annotation(
    _ fields: inout FieldReader
  ) throws(AuditError) -> RecordDetails.Annotation {
    let of = try digests("of", &fields)
    guard let text = try RecordReader.freeText("text", &fields), text != .text(""), !of.isEmpty
    else { throw fields.failure("of or text") }
    return RecordDetails.Annotation(
      of: of, text: text, supersedes: try digests("supersedes", &fields))
  }

  private static func waiver(
    _ fields: inout FieldReader
  ) throws(AuditError) -> RecordDetails.Waiver {
    let waiver = RecordDetails.Waiver(
      rule: try name("rule", &fields), path: try name("path", limit: pathLimit, &fields),
      resource: try fields.text("resource", limit: pathLimit),
      fingerprint: try fields.text("fingerprint", limit: nameLimit),
      owner: try name("owner", &fields),
      granted: try fields.required("granted", fields.time("granted")),
      expires: try fields.required("expires", fields.time("expires")),
      supersedes: try digests("supersedes", &fields))
    guard waiver.expires >= waiver.granted else { throw fields.failure("expires") }
    return waiver
  }

  private static func policy(
    _ fields: inout FieldReader
  ) throws(AuditError) -> RecordDetails.PolicyStatement {
    let file = try RecordReader.version("file", &fields)
    guard var inner = try fields.nested("approvals") else { throw fields.failure("approvals") }
    return RecordDetails.PolicyStatement(file: file, approvals: try approvals(&inner))
  }

  private static func approvals(_ fields: inout FieldReader) throws(AuditError) -> ApprovalRules {
    func count(_ name: String, _ fields: inout FieldReader, _ limit: Int64) throws(AuditError)
      -> Int?
    {
      guard let number = try fields.integer(name) else { return nil }
      guard (0...limit).contains(number) else { throw fields.failure(name) }
      return Int(number)
    }
    let required = try fields.required("required", count("required", &fields, 100))
    var roles: [String: [String]] = [:]
    if let inner = try fields.nested("roles") {
      var reader = inner
      for name in inner.names {
        guard isRole(name) else { throw reader.failure(name) }
        roles[name] = try names(name, &reader)
      }
    }
    return ApprovalRules(
      required: required, from: try names("from", &fields), roles: roles,
      isSigned: try fields.flag("signed") ?? false,
      emergencyHours: try count("emergencyHours", &fields, 24 * 365)
        ?? ApprovalRules.defaultEmergencyHours,
      expiresDays: try count("expiresDays", &fields, 36_500))
  }

  private static func keyGrant(
    _ fields: inout FieldReader
  ) throws(AuditError) -> RecordDetails.KeyGrant {
    let roles = try names("roles", &fields)
    guard roles.allSatisfy(isRole) else { throw fields.failure("roles") }
    return RecordDetails.KeyGrant(
      principal: try name("principal", &fields), key: try key(&fields), roles: roles,
      validFrom: try fields.time("validFrom"))
  }

  private static func key(_ fields: inout FieldReader) throws(AuditError) -> String {
    let text = try fields.required("key", fields.text("key", limit: keyLimit))
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 2, !words[0].isEmpty, !words[1].isEmpty,
      Base64.bytes(of: String(words[1]), .standard) != nil
    else { throw fields.failure("key") }
    return text
  }

  private static func checkpoint(
    _ fields: inout FieldReader
  ) throws(AuditError) -> RecordDetails.Checkpoint {
    let size = try fields.required("size", fields.integer("size"))
    let root = try fields.required("root", fields.text("root"))
    guard size >= 1, let digest = Digest(base64: root) else { throw fields.failure("size or root") }
    return RecordDetails.Checkpoint(
      size: Int(size), root: digest, witness: try fields.text("witness"))
  }

  private static func redaction(
    _ fields: inout FieldReader
  ) throws(AuditError) -> RecordDetails.Redaction {
    let names = try names("fields", &fields)
    guard !names.isEmpty else { throw fields.failure("fields") }
    return RecordDetails.Redaction(
      of: try fields.required("of", fields.digest("of")), fields: names)
  }

  // MARK: values

  /// A name of somebody or something: present, not too long, without control characters.
  static func name(
    _ key: String, limit: Int = nameLimit, _ fields: inout FieldReader
  ) throws(AuditError) -> String {
    let text = try fields.required(key, fields.text(key, limit: limit))
    guard isName(text) else { throw fields.failure(key) }
    return text
  }

  static func names(_ key: String, _ fields: inout FieldReader) throws(AuditError) -> [String] {
    let texts = try fields.texts(key, limit: listLimit)
    guard texts.allSatisfy({ isName($0) && $0.utf8.count <= nameLimit }) else {
      throw fields.failure(key)
    }
    return texts
  }

  private static func digests(
    _ key: String, _ fields: inout FieldReader
  ) throws(AuditError) -> [Digest] {
    var digests: [Digest] = []
    for text in try fields.texts(key, limit: listLimit) {
      guard let digest = Digest(text), !digests.contains(digest) else { throw fields.failure(key) }
      digests.append(digest)
    }
    return digests
  }

  /// Control characters in a name would only serve to deceive its reader.
  static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && !text.unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }
  }

  /// Lower-case letters, digits and hyphens, a letter first, at most 32.
  package static func isRole(_ text: String) -> Bool {
    guard let first = text.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first),
      text.utf8.count <= 32
    else { return false }
    return text.utf8.allSatisfy {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
    }
  }
}

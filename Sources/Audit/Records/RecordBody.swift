package import Git

/// The content of a record before it has its final bytes.
package struct RecordBody: Sendable {
  package var kind: RecordKind
  /// 16 random bytes: make records different that otherwise state the same.
  package var nonce: [UInt8]
  /// The id of the genesis record; absent only in that record itself.
  package var repository: Digest?
  /// When the record was made, by the clock of the machine that made it.
  package var recordedAt: Timestamp
  /// When the change took effect, where that differs in kind: changes and applies have it.
  package var effectiveAt: Timestamp?
  /// Who changed something.
  package var actor: Actor
  /// Who wrote it down.
  package var recorder: Actor
  package var reason: FreeText?
  package var ticket: FreeText?
  /// The commit that brought the change, and the one it is compared with.
  package var commit: ObjectID?
  package var base: ObjectID?
  package var files: [FileChange]
  package var settings: [SettingChange]
  package var findings: FindingsSummary?
  /// Addresses of all who wrote the change: its commits' authors and co-authors.
  package var authors: [String]
  /// Present on a change that went first and is reviewed afterwards.
  package var emergency: Emergency?
  /// What only records of this kind say.
  package var details: RecordDetails?
  /// Fields of other kinds and of newer versions, kept as they are.
  package var others: [CanonicalJSON.Member]

  package init(
    kind: RecordKind, nonce: [UInt8], repository: Digest? = nil, recordedAt: Timestamp,
    effectiveAt: Timestamp? = nil, actor: Actor, recorder: Actor, reason: FreeText? = nil,
    ticket: FreeText? = nil, commit: ObjectID? = nil, base: ObjectID? = nil,
    files: [FileChange] = [], settings: [SettingChange] = [], findings: FindingsSummary? = nil,
    authors: [String] = [], emergency: Emergency? = nil, details: RecordDetails? = nil,
    others: [CanonicalJSON.Member] = []
  ) {
    self.kind = kind
    self.nonce = nonce
    self.repository = repository
    self.recordedAt = recordedAt
    self.effectiveAt = effectiveAt
    self.actor = actor
    self.recorder = recorder
    self.reason = reason
    self.ticket = ticket
    self.commit = commit
    self.base = base
    self.files = files
    self.settings = settings
    self.findings = findings
    self.authors = authors
    self.emergency = emergency
    self.details = details
    self.others = others
  }
}

/// A record with its bytes: what the log stores and refers to.
package struct Record: Sendable {
  package let body: RecordBody
  /// The canonical JSON.
  package let bytes: [UInt8]
  /// The SHA-256 of the bytes.
  package let id: Digest

  /// The largest number of bytes, so that any reader can hold any record.
  package static let sizeLimit = 64 << 10
  /// The version of the schema that is written, and the highest one that is understood.
  package static let version: Int64 = 1
  package static let nonceSize = 16
  /// The largest number of files: each takes two entries of the record's tree.
  package static let fileLimit = 1000

  /// Gives `body` its bytes.
  ///
  /// - Throws: ``AuditError`` `schema` when a field is missing, malformed or the record too large.
  package init(_ body: RecordBody) throws(AuditError) {
    try self.init(body, bytes: RecordWriter(body).value.bytes)
    // What we write is read by the rules for what others wrote: one definition of validity.
    _ = try Record(reading: bytes)
  }

  /// Reads stored bytes.
  ///
  /// - Throws: ``AuditError`` `notCanonical`, `schema`, `schemaNewer`.
  package init(reading bytes: [UInt8]) throws(AuditError) {
    guard bytes.count <= Self.sizeLimit else {
      throw AuditError(.schema, "record of \(bytes.count) bytes, limit is \(Self.sizeLimit)")
    }
    let value: CanonicalJSON
    do { value = try CanonicalJSON(parsing: bytes) } catch {
      throw AuditError(.notCanonical, "record: \(error)")
    }
    guard value.bytes == bytes else {
      throw AuditError(.notCanonical, "record: spelled differently from its canonical form")
    }
    try self.init(RecordReader.body(of: value), bytes: bytes)
  }

  private init(_ body: RecordBody, bytes: [UInt8]) throws(AuditError) {
    self.body = body
    self.bytes = bytes
    id = Digest(of: bytes)
  }
}

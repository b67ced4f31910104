package import Git

/// What review and keys need of a record, without its bytes and settings.
package struct ReviewedRecord: Sendable {
  /// What its signature is worth before anybody asks whose key made it.
  package enum SignatureCheck: Sendable, Hashable {
    case absent
    /// It belongs to these bytes; the key's fingerprint.
    case sound(String)
    case faulty(SignatureFault)
  }

  package internal(set) var sequence: Int
  package let id: Digest
  package let kind: RecordKind
  package internal(set) var recordedAt: Timestamp
  package let actor: Actor
  package let recorder: Actor
  /// Of a change: all who wrote it.
  package internal(set) var authors: [String]
  /// Of a change: its files with the ids of their blobs.
  package internal(set) var files: [RecordDetails.DecidedFile]
  package let commit: ObjectID?
  package let base: ObjectID?
  package let emergency: Emergency?
  package let details: RecordDetails?
  package let signature: SignatureCheck

  package init(_ record: Record, sequence: Int, signature: [UInt8]?) {
    self.init(
      record, sequence: sequence,
      check: signature.map { Self.check($0, of: record.bytes) } ?? .absent)
  }

  /// - Parameter check: what was found of its signature.
  init(_ record: Record, sequence: Int, check: SignatureCheck) {
    self.sequence = sequence
    id = record.id
    kind = record.body.kind
    recordedAt = record.body.recordedAt
    actor = record.body.actor
    recorder = record.body.recorder
    authors = record.body.authors
    files = record.body.files.map {
      RecordDetails.DecidedFile(path: $0.path, old: $0.old?.git, new: $0.new?.git)
    }
    commit = record.body.commit
    base = record.body.base
    emergency = record.body.emergency
    details = record.body.details
    signature = check
  }

  package init(_ entry: LogEntry) {
    self.init(entry.record, sequence: entry.sequence, signature: entry.signature)
  }

  /// What a signature is worth by itself.
  static func check(_ signature: [UInt8], of bytes: [UInt8]) -> SignatureCheck {
    do throws(SignatureFault) {
      let read = try SSHSignature(armoured: signature)
      try read.verify(bytes)
      return .sound(read.key.fingerprint)
    } catch { return .faulty(error) }
  }

  /// The record without its files and authors.
  var withoutContent: ReviewedRecord {
    var record = self
    record.files = []
    record.authors = []
    return record
  }

  /// The decision of an approval or rejection.
  package var decision: RecordDetails.Decision? {
    if case .decision(let decision) = details { decision } else { nil }
  }
}

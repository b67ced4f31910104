import Crypto
import FoundationEssentials
import Testing

@testable import Audit

/// A key that signs as ssh-keygen would.
struct TestKey {
  private let key: Curve25519.Signing.PrivateKey
  let publicKey: SSHPublicKey

  /// The same key for the same number.
  init(_ number: UInt8) throws {
    key = try Curve25519.Signing.PrivateKey(
      rawRepresentation: [UInt8](repeating: number, count: 32))
    var writer = SSHWriter()
    writer.string(Array("ssh-ed25519".utf8))
    writer.string(Array(key.publicKey.rawRepresentation))
    publicKey = try SSHPublicKey(blob: writer.bytes)
  }

  func sign(_ bytes: [UInt8], namespace: String = SSHSignature.namespace) throws -> [UInt8] {
    let signed = SSHSignature.signedBytes(hash: .sha512, message: bytes, namespace: namespace)
    var inner = SSHWriter()
    inner.string(Array("ssh-ed25519".utf8))
    inner.string(Array(try key.signature(for: signed)))
    return SSHSignature.armoured(
      key: publicKey, namespace: namespace, hash: .sha512, signature: inner.bytes)
  }
}

/// Records in their order, as the ledger takes them in.
struct Story {
  static let alice = "user:alice@example.org"
  static let bob = "user:bob@example.org"
  static let carol = "user:carol@example.org"

  private(set) var ledger = ReviewLedger()
  private(set) var count = 0
  let repository = Digest(of: [42])

  init(founder: String = Self.alice) throws {
    var body = Fixture.genesis()
    body.actor = Actor(id: founder)
    try tell(body)
  }

  /// Adds the next record.
  ///
  /// - Returns: the record, and why it is not believed.
  @discardableResult
  mutating func tell(
    _ body: RecordBody, signedBy key: TestKey? = nil,
    for namespace: String = SSHSignature.namespace,
    minutes: Int64? = nil
  ) throws -> (record: ReviewedRecord, problem: AuditCode?) {
    var body = body
    if body.kind != .genesis {
      body.repository = repository
      body.nonce = Fixture.nonce(count)
      body.recordedAt = Fixture.time(minutes ?? Int64(count))
    }
    let record = try Record(body)
    let signature = try key?.sign(record.bytes, namespace: namespace)
    let reviewed = ReviewedRecord(record, sequence: count, signature: signature)
    count += 1
    return (reviewed, ledger.add(reviewed)?.code)
  }

  /// A change of one file by `actor`.
  static func change(
    by actor: String = Self.alice, from old: Int = 10, to new: Int = 20, authors: [String] = [],
    recorder: String? = nil
  ) throws -> RecordBody {
    var body = try Fixture.change(0, from: old, to: new)
    body.actor = Actor(id: actor)
    body.recorder = Actor(id: recorder ?? actor)
    body.authors = authors
    return body
  }

  /// An opinion of `actor` on `change`, naming the files that it has, or other ones.
  static func decision(
    _ kind: RecordKind = .approval, of change: ReviewedRecord, by actor: String,
    files: [RecordDetails.DecidedFile]? = nil, expires: Timestamp? = nil, recorder: String? = nil
  ) -> RecordBody {
    RecordBody(
      kind: kind, nonce: Fixture.nonce(0), recordedAt: Fixture.start, actor: Actor(id: actor),
      recorder: Actor(id: recorder ?? actor),
      details: .decision(.init(of: change.id, files: files ?? change.files, expires: expires)))
  }

  static func grant(
    _ key: TestKey, to principal: String, roles: [String] = [], by actor: String = Self.alice,
    validFrom: Timestamp? = nil
  ) -> RecordBody {
    RecordBody(
      kind: .keyAdd, nonce: Fixture.nonce(0), recordedAt: Fixture.start, actor: Actor(id: actor),
      recorder: Actor(id: actor),
      details: .keyGrant(
        .init(
          principal: principal, key: key.publicKey.text, roles: roles, validFrom: validFrom)))
  }

  static func revocation(
    of key: TestKey, from principal: String, by actor: String = Self.alice
  ) -> RecordBody {
    RecordBody(
      kind: .keyRevoke, nonce: Fixture.nonce(0), recordedAt: Fixture.start,
      actor: Actor(id: actor), recorder: Actor(id: actor),
      details: .keyRevocation(.init(principal: principal, key: key.publicKey.text)))
  }

  static func policy(_ rules: ApprovalRules, by actor: String = Self.alice) -> RecordBody {
    RecordBody(
      kind: .policy, nonce: Fixture.nonce(0), recordedAt: Fixture.start, actor: Actor(id: actor),
      recorder: Actor(id: actor), details: .policy(.init(approvals: rules)))
  }

  func review(
    _ change: ReviewedRecord, _ rules: ApprovalRules? = ApprovalRules(required: 1),
    minutes: Int64 = 100
  ) throws -> Review {
    try #require(ledger.review(of: change.id, rules: rules, now: Fixture.time(minutes)))
  }
}

extension Review {
  /// Why each opinion is worth nothing; nothing for those that count.
  var refusals: [AuditCode?] {
    opinions.map { if case .refused(let code, _) = $0.worth { code } else { nil } }
  }
}

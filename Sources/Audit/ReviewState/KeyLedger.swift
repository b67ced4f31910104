/// The keys that may sign, as the records so far decided: in the log, and nowhere else.
///
/// A record is judged by the keys before it. Places in the log decide, clocks do not: a key that
/// was revoked signs nothing that stands later, whatever time it claims.
package struct KeyLedger: Sendable {
  /// A key with its time in the log.
  package struct Key: Sendable, Hashable {
    package let fingerprint: String
    /// The line of a `.pub` file without its comment.
    package let text: String
    package let principal: String
    package let roles: Set<String>
    /// The records that added and revoked it.
    package let added: Int
    package var revoked: Int?
    package let validFrom: Timestamp?
  }

  /// Roles that mean something to the log itself; others are the team's own.
  package enum Role {
    /// May add and revoke keys and change the policy.
    package static let root = "root"
    /// A program: what it signs is never an approval.
    package static let bot = "bot"
    /// May record the approvals that people gave on a forge.
    package static let forge = "forge"
  }

  /// What a record's signature says about who made it.
  package enum Standing: Sendable, Hashable {
    case unsigned
    /// Signed by this principal's key.
    case verified(Key)
    /// Signed, and worth nothing; why.
    case refused(AuditCode, String)
  }

  /// Every key that was ever accepted, oldest first.
  package private(set) var keys: [Key] = []
  /// Who began the log: may add the first key, which nobody can vouch for.
  private var founder: Identity?

  package init() {}

  /// The keys that may sign now.
  package var active: [Key] { keys.filter { $0.revoked == nil } }

  /// Whether this person has a key, and therefore no excuse for not signing.
  package func holdsKey(_ person: Identity) -> Bool {
    active.contains { Identity($0.principal) == person }
  }

  /// What the signature of the next record says.
  package func standing(of record: ReviewedRecord) -> Standing {
    switch record.signature {
    case .absent: return .unsigned
    case .faulty(let fault):
      if case .namespace = fault { return .refused(.signatureNamespace, fault.description) }
      return .refused(.signatureBad, fault.description)
    case .sound(let fingerprint): return standing(of: record, signedBy: fingerprint)
    }
  }

  private func standing(of record: ReviewedRecord, signedBy fingerprint: String) -> Standing {
    guard let key = keys.last(where: { $0.fingerprint == fingerprint }) else {
      return .refused(.keyUnknown, "signed with \(fingerprint), which no record has added")
    }
    if let revoked = key.revoked {
      return .refused(.keyRevoked, "signed with a key that record \(revoked) revoked")
    }
    if let start = key.validFrom, record.recordedAt < start {
      return .refused(.keyNotYet, "signed with a key that is valid from \(start) on")
    }
    let owner = Identity(key.principal)
    let stated = [record.actor, record.recorder].filter { Identity($0.id) == owner }
    // Whoever records another's change signs that; opinions and authority are only one's own.
    let isVouching =
      record.kind.describesChange || (record.decision != nil && key.roles.contains(Role.forge))
    guard Identity(record.actor.id) == owner || (isVouching && !stated.isEmpty),
      stated.allSatisfy({ $0.keyFingerprint == nil || $0.keyFingerprint == fingerprint })
    else {
      return .refused(
        .actorKey, "states \(record.actor.id), but was signed with a key of \(key.principal)")
    }
    return .verified(key)
  }

  /// Takes the next record in, which must be the one after all that were taken in before.
  ///
  /// - Returns: why a record about keys or policy has no effect; `nil` where it has, and for all
  ///   others.
  @discardableResult
  package mutating func add(_ record: ReviewedRecord) -> AuditError? {
    if record.kind == .genesis { founder = Identity(record.actor.id) }
    if let refusal = refusal(of: record) { return refusal }
    switch record.details {
    case .keyGrant(let grant): return add(grant, at: record.sequence)
    case .keyRevocation(let revocation): return revoke(revocation, at: record.sequence)
    default: return nil
    }
  }

  /// Why the record may not decide what it decides.
  private func refusal(of record: ReviewedRecord) -> AuditError? {
    guard [.keyAdd, .keyRevoke, .policy].contains(record.kind) else { return nil }
    if keys.isEmpty { return refusalOfFirst(record) }
    switch standing(of: record) {
    case .unsigned:
      return AuditError(.signatureMissing, "a \(record.kind) has to be signed")
    case .refused(let code, let message): return AuditError(code, message)
    case .verified(let key):
      guard key.roles.contains(Role.root) else {
        return AuditError(
          .keyRole, "\(key.principal) may not decide about keys and policy: not in role root")
      }
      return nil
    }
  }

  /// Trust on first use: as long as there is no key, only who began the log decides.
  private func refusalOfFirst(_ record: ReviewedRecord) -> AuditError? {
    guard Identity(record.actor.id) == founder else {
      return AuditError(.keyRole, "the first key is added by who began the log")
    }
    switch record.signature {
    case .absent: return nil
    case .faulty(let fault): return AuditError(.signatureBad, fault.description)
    case .sound(let fingerprint):
      // Signed with the key that it adds: that proves who holds it, and nothing else.
      if case .keyGrant(let grant) = record.details,
        Self.fingerprint(of: grant.key) == fingerprint
      {
        return nil
      }
      return AuditError(.keyUnknown, "signed with \(fingerprint), which no record has added")
    }
  }

  private static func fingerprint(of key: String) -> String? {
    // What is no key has no fingerprint; the record is refused for it.
    (try? SSHPublicKey(openSSH: key))?.fingerprint
  }

  private mutating func add(_ grant: RecordDetails.KeyGrant, at sequence: Int) -> AuditError? {
    guard let fingerprint = Self.fingerprint(of: grant.key) else {
      return AuditError(.schema, "record.key: no key that can sign records")
    }
    guard !keys.contains(where: { $0.fingerprint == fingerprint && $0.revoked == nil }) else {
      return AuditError(.keyRole, "the key is \(fingerprint), which is somebody's already")
    }
    // Somebody has to be able to add the second one.
    let roles = Set(grant.roles).union(keys.isEmpty ? [Role.root] : [])
    keys.append(
      Key(
        fingerprint: fingerprint, text: grant.key, principal: grant.principal, roles: roles,
        added: sequence, revoked: nil, validFrom: grant.validFrom))
    return nil
  }

  private mutating func revoke(
    _ revocation: RecordDetails.KeyRevocation, at sequence: Int
  ) -> AuditError? {
    let fingerprint = Self.fingerprint(of: revocation.key)
    guard let index = keys.lastIndex(where: { $0.fingerprint == fingerprint && $0.revoked == nil })
    else { return AuditError(.keyUnknown, "revokes a key that is not in force") }
    keys[index].revoked = sequence
    return nil
  }
}

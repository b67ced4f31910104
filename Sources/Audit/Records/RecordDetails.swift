package import Git

/// What a record says beyond what all records say, by its kind.
///
/// Changes have no details: their files and settings stand in the body itself.
package enum RecordDetails: Sendable, Hashable {
  /// Of an approval or a rejection; the kind tells which.
  case decision(Decision)
  case annotation(Annotation)
  case waiver(Waiver)
  case policy(PolicyStatement)
  /// Of a key-add.
  case keyGrant(KeyGrant)
  /// Of a key-revoke.
  case keyRevocation(KeyRevocation)
  case checkpoint(Checkpoint)
  case redaction(Redaction)

  /// Somebody agrees to a change, or does not.
  package struct Decision: Sendable, Hashable {
    /// The record of the change.
    package let of: Digest
    /// What was looked at, repeated, so that a decision cannot be moved to other content.
    package let files: [DecidedFile]
    /// When it stops to count; `nil` where it does not.
    package let expires: Timestamp?

    package init(of: Digest, files: [DecidedFile], expires: Timestamp? = nil) {
      self.of = of
      self.files = files
      self.expires = expires
    }
  }

  /// A file as it was looked at.
  package struct DecidedFile: Sendable, Hashable {
    package let path: String
    /// The ids of the blobs; absent for a file that did not or does not exist.
    package let old: ObjectID?
    package let new: ObjectID?

    package init(path: String, old: ObjectID?, new: ObjectID?) {
      self.path = path
      self.old = old
      self.new = new
    }
  }

  /// A remark on records.
  package struct Annotation: Sendable, Hashable {
    package let of: [Digest]
    package let text: FreeText
    /// Earlier annotations that this one replaces.
    package let supersedes: [Digest]

    package init(of: [Digest], text: FreeText, supersedes: [Digest] = []) {
      self.of = of
      self.text = text
      self.supersedes = supersedes
    }
  }

  /// Findings of a rule that are accepted for a time; the reason and ticket are the record's.
  package struct Waiver: Sendable, Hashable {
    /// The rule's name, `pool/size-below-minimum`.
    package let rule: String
    /// A pattern of paths, as in `.headgate.yaml`.
    package let path: String
    /// Only findings of the resource with this name.
    package let resource: String?
    /// Only this one finding.
    package let fingerprint: String?
    /// Who answers for it.
    package let owner: String
    package let granted: Timestamp
    /// When it ends: equal to `granted`, it ends the ones that it supersedes at once.
    package let expires: Timestamp
    /// Earlier waivers that this one replaces.
    package let supersedes: [Digest]

    package init(
      rule: String, path: String, resource: String? = nil, fingerprint: String? = nil,
      owner: String, granted: Timestamp, expires: Timestamp, supersedes: [Digest] = []
    ) {
      self.rule = rule
      self.path = path
      self.resource = resource
      self.fingerprint = fingerprint
      self.owner = owner
      self.granted = granted
      self.expires = expires
      self.supersedes = supersedes
    }
  }

  /// What the team decided about reviews, in force for records after this one.
  package struct PolicyStatement: Sendable, Hashable {
    /// The `.headgate.yaml` that says so.
    package let file: FileVersion?
    package let approvals: ApprovalRules

    package init(file: FileVersion? = nil, approvals: ApprovalRules) {
      self.file = file
      self.approvals = approvals
    }
  }

  /// A key that may sign from the next record on.
  package struct KeyGrant: Sendable, Hashable {
    /// Whose it is, as in `actor.id`.
    package let principal: String
    /// The line of a `.pub` file without its comment.
    package let key: String
    /// `root` may change keys and policy, `bot` never approves; others are the team's own.
    package let roles: [String]
    /// The key counts for nothing recorded before; `nil` where the place in the log says enough.
    package let validFrom: Timestamp?

    package init(
      principal: String, key: String, roles: [String] = [], validFrom: Timestamp? = nil
    ) {
      self.principal = principal
      self.key = key
      self.roles = roles
      self.validFrom = validFrom
    }
  }

  /// A key that may not sign any more from the next record on.
  package struct KeyRevocation: Sendable, Hashable {
    package let principal: String
    package let key: String

    package init(principal: String, key: String) {
      self.principal = principal
      self.key = key
    }
  }

  /// The log's size and root: written also when nothing happens, so that silence is provable.
  package struct Checkpoint: Sendable, Hashable {
    /// The number of records before this one.
    package let size: Int
    /// The Merkle root over them.
    package let root: Digest
    /// Lines of somebody else who has seen it.
    package let witness: String?

    package init(size: Int, root: Digest, witness: String? = nil) {
      self.size = size
      self.root = root
      self.witness = witness
    }
  }

  /// Texts of a record that were deleted; only their commitments remain.
  package struct Redaction: Sendable, Hashable {
    package let of: Digest
    /// Names of the fields, such as `reason`.
    package let fields: [String]

    package init(of: Digest, fields: [String]) {
      self.of = of
      self.fields = fields
    }
  }
}

/// A change that went first and is reviewed afterwards.
package struct Emergency: Sendable, Hashable {
  /// Until when it has to be approved.
  package let due: Timestamp

  package init(due: Timestamp) { self.due = due }
}

/// How many have to agree to a change, and who.
package struct ApprovalRules: Sendable, Hashable {
  /// Different people who have to agree.
  package let required: Int
  /// Addresses, or `role:NAME`; empty where everybody else's agreement counts.
  package let from: [String]
  /// Addresses of the team's roles; roles of keys in the log count besides.
  package let roles: [String: [String]]
  /// Whether only signed approvals count.
  package let isSigned: Bool
  /// Hours in which an emergency change has to be approved.
  package let emergencyHours: Int
  /// Days for which an approval counts until the change is in; `nil` without a limit.
  package let expiresDays: Int?

  /// Nobody has to agree.
  package static let none = ApprovalRules(required: 0)
  package static let defaultEmergencyHours = 24

  package init(
    required: Int, from: [String] = [], roles: [String: [String]] = [:], isSigned: Bool = false,
    emergencyHours: Int = Self.defaultEmergencyHours, expiresDays: Int? = nil
  ) {
    self.required = required
    self.from = from
    self.roles = roles
    self.isSigned = isSigned
    self.emergencyHours = emergencyHours
    self.expiresDays = expiresDays
  }
}

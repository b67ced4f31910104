package import Git

/// Who acted, as far as it was known.
package struct Actor: Sendable, Hashable {
  /// `user:developer@example.org`, a claim unless the record is signed by that user's key.
  package let id: String
  /// `SHA256:…`, the fingerprint of the key that signed.
  package let keyFingerprint: String?
  /// How the record came about: `local`, `import`, `ci:github:<repository>:<run>`.
  package let via: String?

  package init(id: String, keyFingerprint: String? = nil, via: String? = nil) {
    self.id = id
    self.keyFingerprint = keyFingerprint
    self.via = via
  }
}

/// Text from people, or the commitment to one that is kept where it can be deleted.
package enum FreeText: Sendable, Hashable {
  case text(String)
  /// The hash of a salt and the text.
  case commitment(Digest)

  /// The text itself; `nil` when the log does not hold it.
  package var text: String? { if case .text(let text) = self { text } else { nil } }
}

/// One version of a file.
package struct FileVersion: Sendable, Hashable {
  /// The id of the blob.
  package let git: ObjectID
  package let sha256: Digest
  /// In bytes.
  package let size: Int

  package init(git: ObjectID, sha256: Digest, size: Int) {
    self.git = git
    self.sha256 = sha256
    self.size = size
  }

  /// The version whose content is `bytes`.
  package init(content bytes: [UInt8]) throws(AuditError) {
    let id = try Audit.git { () throws(GitError) in try ObjectID(of: bytes) }
    self.init(git: id, sha256: Digest(of: bytes), size: bytes.count)
  }
}

/// A file in the two versions that a change lies between.
package struct FileChange: Sendable, Hashable {
  package let path: String
  /// Its name before, where it was renamed.
  package let oldPath: String?
  /// The technology that reads it, as `nginx` or `hikaricp`.
  package let format: String?
  /// Absent for a new file.
  package let old: FileVersion?
  /// Absent for a deleted file.
  package let new: FileVersion?
  /// Whether the log keeps the content, or only its hashes because it holds secrets.
  package let keepsContent: Bool

  package init(
    path: String, oldPath: String? = nil, format: String? = nil, old: FileVersion?,
    new: FileVersion?, keepsContent: Bool = true
  ) {
    self.path = path
    self.oldPath = oldPath
    self.format = format
    self.old = old
    self.new = new
    self.keepsContent = keepsContent
  }
}

/// One setting in the two versions.
package struct SettingChange: Sendable, Hashable {
  /// The position of its file in the record's list of files, from 0.
  package let file: Int
  /// The product's own name with its place: `http.upstream[app].keepalive`.
  package let key: String
  /// The vendor-neutral name, `pool.max_size`.
  package let field: String?
  /// The name of the resource that it belongs to.
  package let resource: String?
  /// The effective value before; absent where the setting did not exist.
  package let old: String?
  package let new: String?
  /// Counts from 1.
  package let oldLine: Int?
  package let newLine: Int?

  package init(
    file: Int, key: String, field: String? = nil, resource: String? = nil, old: String?,
    new: String?, oldLine: Int? = nil, newLine: Int? = nil
  ) {
    self.file = file
    self.key = key
    self.field = field
    self.resource = resource
    self.old = old
    self.new = new
    self.oldLine = oldLine
    self.newLine = newLine
  }
}

/// What the check said about the new version when it was recorded.
package struct FindingsSummary: Sendable, Hashable {
  /// The version of Headgate.
  package let tool: String
  /// The blob of the policy in force and the hash of its content.
  package let policy: ObjectID?
  package let policySHA256: Digest?
  package let errors: Int
  package let warnings: Int
  package let suppressions: [Suppression]

  /// A finding that was silenced in the file.
  package struct Suppression: Sendable, Hashable {
    package let rule: String
    package let path: String
    /// Counts from 1.
    package let line: Int?
    package let reason: String?

    package init(rule: String, path: String, line: Int? = nil, reason: String? = nil) {
      self.rule = rule
      self.path = path
      self.line = line
      self.reason = reason
    }
  }

  package init(
    tool: String, policy: ObjectID? = nil, policySHA256: Digest? = nil, errors: Int, warnings: Int,
    suppressions: [Suppression] = []
  ) {
    self.tool = tool
    self.policy = policy
    self.policySHA256 = policySHA256
    self.errors = errors
    self.warnings = warnings
    self.suppressions = suppressions
  }
}

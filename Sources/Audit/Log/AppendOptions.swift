package import Git

/// A point of an append after which the process might be killed.
package enum AppendStep: String, Sendable, CaseIterable {
  case locked, tipRead, blobsWritten, treeWritten, commitWritten, readBack, swapped, pinned
}

/// What an append needs from outside besides the record.
package struct AppendOptions: Sendable {
  /// Name and address in the commit's header; derived from the recorder if absent.
  package var committer: Committer?
  /// Contents of files that may not be stored in git yet, because they come from the work tree.
  package var contents: [[UInt8]]
  /// The armoured signature over the record's bytes.
  package var signature: [UInt8]?
  /// Whether everything is flushed to the disk before the append counts: off only for imports.
  package var durable: Bool
  /// The present time, to tell a lock file that was left behind from one in use.
  package var now: Timestamp
  package var pacing: Pacing
  /// Called after each step; an error thrown there ends the append as a kill would.
  package var after: @Sendable (AppendStep) throws(AuditError) -> Void

  package struct Committer: Sendable, Hashable {
    package let name: String
    package let email: String

    package init(name: String, email: String) {
      self.name = name
      self.email = email
    }
  }

  package init(
    now: Timestamp, committer: Committer? = nil, contents: [[UInt8]] = [],
    signature: [UInt8]? = nil, durable: Bool = true, pacing: Pacing = .system,
    after: @escaping @Sendable (AppendStep) throws(AuditError) -> Void = { _ in }
  ) {
    self.now = now
    self.committer = committer
    self.contents = contents
    self.signature = signature
    self.durable = durable
    self.pacing = pacing
    self.after = after
  }
}

/// Where a record ended up.
package struct Appended: Sendable, Hashable {
  package let id: Digest
  package let sequence: Int
  package let commit: ObjectID
  /// Whether the log held the record before.
  package let existed: Bool
  /// Why this clone could not remember the new state; the record is stored all the same.
  package let pinFailure: AuditError?
}

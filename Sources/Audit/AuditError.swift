package import Git

/// What went wrong with the log, by the names that the documentation explains.
package enum AuditCode: String, Sendable, Hashable, CaseIterable {
  case objectMissing = "E_OBJ_MISSING"
  case objectCorrupt = "E_OBJ_CORRUPT"
  case parentCount = "E_PARENT_COUNT"
  case treeShape = "E_TREE_SHAPE"
  case messageFormat = "E_MSG_FORMAT"
  case sequenceGap = "E_SEQ_GAP"
  case previousMismatch = "E_PREV_MISMATCH"
  case rootMismatch = "E_ROOT_MISMATCH"
  case recordHash = "E_RECORD_HASH"
  case notCanonical = "E_JSON_NOT_CANONICAL"
  case schema = "E_SCHEMA"
  case schemaNewer = "E_SCHEMA_NEWER"
  case recordDuplicate = "E_RECORD_DUP"
  case repositoryID = "E_REPO_ID"
  case fileHash = "E_FILE_HASH"
  case stateBreak = "E_STATE_BREAK"
  case signatureMissing = "E_SIG_MISSING"
  case signatureBad = "E_SIG_BAD"
  /// A signature that was made for something else than a record.
  case signatureNamespace = "E_SIG_NAMESPACE"
  case keyUnknown = "E_KEY_UNKNOWN"
  case keyRevoked = "E_KEY_REVOKED"
  case keyNotYet = "E_KEY_NOT_YET"
  /// Keys and policy are decided about by role root, and a key is one person's.
  case keyRole = "E_KEY_ROLE"
  /// The key's owner is not who the record says.
  case actorKey = "E_ACTOR_KEY"
  case approvalTarget = "E_APPROVAL_TARGET"
  case approvalBlobs = "E_APPROVAL_BLOBS"
  case approvalSelf = "E_APPROVAL_SELF"
  case approvalRole = "E_APPROVAL_ROLE"
  case approvalExpired = "E_APPROVAL_EXPIRED"
  /// A checkpoint's size or root is not that of the records before it.
  case checkpoint = "E_CHECKPOINT"
  /// What is said to be deleted stands in the log itself.
  case redaction = "E_REDACTION"
  case genesis = "E_GENESIS"
  case rollback = "E_ROLLBACK"
  case fork = "E_FORK"
  case logDeleted = "E_LOG_DELETED"
  case referenceCorrupt = "E_REF_CORRUPT"
  case staleLock = "E_STALE_LOCK"
  case busy = "E_BUSY"
  /// The log's history is cut off in this clone.
  case shallow = "E_SHALLOW"
  /// `trust.json` cannot be understood.
  case pinUnreadable = "E_PIN"
  /// The operating system or git refused a read or write.
  case storage = "E_IO"
  /// The index of the log is not what it was made to be; it is made anew.
  case indexDamaged = "E_INDEX"
  case clockBackward = "W_CLOCK_BACKWARD"
  case clockFuture = "W_CLOCK_FUTURE"
  /// A kind of record made by a newer version; it is hashed and listed, not interpreted.
  case unknownKind = "W_KIND_UNKNOWN"

  /// What it means for the question whether the log can be believed.
  package enum Severity: Sendable, Hashable {
    case tampered
    case incomplete
    case couldNotRun
    case warning
  }

  package var severity: Severity {
    switch self {
    case .objectMissing, .objectCorrupt, .parentCount, .treeShape, .messageFormat, .sequenceGap,
      .previousMismatch, .rootMismatch, .recordHash, .notCanonical, .schema, .recordDuplicate,
      .repositoryID, .fileHash, .genesis, .rollback, .fork, .logDeleted, .referenceCorrupt,
      .signatureBad, .signatureNamespace, .keyRevoked, .keyNotYet, .keyRole, .actorKey,
      .approvalTarget, .approvalBlobs, .checkpoint:
      .tampered
    case .stateBreak, .redaction, .signatureMissing, .keyUnknown, .approvalSelf, .approvalRole,
      .approvalExpired:
      .incomplete
    case .schemaNewer, .staleLock, .busy, .shallow, .pinUnreadable, .storage, .indexDamaged:
      .couldNotRun
    case .clockBackward, .clockFuture, .unknownKind: .warning
    }
  }
}

/// An operation on the log that did not happen.
package struct AuditError: Error, Hashable, CustomStringConvertible {
  package let code: AuditCode
  /// What failed and why, in one line for people.
  package let description: String
  /// What a person can do about it, where we know.
  package let remedy: String?

  package init(_ code: AuditCode, _ description: String, remedy: String? = nil) {
    self.code = code
    self.description = description
    self.remedy = remedy
  }

  /// The meaning that a failure of git has for the log.
  package init(_ error: GitError) {
    let code: AuditCode =
      switch error.code {
      case .notFound: .objectMissing
      case .corrupt: .objectCorrupt
      case .corruptReference: .referenceCorrupt
      case .locked, .modified, .exists: .busy
      case .shallow: .shallow
      default: .storage
      }
    self.init(code, error.description, remedy: error.remedy)
  }
}

/// Calls git and turns its error into one of the log.
func git<Value: ~Copyable>(
  _ body: () throws(GitError) -> Value
) throws(AuditError) -> Value {
  do { return try body() } catch { throw AuditError(error) }
}

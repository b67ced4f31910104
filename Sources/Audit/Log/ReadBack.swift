internal import Git

/// Reads what an append wrote, before the reference points to it.
///
/// Needed because git keeps an object file of the right name without looking into it: after a
/// disk's or a crash's damage, everything would succeed and the record be unreadable.
struct ReadBack {
  let record: Record
  let options: AppendOptions

  func check(_ commit: ObjectID, in log: borrowing AuditLog) throws(AuditError) {
    // A new handle has no cache of what was written through the old one.
    let fresh = AuditLog(
      try git { () throws(GitError) in try log.repository.reopened() })
    let entry = try fresh.entry(commit)
    guard entry.record.bytes == record.bytes else {
      throw AuditError(.recordHash, "the record reads back differently")
    }
    let tree = try git { () throws(GitError) in
      try fresh.repository.tree(fresh.repository.commit(commit).tree)
    }
    // The entries' own blobs are looked at below.
    if let files = tree[AuditLog.EntryName.files] {
      _ = try git { () throws(GitError) in try fresh.repository.tree(files.id) }
    }
    if let signature = options.signature, let entry = tree[AuditLog.EntryName.signature] {
      let bytes = try git { () throws(GitError) in try fresh.repository.blob(entry.id) }
      guard bytes == signature else {
        throw AuditError(.objectCorrupt, "the signature reads back differently")
      }
    }
    for (name, version) in record.storedVersions {
      let bytes = try git { () throws(GitError) in try fresh.repository.blob(version.git) }
      guard Digest(of: bytes) == version.sha256, bytes.count == version.size else {
        throw AuditError(.fileHash, "files/\(name) differs from what the record says")
      }
    }
  }
}

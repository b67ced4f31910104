package import Git

extension AuditLog {
  /// Brings this clone's log and the remote's together: nothing is lost, nothing told twice.
  ///
  /// Only records that were never published are put elsewhere, and only their place changes: the
  /// remote's records come first. What the remote has is verified before anything follows it.
  ///
  /// - Throws: ``AuditError`` `rollback`, `fork`, `logDeleted` and the codes of verification when
  ///   the remote's log is not a continuation of what was seen there; `genesis` when both sides
  ///   began a log of their own; `busy` when others were quicker each time; `storage` with the
  ///   remote's words when it refuses.
  package func synchronize(
    with remote: Remote, options: SyncOptions
  ) throws(AuditError) -> SyncResult {
    var result = SyncResult()
    var waits = options.pacing.waits(longest: .milliseconds(500))
    for _ in 0..<SyncOptions.tries {
      let theirs = try take(from: remote, options)
      try merge(theirs, options, into: &result)
      if let theirs { try remember(theirs, at: remote, options) }
      guard options.pushes, let ours = try tip(), ours != theirs?.commit else {
        return try finished(result)
      }
      let count = try length(from: ours, to: theirs?.commit)
      switch try git({ () throws(GitError) in
        try remote.push(ours, to: options.remoteReference, from: theirs?.commit)
      }) {
      case .done:
        result.sent = count
        try remember(ours, at: remote, options)
        return try finished(result)
      case .refused(let words):
        throw AuditError(
          .storage, "\(remote.name) does not take the log: \(words)",
          remedy: "allow pushes of \(options.remoteReference) there, or name another reference: "
            + "git config audit.remoteRef refs/heads/audit/log")
      case .outdated:
        guard waits.next() else { break }
      }
    }
    throw AuditError(
      .busy, "others pushed to \(remote.name) each time before this clone could",
      remedy: "try again")
  }

  private func finished(_ result: SyncResult) throws(AuditError) -> SyncResult {
    var result = result
    result.tip = try tip()
    if let tip = result.tip { result.records = try logCommit(tip).trailers.sequence + 1 }
    return result
  }

  /// The number of commits from `tip` down to `end`, which is not counted.
  private func length(
    from tip: ObjectID, to end: ObjectID?
  ) throws(AuditError) -> Int {
    var count = 0
    _ = try visit(from: tip) { commit throws(AuditError) in
      if commit.id == end { return false }
      count += 1
      return true
    }
    return count
  }
}

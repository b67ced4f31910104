internal import Git

extension AuditLog {
  /// Where a remote's log was seen last.
  static func trackingReference(_ remote: String) -> String { "refs/audit-remotes/\(remote)/log" }

  /// Fetches the remote's log and verifies what is new in it.
  ///
  /// - Returns: its end, or `nil` where the remote has no log yet.
  func take(from remote: Remote, _ options: SyncOptions) throws(AuditError) -> LogPlace? {
    let known = try pin()?.remotes[remote.name]
    let found = try git { () throws(GitError) in
      try remote.reference(options.remoteReference)
    }
    guard let found else {
      guard let known else { return nil }
      throw AuditError(
        .logDeleted,
        "\(remote.name) has no \(options.remoteReference) any more; it held "
          + "\(known.sequence + 1) records",
        remedy: "find out who deleted it; to publish it again from here: "
          + "git push \(remote.name) \(known.commit):\(options.remoteReference)")
    }
    if let known, known.commit == found { return known }
    // Between the question and the fetch somebody may have pushed again: what was found is part of
    // that, unless the remote was rewound meanwhile.
    try git { () throws(GitError) in try remote.fetch(options.remoteReference) }
    guard repository.contains(found) else {
      throw AuditError(
        .busy, "\(remote.name) does not give \(options.remoteReference) as it said it was",
        remedy: "try again")
    }
    try track(found, remote, options)
    return try verified(found, from: remote, known, options.now)
  }

  /// Accepts the end of a remote's log, or keeps it as evidence and refuses it.
  private func verified(
    _ tip: ObjectID, from remote: Remote, _ known: LogPlace?, _ now: Timestamp
  ) throws(AuditError) -> LogPlace {
    // What both sides have in common was verified when it came, or was made here.
    let base = if let known { known } else { try common(with: tip) }
    let verification = verify(remote: tip, now: now, since: base)
    let problem =
      verification.problems.first { $0.severity == .tampered }
      ?? verification.problems.first { $0.severity == .couldNotRun }
    guard problem == nil, let place = verification.place else {
      let kept = try quarantine(tip)
      let code = problem?.code ?? .storage
      throw AuditError(
        code,
        "the log of \(remote.name) is not taken over: "
          + "\(problem?.message ?? "it cannot be verified")",
        remedy: "nothing was changed here; what \(remote.name) has is kept as \(kept)")
    }
    return place
  }

  /// This clone's end of the log, if the remote's contains it.
  private func common(with tip: ObjectID) throws(AuditError) -> LogPlace? {
    guard let place = try pin()?.place,
      try git({ () throws(GitError) in try repository.isAncestor(place.commit, of: tip) })
    else { return nil }
    return place
  }

  /// Keeps a refused state, so that it can be looked at after the remote has moved on.
  func quarantine(_ tip: ObjectID) throws(AuditError) -> String {
    let name = "refs/audit-quarantine/\(tip)"
    if try git({ () throws(GitError) in try repository.reference(name) }) == nil {
      try git { () throws(GitError) in
        try repository.swapReference(
          name, from: .zero, to: tip, message: "refused state of the audit log")
      }
    }
    return name
  }

  /// Remembers where the remote's log ends.
  func remember(
    _ place: LogPlace, at remote: Remote, _ options: SyncOptions
  ) throws(AuditError) {
    guard
      let directory = try LogDirectory.opened(in: repository.commonDirectory, create: true)
    else { return }
    let lock = try directory.lock(options.pacing)
    defer { withExtendedLifetime(lock) {} }
    var pin = try pin()
    if pin?.genesis == place.genesis, pin?.remotes[remote.name] != place {
      pin?.remotes[remote.name] = place
      try pin?.write(to: directory, flushed: true)
    }
  }

  /// Makes the tracking reference say what the remote has, whatever it said before.
  ///
  /// Git could do so while it fetches; killed then, it would leave a lock that blocks the next one.
  private func track(
    _ commit: ObjectID, _ remote: Remote, _ options: SyncOptions
  ) throws(AuditError) {
    let name = Self.trackingReference(remote.name)
    guard
      let directory = try LogDirectory.opened(in: repository.commonDirectory, create: true)
    else { return }
    let lock = try directory.lock(options.pacing)
    let old = try git { () throws(GitError) in try repository.reference(name) }
    guard old != commit else { return }
    try lock.mark()
    try git { () throws(GitError) in try repository.flushObjects() }
    let move = ReferenceMove(
      name: name, old: old, new: commit, message: "the audit log of \(remote.name)",
      durable: true, now: options.now, pacing: options.pacing)
    guard try move.run(in: repository, holding: lock) else {
      throw AuditError(.busy, "\(name) was moved by another program", remedy: "try again")
    }
  }

  /// Remembers that the remote has this clone's log up to `commit`.
  func remember(
    _ commit: ObjectID, at remote: Remote, _ options: SyncOptions
  ) throws(AuditError) {
    guard let pin = try pin() else { return }
    try track(commit, remote, options)
    let known = [pin.place, pin.verified].compactMap { $0 } + pin.remotes.values
    guard let place = try place(of: commit, knowing: known) else { return }
    try remember(place, at: remote, options)
  }
}

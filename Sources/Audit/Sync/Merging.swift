internal import Git

extension AuditLog {
  /// Makes this clone's log a continuation of the remote's.
  ///
  /// Objects are written before the reference moves, so that a kill at any time leaves the one log
  /// or the other.
  func merge(
    _ theirs: LogPlace?, _ options: SyncOptions, into result: inout SyncResult
  ) throws(AuditError) {
    guard let theirs,
      let directory = try LogDirectory.opened(in: repository.commonDirectory, create: true)
    else { return }
    let lock = try directory.lock(options.pacing)
    let before = try pin()
    guard let ours = try tip() else {
      try move(from: nil, to: theirs, before, directory, lock, options)
      result.received += theirs.frontier.size
      return
    }
    if ours == theirs.commit { return }
    if try isAncestor(theirs.commit, of: ours) { return }
    let known =
      [before?.place, before?.verified].compactMap { $0 } + (before?.remotes ?? [:]).values
    guard let mine = try place(of: ours, knowing: known) else {
      throw AuditError(
        .shallow, "the log is cut off in this shallow clone",
        remedy: "git fetch --unshallow, or fetch \(AuditLog.reference) whole")
    }
    if try isAncestor(ours, of: theirs.commit) {
      try move(from: ours, to: theirs, before, directory, lock, options)
      result.received += theirs.sequence - mine.sequence
      return
    }
    try checkPublished(before, theirs)
    var series = Series(place: theirs)
    if mine.genesis == theirs.genesis {
      try append(ours, onto: &series, theirs, into: &result)
    } else {
      try adopt(ours, onto: &series, options, into: &result)
    }
    try move(from: ours, to: series.place, before, directory, lock, options)
  }

  func isAncestor(
    _ ancestor: ObjectID, of commit: ObjectID
  ) throws(AuditError) -> Bool {
    try git { () throws(GitError) in try repository.isAncestor(ancestor, of: commit) }
  }

  /// Refuses to move records that another remote has already: they would be there twice.
  private func checkPublished(_ pin: Pin?, _ theirs: LogPlace) throws(AuditError) {
    for (name, place) in pin?.remotes ?? [:] where place.commit != theirs.commit {
      guard try !isAncestor(place.commit, of: theirs.commit),
        try !isAncestor(theirs.commit, of: place.commit)
      else { continue }
      throw AuditError(
        .fork, "\(name) has records that this remote lacks, and the other way round",
        remedy: "let one remote hold the log: people who record must push to the same one")
    }
  }

  /// Puts this clone's unpublished records behind the remote's.
  private func append(
    _ ours: ObjectID, onto series: inout Series, _ theirs: LogPlace, into result: inout SyncResult
  ) throws(AuditError) {
    let base = try git { () throws(GitError) in try repository.mergeBase(ours, theirs.commit) }
    let local = try commits(from: ours, to: base)
    let remote = try commits(from: theirs.commit, to: base)
    let published = Set(remote.map(\.trailers.record))
    result.received += remote.count
    for commit in local.reversed() where !published.contains(commit.trailers.record) {
      try series.append(commit, tree: commit.object.tree, record: commit.trailers.record, to: self)
      result.moved += 1
    }
  }

  /// The commits from `tip` down to `end`, which is not among them, newest first.
  func commits(from tip: ObjectID, to end: ObjectID?) throws(AuditError) -> [LogCommit] {
    var found: [LogCommit] = []
    _ = try visit(from: tip) { commit throws(AuditError) in
      if commit.id == end { return false }
      found.append(commit)
      return true
    }
    return found
  }

  private func move(
    from old: ObjectID?, to place: LogPlace, _ before: Pin?, _ directory: borrowing LogDirectory,
    _ lock: borrowing WriterLock, _ options: SyncOptions
  ) throws(AuditError) {
    try lock.mark()
    if var before, let old, try !isAncestor(old, of: place.commit) {
      before.next = place
      try before.write(to: directory, flushed: true)
    }
    // What git fetched and what was made and remembered here.
    try git { () throws(GitError) in try repository.flushObjects() }
    let move = ReferenceMove(
      name: Self.reference, old: old, new: place.commit, message: "audit: sync", durable: true,
      now: options.now, pacing: options.pacing)
    guard try move.run(in: repository, holding: lock) else {
      throw AuditError(
        .busy, "\(Self.reference) was moved by another program meanwhile", remedy: "try again")
    }
    // After a log of one's own was adopted, what was remembered of it is about another log.
    var pin = before?.genesis == place.genesis ? before?.moved(to: place) : nil
    pin = pin ?? Pin(place)
    if let verified = pin?.verified, try !isAncestor(verified.commit, of: place.commit) {
      pin?.verified = nil
    }
    try pin?.write(to: directory, flushed: true)
  }
}

/// Records that are put behind others, one after the other.
struct Series {
  private(set) var place: LogPlace
  private var previous: Digest?

  init(place: LogPlace) {
    self.place = place
  }

  /// Writes a commit that says of a record what `commit` says, in the next place.
  mutating func append(
    _ commit: LogCommit, tree: ObjectID, record: Digest, to log: borrowing AuditLog
  ) throws(AuditError) {
    let before: Digest =
      if let previous { previous } else { try log.logCommit(place.commit).trailers.record }
    var frontier = place.frontier
    frontier.append(record)
    let trailers = Trailers(
      sequence: frontier.size - 1, kind: commit.trailers.kind, record: record, previous: before,
      root: frontier.root)
    let object = CommitObject(
      tree: tree, parents: [place.commit], author: commit.object.author,
      committer: commit.object.committer,
      message: trailers.message(subject: commit.object.summary))
    let id = try git { () throws(GitError) in
      try log.repository.write(.commit, object.serialized, flushed: true)
    }
    previous = record
    place = LogPlace(genesis: place.genesis, commit: id, frontier: frontier)
  }
}

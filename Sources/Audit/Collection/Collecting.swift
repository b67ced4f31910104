package import Git

/// What became of one repository's log.
package struct CollectedLog: Sendable {
  package let name: String
  package let address: String
  /// All records that the collection holds of it.
  package let records: Int
  /// Those that came now.
  package let received: Int
  /// Why nothing was taken over; the collection holds what it held.
  package let problem: AuditError?
}

/// What a collection needs from outside.
package struct CollectingOptions: Sendable {
  /// Names the collection where it is begun now.
  package var id: String
  package var now: Timestamp
  package var pacing: Pacing
  /// So many repositories are asked at once.
  package var width: Int

  package init(id: String, now: Timestamp, width: Int = 8, pacing: Pacing = .system) {
    self.id = id
    self.now = now
    self.width = width
    self.pacing = pacing
  }
}

extension AuditLog {
  /// Brings the logs of many repositories into this one, each as far as it is a continuation of
  /// what was collected before and passes verification.
  ///
  /// One repository that cannot be reached, or was rewound, keeps none of the others from being
  /// collected; what it held stays.
  ///
  /// - Parameter addresses: those that are new or moved; all that are known are asked as well.
  /// - Throws: ``AuditError`` where the collection itself cannot be read or written.
  package static func collect(
    _ addresses: [CollectedAddress], into repository: borrowing Repository, git: GitExecutable,
    _ options: CollectingOptions
  ) throws(AuditError) -> [CollectedLog] {
    guard
      let directory = try LogDirectory.opened(in: repository.commonDirectory, create: true)
    else { return [] }
    let lock = try directory.lock(options.pacing)
    defer { withExtendedLifetime(lock) {} }
    var collection = try LogCollection.read(from: directory) ?? LogCollection(id: options.id)
    for address in addresses { try collection.add(address) }
    // The file is what makes the repository a collection: it is there before any log.
    try collection.write(to: directory)
    let fetched = Fetching.all(
      collection.sources, gitDirectory: repository.commonDirectory, git: git,
      width: options.width)
    var results: [CollectedLog] = []
    for (position, outcome) in fetched.enumerated() {
      let source = collection.sources[position]
      var problem: AuditError?
      do throws(AuditError) {
        let found = try outcome.get()
        if let place = try collection.accept(found, of: source, in: repository, options.now) {
          collection.sources[position].place = place
          collection.sources[position].remoteReference = found.reference
        }
      } catch { problem = error }
      let records = collection.sources[position].records
      results.append(
        CollectedLog(
          name: source.name, address: source.address, records: records,
          received: records - source.records, problem: problem))
    }
    try collection.write(to: directory)
    if results.contains(where: { $0.received > 0 }) { tidy(repository, git) }
    return results
  }

  /// Lets git pack what came: a thousand fetches make a thousand packs.
  private static func tidy(_ repository: borrowing Repository, _ git: GitExecutable) {
    // What is not packed today is packed next time: the collection is complete all the same.
    _ = try? git.run(
      ["-c", "gc.auto=6700", "-c", "gc.autoDetach=false", "gc", "--auto", "--quiet"],
      in: repository.commonDirectory)
  }
}

extension LogCollection {
  /// Takes a repository in, or its new address.
  fileprivate mutating func add(_ wanted: CollectedAddress) throws(AuditError) {
    if let known = sources.firstIndex(where: { $0.name == wanted.name }) {
      sources[known].address = wanted.address
      return
    }
    let number = (sources.map(\.number).max() ?? 0) + 1
    sources.append(
      Source(
        number: number, name: wanted.name, address: wanted.address,
        remoteReference: AuditLog.reference, place: nil))
  }

  /// Accepts what a repository has now, or refuses it and keeps it as evidence.
  ///
  /// - Returns: its new end; `nil` where nothing is new.
  fileprivate func accept(
    _ found: Fetched, of source: Source, in repository: borrowing Repository, _ now: Timestamp
  ) throws(AuditError) -> LogPlace? {
    if found.tip == source.place?.commit { return nil }
    let log = AuditLog(try Audit.git { () throws(GitError) in try repository.reopened() })
    let verification = log.verify(remote: found.tip, now: now, since: source.place)
    let problem =
      verification.problems.first { $0.severity == .tampered }
      ?? verification.problems.first { $0.severity == .couldNotRun }
    guard problem == nil, let place = verification.place else {
      let kept = try log.quarantine(found.tip)
      throw AuditError(
        problem?.code ?? .storage,
        "the log of \(source.name) is not taken over: "
          + "\(problem?.message ?? "it cannot be verified")",
        remedy: "what was collected before stays; what it has now is kept as \(kept)")
    }
    if let twin = sources.first(where: {
      $0.number != source.number && $0.place?.genesis == place.genesis
    }) {
      throw AuditError(
        .genesis, "\(source.name) has the log of \(twin.name): one of the two is enough")
    }
    let reference = Self.reference(source.name)
    try Audit.git { () throws(GitError) in
      let old = try repository.reference(reference)
      if old != place.commit {
        try repository.swapReference(
          reference, from: old ?? .zero, to: place.commit, message: "audit: collect",
          flushed: true)
      }
    }
    return place
  }
}

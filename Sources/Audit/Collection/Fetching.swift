internal import Git

/// The end of a repository's log, brought here and not believed yet.
struct Fetched: Sendable {
  let tip: ObjectID
  /// What it is called there.
  let reference: String
}

/// Asks many repositories at once: most of the time is waiting for the network.
struct Fetching: Sendable {
  let gitDirectory: String
  let git: GitExecutable

  /// What a log may be called elsewhere, as `audit.remoteRef` says in clones.
  private static let references = [AuditLog.reference, "refs/heads/audit/log"]

  /// One outcome for each source, in their order.
  static func all(
    _ sources: [LogCollection.Source], gitDirectory: String, git: GitExecutable, width: Int
  ) -> [Result<Fetched, AuditError>] {
    let fetching = Fetching(gitDirectory: gitDirectory, git: git)
    var outcomes: [Result<Fetched, AuditError>] = []
    var running: ArraySlice<Background<Fetched>> = []
    var next = sources[...]
    while outcomes.count < sources.count {
      while running.count < max(1, width), let source = next.popFirst() {
        running.append(
          Background { () throws(AuditError) in try fetching.fetch(source) })
      }
      guard let oldest = running.popFirst() else { break }
      outcomes.append(
        Result { () throws(AuditError) in try oldest.result() })
    }
    return outcomes
  }

  private func fetch(_ source: LogCollection.Source) throws(AuditError) -> Fetched {
    try Audit.git { () throws(GitError) in
      let remote = try Remote(address: source.address, gitDirectory: gitDirectory, git: git)
      let known = [source.remoteReference] + Self.references
      guard let found = try remote.first(of: known) else {
        throw GitError(
          .notFound, "\(remote.name) has no audit log",
          remedy: "publish it there with `headgate audit sync`")
      }
      if found.id == source.place?.commit {
        return Fetched(tip: found.id, reference: found.name)
      }
      let target = "refs/audit/src/\(source.name)/fetched"
      try remote.fetch(found.name, to: target)
      let repository = try Repository(at: gitDirectory, search: false)
      // Between the question and the fetch somebody may have pushed again.
      let tip = try repository.reference(target)
      return Fetched(tip: tip ?? found.id, reference: found.name)
    }
  }
}

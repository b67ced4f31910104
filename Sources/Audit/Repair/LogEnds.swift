internal import Git

/// A commit that the log may have ended with, whose records are whole.
struct FoundEnd {
  let place: LogPlace
  let source: RepairStep.Source

  func step(keeping name: String?) -> RepairStep {
    .restore(
      to: place.commit, records: place.frontier.size, source: source, keeping: name)
  }
}

extension AuditLog {
  /// How many lines of git's log of the reference are tried, newest first.
  private static let lines = 20

  /// Where the log may end by what this clone still knows, the longest first.
  func ends(_ memory: Pin?, _ now: Timestamp) throws(AuditError) -> [FoundEnd] {
    var named: [(ObjectID, RepairStep.Source)] = []
    if let memory { named.append((memory.tip, .memory)) }
    let logged = try git { () throws(GitError) in
      try repository.referenceLog(Self.reference, limit: Self.lines)
    }
    named += logged.map { ($0, .referenceLog) }
    for remote in try git({ () throws(GitError) in try repository.remotes() }) {
      let reference = Self.trackingReference(remote)
      // A torn tracking reference is one candidate less, no reason to give up on the others.
      if let id = try? repository.reference(reference) { named.append((id, .remote(remote))) }
    }
    var seen: Set<ObjectID> = []
    var found: [FoundEnd] = []
    for (id, source) in named where id != .zero && seen.insert(id).inserted {
      guard repository.contains(id) else { continue }
      let verification = verify(remote: id, now: now, since: nil)
      // What could not be read now may be whole: a shorter log is no way out.
      if let problem = verification.problems.first(where: { $0.severity == .couldNotRun }),
        problem.code == .storage
      {
        throw AuditError(.storage, problem.message, remedy: "headgate audit repair, once it can")
      }
      guard verification.isTrustworthy, let place = verification.place else { continue }
      if let memory, memory.genesis != place.genesis { continue }
      found.append(FoundEnd(place: place, source: source))
    }
    // Of equal ones the first, whose source is named first.
    return found.enumerated().sorted {
      ($1.element.place.sequence, $0.offset) < ($0.element.place.sequence, $1.offset)
    }.map(\.element)
  }
}

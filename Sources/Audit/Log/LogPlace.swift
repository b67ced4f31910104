package import Git

/// A record's position in the log, with all that is needed to continue the chain from it.
package struct LogPlace: Sendable, Hashable {
  /// The first record of the log, which names it.
  package let genesis: Digest
  package let commit: ObjectID
  /// The right edge of the Merkle tree over all records up to this one.
  package let frontier: MerkleFrontier

  package init(genesis: Digest, commit: ObjectID, frontier: MerkleFrontier) {
    self.genesis = genesis
    self.commit = commit
    self.frontier = frontier
  }

  /// Counts from 0.
  package var sequence: Int { frontier.size - 1 }
  package var root: Digest { frontier.root }

  /// The members that say where it is, the genesis record excepted.
  var members: [CanonicalJSON.Member] {
    [
      .init("tip", .string(commit.description)), .init("seq", .integer(Int64(sequence))),
      .init("root", .string(root.base64)),
      .init("frontier", .array(frontier.peaks.map { .string($0.base64) })),
    ]
  }

  static let memberNames: Set<String> = ["tip", "seq", "root", "frontier"]

  /// Reads ``members``; `nil` where one is missing or contradicts another.
  init?(_ object: CanonicalJSON.Object, genesis: Digest) {
    guard let commit = object["tip"]?.stringValue.flatMap({ ObjectID(hex: $0) }),
      let sequence = object["seq"]?.integerValue.flatMap({ Int(exactly: $0) }),
      sequence >= 0, sequence < Int.max,
      let root = object["root"]?.stringValue.flatMap({ Digest(base64: $0) }),
      let stored = object["frontier"]?.arrayValue
    else { return nil }
    let peaks = stored.compactMap { $0.stringValue.flatMap { Digest(base64: $0) } }
    guard peaks.count == stored.count,
      let frontier = MerkleFrontier(size: sequence + 1, peaks: peaks), frontier.root == root
    else { return nil }
    self.init(genesis: genesis, commit: commit, frontier: frontier)
  }
}

extension AuditLog {
  /// The place of a commit of the log, computed from the nearest of those that are known.
  ///
  /// - Returns: `nil` where a shallow clone ends before one of them is met.
  /// - Throws: ``AuditError`` `rootMismatch` when the commit's root does not follow.
  func place(of tip: ObjectID, knowing known: [LogPlace]) throws(AuditError) -> LogPlace? {
    var newer: [LogCommit] = []
    var start: LogPlace?
    let isComplete = try visit(from: tip) { commit throws(AuditError) in
      start = known.first { $0.commit == commit.id }
      if start == nil { newer.append(commit) }
      return start == nil
    }
    guard isComplete else { return nil }
    var frontier = start?.frontier ?? MerkleFrontier()
    for commit in newer.reversed() { frontier.append(commit.trailers.record) }
    guard let genesis = start?.genesis ?? newer.last?.trailers.record else { return nil }
    if let last = newer.first, last.trailers.root != frontier.root {
      throw AuditError(
        .rootMismatch,
        "the root of record \(last.trailers.sequence) does not follow from the records",
        remedy: "headgate audit verify --full")
    }
    return LogPlace(genesis: genesis, commit: tip, frontier: frontier)
  }
}

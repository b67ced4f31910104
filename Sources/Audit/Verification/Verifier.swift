internal import Git

/// Walks the log once, from the newest record to the oldest, and collects problems.
///
/// It keeps 64 bytes a record for the Merkle roots, which can only be computed the other way round.
struct Verifier {
  let now: Timestamp
  let first: Int
  /// Where an earlier verification ended: the walk stops there.
  let since: LogPlace?
  var problems: [AuditProblem] = []
  private var pin: Pin?
  private var tip: ObjectID?
  private var records = 0
  private var boundary: Set<ObjectID> = []
  private var isPartialClone = false
  private let concurrency: Concurrency?

  /// The record visited before, which is the next newer one.
  private var newer: Visited?
  /// Ids and roots as the commits state them, newest first; `nil` where they cannot be read.
  private var leaves: [Digest?] = []
  private var roots: [Digest?] = []
  /// Commits that this clone remembers and that the walk came by.
  private var met: Set<ObjectID> = []
  /// The Merkle tree over all records, once it was computed.
  private var whole: MerkleFrontier?
  private var end: LogPlace?
  var repositories: [(Int?, Digest)] = []
  var seen: Set<Digest> = []
  var laterStates: [String: LaterState] = [:]
  var authority = AuthorityCheck()
  private var redactions = RedactionCheck()

  /// What the next newer record said, for comparison with its predecessor.
  private struct Visited {
    let sequence: Int?
    let previous: Digest?
    let recordedAt: Timestamp?
  }

  /// What the next newer change of a path started from.
  struct LaterState {
    let sequence: Int?
    let old: FileVersion?
  }

  /// A clock may be wrong by five minutes before anyone is told.
  private static let clockTolerance: Int64 = 300

  /// How much of the log a walk has seen.
  private enum Extent {
    /// From the first record on.
    case whole
    /// From where an earlier verification ended.
    case since(LogPlace)
    /// Not all, because commits are absent.
    case cut

    /// What the Merkle tree holds before the first record seen; `nil` where that is not known.
    var start: MerkleFrontier? {
      switch self {
      case .whole: MerkleFrontier()
      case .since(let place): place.frontier
      case .cut: nil
      }
    }
  }

  init(now: Timestamp, first: Int, since: LogPlace? = nil, concurrency: Concurrency? = nil) {
    self.concurrency = concurrency
    self.now = now
    self.first = first
    self.since = since
  }

  var result: Verification {
    let ordered = problems.enumerated().sorted { one, two in
      (one.element.sequence ?? -1, one.offset) < (two.element.sequence ?? -1, two.offset)
    }
    return Verification(
      records: records, problems: ordered.map(\.element), isPinned: pin != nil, tip: tip,
      read: leaves.count, place: end)
  }

  /// - Parameter start: another end of the log than this clone's, as a remote has it.
  mutating func run(on log: borrowing AuditLog, from start: ObjectID? = nil) {
    do {
      let current: ObjectID? = if let start { start } else { try end(of: log) }
      boundary = try git { () throws(GitError) in try log.repository.shallowBoundary() }
      isPartialClone = try git { () throws(GitError) in try log.repository.isPartialClone() }
      guard let current else {
        if let pin {
          report(.logDeleted, at: nil, "the log is gone; it held \(pin.sequence + 1) records")
        }
        return
      }
      tip = current
      let extent = walk(from: current, in: log)
      checkRoots(extent)
      checkIdentity(extent)
      checkPin(extent)
      checkCheckpoints(roots, records: records)
      if case .whole = extent, first == 0 { problems += redactions.problems }
      if extent.start != nil {
        checkAuthority(
          readFrom: max(first, since.map { $0.sequence + 1 } ?? 0), tip: current, in: log)
      }
    } catch {
      report(error, at: nil)
    }
  }

  /// Where the log ends, with what this clone remembered then: others may move it meanwhile.
  private mutating func end(of log: borrowing AuditLog) throws(AuditError) -> ObjectID? {
    var tip: ObjectID?
    for _ in 0..<Self.tries {
      do { pin = try log.pin() } catch {
        report(error, at: nil)
      }
      tip = try git { () throws(GitError) in try log.repository.reference(AuditLog.reference) }
      // One that cannot be read has been reported.
      if let now = try? log.pin(), now.tip != pin?.tip { continue }
      break
    }
    return tip
  }

  /// How often the memory may change while it is read.
  private static let tries = 100

  mutating func report(_ code: AuditCode, at sequence: Int?, _ message: String) {
    problems.append(AuditProblem(code, at: sequence, message))
  }

  mutating func report(_ error: AuditError, at sequence: Int?) {
    problems.append(.of(error, at: sequence, isPartialClone: isPartialClone))
  }

  /// A commit on the way, whose content is looked at together with others'.
  private struct Step {
    let id: ObjectID
    let commit: CommitObject
    let trailers: Result<Trailers, AuditError>
    let expected: Int?

    var sequence: Int? { (try? trailers.get())?.sequence ?? expected }
  }

  private mutating func walk(from tip: ObjectID, in log: borrowing AuditLog) -> Extent {
    var next: ObjectID? = tip
    var steps: [Step] = []
    while let id = next {
      let expected = (steps.last?.sequence ?? newer?.sequence).map { $0 - 1 }
      if let since, id == since.commit {
        visit(&steps, in: log)
        records += since.frontier.size
        return meet(since, in: log)
      }
      let commit: CommitObject
      do { commit = try git { () throws(GitError) in try log.repository.commit(id) } } catch {
        visit(&steps, in: log)
        report(Self.asDamage(error), at: expected)
        return .cut
      }
      records += 1
      steps.append(
        Step(
          id: id, commit: commit,
          trailers: Result { () throws(AuditError) in try Trailers(message: commit.message) },
          expected: expected))
      if boundary.contains(id) && !commit.parents.isEmpty {
        visit(&steps, in: log)
        report(
          .shallow, at: newer?.sequence, "older records are cut off in this shallow clone")
        return .cut
      }
      next = commit.parents.first
      if steps.count == ContentReading.batchSize { visit(&steps, in: log) }
    }
    visit(&steps, in: log)
    return .whole
  }

  /// Reads what the commits hold and takes them in, newest first.
  private mutating func visit(_ steps: inout [Step], in log: borrowing AuditLog) {
    let places = steps.map { step -> RecordContent.Place? in
      // What a newer version stores cannot be judged by the rules of this one.
      if case .failure(let error) = step.trailers, error.code == .schemaNewer { return nil }
      guard (step.sequence ?? first) >= first else { return nil }
      return RecordContent.Place(
        tree: step.commit.tree, trailers: try? step.trailers.get(), sequence: step.sequence)
    }
    let reading = ContentReading(concurrency: concurrency, isPartialClone: isPartialClone)
    let contents = reading.contents(of: places, in: log)
    for (step, content) in zip(steps, contents) { visit(step, content) }
    steps.removeAll(keepingCapacity: true)
  }

  /// How many records before ``since`` are read to learn what state files were in there.
  private static let lookBack = 1_000

  /// Joins what was read to what an earlier verification has seen.
  private mutating func meet(_ place: LogPlace, in log: borrowing AuditLog) -> Extent {
    met.insert(place.commit)
    if let pin, pin.sequence <= place.sequence { met.insert(pin.tip) }
    do {
      let commit = try log.logCommit(place.commit)
      guard commit.trailers.root == place.root else {
        report(.rootMismatch, at: place.sequence, "another root than the one verified here before")
        return .cut
      }
      checkPlace(
        of: commit.trailers, at: place.sequence, expected: newer?.sequence.map { $0 - 1 },
        commit.object)
      var left = Self.lookBack
      _ = try log.visit(from: place.commit) { commit throws(AuditError) in
        left -= 1
        guard left >= 0, !laterStates.isEmpty else { return false }
        guard RecordKind(commit.trailers.kind)?.movesState == true else { return true }
        compareStates(of: try log.entry(commit).record)
        return true
      }
      return .since(place)
    } catch {
      report(Self.asDamage(error), at: place.sequence)
      return .cut
    }
  }

  /// An object too large to be one of ours is damaged: its header was altered.
  static func asDamage(_ error: AuditError) -> AuditError {
    error.code == .storage && error.description.contains("limit is")
      ? AuditError(.objectCorrupt, error.description) : error
  }

  private mutating func visit(_ step: Step, _ content: RecordContent) {
    var trailers: Trailers?
    do { trailers = try step.trailers.get() } catch { report(error, at: step.expected) }
    let sequence = step.sequence
    checkPlace(of: trailers, at: sequence, expected: step.expected, step.commit)
    noteAgainstPin(step.id, trailers)
    check(content, trailers, at: sequence)
    let record = content.record
    if let record {
      checkTimes(record, step.commit, at: sequence)
      problems += redactions.note(record, at: sequence)
    } else {
      // Across a record that cannot be read, states of files cannot be compared.
      laterStates.removeAll()
    }
    leaves.append(trailers?.record ?? record?.id)
    roots.append(trailers?.root)
    newer = Visited(
      sequence: sequence, previous: trailers?.previous, recordedAt: record?.body.recordedAt)
  }

  private mutating func checkPlace(
    of trailers: Trailers?, at sequence: Int?, expected: Int?, _ commit: CommitObject
  ) {
    if let trailers, let expected, trailers.sequence != expected {
      report(
        .sequenceGap, at: sequence, "number \(trailers.sequence) stands before \(expected + 1)")
    }
    if let trailers, let previous = newer?.previous, previous != trailers.record {
      report(
        .previousMismatch, at: newer?.sequence, "names another record as the one before it")
    }
    let parents = commit.parents.count
    if parents > 1 || sequence.map({ (parents == 0) != ($0 == 0) }) == true {
      report(.parentCount, at: sequence, "\(parents) parents")
    }
    if parents == 0, let trailers, trailers.previous != .zero {
      report(.previousMismatch, at: sequence, "the first record names one before it")
    }
    let headers = String(decoding: commit.extraHeaders, as: UTF8.self)
    if !headers.isEmpty && !headers.hasPrefix("gpgsig ") {
      report(.messageFormat, at: sequence, "unexpected header in the commit")
    }
  }

  private mutating func checkTimes(_ record: Record, _ commit: CommitObject, at sequence: Int?) {
    let time = record.body.recordedAt
    for who in [commit.author, commit.committer]
    where who.seconds != time.seconds || who.zone != "+0000" {
      report(.messageFormat, at: sequence, "the commit's time is not that of the record")
      break
    }
    if let later = newer?.recordedAt, later < time.advanced(bySeconds: -Self.clockTolerance) {
      report(
        .clockBackward, at: newer?.sequence, "recorded at \(later), the one before at \(time)")
    }
    if time > now.advanced(bySeconds: Self.clockTolerance) {
      report(.clockFuture, at: sequence, "recorded at \(time), which is still to come")
    }
  }

  /// Only the first wrong root is told: all later ones are wrong with it.
  private mutating func checkRoots(_ extent: Extent) {
    guard var frontier = extent.start else { return }
    for (leaf, root) in zip(leaves, roots).reversed() {
      // Without the id of a record, no later root can be computed.
      guard let leaf else { return }
      frontier.append(leaf)
      if let root, root != frontier.root {
        report(
          .rootMismatch, at: frontier.size - 1,
          "the root does not follow from the records up to here")
        return
      }
    }
    whole = frontier
  }

  private mutating func checkIdentity(_ extent: Extent) {
    // Without the beginning of the log the newest record tells which log this is.
    let identity: Digest? =
      switch extent {
      case .whole: leaves.last.flatMap { $0 }
      case .since(let place): place.genesis
      case .cut: repositories.first?.1
      }
    for (sequence, repository) in repositories where identity != nil && repository != identity {
      report(.repositoryID, at: sequence, "belongs to log \(repository)")
    }
    if let pin, let identity, pin.genesis != identity {
      report(.genesis, at: 0, "the log begins with another record than this clone remembers")
    }
    if let identity, let frontier = whole, let tip {
      end = LogPlace(genesis: identity, commit: tip, frontier: frontier)
    }
  }

  private mutating func noteAgainstPin(_ id: ObjectID, _ trailers: Trailers?) {
    if let pin, id == pin.tip, trailers?.root == pin.root { met.insert(id) }
  }

  private mutating func checkPin(_ extent: Extent) {
    if case .cut = extent { return }
    for place in [pin?.place, since].compactMap({ $0 }) where !met.contains(place.commit) {
      if records <= place.sequence {
        report(
          .rollback, at: nil,
          "the log ends with record \(records - 1); this clone has seen record \(place.sequence)")
      } else {
        report(
          .fork, at: place.sequence,
          "another record \(place.sequence) than the one this clone has seen")
      }
      return
    }
  }
}

internal import Git

/// The end of the log, where the next record goes.
struct LogEnd {
  /// The newest commit; `nil` where there is no log.
  let tip: ObjectID?
  /// The newest record.
  let record: Digest
  let genesis: Digest?
  let frontier: MerkleFrontier
  /// What this clone remembers.
  let pin: Pin?

  static func read(
    from log: borrowing AuditLog, _ directory: borrowing LogDirectory
  ) throws(AuditError) -> LogEnd {
    guard let tip = try log.tip() else {
      return LogEnd(
        tip: nil, record: .zero, genesis: nil, frontier: MerkleFrontier(), pin: nil)
    }
    // A damaged memory is made anew from the log; verification is what reports it.
    let pin: Pin?
    do {
      pin = try Pin.read(from: directory).map { read throws(AuditError) in
        try log.settled(read, tip: tip)
      }
    } catch {
      guard error.code == .pinUnreadable else { throw error }
      pin = nil
    }
    let last = try log.entry(tip)
    let genesis = last.record.body.repository ?? last.id
    if let pin, pin.genesis != genesis {
      throw AuditError(
        .genesis, "the log begins with another record than the one this clone knows")
    }
    let frontier = try frontier(at: last, from: log, pin)
    return LogEnd(
      tip: tip, record: last.id, genesis: genesis, frontier: frontier, pin: pin)
  }

  /// The Merkle tree's edge at `last`: as remembered, brought up to date or computed anew.
  private static func frontier(
    at last: LogEntry, from log: borrowing AuditLog, _ pin: Pin?
  ) throws(AuditError) -> MerkleFrontier {
    var newer: [Digest] = []
    var start: MerkleFrontier?
    let isComplete = try log.visit(from: last.commit) { commit throws(AuditError) in
      if let pin, commit.id == pin.tip {
        start = pin.frontier
      } else {
        newer.append(commit.trailers.record)
      }
      return start == nil
    }
    guard isComplete else {
      throw AuditError(
        .shallow, "the log is cut off in this shallow clone, and none of it is remembered",
        remedy: "git fetch --unshallow, or fetch \(AuditLog.reference) whole")
    }
    if start == nil, let pin {
      let isBehind = last.sequence <= pin.sequence
      throw AuditError(
        isBehind ? .rollback : .fork,
        "the log does not contain record \(pin.sequence), which this clone has seen",
        remedy: "headgate audit verify")
    }
    var frontier = start ?? MerkleFrontier()
    for id in newer.reversed() { frontier.append(id) }
    guard frontier.root == last.trailers.root, frontier.size == last.sequence + 1 else {
      throw AuditError(
        .rootMismatch, "the root of record \(last.sequence) does not follow from the records",
        remedy: "headgate audit verify")
    }
    return frontier
  }
}

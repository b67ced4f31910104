internal import Git

/// Collects, while the log is walked from its end, what has to be judged from its beginning: whose
/// key signed what, and which opinions are worth nothing.
///
/// Of most records it keeps sixteen bytes: a million signed changes of a few people must not take
/// much memory.
struct AuthorityCheck {
  /// Records of which everything counts, newest first.
  private var kept: [ReviewedRecord] = []
  /// Signed records of which only the signature counts.
  private var signed: [Signed] = []
  /// What those have in common, by their number.
  private var sources: [ReviewedRecord] = []
  private var numbers: [Source: Int32] = [:]
  /// Changes that opinions are about, which stand before these.
  private var wanted: Set<Digest> = []
  private(set) var checkpoints: [(sequence: Int, checkpoint: RecordDetails.Checkpoint)] = []

  private struct Signed {
    let sequence: Int32
    let source: Int32
    let recordedAt: Timestamp
  }

  private struct Source: Hashable {
    let kind: RecordKind
    let actor: Actor
    let recorder: Actor
    let signature: ReviewedRecord.SignatureCheck
  }

  /// Whether keys and changes of older records have to be known.
  var needsOlder: Bool {
    !signed.isEmpty || kept.contains { $0.kind != .genesis }
  }

  /// Takes in the record before all that were taken in.
  mutating func note(
    _ record: Record, at sequence: Int, _ signature: ReviewedRecord.SignatureCheck
  ) {
    let isDecisive = Self.isDecisive(record.body.kind) || wanted.contains(record.id)
    if case .checkpoint(let checkpoint) = record.body.details {
      checkpoints.append((sequence, checkpoint))
    }
    guard isDecisive || signature != .absent else { return }
    let reviewed = ReviewedRecord(record, sequence: sequence, check: signature)
    if let decision = reviewed.decision { wanted.insert(decision.of) }
    guard !isDecisive else { return kept.append(reviewed) }
    let source = Source(
      kind: reviewed.kind, actor: reviewed.actor, recorder: reviewed.recorder,
      signature: reviewed.signature)
    let number = numbers[source] ?? Int32(sources.count)
    if number == sources.count {
      numbers[source] = number
      sources.append(reviewed.withoutContent)
    }
    signed.append(
      Signed(
        sequence: Int32(truncatingIfNeeded: sequence), source: number,
        recordedAt: reviewed.recordedAt))
  }

  /// Whether all of a record of this kind decides about others.
  private static func isDecisive(_ kind: RecordKind) -> Bool {
    [.genesis, .keyAdd, .keyRevoke, .policy, .approval, .rejection].contains(kind)
  }

  /// Reads of the records before `end` those that decide about later ones.
  ///
  /// - Returns: whether all of them were there to be read.
  mutating func readOlder(
    than end: Int, from tip: ObjectID, in log: borrowing AuditLog
  ) throws(AuditError) -> Bool {
    try log.visit(from: tip) { commit throws(AuditError) in
      guard commit.trailers.sequence < end, let kind = RecordKind(commit.trailers.kind) else {
        return true
      }
      guard Self.isDecisive(kind) || wanted.contains(commit.trailers.record) else { return true }
      let entry = try log.entry(commit)
      let check = entry.signature.map { ReviewedRecord.check($0, of: entry.record.bytes) }
      note(entry.record, at: entry.sequence, check ?? .absent)
      return true
    }
  }

  /// Judges each record by the keys before it.
  ///
  /// - Parameter first: older records were judged before, and nothing is told about them.
  func problems(from first: Int) -> [AuditProblem] {
    var ledger = ReviewLedger()
    var found: [AuditProblem] = []
    func tell(_ error: AuditError?, _ record: ReviewedRecord) {
      guard let error, record.sequence >= first else { return }
      // Without effect as they are, such records are somebody's attempt to take over.
      let isAuthority = [.keyAdd, .keyRevoke, .policy].contains(record.kind)
      found.append(
        AuditProblem(
          error.code, at: record.sequence, error.description,
          severity: isAuthority ? .tampered : nil))
    }
    var rest = signed.reversed()[...]
    for record in kept.reversed() {
      while let next = rest.first, Int(next.sequence) < record.sequence {
        let record = source(of: next)
        tell(ledger.judgement(of: record), record)
        rest = rest.dropFirst()
      }
      let error = ledger.add(record)
      tell(error, record)
      if error == nil { tell(ledger.problem(with: record), record) }
    }
    for next in rest {
      let record = source(of: next)
      tell(ledger.judgement(of: record), record)
    }
    return found
  }

  private func source(of signed: Signed) -> ReviewedRecord {
    var record = sources[Int(signed.source)]
    record.sequence = Int(signed.sequence)
    record.recordedAt = signed.recordedAt
    return record
  }
}

extension Verifier {
  /// Judges signatures and opinions once all records were read.
  ///
  /// - Parameter end: the first record that was read whole; older ones are read as far as needed.
  mutating func checkAuthority(readFrom end: Int, tip: ObjectID, in log: borrowing AuditLog) {
    do {
      if end > 0, authority.needsOlder {
        // What is cut off was reported; without older keys nothing can be said about later ones.
        guard try authority.readOlder(than: end, from: tip, in: log) else { return }
      }
    } catch {
      return report(Self.asDamage(error), at: nil)
    }
    problems += authority.problems(from: end)
  }

  /// Compares what checkpoints say with the roots of the records before them, newest first.
  mutating func checkCheckpoints(_ roots: [Digest?], records: Int) {
    for (sequence, checkpoint) in authority.checkpoints {
      let position = records - checkpoint.size
      guard checkpoint.size <= sequence else {
        report(.checkpoint, at: sequence, "counts \(checkpoint.size) records before it")
        continue
      }
      // Older roots were not read.
      guard roots.indices.contains(position), let root = roots[position] else { continue }
      if root != checkpoint.root {
        report(
          .checkpoint, at: sequence,
          "the root of the first \(checkpoint.size) records is another one")
      }
    }
  }
}

package import Git

/// Keys, policy and reviews, as the records so far decided.
///
/// A pure function of the records in their order: nothing is stored, so that nothing can be stored
/// wrongly. It keeps what is small: of a change its people and blobs, not its settings.
package struct ReviewLedger: Sendable {
  package private(set) var keys = KeyLedger()
  /// Changes by the ids of their records.
  private var changes: [Digest: Subject] = [:]
  /// Decisions by the change that they are about, oldest first.
  private var decisions: [Digest: [Decided]] = [:]
  /// The changes of each path, oldest first.
  private var paths: [String: [Step]] = [:]
  /// The approval rules of policy records that took effect, oldest first.
  private var policies: [(sequence: Int, rules: ApprovalRules)] = []

  /// A change with what was said about its maker.
  struct Subject: Sendable {
    let record: ReviewedRecord
    let standing: KeyLedger.Standing
  }

  /// A decision with what was known of its maker when it was made.
  struct Decided: Sendable {
    let record: ReviewedRecord
    let standing: KeyLedger.Standing
    let holdsKey: Bool
  }

  /// One path's part of a change.
  struct Step: Sendable {
    let change: Digest
    let old: ObjectID?
    let new: ObjectID?
    let commit: ObjectID?
  }

  package init() {}

  /// Takes the next record in.
  ///
  /// - Returns: why a record has no effect or cannot be believed; `nil` where nothing is wrong.
  @discardableResult
  package mutating func add(_ record: ReviewedRecord) -> AuditError? {
    let standing = keys.standing(of: record)
    let hadKeys = !keys.keys.isEmpty
    if record.kind.describesChange { add(record, standing) }
    if let decision = record.decision {
      decisions[decision.of, default: []].append(
        Decided(
          record: record, standing: standing, holdsKey: keys.holdsKey(Identity(record.actor.id))))
    }
    if let refusal = keys.add(record) { return refusal }
    if case .policy(let policy) = record.details {
      policies.append((record.sequence, policy.approvals))
    }
    return refusal(of: record, standing, hadKeys: hadKeys)
  }

  /// Why the next record cannot be believed, without taking it in.
  package func judgement(of record: ReviewedRecord) -> AuditError? {
    refusal(of: record, keys.standing(of: record), hadKeys: !keys.keys.isEmpty)
  }

  private func refusal(
    of record: ReviewedRecord, _ standing: KeyLedger.Standing, hadKeys: Bool
  ) -> AuditError? {
    guard case .refused(let code, let message) = standing else { return nil }
    // Before the first key nobody's can be known; a key record is judged where its key is added.
    if code == .keyUnknown && (!hadKeys || record.kind == .keyAdd) { return nil }
    return AuditError(code, message)
  }

  private mutating func add(_ record: ReviewedRecord, _ standing: KeyLedger.Standing) {
    changes[record.id] = Subject(record: record, standing: standing)
    for file in record.files {
      paths[file.path, default: []].append(
        Step(change: record.id, old: file.old, new: file.new, commit: record.commit))
    }
  }

  /// The rules that the log itself states for the record at `sequence`: those of the last policy
  /// record before it, so that no record decides about itself.
  package func rules(at sequence: Int) -> ApprovalRules? {
    policies.last { $0.sequence < sequence }?.rules
  }

  /// All changes' ids, oldest first.
  package var changeIDs: [Digest] {
    changes.values.sorted { $0.record.sequence < $1.record.sequence }.map(\.record.id)
  }

  /// The review of a change.
  ///
  /// - Parameters:
  ///   - rules: those of the version that the change starts from; the log's own where `nil`.
  ///   - now: for what expires and is due.
  /// - Returns: `nil` where no such change is recorded.
  package func review(of change: Digest, rules: ApprovalRules?, now: Timestamp) -> Review? {
    guard let subject = changes[change] else { return nil }
    let rules = rules ?? self.rules(at: subject.record.sequence) ?? .none
    return Reviewing(
      subject: subject, decisions: decisions[change] ?? [], rules: rules, now: now,
      isSettled: isSettled(subject.record)
    ).result
  }

  /// What is wrong with a decision, whoever asks and whenever: the codes of verification.
  package func problem(with decision: ReviewedRecord) -> AuditError? {
    guard let target = decision.decision?.of else { return nil }
    guard let subject = changes[target] else {
      return AuditError(.approvalTarget, "decides about a record that is no change before it")
    }
    guard let decided = decisions[target]?.first(where: { $0.record.id == decision.id }) else {
      return nil
    }
    if let problem = Reviewing.structuralProblem(with: decided, about: subject) { return problem }
    guard decided.holdsKey, case .unsigned = decided.standing else { return nil }
    return AuditError(.signatureMissing, "\(decision.actor.id) has a key, and did not sign")
  }

  /// Whether a later change starts from what this one made, so that it was put in.
  private func isSettled(_ change: ReviewedRecord) -> Bool {
    change.files.contains { file in
      guard let steps = paths[file.path],
        let index = steps.lastIndex(where: { $0.change == change.id })
      else { return false }
      return steps[(index + 1)...].contains { $0.old == file.new }
    }
  }
}

extension ReviewLedger {
  /// How the log accounts for a difference between two versions of a file.
  package enum Coverage: Sendable, Hashable {
    /// These changes lead from the one version to the other, newest first.
    case recorded([Digest])
    /// This change starts from the same version and leads elsewhere: the content moved since.
    case stale(Digest)
    case unrecorded
  }

  /// The changes that lead from the old version of a file to the new one.
  ///
  /// A branch may be recorded at once or commit by commit: both account for it. What was agreed to
  /// once is not agreed to again: a change that was taken back does not cover its repetition.
  ///
  /// - Parameter isInRange: whether a commit belongs to what is judged, reachable from the new
  ///   version and not from the old one; where `nil`, a change counts until a later one starts from
  ///   its result.
  package func coverage(
    of file: RecordDetails.DecidedFile, isInRange: ((ObjectID) -> Bool)? = nil
  ) -> Coverage {
    let steps = paths[file.path] ?? []
    var wanted = file.new
    var found: [Digest] = []
    // Only a file that moved as it was has a step without difference.
    let hasMoved = file.old == file.new
    for (index, step) in steps.enumerated().reversed() where hasMoved || step.old != step.new {
      guard step.new == wanted else { continue }
      if let isInRange, let commit = step.commit {
        guard isInRange(commit) else { continue }
      } else if found.isEmpty, steps[(index + 1)...].contains(where: { $0.old == wanted }) {
        continue
      }
      found.append(step.change)
      wanted = step.old
      if wanted == file.old { return .recorded(found) }
    }
    let last = steps.last { step in
      step.old == file.old && step.commit.flatMap { commit in isInRange?(commit) } != false
    }
    return last.map { .stale($0.change) } ?? .unrecorded
  }
}

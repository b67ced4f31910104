package import Git

/// What can be mended of a log, and what a person has to decide.
package struct RepairPlan: Sendable {
  /// In the order in which they are done.
  package internal(set) var steps: [RepairStep] = []
  /// What is wrong and not mended, each with what to do about it.
  package internal(set) var left: [AuditError] = []

  package var isEmpty: Bool { steps.isEmpty && left.isEmpty }
}

/// One thing that is mended; whatever is replaced is kept beside.
package enum RepairStep: Sendable, Hashable {
  /// Deletes git's lock file that a process left behind.
  case removeLock(path: String)
  /// Makes the log end at a commit where its records are found whole.
  case restore(to: ObjectID, records: Int, source: Source, keeping: String?)
  /// Deletes object files that hold nothing, as a loss of power leaves them: git stumbles there.
  case removeEmptyObjects(paths: [String])
  /// Renames this clone's memory, which cannot be understood, and makes it anew from the log.
  case renewMemory(keeping: String)

  /// Who remembers where the log ended.
  package enum Source: Sendable, Hashable {
    /// `trust.json`.
    case memory
    /// git's own log of the reference.
    case referenceLog
    /// What a remote had when it was last seen.
    case remote(String)
  }
}

extension AuditLog {
  /// Finds out what is wrong with the storage of the log; changes nothing.
  ///
  /// - Parameters:
  ///   - unlocks: whether a lock file left behind may be deleted: only a person knows that no
  ///     machine elsewhere holds it.
  package func repairPlan(now: Timestamp, unlocks: Bool) throws(AuditError) -> RepairPlan {
    var plan = RepairPlan()
    let common = repository.commonDirectory
    let lock = StaleLock.path(in: common)
    do { try StaleLock.check(lock, now: now) } catch {
      if unlocks {
        plan.steps.append(.removeLock(path: lock))
      } else {
        plan.left.append(
          AuditError(
            error.code, error.description,
            remedy: "headgate audit repair --unlock deletes the file: no process has it open"))
      }
    }
    let empty = repository.emptyObjectFiles()
    if !empty.isEmpty { plan.steps.append(.removeEmptyObjects(paths: empty)) }
    let stamp = now.description.filter { $0 != ":" }
    var memory: Pin?
    do { memory = try pin() } catch {
      guard error.code == .pinUnreadable else { throw error }
      plan.steps.append(.renewMemory(keeping: "\(Pin.fileName).damaged-\(stamp)"))
    }
    try planReference(memory, stamp, now, into: &plan)
    return plan
  }

  private func planReference(
    _ memory: Pin?, _ stamp: String, _ now: Timestamp, into plan: inout RepairPlan
  ) throws(AuditError) {
    let state = try referenceState()
    let candidates = try ends(memory, now)
    switch state {
    case .sound(let tip):
      guard let memory, memory.tip != tip else { return }
      let isKnown = repository.contains(memory.tip)
      if isKnown, try isAncestor(memory.tip, of: tip) { return }
      let isRewound = if isKnown { try isAncestor(tip, of: memory.tip) } else { false }
      guard isRewound, let best = candidates.first(where: { $0.place.commit == memory.tip })
      else {
        plan.left.append(
          AuditError(
            .fork, "the log holds other records than this clone remembers",
            remedy: "compare it with another clone, then decide: git log \(tip) and "
              + "git log \(memory.tip)"))
        return
      }
      plan.steps.append(best.step(keeping: nil))
    case .absent:
      guard let best = candidates.first else {
        if let memory {
          plan.left.append(
            AuditError(
              .logDeleted,
              "the log of \(memory.sequence + 1) records is gone, and its commits with it",
              remedy: "fetch it from another clone: headgate audit sync"))
        }
        return
      }
      plan.steps.append(best.step(keeping: nil))
    case .damaged(let error):
      guard let best = candidates.first else {
        plan.left.append(
          AuditError(
            error.code, error.description,
            remedy: "nobody here remembers where the log ended: fetch it from another clone"))
        return
      }
      plan.steps.append(best.step(keeping: "log.damaged-\(stamp)"))
    }
  }

  /// What the log's reference is.
  private enum ReferenceState {
    case sound(ObjectID)
    case absent
    case damaged(AuditError)
  }

  private func referenceState() throws(AuditError) -> ReferenceState {
    do {
      let found = try git { () throws(GitError) in try repository.reference(Self.reference) }
      guard let found else {
        guard LogDirectory.isThere(repository.commonDirectory + Self.reference) else {
          return .absent
        }
        return .damaged(
          AuditError(
            .referenceCorrupt, "\(Self.reference) points to a reference that is not there"))
      }
      _ = try logCommit(found)
      return .sound(found)
    } catch {
      return .damaged(error)
    }
  }
}

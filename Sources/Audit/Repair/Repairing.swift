internal import Git

extension AuditLog {
  /// Does what the plan says; nothing is lost: what is replaced is kept in our folder.
  ///
  /// - Throws: ``AuditError`` at the first step that fails; those before it are done.
  package func repair(_ plan: RepairPlan, now: Timestamp, pacing: Pacing) throws(AuditError) {
    let common = repository.commonDirectory
    guard let directory = try LogDirectory.opened(in: common, create: true) else { return }
    let lock = try directory.lock(pacing)
    defer { withExtendedLifetime(lock) {} }
    for step in plan.steps {
      switch step {
      case .removeLock(let path):
        // Looked at again: a writer may have come since.
        do { try StaleLock.check(in: common, now: now) } catch { try LogDirectory.remove(path) }
      case .renewMemory(let name):
        try directory.rename(Pin.fileName, to: name)
      case .restore(let commit, _, _, let name):
        try restore(to: commit, keeping: name, directory)
      }
    }
    try renewMemory(directory)
  }

  private func restore(
    to commit: ObjectID, keeping name: String?, _ directory: borrowing LogDirectory
  ) throws(AuditError) {
    let file = repository.commonDirectory + Self.reference
    if let name { try directory.take(file, as: name) }
    let old: ObjectID?
    do { old = try repository.reference(Self.reference) } catch { throw AuditError(error) }
    try git { () throws(GitError) in
      try repository.swapReference(
        Self.reference, from: old ?? .zero, to: commit, message: "audit: repair", flushed: true)
    }
  }

  /// Makes the memory anew where there is none: from the records, which were verified.
  private func renewMemory(_ directory: borrowing LogDirectory) throws(AuditError) {
    guard try Pin.read(from: directory) == nil, let tip = try tip(),
      let place = try place(of: tip, knowing: [])
    else { return }
    try Pin(place).write(to: directory, flushed: true)
  }
}

internal import Git

extension AuditLog {
  /// Does what the plan says; nothing is lost: what is replaced is kept in our folder.
  ///
  /// - Throws: ``AuditError`` at the first step that fails; those before it are done.
  package func repair(_ plan: RepairPlan, now: Timestamp, pacing: Pacing) throws(AuditError) {
    guard
      let directory = try LogDirectory.opened(in: repository.commonDirectory, create: true)
    else { return }
    let lock = try directory.lock(pacing)
    defer { withExtendedLifetime(lock) {} }
    for step in plan.steps {
      switch step {
      case .removeLock(let path):
        // Looked at again: a writer may have come since.
        do { try StaleLock.check(path, now: now) } catch { try LogDirectory.remove(path) }
      case .removeEmptyObjects(let paths):
        for path in paths { try LogDirectory.remove(path) }
      case .renewMemory(let name):
        try directory.rename(Pin.fileName, to: name)
      case .restore(let commit, _, _, let name):
        try lock.mark()
        try keep(name, directory)
        try git { () throws(GitError) in try repository.flushObjects() }
        let move = ReferenceMove(
          name: Self.reference, old: try reference(), new: commit, message: "audit: repair",
          durable: true, now: now, pacing: pacing)
        guard try move.run(in: repository, holding: lock) else {
          throw AuditError(
            .busy, "\(Self.reference) was changed while it was mended", remedy: "try again")
        }
      }
    }
    try renewMemory(directory)
  }

  /// Sets aside what stands in the place of the log's reference.
  private func keep(
    _ name: String?, _ directory: borrowing LogDirectory
  ) throws(AuditError) {
    guard let name else { return }
    try directory.take(repository.commonDirectory + Self.reference, as: name)
  }

  private func reference() throws(AuditError) -> ObjectID? {
    try git { () throws(GitError) in try repository.reference(Self.reference) }
  }

  /// Makes the memory anew where there is none: from the records, which were verified.
  private func renewMemory(_ directory: borrowing LogDirectory) throws(AuditError) {
    guard try Pin.read(from: directory) == nil, let tip = try tip(),
      let place = try place(of: tip, knowing: [])
    else { return }
    try Pin(place).write(to: directory, flushed: true)
  }
}

internal import Git

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// One of our references on its way to another commit, while the lock of our writers is held.
///
/// Git locks a reference by a file, which outlives a killed process and is in everybody's way. One
/// that a process of ours left is removed here: the mark in our own lock says that its last holder
/// was killed while it moved a reference, and a living writer would not hold git's for seconds.
/// Others' are left to a person.
struct ReferenceMove {
  let name: String
  /// What it must be before; `nil` where it must not exist.
  let old: ObjectID?
  let new: ObjectID
  let message: String
  /// Whether the new value is on the disk when this returns.
  let durable: Bool
  let now: Timestamp
  let pacing: Pacing

  /// How long git's lock must stay as it is before it counts as left behind by one of ours.
  private static let patience = Duration.seconds(2)

  /// - Parameter lock: with its mark, which is to be on the disk before the reference is touched.
  /// - Returns: `false` when the reference has another value, because somebody was quicker.
  /// - Throws: ``AuditError`` `busy`, `staleLock`, `storage`.
  func run(
    in repository: borrowing Repository, holding lock: borrowing WriterLock
  ) throws(AuditError) -> Bool {
    var waits = pacing.waits(longest: .milliseconds(200))
    var seen: FileState?
    var seenSince = Duration.zero
    let path = repository.commonDirectory + name + ".lock"
    defer { lock.unmark() }
    while true {
      do {
        try repository.ensureReferenceLog(name)
        try repository.swapReference(
          name, from: old ?? .zero, to: new, message: message, flushed: durable)
        return true
      } catch {
        if error.code == .modified || error.code == .exists { return false }
        guard error.code == .locked else { throw AuditError(error) }
      }
      let state = FileState(path)
      if state != seen { (seen, seenSince) = (state, waits.total) }
      if lock.wasLeftMoving, state != nil, waits.total - seenSince >= Self.patience,
        !StaleLock.isOpen(path)
      {
        try LogDirectory.remove(path)
        seen = nil
        continue
      }
      try StaleLock.check(path, now: now)
      guard waits.next() else {
        throw AuditError(
          .busy,
          "\(name) could not be moved for \(Pacing.limit): others change it, or hold \(path)",
          remedy: "try again when they have finished")
      }
    }
  }
}

/// What tells a file from one that took its name.
private struct FileState: Equatable {
  private let values: [Int]

  init?(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    #if canImport(Glibc)
      let time = status.st_mtim
    #else
      let time = status.st_mtimespec
    #endif
    values = [Int(status.st_ino), Int(status.st_size), time.tv_sec, time.tv_nsec]
  }
}

internal import Git
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A record with its place, as the index takes it.
struct PlacedRecord: Sendable {
  let sequence: Int
  let commit: ObjectID
  let record: Record
}

/// A commit of the log that the index does not hold yet: what is needed to read its record.
///
/// Small, because a million of them are kept until they are read.
struct ListedCommit: Sendable {
  let commit: ObjectID
  let tree: ObjectID
  let record: Digest
}

/// Reads records from git beside whoever writes them into the index.
struct IndexReading: Sendable {
  /// The git directory: each thread opens it anew, because libgit2's handles are for one.
  let directory: String
  /// The commits, newest first, and the number of the oldest.
  let commits: [ListedCommit]
  let first: Int

  /// Records that are read at a time; a record takes some kilobytes.
  private static let portion = 4_096
  /// A portion smaller than this is not worth a thread.
  private static let share = 256

  /// Hands all records to `take`, oldest first, while later ones are read already.
  func run(_ take: ([PlacedRecord]) throws(IndexProblem) -> Void) throws(IndexProblem) {
    guard !commits.isEmpty else { return }
    var start = 0
    var next = reading(from: start)
    while start < commits.count {
      let pending = next
      let records = try onLog { () throws(AuditError) in try pending.result() }
      start += Self.portion
      if start < commits.count { next = reading(from: start) }
      try take(records)
    }
  }

  /// Begins to read a portion; the oldest commits are the last.
  private func reading(from start: Int) -> PendingRecords {
    let end = min(start + Self.portion, commits.count)
    let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let parts = max(1, min(cores, (end - start) / Self.share))
    let size = (end - start + parts - 1) / parts
    let reading = self
    let pending = stride(from: start, to: end, by: size).map { lower in
      PendingPart { () throws(AuditError) in
        try reading.read(lower..<min(lower + size, end))
      }
    }
    return PendingRecords(parts: pending)
  }

  private func read(_ positions: Range<Int>) throws(AuditError) -> [PlacedRecord] {
    let repository = try git { () throws(GitError) in
      try Repository(at: directory, search: false)
    }
    let log = AuditLog(repository)
    var records: [PlacedRecord] = []
    records.reserveCapacity(positions.count)
    for position in positions {
      let listed = commits[commits.count - 1 - position]
      let sequence = first + position
      let record = try log.record(in: listed.tree, of: listed.commit)
      guard record.id == listed.record else {
        throw AuditError(
          .recordHash, "record \(sequence) differs from the hash in its commit")
      }
      records.append(PlacedRecord(sequence: sequence, commit: listed.commit, record: record))
    }
    return records
  }
}

extension AuditLog {
  /// The record whose tree this is.
  func record(in tree: ObjectID, of commit: ObjectID) throws(AuditError) -> Record {
    let bytes = try git { () throws(GitError) in
      guard let entry = try repository.tree(tree)[EntryName.record] else {
        throw GitError(.notFound, "commit \(commit) of the log has no \(EntryName.record)")
      }
      return try repository.blob(entry.id, limit: Record.sizeLimit)
    }
    return try Record(reading: bytes)
  }
}

/// Records that threads are reading.
private struct PendingRecords {
  let parts: [PendingPart]

  func result() throws(AuditError) -> [PlacedRecord] {
    var records: [PlacedRecord] = []
    for part in parts { records += try part.result() }
    return records
  }
}

/// Records that one thread is reading, or that are read when they are asked for where the system
/// has no thread left.
///
/// A class, because the thread and who waits for it hold the same one.
private final class PendingPart: Sendable {
  private enum State {
    case open
    case done(Result<[PlacedRecord], AuditError>)
  }

  private let state = Mutex(State.open)
  private let work: @Sendable () throws(AuditError) -> [PlacedRecord]
  private let thread = Mutex<BackgroundThread?>(nil)

  init(_ work: @escaping @Sendable () throws(AuditError) -> [PlacedRecord]) {
    self.work = work
    let started = BackgroundThread { [self] in finish() }
    thread.withLock { $0 = started }
  }

  private func finish() {
    let result: Result<[PlacedRecord], AuditError>
    do throws(AuditError) { result = .success(try work()) } catch { result = .failure(error) }
    state.withLock { $0 = .done(result) }
  }

  func result() throws(AuditError) -> [PlacedRecord] {
    let started = thread.withLock { thread in
      let started = thread
      thread = nil
      return started
    }
    if let started { started.join() } else { finish() }
    let found = state.withLock { state in
      let found = state
      state = .open
      return found
    }
    guard case .done(let result) = found else { return [] }
    return try result.get()
  }
}

/// A thread of the system that runs one function.
private struct BackgroundThread: Sendable {
  /// What the thread runs; a class, because C hands on a pointer.
  private final class Job: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private let thread: pthread_t

  /// Starts a thread; `nil` where the system has none left.
  init?(_ run: @escaping @Sendable () -> Void) {
    let job = Unmanaged.passRetained(Job(run))
    #if canImport(Darwin)
      var started: pthread_t?
    #else
      var started: pthread_t = 0
    #endif
    // The usual stack is enough: readers of records do not go deeper than 32 levels.
    let status = pthread_create(
      &started, nil,
      { argument in
        #if canImport(Darwin)
          let pointer: UnsafeMutableRawPointer? = argument
        #else
          let pointer = argument
        #endif
        if let pointer { Unmanaged<Job>.fromOpaque(pointer).takeRetainedValue().run() }
        return nil
      }, job.toOpaque())
    guard status == 0 else {
      job.release()
      return nil
    }
    #if canImport(Darwin)
      guard let started else { return nil }
    #endif
    thread = started
  }

  func join() { pthread_join(thread, nil) }
}

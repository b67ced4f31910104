internal import Git

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
      Background { () throws(AuditError) in
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
  let parts: [Background<[PlacedRecord]>]

  func result() throws(AuditError) -> [PlacedRecord] {
    var records: [PlacedRecord] = []
    for part in parts { records += try part.result() }
    return records
  }
}

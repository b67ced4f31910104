internal import Git
internal import Synchronization

/// Does the same work for every number below a count, at the same time where it can.
///
/// Given from outside: threads are not the log's business.
package typealias Concurrency = @Sendable (Int, @escaping @Sendable (Int) -> Void) -> Void

/// Reads the content of many commits, each piece of them through a handle of its own.
struct ContentReading: Sendable {
  /// Commits that are read before their content is looked at: enough to keep several cores busy,
  /// few enough that the largest records fit into memory.
  static let batchSize = 1_024
  /// Commits of a piece; opening a handle costs as much as reading a few.
  private static let pieceSize = 128

  /// `nil` reads everything here.
  let concurrency: Concurrency?
  let isPartialClone: Bool

  /// The contents in the order of the places; where there is no place nothing is read.
  func contents(
    of places: [RecordContent.Place?], in log: borrowing AuditLog
  ) -> [RecordContent] {
    let starts = Array(stride(from: 0, to: places.count, by: Self.pieceSize))
    guard let concurrency, starts.count > 1 else { return read(places[...], in: log) }
    let folder = log.repository.gitDirectory
    let found = Mutex<[Int: [RecordContent]]>([:])
    let reading = self
    concurrency(starts.count) { number in
      let start = starts[number]
      let piece = places[start..<min(start + Self.pieceSize, places.count)]
      // Where no second handle can be opened the piece is read below, and says why if it fails.
      guard let own = try? AuditLog(Repository(at: folder, search: false)) else { return }
      let contents = reading.read(piece, in: own)
      found.withLock { $0[start] = contents }
    }
    let pieces = found.withLock { $0 }
    return starts.flatMap { start in
      pieces[start]
        ?? read(places[start..<min(start + Self.pieceSize, places.count)], in: log)
    }
  }

  private func read(
    _ places: ArraySlice<RecordContent.Place?>, in log: borrowing AuditLog
  ) -> [RecordContent] {
    var sound: Set<FileVersion> = []
    var contents: [RecordContent] = []
    contents.reserveCapacity(places.count)
    for place in places {
      guard let place else {
        contents.append(RecordContent())
        continue
      }
      contents.append(
        RecordContent(at: place, in: log, isPartialClone: isPartialClone, sound: &sound))
    }
    return contents
  }
}

import Synchronization

/// Work that several threads take pieces of until nothing is left.
///
/// A class, because all of them hold the same one.
final class SharedWork<Item: Sendable, Result: Sendable>: Sendable {
  private let items: [Item]
  private let body: @Sendable (Item) -> Result
  /// Items that are taken at a time.
  private let piece: Int
  private let next = Atomic(0)
  private let done = Mutex<[(start: Int, results: [Result])]>([])

  /// Pieces for each thread: enough that none waits long for one with the costly items.
  private static var piecesPerWorker: Int { 16 }

  init(_ items: [Item], workers: Int, _ body: @escaping @Sendable (Item) -> Result) {
    self.items = items
    self.body = body
    piece = max(1, items.count / (workers * Self.piecesPerWorker))
  }

  /// Takes pieces until nothing is left.
  func run() {
    while true {
      let start = next.wrappingAdd(piece, ordering: .relaxed).oldValue
      guard start < items.count else { return }
      let results = items[start..<min(start + piece, items.count)].map(body)
      done.withLock { $0.append((start, results)) }
    }
  }

  /// All results in the order of the items, once every thread is done.
  var results: [Result] {
    done.withLock { $0.sorted { $0.start < $1.start }.flatMap(\.results) }
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The same work on many values, on as many cores as there are.
///
/// Plain threads and a call that returns when all is done: whoever has thousands of files or
/// findings stays an ordinary function, and whoever has one starts nothing.
package enum Parallel {
  /// Fewer values than this for a core are not worth a thread, where nothing else is said.
  package static let usualShare = 16

  /// The results of `body` for all `items`, in their order.
  ///
  /// - Parameters:
  ///   - items: values that are worked on independently of each other.
  ///   - share: how many of them are worth a thread: with fewer than twice as many, or on one
  ///     core, everything happens on the caller's.
  ///   - body: called once for each value, on any thread, in any order.
  package static func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], share: Int = usualShare, _ body: @escaping @Sendable (Item) -> Result
  ) -> [Result] {
    let most = items.count / max(1, share)
    let workers = most > 1 ? min(most, cores) : 1
    guard workers > 1 else { return items.map(body) }
    let work = SharedWork(items, workers: workers, body)
    let threads = (1..<workers).compactMap { _ in WorkerThread { work.run() } }
    work.run()
    for thread in threads { thread.join() }
    return work.results
  }

  /// The cores that the system has for programs.
  package static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}

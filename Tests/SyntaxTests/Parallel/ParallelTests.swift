import Synchronization
import Syntax
import Testing

@Suite("Work on several cores")
struct ParallelTests {
  @Test("gives results in the order of the values", arguments: [0, 1, 2, 31, 32, 1_000, 10_007])
  func order(count: Int) {
    let results = Parallel.map(Array(0..<count)) { $0 * $0 }
    #expect(results == (0..<count).map { $0 * $0 })
  }

  @Test("does each value once, also where some take much longer")
  func once() {
    let calls = Calls()
    let results = Parallel.map(Array(0..<2_000), share: 1) { item in
      calls.count.wrappingAdd(1, ordering: .relaxed)
      return (0..<(item % 100 == 0 ? 20_000 : 1)).reduce(item) { $0 ^ $1 }
    }
    #expect(results.count == 2_000)
    #expect(calls.count.load(ordering: .relaxed) == 2_000)
  }

  @Test("can be asked for inside of itself")
  func nested() {
    let sums = Parallel.map(Array(0..<64), share: 1) { outer in
      Parallel.map(Array(0..<64), share: 1) { $0 * outer }.reduce(0, +)
    }
    #expect(sums == (0..<64).map { $0 * 2_016 })
  }

  @Test("knows at least one core")
  func cores() { #expect(Parallel.cores >= 1) }

  /// Counts on all threads.
  private final class Calls: Sendable {
    let count = Atomic(0)
  }
}

import Capacity
import Testing

/// Laws that any change of numbers must keep, on many made-up cases.
@Suite("Monotony")
struct MonotonyTests {
  /// The same cases in every run.
  private struct Numbers {
    private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

    mutating func next(_ range: ClosedRange<Double>) -> Double {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      let share = Double(state >> 11) / Double(1 << 53)
      return range.lowerBound + share * (range.upperBound - range.lowerBound)
    }
  }

  /// A hair for the last bit of the recursion.
  private func isAtMost(_ left: Double, _ right: Double) -> Bool {
    left <= right + 1e-12 * max(1, right)
  }

  @Test("one more connection never makes anybody wait longer")
  func servers() throws {
    var numbers = Numbers()
    for _ in 0..<400 {
      let demand = try Demand(rate: numbers.next(1...5_000), holdTime: numbers.next(0.001...0.5))
      let servers = Int(demand.offeredLoad) + 1 + Int(numbers.next(0...40))
      let small = try PoolQueue(demand, servers: servers)
      let large = try PoolQueue(demand, servers: servers + 1)
      #expect(isAtMost(large.waitProbability, small.waitProbability))
      #expect(isAtMost(large.meanWait ?? .infinity, small.meanWait ?? .infinity))
      let before = try small.wait(atPercentile: 0.99) ?? .infinity
      let after = try large.wait(atPercentile: 0.99) ?? .infinity
      #expect(isAtMost(after, before))
    }
  }

  @Test("a higher peak never makes anybody wait less, and never needs a smaller pool")
  func peaks() throws {
    var numbers = Numbers()
    for _ in 0..<400 {
      let hold = numbers.next(0.001...0.5)
      let rate = numbers.next(1...3_000)
      let low = try Demand(rate: rate, holdTime: hold)
      let high = try Demand(rate: rate * numbers.next(1...1.5), holdTime: hold)
      let servers = Int(low.offeredLoad) + 1 + Int(numbers.next(0...40))
      let calm = try PoolQueue(low, servers: servers)
      let busy = try PoolQueue(high, servers: servers)
      #expect(isAtMost(calm.waitProbability, busy.waitProbability))
      #expect(isAtMost(calm.meanWait ?? .infinity, busy.meanWait ?? .infinity))
      let target = SizeTarget.waitProbability(numbers.next(0.001...0.5))
      let needed = try PoolQueue.smallest(for: low, meeting: target).servers
      #expect(needed <= (try PoolQueue.smallest(for: high, meeting: target).servers))
    }
  }

  @Test("a longer queue never refuses more")
  func queues() throws {
    var numbers = Numbers()
    for _ in 0..<200 {
      let servers = Int(numbers.next(1...50))
      let load = numbers.next(0...100)
      let capacity = servers + Int(numbers.next(0...100))
      let short = try FiniteQueue(load: load, servers: servers, capacity: capacity)
      let long = try FiniteQueue(load: load, servers: servers, capacity: capacity + 1)
      #expect(isAtMost(long.blockingProbability, short.blockingProbability))
    }
  }

  @Test("replicas that do not share never need fewer connections than one pool")
  func replicas() throws {
    var numbers = Numbers()
    for _ in 0..<200 {
      let demand = try Demand(rate: numbers.next(10...2_000), holdTime: numbers.next(0.001...0.2))
      let sizing = try ReplicaSizing(
        demand, replicas: 1 + Int(numbers.next(0...20)), meeting: .waitProbability(0.01))
      #expect(sizing.poolingLoss >= 0)
    }
  }

  @Test("a hundred thousand servers are still calculated with")
  func large() throws {
    let demand = try Demand(rate: 1_900_000, holdTime: 0.05)
    let queue = try PoolQueue(demand, servers: 100_000)
    #expect(queue.waitProbability >= 0 && queue.waitProbability < 1e-6)
    let tight = try PoolQueue(try Demand(rate: 1_999_000, holdTime: 0.05), servers: 100_000)
    #expect(tight.waitProbability > 0 && tight.waitProbability < 1)
    #expect((tight.meanWait ?? -1) > 0)
  }
}

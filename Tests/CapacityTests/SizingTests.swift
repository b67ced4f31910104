import Capacity
import Testing

@Suite("Sizing")
struct SizingTests {
  @Test(
    "finds the smallest pool: one connection fewer misses the target",
    arguments: [0.01, 0.3, 2, 12.5, 100, 999.9, 30_000], [0.2, 0.01, 1e-9])
  func smallest(load: Double, share: Double) throws {
    let target = SizeTarget.waitProbability(share)
    let pool = try PoolQueue.smallest(for: Demand(rate: load, holdTime: 1), meeting: target)
    #expect(try pool.meets(target))
    if pool.servers > 1 {
      #expect(try !PoolQueue(pool.demand, servers: pool.servers - 1).meets(target))
    }
  }

  @Test("a load of nothing still needs one connection")
  func nothing() throws {
    let pool = try PoolQueue.smallest(
      for: Demand(rate: 0, holdTime: 1), meeting: .waitProbability(0.01))
    #expect(pool.servers == 1)
    #expect(pool.meanWait == 0)
  }

  @Test("a load beyond the largest pool is an error and not a search without end")
  func tooMuch() throws {
    for rate in [100_000.0, 1e18, 1e300] {
      let error = #expect(throws: CapacityError.self) {
        try PoolQueue.smallest(for: Demand(rate: rate, holdTime: 1), meeting: .waitProbability(0.5))
      }
      #expect(error?.code == .tooManyServers)
      #expect(RuleOfThumb.flatHeadroom(load: rate) == nil)
    }
  }

  @Test("refuses targets that every pool or none would meet", arguments: [0, 1, -1, Double.nan])
  func badTarget(share: Double) throws {
    let demand = try Demand(rate: 1, holdTime: 1)
    for target in [SizeTarget.waitProbability(share), .wait(percentile: share, seconds: 1)] {
      #expect(throws: CapacityError.self) { try PoolQueue.smallest(for: demand, meeting: target) }
    }
  }

  @Test("pools that do not share need more connections in all, the more replicas the more")
  func poolingLoss() throws {
    let demand = try Demand(rate: 1_000, holdTime: 0.05)
    var before = 0
    for replicas in [1, 2, 4, 8, 16] {
      let sizing = try ReplicaSizing(demand, replicas: replicas, meeting: .waitProbability(0.01))
      #expect(sizing.poolingLoss >= before)
      before = sizing.poolingLoss
    }
    // Four replicas of the incident: 23 connections each, by hand from the tables of Erlang C.
    #expect(
      try ReplicaSizing(demand, replicas: 4, meeting: .waitProbability(0.01)).pool.servers == 23)
    #expect(throws: CapacityError.self) {
      try ReplicaSizing(demand, replicas: 0, meeting: .waitProbability(0.01))
    }
  }

  @Test("the size that cannot deadlock", arguments: [(3, 4, 10), (8, 3, 17), (200, 2, 201)])
  func deadlock(threads: Int, held: Int, size: Int) {
    #expect(deadlockFreeSize(threads: threads, held: held) == size)
    #expect(deadlockFreeSize(threads: .max, held: 3) == nil)
    #expect(deadlockFreeSize(threads: 0, held: held) == nil)
  }
}

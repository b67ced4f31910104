import Capacity
import Testing

@Suite("PoolQueue")
struct PoolQueueTests {
  @Test("a pool of ten at 250 requests/s of 50 ms loses a fifth of them: the outage")
  func outage() throws {
    let pool = try PoolQueue(Demand(rate: 250, holdTime: 0.05), servers: 10)
    #expect(pool.isSaturated)
    #expect(pool.ceiling == 200)
    #expect(abs(pool.minimumLossFraction - 0.2) < 1e-12)
    #expect(pool.waitProbability == 1)
    #expect(pool.meanWait == nil)
    #expect(try pool.wait(atPercentile: 0.99) == nil)
    #expect(pool.probability(ofWaitOver: 30) == 1)
  }

  @Test(
    "agrees with fractions worked out by hand",
    arguments: [
      Fractions(load: 2, servers: 3, loss: (4, 19), wait: (4, 9)),
      Fractions(load: 1, servers: 2, loss: (1, 5), wait: (1, 3)),
      Fractions(load: 0.5, servers: 1, loss: (1, 3), wait: (1, 2)),
    ])
  func fractions(row: Fractions) throws {
    let loss = try Erlang.lossProbability(load: row.load, servers: row.servers)
    let wait = try Erlang.waitProbability(load: row.load, servers: row.servers)
    #expect(abs(loss - row.loss.0 / row.loss.1) < 1e-15)
    #expect(abs(wait - row.wait.0 / row.wait.1) < 1e-15)
  }

  @Test(
    "more connections never wait longer, and every figure stays in its bounds",
    arguments: [0.0, 0.001, 0.7, 1, 3.99, 12.5, 250, 4_999.5])
  func monotone(load: Double) throws {
    let demand = try Demand(rate: load * 20, holdTime: 0.05)
    var before = 1.0
    var waitBefore = Double.infinity
    let first = Int(demand.offeredLoad) + 1
    for servers in first..<(first + 60) {
      let pool = try PoolQueue(demand, servers: servers)
      let wait = try #require(try pool.wait(atPercentile: 0.99))
      #expect(pool.waitProbability >= 0 && pool.waitProbability <= before)
      #expect(pool.lossProbability <= pool.waitProbability)
      #expect(wait >= 0 && wait <= waitBefore)
      let mean = try #require(pool.meanWait)
      #expect(pool.probability(ofWaitOver: 0) == pool.waitProbability)
      #expect(mean <= demand.holdTime / (Double(servers) - demand.offeredLoad))
      (before, waitBefore) = (pool.waitProbability, wait)
    }
  }

  @Test("the largest pool is computed without loss of sense")
  func largest() throws {
    let pool = try PoolQueue(
      Demand(rate: 99_000, holdTime: 1), servers: Erlang.maximumServers)
    #expect(abs(pool.waitProbability / 0.000821908237411 - 1) < 1e-9)
  }

  @Test("burstier traffic waits in proportion")
  func bursts() throws {
    let pool = try PoolQueue(Demand(rate: 200, holdTime: 0.02), servers: 5)
    let mean = try #require(pool.meanWait)
    #expect(pool.meanWait(arrivals: 1, holds: 1) == mean)
    #expect(pool.meanWait(arrivals: 4, holds: 2) == mean * 3)
  }

  @Test(
    "refuses numbers that mean nothing",
    arguments: [(-1.0, 1.0), (.nan, 1), (.infinity, 1), (1, 0), (1, -1), (1, .nan), (1e300, 1e300)])
  func refusal(rate: Double, holdTime: Double) {
    let error = #expect(throws: CapacityError.self) { try Demand(rate: rate, holdTime: holdTime) }
    #expect(error?.code == .outOfRange)
  }

  @Test("refuses pools without connections and beyond the limit")
  func serverBounds() throws {
    let demand = try Demand(rate: 1, holdTime: 1)
    let none = #expect(throws: CapacityError.self) { try PoolQueue(demand, servers: 0) }
    #expect(none?.code == .outOfRange)
    let many = #expect(throws: CapacityError.self) { try PoolQueue(demand, servers: 100_001) }
    #expect(many?.code == .tooManyServers)
    for percentile in [0, 1, -0.1, Double.nan] {
      #expect(throws: CapacityError.self) {
        try PoolQueue(demand, servers: 2).wait(atPercentile: percentile)
      }
    }
  }
}

/// A row of Erlang B and C as fractions.
struct Fractions: Sendable {
  let load: Double
  let servers: Int
  let loss, wait: (Double, Double)
}

import Capacity
import Testing

@Suite("FiniteQueue")
struct FiniteQueueTests {
  @Test("without room to wait it loses what Erlang B says", arguments: [0.5, 10, 900, 99_000])
  func noQueue(load: Double) throws {
    let servers = Int(load) + 1
    let queue = try FiniteQueue(load: load, servers: servers, capacity: servers)
    let loss = try Erlang.lossProbability(load: load, servers: servers)
    #expect(abs(queue.blockingProbability / loss - 1) < 1e-9)
    #expect(queue.meanQueue == 0)
  }

  @Test("a long queue waits as long as an endless one")
  func longQueue() throws {
    let demand = try Demand(rate: 200, holdTime: 0.02)
    let endless = try #require(try PoolQueue(demand, servers: 5).meanWait)
    let queue = try FiniteQueue(load: demand.offeredLoad, servers: 5, capacity: 2_000)
    #expect(abs(queue.meanWait(demand) / endless - 1) < 1e-9)
  }

  @Test("more room refuses less and waits more; nothing overflows under a thousandfold overload")
  func room() throws {
    let demand = try Demand(rate: 10_000, holdTime: 1)
    var before = (refused: 1.0, wait: 0.0)
    for capacity in [10, 11, 20, 100, 10_000, FiniteQueue.maximumCapacity] {
      let queue = try FiniteQueue(load: demand.offeredLoad, servers: 10, capacity: capacity)
      #expect(queue.blockingProbability <= before.refused + 1e-12)
      #expect(queue.blockingProbability >= 0.999 - 1e-12)
      #expect(queue.meanWait(demand) >= before.wait)
      #expect(queue.meanBusy <= 10 && queue.meanInSystem <= Double(capacity))
      before = (queue.blockingProbability, queue.meanWait(demand))
    }
    #expect(try FiniteQueue(load: 1e300, servers: 1, capacity: 3).blockingProbability > 0.999)
  }

  @Test("an idle pool refuses nobody")
  func idle() throws {
    let queue = try FiniteQueue(load: 0, servers: 4, capacity: 8)
    #expect(queue.idleProbability == 1)
    #expect(queue.blockingProbability == 0)
    #expect(queue.meanWait(try Demand(rate: 0, holdTime: 1)) == 0)
  }

  @Test("refuses capacities below the pool and beyond the limit", arguments: [0, 9, 1_000_001])
  func bounds(capacity: Int) {
    #expect(throws: CapacityError.self) {
      try FiniteQueue(load: 1, servers: 10, capacity: capacity)
    }
  }
}

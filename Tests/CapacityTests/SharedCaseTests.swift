import Capacity
import Testing

@Suite(
  "Queueing vectors", .enabled(if: !SharedCases.all.isEmpty, "shared vectors are not here"))
struct SharedCaseTests {
  @Test("every kind of case is covered by a test below")
  func kinds() {
    let covered: Set = [
      "mmc", "size-by-wait-probability", "size-by-wait-percentile", "mmck", "deadlock-bound",
      "size-per-replica",
    ]
    #expect(Set(SharedCases.all.map(\.kind)) == covered)
  }

  @Test("an infinite queue", arguments: SharedCases.of("mmc"))
  func infinite(row: QueueingCase) throws {
    let demand = try Demand(
      rate: #require(row.input.lambda), holdTime: #require(row.input.holdSeconds))
    let pool = try PoolQueue(demand, servers: #require(row.input.servers))
    // Near saturation `servers - a` cancels, as the vectors' own note says.
    let tolerance = pool.utilisation > 0.9999 ? 1e-6 : 1e-9
    func same(_ figure: Double?, _ expected: String?) -> Bool {
      agrees(figure, expected, tolerance)
    }
    #expect(same(demand.offeredLoad, row.a))
    #expect(same(pool.utilisation, row.rho))
    #expect(same(pool.lossProbability, row.erlangB))
    #expect(same(pool.waitProbability, row.erlangC))
    #expect(pool.isSaturated == row.saturated)
    #expect(same(pool.meanWait, row.waitMean))
    #expect(same(pool.meanQueue, row.queueMean))
    #expect(same(try pool.wait(atPercentile: 0.5), row.p50))
    #expect(same(try pool.wait(atPercentile: 0.95), row.p95))
    #expect(same(try pool.wait(atPercentile: 0.99), row.p99))
    if let expected = row.p999 { #expect(same(try pool.wait(atPercentile: 0.999), expected)) }
    if let expected = row.probWaitOver1s {
      #expect(same(pool.probability(ofWaitOver: 1), expected))
    }
    if let expected = row.probWaitOverHold {
      #expect(same(pool.probability(ofWaitOver: demand.holdTime), expected))
    }
    if let expected = row.minimumLossFraction {
      #expect(same(pool.minimumLossFraction, expected))
    }
  }

  @Test(
    "the size for a probability of waiting",
    arguments: SharedCases.of("size-by-wait-probability"))
  func sizeByProbability(row: QueueingCase) throws {
    let load = try #require(row.input.a)
    let target = SizeTarget.waitProbability(try #require(row.input.maxProbabilityOfWait))
    let pool = try PoolQueue.smallest(for: Demand(rate: load, holdTime: 1), meeting: target)
    #expect(pool.servers == row.servers)
    #expect(agrees(pool.waitProbability, row.erlangC, 1e-9))
    #expect(RuleOfThumb.squareRoot(load: load) == row.squareRootRule)
    #expect(RuleOfThumb.flatHeadroom(load: load) == row.flat1_5)
  }

  @Test("the size for a longest wait", arguments: SharedCases.of("size-by-wait-percentile"))
  func sizeByWait(row: QueueingCase) throws {
    let percentile = try #require(row.input.percentile)
    let demand = try Demand(
      rate: #require(row.input.lambda), holdTime: #require(row.input.holdSeconds))
    let pool = try PoolQueue.smallest(
      for: demand,
      meeting: .wait(percentile: percentile, seconds: #require(row.input.maxWaitSeconds)))
    #expect(pool.servers == row.servers)
    #expect(agrees(pool.waitProbability, row.erlangC, 1e-9))
    #expect(agrees(try pool.wait(atPercentile: percentile), row.wait, 1e-9))
  }

  @Test("a finite queue", arguments: SharedCases.of("mmck"))
  func finite(row: QueueingCase) throws {
    let queue = try FiniteQueue(
      load: #require(row.input.a), servers: #require(row.input.servers),
      capacity: #require(row.input.capacity))
    #expect(agrees(queue.blockingProbability, row.blocking, 1e-9))
    #expect(agrees(queue.idleProbability, row.idle, 1e-9))
    #expect(agrees(queue.meanInSystem, row.meanInSystem, 1e-9))
    #expect(agrees(queue.meanBusy, row.meanBusy, 1e-9))
    // Where nobody can wait, the vectors' 50 digits cancel to something like 1e-50: it means 0.
    let canWait = queue.capacity > queue.servers
    #expect(agrees(queue.meanQueue, canWait ? row.meanQueue : "0", 1e-9))
  }

  @Test("the size that cannot deadlock", arguments: SharedCases.of("deadlock-bound"))
  func deadlock(row: QueueingCase) throws {
    let size = deadlockFreeSize(
      threads: try #require(row.input.threads),
      held: try #require(row.input.connectionsHeldPerThread))
    #expect(size == row.servers)
  }

  @Test("the size of each replica", arguments: SharedCases.of("size-per-replica"))
  func replicas(row: QueueingCase) throws {
    let demand = try Demand(
      rate: #require(row.input.lambdaTotal), holdTime: #require(row.input.holdSeconds))
    let sizing = try ReplicaSizing(
      demand, replicas: #require(row.input.replicas),
      meeting: .waitProbability(#require(row.input.maxProbabilityOfWait)))
    #expect(agrees(sizing.pool.demand.offeredLoad, row.aPerReplica, 1e-9))
    #expect(sizing.pool.servers == row.serversPerReplica)
    #expect(sizing.total == row.serversTotal)
  }
}

/// Whether a figure is the expected one within a relative tolerance; below 1e-300 all is 0.
private func agrees(_ figure: Double?, _ expected: String?, _ tolerance: Double) -> Bool {
  guard let figure, let expected = expected.flatMap(Double.init) else {
    return figure == nil && expected == nil
  }
  if abs(expected) < 1e-300 { return abs(figure) < 1e-300 }
  return abs(figure - expected) <= tolerance * abs(expected)
}

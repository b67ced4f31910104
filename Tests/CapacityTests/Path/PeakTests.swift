import Capacity
import Model
import Testing

@Suite("The path under its peak")
struct PeakTests {
  static let traffic = Traffic(
    peak: Input("--peak", 1_000, basis: .whatIf), hold: Input("--hold", 0.05, basis: .whatIf))

  private func stages(isFixed: Bool, isKubernetes: Bool = false) throws -> [Stage] {
    try #require(StackByHand(isFixed: isFixed, isKubernetes: isKubernetes).deployment)
      .stages(Self.traffic)
  }

  private func invariants(isFixed: Bool, isKubernetes: Bool = false) throws -> [Invariant] {
    let deployment = try #require(
      StackByHand(isFixed: isFixed, isKubernetes: isKubernetes).deployment)
    return PeakInvariants(deployment, Self.traffic).all
  }

  @Test("four replicas of ten connections carry 800 of 1,000 requests a second")
  func outage() throws {
    let all = try invariants(isFixed: false)
    let pool = try #require(all.first { $0.id == .poolUnderPeak })
    #expect(pool.leftSum == 12.5)
    #expect(pool.rightSum == 10)
    #expect(pool.holds == false)
    #expect(pool.left.first?.quantity.text == "1000 / 4 × 0.05")
    #expect(pool.consequence == "at least 20 % of the requests cannot be served")
    let stage = try #require(stages(isFixed: false).first { $0.role == .pool })
    #expect(stage.ceiling == 800)
    let pooler = try #require(all.first { $0.subject == "pgbouncer/auth under the peak" })
    #expect(pooler.rightSum == 400)
    #expect(pooler.holds == false)
    #expect(pooler.consequence.hasPrefix("at least 60 % of the requests cannot be served"))
  }

  @Test("in the cluster the smaller pool loses 60 % at four replicas")
  func cluster() throws {
    let pool = try #require(
      try invariants(isFixed: false, isKubernetes: true).first { $0.id == .poolUnderPeak })
    #expect(pool.leftSum == 12.5)
    #expect(pool.rightSum == 5)
    #expect(pool.consequence == "at least 60 % of the requests cannot be served")
  }

  @Test("the repaired pool is one larger than it must be")
  func fixed() throws {
    let all = try invariants(isFixed: true)
    #expect(all.filter { $0.holds != true }.map(\.subject) == [])
    let stage = try #require(stages(isFixed: true).first { $0.role == .pool })
    let queue = try #require(stage.queue)
    #expect(abs(queue.waitProbability - 0.00265390) < 5e-9)
    #expect(stage.recommended(0.01) == 23)
    let wait = try #require(try queue.wait(atPercentile: 0.999))
    #expect(abs(wait - 0.00424) < 5e-6)
  }

  @Test("the repaired pooler is just large enough, and not with one instance lost")
  func pooler() throws {
    let stage = try #require(stages(isFixed: true).first { $0.role == .pooler })
    let queue = try #require(stage.queue)
    #expect(queue.demand.offeredLoad == 25)
    #expect(abs(queue.waitProbability - 0.00627189) < 5e-9)
    #expect(stage.recommended(0.01) == 39)
    let smaller = try PoolQueue(queue.demand, servers: 38)
    #expect(abs(smaller.waitProbability - 0.0102616) < 5e-8)
    #expect(try Tier(name: "one", servers: 44, holdTime: 0.05).ceiling == 880)
  }

  @Test("a peak without a name is that of the services behind the proxy")
  func entries() throws {
    let deployment = try #require(StackByHand(isFixed: false, isKubernetes: false).deployment)
    #expect(deployment.entryServices == ["auth"])
    #expect(deployment.neglected(Self.traffic) == ["auth-worker", "reports"])
  }

  @Test("the stages are in the order in which requests pass them")
  func order() throws {
    let names = try stages(isFixed: true).map(\.name)
    #expect(names == ["nginx", "threads of auth", "auth", "pgbouncer/auth", "postgres"])
  }

  @Test("a change that is asked about reaches what inherits it")
  func changes() throws {
    let stack = StackByHand(isFixed: false, isKubernetes: false)
    let changes = [
      WhatIf(owner: "auth", field: "replicas", value: 12),
      WhatIf(owner: "auth", field: "max_size", value: 30),
      WhatIf(owner: "reports", field: "max_size", value: 7),
    ]
    let deployment = try #require(
      Made.deployments(stack.resources, Made.margin, changes: changes).first)
    let clients = try #require(deployment.only(.clientsOfPooler))
    #expect(clients.left.map(\.quantity.text) == ["12 × 30", "4 × 20"])
    let budget = try #require(deployment.only(.serverBehindPooler))
    #expect(budget.left.map(\.quantity.text) == ["20", "20", "7", "10"])
    let builder = DeploymentBuilder(
      schema: Made.schema, changes: changes + [WhatIf(owner: "auht", field: "replicas", value: 1)])
    #expect(builder.unmatched(stack.resources).map(\.owner) == ["auht"])
  }
}

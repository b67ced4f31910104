import Capacity
import Testing

@Suite("LoadPath")
struct LoadPathTests {
  /// The incident's path: four replicas of ten connections, then a pooler with twenty.
  private func incident() throws -> LoadPath {
    LoadPath([
      try Tier(name: "threads", replicas: 4, servers: 200, holdTime: 0.06),
      try Tier(name: "pool", replicas: 4, servers: 10, holdTime: 0.05),
      try Tier(name: "pooler", servers: 20, holdTime: 0.05),
    ])
  }

  @Test("the narrowest tier decides, and the next one is known")
  func bottleneck() throws {
    let path = try incident()
    #expect(path.narrowestFirst.map(\.name) == ["pooler", "pool", "threads"])
    #expect(path.bottleneck?.name == "pooler")
    #expect(path.ceiling == 400)
    #expect(path.minimumLossFraction(atPeak: 1_000) == 0.6)
    #expect(path.minimumLossFraction(atPeak: 400) == 0)
    #expect(try path.meanWait(atPeak: 1_000) == nil)
    let wait = try #require(try path.meanWait(atPeak: 300))
    #expect(wait > 0)
  }

  @Test("each replica gets its share of the peak")
  func replicas() throws {
    let pool = try incident().tiers[1]
    #expect(try pool.queue(atPeak: 1_000).demand.offeredLoad == 12.5)
    #expect(pool.ceiling == 800)
    #expect(pool.utilisation(atPeak: 1_000) == 1.25)
  }

  @Test("visits scale the ceiling")
  func visits() throws {
    let often = try Tier(name: "db", servers: 10, holdTime: 0.01, visits: 4)
    let never = try Tier(name: "db", servers: 10, holdTime: 0.01, visits: 0)
    #expect(often.ceiling == 250)
    #expect(never.ceiling == .infinity)
    #expect(never.utilisation(atPeak: 1_000) == 0)
  }

  @Test("equal tiers keep their order, an empty path has no limit")
  func ties() throws {
    let twins = LoadPath([
      try Tier(name: "a", servers: 2, holdTime: 1), try Tier(name: "b", servers: 2, holdTime: 1),
    ])
    #expect(twins.bottleneck?.name == "a")
    #expect(LoadPath([]).ceiling == .infinity)
    #expect(LoadPath([]).bottleneck == nil)
  }

  @Test("refuses tiers without replicas or with a hold time of nothing")
  func refusal() {
    #expect(throws: CapacityError.self) {
      try Tier(name: "x", replicas: 0, servers: 1, holdTime: 1)
    }
    #expect(throws: CapacityError.self) { try Tier(name: "x", servers: 1, holdTime: 0) }
    #expect(throws: CapacityError.self) { try Tier(name: "x", servers: 0, holdTime: 1) }
  }
}

import Capacity
import Model
import Testing

@Suite("Sums that can be worked out again")
struct SumTests {
  /// An application of several replicas, a pooler and a server.
  private func parts(
    pool: Int64 = 10, surge: Int64 = 0, pooler: [Made.Number] = [],
    database: [Made.Number] = [Made.count("pool_size", 50)], clients: Int64 = 100
  ) -> [PlacedResource] {
    [
      Made.service("app", replicas: 4, surge: surge),
      Made.service("pooler", [Made.count("file_limit", 120)]), Made.service("db"),
      Made.resource(
        .pool, "app", "hikaricp", of: "app", [Made.count("max_size", pool)],
        facts: ["target_host": .string("pooler")]),
      Made.resource(
        .pooler, "pgbouncer", "pgbouncer", of: "pooler",
        [Made.count("max_clients", clients)] + pooler),
      Made.resource(
        .poolerDatabase, "app", "pgbouncer", of: "pooler",
        [Made.word("host", "db"), Made.word("forced_user", "app")] + database),
      Made.resource(
        .databaseServer, "db", "postgresql", of: "db", [Made.count("max_connections", 100)]),
    ]
  }

  @Test("files that a limit of connections forbids are not counted as opened")
  func files() throws {
    let bounded = try #require(
      Made.deployments(parts(pooler: [Made.count("max_db_connections", 5)])).first)
    let files = try #require(bounded.only(.fileDescriptors))
    #expect(files.left.map(\.quantity.text) == ["100", "5", "12"])
    #expect(files.holds == true)
    let open = try #require(Made.deployments(parts()).first?.only(.fileDescriptors))
    #expect(open.leftSum == 162)
    #expect(open.holds == false)
  }

  @Test("the line behind a bounded sum is that of the bound")
  func bound() throws {
    let deployment = try #require(
      Made.deployments(parts(pooler: [Made.count("max_db_connections", 5)])).first)
    let server = try #require(deployment.only(.serverBehindPooler))
    let keys = server.left.first?.inputs.compactMap(\.setting?.key) ?? []
    #expect(keys.first == "max_db_connections")
    #expect(!keys.contains("pool_size"))
  }

  @Test("a negative size is no number of connections")
  func negative() throws {
    let pool = try #require(Made.deployments(parts(pool: -3)).first)
    let clients = try #require(pool.only(.clientsOfPooler))
    #expect(clients.holds == nil)
    #expect(clients.reasons == ["app.max_size is -3"])
    let database = try #require(
      Made.deployments(parts(database: [Made.count("pool_size", -5)])).first)
    #expect(database.only(.serverBehindPooler)?.holds == nil)
  }

  @Test("what only a roll-out breaks is shown once, as the roll-out's")
  func rollout() throws {
    let deployment = try #require(Made.deployments(parts(surge: 2, clients: 50)).first)
    #expect(deployment.only(.clientsOfPooler)?.isOnlyInRollout == true)
    let shown = PathFigures(deployment, Traffic()).shownInvariants.filter { $0.unit == .client }
    #expect(shown.map(\.id) == [.rollout])
    #expect(shown.first?.sumText.hasPrefix("(4 + 2) × 10 (app) = 60 > 50") == true)
  }

  @Test("the terms of a server's memory add up as they are printed")
  func memory() throws {
    let server = Made.resource(
      .databaseServer, "db", "mysql", of: "db",
      [
        Made.count("max_connections", 151),
        Made.Number(field: "shared_memory", value: .int(150_994_944), unit: .byte),
        Made.Number(field: "connection_memory", value: .int(19_234_816), unit: .byte),
      ])
    let deployment = try #require(
      Made.deployments([
        Made.service(
          "db", [Made.Number(field: "memory_limit", value: .int(1 << 30), unit: .byte)]), server,
      ]).first)
    let memory = try #require(deployment.only(.mysqlMemory))
    #expect(
      memory.sumText == "144 MB (shared buffers) + 151 × 18.344 MB (connections) = 2913.944 MB"
        + " > 0.85 × 1024 MB (of the memory of db) = 870.4 MB")
    #expect(memory.leftSum == 144 + 151 * 18.344)
  }

  @Test("a path with a place for nobody carries nothing, one with endless places has no limit")
  func ceilings() {
    func stage(_ replicas: Double, _ servers: Double, peak: Double? = 100) -> Stage {
      Stage(
        .pool, name: "app", service: "app", replicas: Quantity(constant: replicas),
        servers: Quantity(constant: servers),
        peak: Input("app.peak", peak, basis: .declared),
        hold: Input("app.hold", 0.5, basis: .declared), input: nil)
    }
    #expect(stage(0, 10).ceiling == 0)
    #expect(stage(0, 10).isSaturated)
    #expect(!stage(0, 10, peak: 0).isSaturated)
    #expect(stage(2, 0).closure == "app has no place for a request")
    #expect(stage(2, .infinity).ceiling == .infinity)
    #expect(!stage(2, .infinity).isSaturated)
    #expect(stage(2, 150_000).ceiling == 600_000)
    #expect(stage(2, 150_000).queue == nil)
    #expect(stage(2, 150_000, peak: 700_000).isSaturated)
    #expect(stage(2, 150_000).reason == nil)
    let closed = StageFigures(stage(0, 10), target: 0.01)
    #expect(closed.minimumLoss == 1)
    #expect(closed.utilisation == nil)
  }
}

import Capacity
import Model
import Testing

@Suite("What a load path does not know")
struct UnknownTests {
  private func invariant(_ left: [Term], _ right: [Term]) -> Invariant {
    Invariant(
      .clientsOfPooler, of: "d", subject: "s", left: left, right: right, consequence: "")
  }

  private func term(_ value: Double?, _ basis: Basis = .explicit, minus: Bool = false) -> Term {
    Term("t", Input("n", value, basis: basis, reason: "a template"), isNegative: minus)
  }

  @Test("a left side that is too large already is broken whatever the rest is")
  func broken() {
    #expect(invariant([term(120), term(nil)], [term(100)]).holds == false)
    #expect(invariant([term(80), term(nil)], [term(100)]).holds == nil)
    #expect(invariant([term(80)], [term(nil)]).holds == nil)
    #expect(invariant([term(120)], [term(100), term(nil, minus: true)]).holds == false)
    #expect(invariant([term(80)], [term(100), term(nil, minus: true)]).holds == nil)
    #expect(invariant([term(80), term(nil)], [term(100)]).reasons == ["a template"])
  }

  @Test("without bound on the right everything fits, on the left nothing does")
  func endless() {
    #expect(invariant([term(1e9)], [term(.infinity)]).holds == true)
    #expect(invariant([term(.infinity)], [term(100)]).holds == false)
    #expect(invariant([term(.infinity)], [term(.infinity)]).holds == true)
  }

  @Test("only numbers that somebody decided make it certain")
  func firmness() {
    #expect(invariant([term(120)], [term(100)]).isFirm)
    #expect(invariant([term(120), term(10, .default)], [term(100)]).isFirm)
    #expect(!invariant([term(80), term(40, .placeholder)], [term(100)]).isFirm)
    #expect(!invariant([term(120)], [term(100, .default)]).isFirm)
    #expect(!invariant([term(95), term(10, .assumed)], [term(100)]).isFirm)
  }

  @Test("a pool that leads nobody knows where makes budgets unknown and breaks none")
  func strays() throws {
    let stray = Made.resource(
      .pool, "jobs", "prisma", of: "jobs", [Made.count("max_size", 5)],
      facts: ["target_host": .unknown("${HOST} is set nowhere")])
    let stack = StackByHand(isFixed: true, isKubernetes: false)
    let deployment = try #require(
      Made.deployments(stack.resources + [Made.service("jobs"), stray], Made.margin).first)
    let clients = try #require(deployment.only(.clientsOfPooler))
    #expect(clients.holds == nil)
    #expect(clients.reasons == ["jobs: ${HOST} is set nowhere"])
    #expect(deployment.invariants.filter { $0.holds == false }.map(\.subject) == [])
  }

  @Test("without a forced user and without a limit the pools of a database cannot be bounded")
  func users() throws {
    let parts = [
      Made.service("db"), Made.service("pooler"), Made.service("app", replicas: 2),
      Made.resource(
        .pooler, "pgbouncer", "pgbouncer", of: "pooler", [Made.count("max_clients", 100)]),
      Made.resource(
        .poolerDatabase, "app", "pgbouncer", of: "pooler",
        [Made.count("pool_size", 20), Made.word("host", "db")]),
      Made.resource(
        .databaseServer, "db", "postgresql", of: "db", [Made.count("max_connections", 100)]),
      Made.resource(
        .pool, "app", "hikaricp", of: "app", [Made.count("max_size", 10)],
        facts: ["target_host": .string("pooler.prod.svc.cluster.local")]),
    ]
    let deployment = try #require(Made.deployments(parts).first)
    #expect(deployment.only(.serverBehindPooler)?.holds == nil)
    #expect(deployment.only(.clientsOfPooler)?.holds == true)
  }

  @Test("two services of one name in an address are said and not guessed")
  func ambiguity() throws {
    let parts = [
      Made.resource(
        .service, "a", "compose", of: "a", [], facts: ["hosts": .list([.string("db")])]),
      Made.resource(
        .service, "b", "compose", of: "b", [], facts: ["hosts": .list([.string("db")])]),
      Made.service("app"),
      Made.resource(
        .pool, "app", "hikaricp", of: "app", [Made.count("max_size", 10)],
        facts: ["target_host": .string("db")]),
    ]
    let deployment = try #require(Made.deployments(parts).first)
    #expect(deployment.edges.map(\.target) == [.unknown("db may be a, b")])
  }

  @Test("what is declared wins, and makes a deployment where no file does")
  func declared() throws {
    let line = Origin(path: ".headgate.yaml", range: 0..<1)
    var app = DeclaredService(name: "app", origin: line)
    app.numbers = [
      .replicas: Input("app.replicas", 6, basis: .declared),
      .threads: Input("app.threads", 200, basis: .declared),
      .heldAtOnce: Input("app.held_at_once", 2, basis: .declared),
    ]
    var pool = DeclaredPool(name: "main", origin: line)
    pool.size = Input("app.size", 20, basis: .declared)
    pool.target = "rds"
    app.pools = [pool]
    var rds = DeclaredService(name: "rds", origin: line)
    rds.numbers = [.maxConnections: Input("rds.max_connections", 100, basis: .declared)]
    let deployment = try #require(
      Made.deployments([], LoadDeclaration(services: [app, rds])).first)
    #expect(deployment.name == ".headgate.yaml")
    let budget = try #require(deployment.only(.serverDirectly))
    #expect(budget.left.map(\.quantity.text) == ["6 × 20", "10"])
    #expect(budget.isFirm)
    let deadlock = try #require(deployment.only(.deadlock))
    #expect(deadlock.leftSum == 201)
    #expect(deadlock.holds == false)
  }
}

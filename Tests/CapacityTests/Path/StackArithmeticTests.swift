import Capacity
import Model
import Testing

/// Every line "across files" of the stack, with its numbers.
@Suite("Arithmetic of the stack")
struct StackArithmeticTests {
  struct Line: Sendable, CustomTestStringConvertible {
    var isFixed = false
    var isKubernetes = false
    let id: InvariantID
    var subject: String?
    let left: Double
    let right: Double
    let holds: Bool
    var sum: String?

    var testDescription: String { "\(isFixed ? "fixed" : "outage") \(id.rawValue)" }
  }

  static let outage: [Line] = [
    Line(id: .clientsOfPooler, left: 120, right: 100, holds: false, sum: "4 × 10 | 4 × 20"),
    Line(
      isKubernetes: true, id: .clientsOfPooler, left: 125, right: 100, holds: false,
      sum: "(20 + 5) × 5"),
    Line(isKubernetes: true, id: .rollout, left: 125, right: 100, holds: false),
    Line(id: .sessionPooling, left: 120, right: 20, holds: false),
    Line(
      id: .serverBehindPooler, subject: "connections of postgres", left: 80, right: 97,
      holds: true, sum: "20 | 20 | 30 | 10"),
    Line(
      id: .serverBehindPooler, subject: "connections of postgres as written", left: 160,
      right: 97, holds: false, sum: "40 + 20 | 40 + 20 | 30 | 10"),
    Line(id: .timeouts, left: 60, right: 15, holds: false),
    Line(id: .idleLimits, left: 600, right: 300, holds: false),
    Line(id: .fileDescriptors, left: 152, right: 128, holds: false),
    Line(id: .threads, subject: "threads of auth", left: 20, right: 20, holds: true),
    Line(isKubernetes: true, id: .threads, left: 40, right: 20, holds: false),
    Line(id: .proxyQueue, left: 8_192, right: 800, holds: false),
    Line(
      id: .postgresMemory, left: 26_552, right: 7_372.8, holds: false,
      sum: "6144 | 100 × (64 × 2 × 1.5 + 10) | 3 × 64 | 16"),
  ]

  static let fixed: [Line] = [
    Line(isFixed: true, id: .clientsOfPooler, left: 106, right: 300, holds: true),
    Line(
      isFixed: true, isKubernetes: true, id: .clientsOfPooler, left: 240, right: 300,
      holds: true, sum: "(8 + 2) × 24"),
    Line(
      isFixed: true, id: .serverBehindPooler, left: 111, right: 115, holds: true,
      sum: "2 × (39 + 5) | 2 × 4 | 5 | 10"),
    Line(isFixed: true, id: .timeouts, left: 10, right: 12, holds: true, sum: "2 | 8"),
    Line(isFixed: true, id: .poolerWait, left: 7, right: 8, holds: true, sum: "5 | 2"),
    Line(
      isFixed: true, id: .idleLimits, subject: "idle connections between auth and pgbouncer",
      left: 1_500, right: 1_800, holds: true),
    Line(isFixed: true, id: .fileDescriptors, left: 360, right: 4_096, holds: true),
    Line(
      isFixed: true, id: .threads, subject: "threads of auth", left: 100.0 / 24, right: 20,
      holds: true),
    Line(isFixed: true, id: .proxyQueue, left: 400, right: 400, holds: true),
    Line(
      isFixed: true, id: .postgresMemory, left: 6_912, right: 7_372.8, holds: true,
      sum: "2048 | 120 × (8 × 2 × 1.5 + 10) | 3 × 256 | 16"),
  ]

  @Test("each line has the sums and the verdict of the review", arguments: outage + fixed)
  func line(line: Line) throws {
    let stack = StackByHand(isFixed: line.isFixed, isKubernetes: line.isKubernetes)
    let deployment = try #require(stack.deployment)
    let invariant = try #require(deployment.only(line.id, line.subject))
    #expect(abs(invariant.leftSum - line.left) < 1e-6)
    #expect(abs(invariant.rightSum - line.right) < 1e-6)
    #expect(invariant.holds == line.holds)
    if let sum = line.sum {
      #expect(invariant.left.map(\.quantity.text).joined(separator: " | ") == sum)
    }
  }

  @Test("in the repaired system nothing is broken", arguments: [false, true])
  func repaired(isKubernetes: Bool) throws {
    let deployment = try #require(
      StackByHand(isFixed: true, isKubernetes: isKubernetes).deployment)
    #expect(deployment.invariants.filter { $0.holds == false }.map(\.subject) == [])
    #expect(deployment.invariants.filter { $0.holds == nil }.map(\.subject) == [])
  }

  @Test("what PgBouncer prints at start is the sum without the reserve")
  func printed() throws {
    let deployment = try #require(StackByHand(isFixed: true, isKubernetes: false).deployment)
    let files = try #require(deployment.only(.fileDescriptors))
    let printed = files.left.filter { !$0.label.hasPrefix("reserve") }
    #expect(printed.compactMap(\.value).reduce(0, +) == 355)
  }

  @Test("the consequence is said in numbers")
  func consequences() throws {
    let compose = try #require(StackByHand(isFixed: false, isKubernetes: false).deployment)
    #expect(compose.only(.clientsOfPooler)?.consequence == "20 clients are refused")
    #expect(compose.only(.sessionPooling)?.consequence == "100 clients wait for ever")
    let cluster = try #require(StackByHand(isFixed: false, isKubernetes: true).deployment)
    #expect(cluster.only(.clientsOfPooler)?.consequence == "25 clients are refused")
    #expect(cluster.only(.clientsOfPooler)?.isOnlyInRollout == true)
  }

  @Test("each edge says how it is known")
  func evidence() throws {
    let deployment = try #require(StackByHand(isFixed: false, isKubernetes: false).deployment)
    let edges = deployment.edges
    #expect(
      edges.first { $0.step == .pool && $0.from == "auth" }?.evidence
        == "its address is pgbouncer:6432, a service of docker-compose.yml")
    let proxy = try #require(edges.first { $0.step == .proxy })
    #expect(proxy.service == "auth")
    #expect(
      proxy.evidence
        == "http://auth_backend is the upstream auth_backend with the server auth:8080, "
        + "a service of docker-compose.yml")
    #expect(edges.filter { $0.step == .pooler }.map(\.service) == ["postgres", "postgres"])
  }
}

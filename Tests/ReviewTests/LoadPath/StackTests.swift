import Capacity
import Findings
import Model
import Review
import Testing

/// The tables "across files" of the stack, from its files.
@Suite("The stack's files", .enabled(if: StackFiles.isHere, "shared vectors are not here"))
struct StackTests {
  struct Line: Sendable, CustomTestStringConvertible {
    let system: String
    let deployment: String
    let id: InvariantID
    var subject: String?
    let left: Double
    let right: Double
    let holds: Bool

    var testDescription: String { "\(system) \(deployment) \(id.rawValue) \(subject ?? "")" }
  }

  private static let compose = "docker-compose.yml"
  private static let cluster = "k8s.yaml"

  static let lines: [Line] = [
    Line(
      system: "outage", deployment: compose, id: .poolUnderPeak, left: 12.5, right: 10,
      holds: false),
    Line(
      system: "outage", deployment: cluster, id: .poolUnderPeak, left: 12.5, right: 5,
      holds: false),
    Line(
      system: "outage", deployment: compose, id: .clientsOfPooler, left: 120, right: 100,
      holds: false),
    Line(
      system: "outage", deployment: cluster, id: .clientsOfPooler, left: 125, right: 100,
      holds: false),
    Line(
      system: "outage", deployment: compose, id: .sessionPooling, left: 120, right: 20,
      holds: false),
    Line(
      system: "outage", deployment: compose, id: .pathUnderPeak,
      subject: "pgbouncer/auth under the peak", left: 1_000, right: 400, holds: false),
    Line(
      system: "outage", deployment: compose, id: .serverBehindPooler,
      subject: "connections of postgres", left: 80, right: 97, holds: true),
    Line(
      system: "outage", deployment: compose, id: .serverBehindPooler,
      subject: "connections of postgres as written", left: 160, right: 97, holds: false),
    Line(
      system: "outage", deployment: compose, id: .timeouts, subject: "nginx waiting for auth",
      left: 60, right: 15, holds: false),
    Line(
      system: "outage", deployment: compose, id: .idleLimits, left: 600, right: 300,
      holds: false),
    Line(
      system: "outage", deployment: compose, id: .fileDescriptors, left: 152, right: 128,
      holds: false),
    Line(
      system: "outage", deployment: compose, id: .threads, subject: "threads of auth", left: 20,
      right: 20, holds: true),
    Line(
      system: "outage", deployment: cluster, id: .threads, left: 40, right: 20, holds: false),
    Line(
      system: "outage", deployment: compose, id: .proxyQueue, left: 8_192, right: 800,
      holds: false),
    Line(
      system: "outage", deployment: compose, id: .postgresMemory, left: 26_552, right: 7_372.8,
      holds: false),
    Line(
      system: "fixed", deployment: compose, id: .poolUnderPeak, left: 12.5, right: 24,
      holds: true),
    Line(
      system: "fixed", deployment: compose, id: .poolForTarget, subject: "size of auth",
      left: 23, right: 24, holds: true),
    Line(
      system: "fixed", deployment: compose, id: .poolForTarget,
      subject: "size of pgbouncer/auth", left: 39, right: 39, holds: true),
    Line(
      system: "fixed", deployment: compose, id: .clientsOfPooler, left: 106, right: 300,
      holds: true),
    Line(
      system: "fixed", deployment: cluster, id: .clientsOfPooler, left: 240, right: 300,
      holds: true),
    Line(
      system: "fixed", deployment: compose, id: .serverBehindPooler, left: 111, right: 115,
      holds: true),
    Line(
      system: "fixed", deployment: compose, id: .poolerWait, subject: "auth waiting for pgbouncer",
      left: 7, right: 8, holds: true),
    Line(
      system: "fixed", deployment: compose, id: .timeouts, subject: "nginx waiting for auth",
      left: 10, right: 12, holds: true),
    Line(
      system: "fixed", deployment: compose, id: .idleLimits,
      subject: "idle connections between auth and pgbouncer", left: 1_500, right: 1_800,
      holds: true),
    Line(
      system: "fixed", deployment: compose, id: .fileDescriptors, left: 360, right: 4_096,
      holds: true),
    Line(
      system: "fixed", deployment: compose, id: .threads, subject: "threads of auth",
      left: 100.0 / 24, right: 20, holds: true),
    Line(
      system: "fixed", deployment: compose, id: .proxyQueue, left: 400, right: 400, holds: true),
    Line(
      system: "fixed", deployment: compose, id: .postgresMemory, left: 6_912, right: 7_372.8,
      holds: true),
  ]

  private static let traffic = Traffic(
    peak: Input("--peak", 1_000, basis: .whatIf), hold: Input("--hold", 0.05, basis: .whatIf))

  @Test("each line has the sums and the verdict of the review", arguments: lines)
  func line(line: Line) throws {
    let (review, _) = try StackFiles.review(line.system, traffic: Self.traffic)
    let invariant = try #require(
      review.invariants.first {
        $0.deployment == line.deployment && $0.id == line.id
          && (line.subject == nil || $0.subject == line.subject)
      })
    #expect(abs(invariant.leftSum - line.left) < 1e-6)
    #expect(abs(invariant.rightSum - line.right) < 1e-6)
    #expect(invariant.holds == line.holds)
  }

  @Test("in the repaired system nothing is broken")
  func fixed() throws {
    let (review, _) = try StackFiles.review("fixed", traffic: Self.traffic)
    #expect(review.deployments.map(\.name) == ["docker-compose.yml", "k8s.yaml"])
    #expect(review.invariants.filter { $0.holds == false }.map(\.sumText) == [])
  }

  @Test("check names every broken comparison of the outage, each at a line")
  func outage() throws {
    let findings = try StackFiles.findings("outage").filter { $0.rule.hasPrefix("path/") }
    let expected: Set<String> = [
      "path/pooler-clients-refused", "path/roll-out-exhausts", "path/session-pooling-starves",
      "path/server-exhausted-as-written", "path/proxy-gives-up-first",
      "path/idle-connection-dropped", "path/pooler-files-exhausted", "path/threads-above-pool",
      "path/proxy-queue-hidden", "path/postgresql-memory-above-machine",
    ]
    #expect(expected.subtracting(findings.map(\.rule)) == [])
    let memory = try #require(
      findings.first { $0.rule == "path/postgresql-memory-above-machine" })
    #expect(memory.message.contains("= 26552 MB > 0.9 × 8192 MB"))
    #expect(memory.message.contains("= 7372.8 MB"))
    #expect(findings.allSatisfy { !$0.path.isEmpty })
  }

  @Test("check finds nothing in the repaired system but a piece of advice")
  func silence() throws {
    let findings = try StackFiles.findings("fixed")
    #expect(findings.map(\.rule) == ["nginx/max-conns-without-zone"])
    #expect(findings.allSatisfy { $0.severity == .note })
  }

  @Test("check says of each file of the outage what a review must say, each thing once")
  func singleFiles() throws {
    let findings = try StackFiles.findings("outage")
    let said = findings.map { "\($0.path): \($0.rule)" }
    let expected = [
      "application.yml: pool/misplaced-size", "application.yml: pool/size-by-placeholder-default",
      "application.yml: pool/idle-timeout-reset", "application.yml: pool/keepalive-dropped",
      "application.yml: pool/leak-detection-dropped",
      "application.yml: pool/validation-timeout-above-acquire-timeout",
      "application.yml: pool/size-below-test-profile",
      "application.yml: pool/held-while-rendering", "application.yml: pool/lifetime-long",
      "pgbouncer.ini: pgbouncer/section-repeated", "pgbouncer.ini: pgbouncer/query-wait-endless",
      "pgbouncer.ini: pgbouncer/reserve-never-used",
      "postgresql.conf: postgresql/statement-endless",
      "postgresql.conf: postgresql/idle-transaction-endless",
      "docker-compose.yml: pool/acquire-timeout-endless", "nginx.conf: nginx/retry-non-idempotent",
      "nginx.conf: nginx/login-without-limit", "k8s.yaml: service/liveness-asks-database",
      "k8s.yaml: service/restarted-by-one-failure", "k8s.yaml: path/pool-lowered-by-environment",
    ]
    for one in expected { #expect(said.filter { $0 == one }.count == 1, "\(one)") }
  }
}

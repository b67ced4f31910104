import Capacity
import Catalog
import Model
import Review
import Testing

@Suite("Services of systemd and charts of Helm run files")
struct UnitAndChartTests {
  static let bouncer = "[databases]\na = host=db\n[pgbouncer]\nmax_client_conn = 2000\n"
  static let unit = "[Service]\nExecStart=/usr/sbin/pgbouncer /etc/pgbouncer/pool.ini\n"

  static let bindings: [([String: String], String, [String])] = [
    (
      ["systemd/pgbouncer.service": unit, "etc/pool.ini": bouncer, "etc/other.ini": bouncer],
      "etc/pool.ini", ["pgbouncer: inferred from what its ExecStart runs"]
    ),
    (
      ["systemd/pgbouncer.service": unit, "etc/pool.ini": bouncer, "etc/other.ini": bouncer],
      "etc/other.ini", []
    ),
    (
      ["deploy/systemd/pgbouncer.service": unit, "pgbouncer/pgbouncer.ini": bouncer],
      "pgbouncer/pgbouncer.ini", ["pgbouncer: inferred from what its ExecStart runs"]
    ),
    (
      ["systemd/pgbouncer.service": unit, "a/x.ini": bouncer, "b/y.ini": bouncer],
      "a/x.ini", []
    ),
    (
      [
        "deploy/systemd/auth.service": "[Service]\nExecStart=/usr/bin/java -jar /opt/auth.jar\n",
        "src/main/resources/application.yml": DeploymentTests.spring,
      ],
      "src/main/resources/application.yml", ["auth: inferred from spring.application.name"]
    ),
    (
      [
        "charts/auth/Chart.yaml": "name: auth\n",
        "charts/auth/values.yaml": "replicaCount: 3\nimage: {repository: acme/auth}\n",
        "src/main/resources/application.yml": DeploymentTests.spring,
      ],
      "src/main/resources/application.yml", ["auth: inferred from spring.application.name"]
    ),
  ]

  @Test("files are bound to the unit or chart that can only mean them", arguments: bindings)
  func bound(files: [String: String], path: String, expected: [String]) {
    #expect(collected(files).bindings(path) == expected)
  }

  @Test("the environment of a unit wins over the file, with its drop-ins")
  func unitEnvironment() {
    var files = [
      "systemd/auth.service":
        "[Service]\nEnvironment=DB_POOL=17\nExecStart=/usr/bin/java -jar auth.jar\n",
      "application.yml": DeploymentTests.spring,
    ]
    #expect(collected(files).pools("application.yml") == ["auth: 17", "-: 20 test"])
    files["systemd/auth.service.d/size.conf"] = "[Service]\nEnvironment=DB_POOL=18\n"
    let found = collected(files)
    #expect(found.pools("application.yml") == ["auth: 18", "-: 20 test"])
    let services = found.entries.flatMap(\.reading.resources).filter { $0.kind == .service }
    #expect(services.map(\.identity.name) == ["auth"])
  }

  @Test("the environment of a chart's values wins over the file, each file of values by itself")
  func chartEnvironment() {
    let found = collected([
      "charts/auth/Chart.yaml": "name: auth\n",
      "charts/auth/values.yaml":
        "replicaCount: 2\nimage: {repository: acme/auth}\nenv: {DB_POOL: '21'}\n",
      "charts/auth/values-staging.yaml": "replicaCount: 1\nenv: {DB_POOL: '6'}\n",
      "application.yml": DeploymentTests.spring,
    ])
    #expect(
      found.pools("application.yml").sorted() == ["-: 20 test", "auth: 21", "auth: 6 staging"])
  }

  @Test("what runs in staging is no pool of production, whatever deploys it")
  func staging() {
    let found = collected([
      "docker-compose.staging.yml":
        "services:\n  auth:\n    build: .\n    environment: {DB_POOL: 3}\n",
      "application.yml": DeploymentTests.spring,
    ])
    #expect(found.pools("application.yml").contains("auth: 3 staging"))
    #expect(!found.pools("application.yml").contains("auth: 3"))
  }

  @Test("a file limit of a unit counts for the pooler that it starts")
  func fileLimit() {
    let files = [
      "systemd/pgbouncer.service": Self.unit + "LimitNOFILE=1024\n", "etc/pool.ini": Self.bouncer,
    ]
    let review = LoadPathReview(collected(files), declaration: nil)
    let files1 = review.invariants.filter { $0.id.rawValue == "I5" }
    #expect(files1.map(\.holds) == [false])
  }

  @Test("several files that may be a service's are said, and none is taken")
  func unsure() {
    let found = collected([
      "a/application.yml": DeploymentTests.spring, "b/application.yml": DeploymentTests.spring,
      "a/application-prod.yml": "spring: {datasource: {hikari: {minimum-idle: 2}}}\n",
      "src/test/resources/application.yml": DeploymentTests.spring,
      "compose.yml": DeploymentTests.compose(""),
    ])
    let problems = found.entries.first { $0.path == "compose.yml" }?.reading.problems ?? []
    #expect(problems.map(\.kind) == [.unknown])
    #expect(
      problems.first?.message
        == "which of several files \"auth\" runs with is not known: a/application.yml, "
        + "b/application.yml have this spring.application.name")
    #expect(found.bindings("a/application.yml") == [])
  }

  @Test("the files of one program are not several")
  func oneProgram() {
    let found = collected([
      "app/application.yml": DeploymentTests.spring,
      "app/application.properties": "spring.application.name=auth\n",
      "compose.yml": DeploymentTests.compose("    environment: {DB_POOL: 9}\n"),
    ])
    let problems = found.entries.first { $0.path == "compose.yml" }?.reading.problems ?? []
    #expect(problems.isEmpty)
    let pools = found.entries.flatMap { entry in entry.path.map(found.pools) ?? [] }
    #expect(pools.contains("auth: 9"))
  }
}

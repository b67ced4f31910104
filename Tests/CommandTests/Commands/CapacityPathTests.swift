import Testing

/// The capacity of a folder: services, pools, pooler and server together.
@Suite("headgate capacity of files", .timeLimit(.minutes(15)))
struct CapacityPathTests {
  private static let compose = """
    services:
      app:
        image: example/app:1.0
        volumes: ["./application.yml:/etc/app/application.yml:ro"]
        deploy: {replicas: 4}
      pgbouncer:
        image: example/pgbouncer:1.25.2
        volumes: ["./pgbouncer.ini:/etc/pgbouncer/pgbouncer.ini:ro"]

    """

  private func folder(name: String = "app", declaration: String? = nil) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("docker-compose.yml", Self.compose)
    try folder.write(
      "application.yml",
      "spring:\n  datasource:\n    url: jdbc:postgresql://pgbouncer:6432/app\n"
        + "    hikari:\n      pool-name: \(name)\n      maximum-pool-size: 10\n")
    try folder.write(
      "pgbouncer.ini",
      "[databases]\napp = host=postgres port=5432 dbname=app user=app pool_size=20\n\n"
        + "[pgbouncer]\npool_mode = transaction\nmax_client_conn = 100\n")
    if let declaration { try folder.write(".headgate.yaml", declaration) }
    return folder
  }

  @Test("a saturated pool is named, the narrowest place is marked, and the exit code is 1")
  func saturated() throws {
    let folder = try folder()
    let run = try Program.headgate(
      ["capacity", ".", "--peak", "1000", "--hold", "50ms"], in: folder.path)
    #expect(run.status == 1, "\(run.text)")
    #expect(run.output.contains("pgbouncer/app is saturated: at least 60 %"))
    #expect(run.output.contains("◀ narrowest"))
    #expect(run.output.contains("next: pgbouncer/app carries 400 requests/s of 1000, then app 800"))
    #expect(run.output.contains("holds    I1"))
    #expect(run.output.contains("assumes"))
    let calm = try Program.headgate(
      ["capacity", ".", "--peak", "100", "--hold", "50ms"], in: folder.path)
    #expect(calm.status == 0, "\(calm.text)")
  }

  @Test("JSON has the figures by which others decide")
  func json() throws {
    let folder = try folder()
    let run = try Program.headgate(
      ["capacity", ".", "--peak", "1000", "--hold", "50ms", "--format", "json"], in: folder.path)
    let value = try JSONValue(run.output)
    #expect(value.version?.int == 1)
    let pool = try #require(value.pools?.array.first { $0.name?.string == "app" })
    #expect(pool.offered_load?.number == 12.5)
    #expect(pool.servers?.number == 10)
    #expect(pool.recommended_size?.int == 23)
    let clients = try #require(value.invariants?.array.first { $0.id?.string == "I1" })
    #expect(clients.holds?.bool == true)
    #expect(clients.left?.number == 40)
    #expect(clients.right?.number == 100)
    #expect(clients.terms?.array.count == 2)
    #expect(value.edges?.array.isEmpty == false)
    #expect(value.tiers?.array.isEmpty == false)
  }

  @Test("numbers can be asked about without editing files")
  func changes() throws {
    let folder = try folder()
    let asked = [
      "capacity", ".", "--peak", "1000", "--hold", "50ms", "--set", "app.max_size=24",
      "--set", "app/app.pool_size=70", "--set", "pgbouncer.max_clients=200",
    ]
    let wrong = try Program.headgate(asked, in: folder.path)
    #expect(wrong.status == 2)
    let run = try Program.headgate(
      asked.filter { $0 != "app/app.pool_size=70" }.dropLast(2) + [
        "pgbouncer/app.pool_size=70", "--set", "pgbouncer.max_clients=200",
      ], in: folder.path)
    #expect(run.status == 0, "\(run.text)")
  }

  @Test(
    "a change that nothing answers to is refused with what was meant",
    arguments: [
      ("ap.replicas=3", "did you mean `app`?"), ("app.replica=3", "did you mean `replicas`?"),
      ("app.replicas", "is not RESOURCE.FIELD=NUMBER"), ("app.replicas=many", "is no number"),
    ])
  func refused(change: String, expected: String) throws {
    let folder = try folder()
    let run = try Program.headgate(["capacity", ".", "--set", change], in: folder.path)
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.contains(expected), "\(run.errors)")
  }

  @Test("without a path nothing is said to be well")
  func empty() throws {
    let folder = try TemporaryFolder()
    try folder.write("hikari.properties", "maximumPoolSize=10\n")
    let run = try Program.headgate(
      ["capacity", ".", "--peak", "1", "--hold", "1ms"], in: folder.path)
    #expect(run.status == 2)
    #expect(run.errors.contains("no load path was found"))
  }

  @Test("what a file says cannot become markup")
  func escaping() throws {
    let folder = try folder(
      declaration:
        "load_path:\n  services:\n    \"<script>alert(1)</script>\": {max_connections: 5}\n"
        + "    app: {pools: {\"a\\\"><img src=x onerror=alert(1)>\": "
        + "{size: 5, to: \"<script>alert(1)</script>\"}}}\n")
    for format in ["html", "svg"] {
      let run = try Program.headgate(
        ["capacity", ".", "--peak", "10", "--hold", "5ms", "--format", format], in: folder.path)
      #expect(run.output.contains("<svg"), "\(run.text)")
      #expect(!run.output.contains("<script"))
      #expect(!run.output.contains("<img"))
    }
  }

  @Test("a line feed in a name breaks no line of the text")
  func names() throws {
    let folder = try folder(
      declaration: "load_path:\n  services:\n"
        + "    app: {pools: {\"a\\nb\": {size: 5, to: postgres}}}\n")
    let run = try Program.headgate(
      ["capacity", ".", "--peak", "10", "--hold", "5ms"], in: folder.path)
    #expect(run.output.contains("a\\u{a}b"), "\(run.text)")
    #expect(!run.output.split(separator: "\n").contains { $0.hasPrefix("b") })
  }

  @Test("a declared peak makes check report the pool")
  func check() throws {
    let folder = try folder(
      declaration: "load_path:\n  services:\n    app: {peak: 1000, hold: 50ms}\n")
    let run = try Program.headgate(["check", "--format", "json"], in: folder.path)
    let findings = try JSONValue(run.output).findings?.array ?? []
    let pool = try #require(findings.first { $0.rule?.string == "path/pool-below-peak" })
    #expect(pool.path?.string == "application.yml")
    #expect(pool.range?.start?.line?.int == 6)
    #expect(pool.severity?.string == "error")
    #expect(pool.message?.string?.contains("at least 20 % of the requests") == true)
  }
}

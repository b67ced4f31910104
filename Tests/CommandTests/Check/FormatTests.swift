import Testing

/// Reports as programs and people read them, through the built program.
@Suite("Output formats", .timeLimit(.minutes(15)))
struct FormatTests {
  private func small() throws -> TemporaryFolder {
    try TemporaryFolder(["hikari.properties": Fixtures.smallProperties])
  }

  @Test("text: the whole report of one small file")
  func text() throws {
    let run = try small().headgate("check", "hikari.properties")
    #expect(run.status == 1)
    #expect(Golden.withoutCounts(run.output) == Golden.withoutCounts(Self.golden))
  }

  @Test("concise: one line for one finding")
  func concise() throws {
    let run = try small().headgate("check", "hikari.properties", "--format", "concise")
    let lines = run.output.split(separator: "\n")
    #expect(
      lines.first == """
        hikari.properties:2:17: error[pool/size-below-minimum]: \
        pool "auth" holds at most 5 connections, policy requires 10
        """)
    #expect(lines.filter { $0.hasPrefix("hikari.properties:") }.count == 1)
  }

  @Test("json: version 1 with places, fingerprint and summary")
  func json() throws {
    let run = try small().headgate("check", "--format", "json")
    #expect(run.status == 1)
    let report = try JSONValue(run.output)
    #expect(report.version?.int == 1)
    #expect(report.tool?.name?.string == "headgate")
    #expect(report.policyDigest?.string?.count == 64)
    let finding = try #require(report.findings?[0])
    #expect(finding.rule?.string == "pool/size-below-minimum")
    #expect(
      finding.range
        == (try JSONValue(
          """
          {"start": {"line": 2, "column": 17, "offset": 30}, "end": {"line": 2, "column": 18, "offset": 31}}
          """)))
    #expect(finding.status?.string == "new")
    #expect(finding.fingerprint?.string?.isEmpty == false)
    #expect(report.summary?.files?.int == 1)
    #expect(report.summary?.errors?.int == 1)
    #expect(report.summary?.skipped?.array == [])
  }

  @Test(
    "json and sarif stay whole documents when something could not be checked, and when all is clean"
  )
  func incomplete() throws {
    let folder = try TemporaryFolder(["nginx.conf": Fixtures.brokenNginx])
    let json = try folder.headgate("check", "nginx.conf", "gone.conf", "--format", "json")
    #expect(json.status == 2)
    let skipped = try JSONValue(json.output).summary?.skipped?.array.compactMap(\.path?.string)
    #expect(skipped == ["gone.conf", "nginx.conf"])
    let sarif = try folder.headgate("check", "gone.conf", "--format", "sarif")
    #expect(sarif.status == 2)
    let run = try #require(try JSONValue(sarif.output).runs?[0])
    #expect(run.invocations?[0]?.executionSuccessful?.bool == false)
    let clean = try folder.headgate(
      "check", "-", "--format", "sarif", "--quiet", input: Fixtures.soundNginx)
    #expect(clean.status == 0)
    #expect(try JSONValue(clean.output).runs?[0]?.results?.array == [])
  }

  @Test("sarif: rule, level, place and fingerprint of each result")
  func sarif() throws {
    let run = try small().headgate("check", "--format", "sarif")
    #expect(run.status == 1)
    let log = try JSONValue(run.output)
    #expect(log.version?.string == "2.1.0")
    let result = try #require(log.runs?[0]?.results?[0])
    #expect(result.ruleId?.string == "pool/size-below-minimum")
    #expect(result.level?.string == "error")
    let place = try #require(result.locations?[0]?.physicalLocation)
    #expect(place.artifactLocation?.uri?.string == "hikari.properties")
    #expect(place.region?.startLine?.int == 2)
    #expect(place.region?.startColumn?.int == 17)
    #expect(result.partialFingerprints?.primaryLocationLineHash?.string?.isEmpty == false)
    #expect(result.fixes?[0]?.properties?.safety?.string == "unsafe")
  }

  @Test("--output writes further reports beside the one that is shown")
  func files() throws {
    let folder = try small()
    let run = try folder.headgate(
      "check", "--output", "sarif:report.sarif", "--output", "json:out.json", "--output",
      "text:out.txt",
      "--color", "always")
    #expect(run.status == 1)
    #expect(run.output.contains("\u{1b}["))
    #expect(try JSONValue(folder.bytes("report.sarif")).version?.string == "2.1.0")
    #expect(try JSONValue(folder.bytes("out.json")).version?.int == 1)
    #expect(Golden.withoutCounts(folder.text("out.txt")) == Golden.withoutCounts(Self.golden))
  }

  @Test("the same report every time")
  func repeatable() throws {
    let folder = try TemporaryFolder([
      "b/application.yml": Fixtures.smallPool, "a/hikari.properties": Fixtures.smallProperties,
      "nginx.conf": Fixtures.soundNginx,
    ])
    let first = try folder.headgate("check", "--format", "json")
    for _ in 0..<3 {
      #expect(try folder.headgate("check", "--format", "json").output == first.output)
    }
  }

  @Test("secrets are not shown")
  func secrets() throws {
    let folder = try TemporaryFolder([
      "hikari.properties": """
      jdbcUrl=jdbc:postgresql://auth:hunter2@db/auth
      maximumPoolSize=5
      password=hunter3

      """
    ])
    for arguments in [
      ["check"], ["check", "--format", "json"], ["check", "--format", "sarif"],
      ["inventory", "--all"],
      ["inventory", "--format", "json"], ["inventory", "--format", "markdown"],
    ] {
      let run = try Program.headgate(arguments, in: folder.path)
      #expect(!run.text.contains("hunter"), "\(arguments): \(run.text)")
    }
  }

  static let golden = """
    error[pool/size-below-minimum]: pool "auth" holds at most 5 connections, policy requires 10
     --> hikari.properties:2:17
      |
    1 | poolName=auth
    2 | maximumPoolSize=5
      |                 ^
      |
      = why: Every request that touches the database holds a connection until it is done. When all are
             taken, the next request waits, and at peak the waiting ones fill every thread: the database
             is healthy, the service is down. Services were repeatedly brought back by nothing but a
             larger number here.
      = fix: set maximumPoolSize to 10 (unsafe: headgate check --fix --unsafe)
    2 - maximumPoolSize=5
    2 + maximumPoolSize=10
      = docs: headgate explain pool/size-below-minimum

    checked 1 file with 44 rules: 1 error
    1 fixable with `headgate check --fix --unsafe`

    """
}

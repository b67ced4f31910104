import Testing

/// What a change makes of what runs.
@Suite("headgate diff", .timeLimit(.minutes(15)))
struct DiffTests {
  @Test("settings that differ are told with both values, moved lines are not")
  func settings() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    let same = try folder.headgate("diff")
    #expect(same.status == 0 && same.output.contains("no configuration file differs"))
    try folder.write("application.yml", "# a word\n" + Fixtures.soundPool)
    let moved = try folder.headgate("diff")
    #expect(moved.status == 0, "\(moved.text)")
    #expect(moved.output.contains("no effective change"))
    try folder.write("application.yml", Fixtures.pool(size: "30"))
    let run = try folder.headgate("diff")
    #expect(run.status == 1, "\(run.text)")
    #expect(run.output.contains("24 → 30"), "\(run.output)")
    #expect(run.output.contains("pool.max_size"))
  }

  @Test("a pool that several services run is told for each, and a placeholder as it is written")
  func services() throws {
    let compose = """
      services:
        auth:
          build: .
        worker:
          build: .
          environment:
            SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE: "30"

      """
    let folder = try TemporaryFolder(repository: [
      "application.yml": Fixtures.pool(size: "${POOL:24}"), "docker-compose.yml": compose,
    ])
    let more = compose.replacing("\"30\"", with: "\"40\"")
    try folder.write("docker-compose.yml", more)
    let one = try folder.headgate("diff", "--format", "json")
    let settings = try JSONValue(one.output).settings?.array ?? []
    let pools = settings.filter { $0.field?.string == "pool.max_size" }
    #expect(pools.map { $0.resource?.string } == ["pool auth in worker"], "\(one.output)")
    #expect(pools.map { $0.old?.string } == ["30"] && pools.map { $0.new?.string } == ["40"])
    try folder.write("application.yml", Fixtures.pool(size: "24"))
    let both = try folder.headgate("diff")
    #expect(both.output.contains("pool auth in auth: maximumPoolSize"), "\(both.output)")
    #expect(both.output.contains("${POOL:24} → 24"), "\(both.output)")
    #expect(both.output.contains("30 → 40"), "\(both.output)")
  }

  @Test("a deployment that comes later is no new pool")
  func firstDeployment() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.write("docker-compose.yml", "services:\n  auth:\n    build: .\n")
    let run = try folder.headgate("diff")
    #expect(!run.output.contains("pool auth"), "\(run.output)")
  }

  @Test("two revisions, the index, and each format")
  func forms() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.commit(["application.yml": Fixtures.pool(size: "30")], "more")
    let json = try folder.headgate("diff", "HEAD~1", "HEAD", "--format", "json")
    #expect(json.status == 1)
    let value = try JSONValue(json.output)
    #expect(value.version?.int == 1 && value.effective?.bool == true)
    let setting = value.settings?.array.first { $0.field?.string == "pool.max_size" }
    #expect(setting?.old?.string == "24" && setting?.new?.string == "30")
    let markdown = try folder.headgate("diff", "HEAD~1", "HEAD", "--format", "markdown")
    #expect(markdown.output.contains("| `24` | `30` |"), "\(markdown.output)")
    #expect(try folder.headgate("diff", "--staged").status == 0)
    try folder.write("application.yml", Fixtures.pool(size: "40"))
    try folder.git("add", ".")
    #expect(try folder.headgate("diff", "--staged").output.contains("30 → 40"))
    #expect(try folder.headgate("diff", "HEAD~1").output.contains("24 → 40"))
    #expect(try folder.headgate("diff", "nowhere").status == 2)
  }

  @Test("a file that only moved has no effect, a secret is not shown")
  func renamesAndSecrets() throws {
    let text = Fixtures.soundProperties + "dataSource.password=hunter2\n"
    let folder = try TemporaryFolder(repository: ["a/hikari.properties": text])
    try folder.git("mv", "a", "b")
    let moved = try folder.headgate("diff", "--staged")
    #expect(moved.status == 0, "\(moved.text)")
    #expect(moved.output.contains("b/hikari.properties (was a/hikari.properties)"))
    try folder.write("b/hikari.properties", text.replacing("hunter2", with: "hunter3"))
    for format in ["text", "json", "markdown"] {
      let run = try folder.headgate("diff", "--format", format)
      #expect(!run.text.contains("hunter"), "\(run.text)")
    }
  }
}

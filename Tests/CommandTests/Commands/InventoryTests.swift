import Testing

/// Every setting, written and effective.
@Suite("headgate inventory", .timeLimit(.minutes(15)))
struct InventoryTests {
  private func folder() throws -> TemporaryFolder {
    try TemporaryFolder([
      "hikari.properties": Fixtures.soundProperties + "minimumIdle=5\nidleTimeout=5000\n"
    ])
  }

  @Test("json: written, effective, provenance and place of each setting, defaults too")
  func json() throws {
    let run = try folder().headgate("inventory", "--format", "json", "--product", "hikaricp=6.0.0")
    #expect(run.status == 0, "\(run.text)")
    let inventory = try JSONValue(run.output)
    #expect(inventory.version?.int == 1)
    let pool = try #require(inventory.resources?.array.first { $0.kind?.string == "pool" })
    #expect(pool.technology?.string == "hikaricp")
    #expect(pool.technologyVersion?.string == "6.0.0")
    #expect(pool.name?.string == "auth")
    let settings = pool.settings?.array ?? []
    let size = try #require(settings.first { $0.field?.string == "pool.max_size" })
    #expect(size.key?.string == "maximumPoolSize")
    #expect(size.written?.string == "24")
    #expect(size.effective?.int == 24)
    #expect(size.provenance?.string == "explicit")
    #expect(size.line?.int == 2)
    #expect(size.column?.int == 17)
    #expect(settings.contains { $0.field?.string == "pool.min_idle" })
    let idle = try #require(settings.first { $0.key?.string == "idleTimeout" })
    #expect(idle.written?.string == "5000")
    #expect(idle.effective?.int == 600_000)
    #expect(idle.provenance?.string == "clamped")
    #expect(idle.unit?.string == "ms")
    let lifetime = try #require(settings.first { $0.key?.string == "maxLifetime" })
    #expect(lifetime.written == .null)
    #expect(lifetime.effective?.int == 1_800_000)
    #expect(lifetime.provenance?.string == "default")
  }

  @Test("text shows what is written and what runs otherwise; --all shows defaults")
  func text() throws {
    let folder = try folder()
    let short = try folder.headgate("inventory")
    #expect(short.status == 0)
    #expect(short.output.hasPrefix("pool auth  hikari.properties:1  hikaricp"), "\(short.output)")
    #expect(short.output.contains("600000 ms"))
    #expect(short.output.contains("written 5000"))
    #expect(short.output.contains("defaults (--all lists them)"))
    #expect(!short.output.contains("maxLifetime"))
    #expect(try folder.headgate("inventory", "--all").output.contains("maxLifetime"))
  }

  @Test("markdown is a document with a table for each resource")
  func markdown() throws {
    let run = try folder().headgate("inventory", "--format", "markdown")
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("# Configuration inventory\n"))
    #expect(run.output.contains("| `idleTimeout` | `5000` | `600000 ms` |"), "\(run.output)")
  }

  @Test("markdown begins with the few numbers that decide what each pool carries")
  func overview() throws {
    let text = try folder().headgate("inventory", "--format", "markdown").output
    let head = text.split(separator: "\n", omittingEmptySubsequences: false).prefix(7)
    #expect(head[2] == "## Pools", "\(text)")
    #expect(
      head[5].hasPrefix("| --- |") && head[6].contains("| `24` | `5` | `30000 ms` |"), "\(text)")
  }

  @Test("--check is silent for a current document and says which lines of a stale one do not hold")
  func check() throws {
    let folder = try folder()
    let document = try folder.headgate("inventory", "--format", "markdown").output
    try folder.write("inventory.md", document)
    let current = try folder.headgate("inventory", "--check", "inventory.md")
    #expect(current.status == 0 && current.output.isEmpty, "\(current.text)")

    try folder.write("hikari.properties", Fixtures.soundProperties + "minimumIdle=7\n")
    let stale = try folder.headgate("inventory", "--check", "inventory.md")
    #expect(stale.status == 1, "\(stale.text)")
    #expect(stale.output.contains("- | `minimumIdle` | `5`"), "\(stale.output)")
    #expect(stale.output.contains("+ | `minimumIdle` | `7`"), "\(stale.output)")
    #expect(stale.text.contains("inventory.md is stale"))

    let missing = try folder.headgate("inventory", "--check", "none.md")
    #expect(missing.status == 2 && missing.text.contains("no such file"), "\(missing.text)")
  }

  @Test("csv has a line for each setting, quoted, and nothing that a spreadsheet would run")
  func csv() throws {
    let folder = try TemporaryFolder([
      "hikari.properties": Fixtures.soundProperties
        + "connectionInitSql==cmd|' /C calc'!A0, \"x\"\n"
    ])
    let run = try folder.headgate("inventory", "--format", "csv")
    #expect(run.status == 0, "\(run.text)")
    #expect(run.output.hasPrefix("kind,technology,version,name,service,environment,key,field,"))
    #expect(run.output.contains(",\"'=cmd|' /C calc'!A0, \"\"x\"\"\","), "\(run.output)")
  }
}

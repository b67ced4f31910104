import Testing

/// Files that only a team's own programs read: `examples/own-format` as users run it.
@Suite("Formats of a team's own", .timeLimit(.minutes(15)))
struct OwnFormatTests {
  private static let pools = "services/auth/pools.acme"
  private static let mapping = "headgate/formats/acme-pools.yaml"

  private func example(_ name: String) throws -> String {
    let run = try Program.run("/bin/cat", ["examples/own-format/\(name)"], in: Checkout.path)
    guard run.status == 0 else { throw ProgramError(text: run.errors) }
    return run.output
  }

  /// The example as a repository, some of its files changed.
  private func folder(_ changed: [String: String] = [:]) throws -> TemporaryFolder {
    var files: [String: String] = [:]
    for name in [".headgate.yaml", "docker-compose.yml", Self.pools, Self.mapping] {
      files[name] = try example(name)
    }
    return try TemporaryFolder(repository: files.merging(changed) { $1 })
  }

  @Test("check finds the pool that is too small at its own line and column")
  func check() throws {
    let folder = try folder()
    let run = try folder.headgate("check", "--format", "json")
    #expect(run.status == 1, "\(run.text)")
    let findings = try JSONValue(run.output).findings?.array ?? []
    let small = try #require(findings.first { $0.rule?.string == "pool/size-below-minimum" })
    #expect(small.path?.string == Self.pools)
    #expect(small.range?.start?.line?.int == 7 && small.range?.start?.column?.int == 12)
    let text = try folder.headgate("check").output
    #expect(text.contains("\(Self.pools):7:12"), "\(text)")
  }

  @Test("check --fix changes that number and nothing else")
  func fix() throws {
    let folder = try folder()
    _ = try folder.headgate("check", "--fix", "--unsafe", "--rule", "pool/size-below-minimum")
    let before = try example(Self.pools)
    let fixed = folder.text(Self.pools)
    #expect(fixed == before.replacing("max: 5 ", with: "max: 10 "), "\(fixed)")
  }

  @Test("inventory says what each key runs with, which service has it and which mapping read it")
  func inventory() throws {
    let folder = try folder()
    let run = try folder.headgate("inventory", "--format", "json")
    #expect(run.status == 0, "\(run.text)")
    let pools = (try JSONValue(run.output).resources?.array ?? []).filter {
      $0.kind?.string == "pool"
    }
    #expect(pools.map { $0.name?.string } == ["main", "reports"])
    let main = try #require(pools.first)
    #expect(main.technology?.string == "acme-pools")
    #expect(main.technologyVersion?.string == "2.4")
    #expect(main.mapping?.string == Self.mapping)
    #expect(main.service?.string == "auth")
    func setting(_ pool: JSONValue, _ key: String) throws -> JSONValue {
      try #require(pool.settings?.array.first { $0.key?.string == key })
    }
    let size = try setting(main, "pool.max")
    #expect(size.field?.string == "pool.max_size" && size.effective?.int == 5)
    #expect(size.line?.int == 7 && size.column?.int == 12)
    let life = try setting(main, "pool.life")
    #expect(life.effective?.int == 1_200_000 && life.unit?.string == "ms")
    #expect(try setting(main, "pool.min").effective?.int == 5)
    #expect(try setting(main, "pool.idle").provenance?.string == "default")
    #expect(try setting(main, "vault_key").written?.string == "********")
    let reports = pools[1]
    #expect(try setting(reports, "pool.max").provenance?.string == "placeholder")
    #expect(try setting(reports, "pool.max").effective?.int == 12)
    #expect(try setting(reports, "pool.wait").unit?.string == "ms")
    #expect(try setting(reports, "pool.idle").meaning?.string == "forever")
    #expect(try setting(reports, "driver.fetchSize").effective?.string == "500")
    let text = try folder.headgate("inventory").output
    #expect(text.contains(", read with \(Self.mapping)"), "\(text)")
    #expect(try folder.headgate("inventory", "--format", "markdown").output.contains(Self.mapping))
    for format in ["text", "json", "markdown", "csv"] {
      let run = try folder.headgate("inventory", "--format", format)
      #expect(!run.text.contains("kv-83a1f09c"), "\(format)")
    }
  }

  @Test("a secret that only the mapping knows is in no line that a finding shows")
  func secrets() throws {
    // Beside the line of a finding, which is shown with the line above it.
    let pools = try example(Self.pools).replacing(
      "    pool:\n      max: 5 ", with: "    pool: {max: 5} "
    )
    .replacing("      wait: 3\n      life: 20m\n", with: "")
    let folder = try folder([Self.pools: pools])
    for format in ["text", "json", "sarif", "markdown", "github"] {
      let run = try folder.headgate("check", "--format", format)
      #expect(run.status == 1)
      #expect(!run.text.contains("kv-83a1f09c"), "\(format): \(run.text)")
    }
  }

  @Test("capacity has the pool on its service's path")
  func capacity() throws {
    let run = try folder().headgate("capacity", ".", "--format", "json")
    #expect(run.status <= 1, "\(run.text)")
    #expect(run.output.contains("main"), "\(run.output)")
    let text = try folder().headgate("capacity", ".").output
    #expect(text.contains("auth"), "\(text)")
  }

  @Test("record notes a change of it, who answers")
  func record() throws {
    let folder = try folder()
    let larger = try example(Self.pools).replacing("max: 5 ", with: "max: 25 ")
      .replacing("kv-83a1f09c", with: "kv-other-1")
    try folder.commit([Self.pools: larger], "larger", at: "2024-06-10T10:34:00Z")
    let run = try folder.headgate("record", "--reason", "Outage", "--format", "json")
    #expect(run.status == 0, "\(run.text)")
    let settings = try JSONValue(run.output).settings?.array ?? []
    #expect(settings.contains { $0.field?.string == "pool.max_size" && $0.new?.string == "25" })
    let who = try folder.headgate("who", "pool.max_size")
    #expect(who.output.contains("5 -> 25") && who.output.contains(Self.pools), "\(who.text)")
    #expect(try folder.headgate("who", "pool.max").output.contains("5 -> 25"))
    let log = try Program.git(
      ["log", "-p", "refs/audit/log", "--", "record.json"], in: folder.path)
    #expect(!log.output.contains("kv-"), "\(log.output)")
  }

  @Test("a staged file is checked whatever its name ends with")
  func staged() throws {
    let sound = try example(Self.pools).replacing("max: 5 ", with: "max: 25 ")
    let folder = try folder([Self.pools: sound])
    try folder.write(Self.pools, try example(Self.pools))
    try folder.git("add", Self.pools)
    let run = try folder.headgate("check", "--staged")
    #expect(run.status == 1 && run.output.contains("\(Self.pools):7:12"), "\(run.text)")
  }

  @Test("a misspelt key of a strict format fails the check with the name that was meant")
  func strict() throws {
    let folder = try folder([
      Self.pools: try example(Self.pools).replacing("max: 5 ", with: "mxa: 25 ")
    ])
    let run = try folder.headgate("check")
    #expect(run.status == 1)
    #expect(run.output.contains("did you mean `max`?"), "\(run.text)")
    #expect(run.output.contains("\(Self.pools):7:7"), "\(run.text)")
  }

  @Test("a mistake in a mapping ends every command with its place and a suggestion")
  func mistakes() throws {
    let folder = try folder([
      Self.mapping: try example(Self.mapping).replacing("field: max_size", with: "field: max_sise")
    ])
    for command in ["check", "inventory", "capacity"] {
      let run = try folder.headgate(command, ".")
      #expect(run.status == 2)
      #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
      #expect(run.errors.contains("\(Self.mapping):15:16: error: pool has no field `max_sise`"))
      #expect(run.errors.contains("did you mean `max_size`?"), "\(run.errors)")
    }
    let none = try self.folder([".headgate.yaml": "formats: nowhere\n"]).headgate("check")
    #expect(none.status == 2)
    #expect(none.errors.contains("there is no mapping in `nowhere`"), "\(none.errors)")
  }

  @Test("the format is a product of --product, whose defaults go by version")
  func product() throws {
    let folder = try folder([
      Self.pools: try example(Self.pools).replacing("max: 5 ", with: "wait: 3 #")
        .replacing("wait: 3\n", with: "\n")
    ])
    func size(_ arguments: [String]) throws -> Int? {
      let run = try Program.headgate(
        ["inventory", "--format", "json", "--key", "pool.max"] + arguments, in: folder.path)
      return try JSONValue(run.output).resources?[0]?.settings?[0]?.effective?.int
    }
    #expect(try size([]) == 10)
    #expect(try size(["--product", "acme-pools=1.9"]) == 8)
    let unknown = try folder.headgate("check", "--product", "acme=1")
    #expect(unknown.status == 2 && unknown.errors.contains("acme-pools"), "\(unknown.errors)")
  }

  @Test("its pattern wins over what the catalog would make of the file")
  func precedence() throws {
    let folder = try TemporaryFolder([
      ".headgate.yaml": "formats: own.yaml\n",
      "own.yaml": "name: own\nfiles: '**'\nformat: properties\nresources:\n"
        + "- {kind: pool, keys: {maximumPoolSize: {field: min_idle}}}\n",
      "hikari.properties": "maximumPoolSize=7\n",
    ])
    let run = try folder.headgate("inventory", "--format", "json")
    let resources = try JSONValue(run.output).resources?.array ?? []
    #expect(resources.map { $0.technology?.string } == ["own"], "\(run.text)")
    #expect(resources.first?.settings?[0]?.field?.string == "pool.min_idle")
  }
}

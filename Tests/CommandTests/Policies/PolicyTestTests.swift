import FoundationEssentials
import Testing

/// `policy test`: a team's own rules, tested by their examples.
@Suite("Tests of a team's rules", .timeLimit(.minutes(15)))
struct PolicyTestTests {
  private static let rule = """
    title: Pool without a bound
    severity: warning
    for: pool
    when: pool.technology == "hikaricp"
    require: pool.max_size < param.most || pool.name == "big"
    parameters: {most: {type: int, default: 100, about: Largest pool of ours}}
    at: pool.max_size
    message: 'pool "{{pool.name}}" is too large for us'
    why: Nobody here runs more.
    examples:
      bad: [{file: hikari.properties, text: "maximumPoolSize=2000\\n", finds: [1]}]
      good: [{file: hikari.properties, text: "maximumPoolSize=20\\n"}]

    """

  private func folder(_ rule: String = rule) throws -> TemporaryFolder {
    try TemporaryFolder([
      ".headgate.yaml": "version: 1\npolicies: [rules]\n", "rules/team/pool-large.yaml": rule,
    ])
  }

  @Test("passing rules exit 0, and conditions that no example tries have their places")
  func passing() throws {
    let run = try folder().headgate("policy", "test")
    #expect(run.status == 0, "\(run.text)")
    #expect(run.output.contains("1 rule, 2 examples: all passed"), "\(run.output)")
    #expect(
      run.output.contains("rules/team/pool-large.yaml:4:7: note: when never false"),
      "\(run.output)")
    #expect(
      run.output.contains(
        "rules/team/pool-large.yaml:5:40: note: require never true: pool.name == \"big\""),
      "\(run.output)")
    #expect(try folder().headgate("policy", "test", "--strict").status == 1)
  }

  @Test("as data, with what each condition came to")
  func json() throws {
    let run = try folder().headgate("policy", "test", "--format", "json")
    let value = try JSONValue(run.output)
    #expect(value["summary"]?["rules"]?.int == 1)
    #expect(value["summary"]?["seen"]?.int == 6)
    #expect(value["summary"]?["outcomes"]?.int == 8)
    let conditions = value["rules"]?.array.first?["coverage"]?["conditions"]?.array ?? []
    #expect(conditions.count == 4)
    #expect(conditions.last?["text"]?.string == "pool.name == \"big\"")
    #expect(conditions.last?["true"]?.bool == false)
    #expect(conditions.last?["start"]?["line"]?.int == 5)
  }

  @Test("a failing example exits 1 and says what was found")
  func failing() throws {
    let wrong = Self.rule.replacing("maximumPoolSize=20", with: "maximumPoolSize=300")
    let run = try folder(wrong).headgate("policy", "test")
    #expect(run.status == 1)
    #expect(
      run.output.contains("error: good 1: expected nothing, found hikari.properties:1"),
      "\(run.output)")
  }

  @Test("a rule that does not load, or no rule at all, exits 2")
  func unusable() throws {
    let broken = try folder(Self.rule.replacing("pool.max_size <", with: "pool.max_sise <"))
    let run = try broken.headgate("policy", "test")
    #expect(run.status == 2)
    #expect(run.errors.contains("rules/team/pool-large.yaml:5:"), "\(run.errors)")
    #expect(run.errors.contains("did you mean `max_size`"), "\(run.errors)")
    let named = try broken.headgate("policy", "test", "rules/team/pool-large.yaml")
    #expect(named.status == 2)
    #expect(named.errors.contains("rules/team/pool-large.yaml:5:"), "\(named.errors)")
    #expect(try TemporaryFolder().headgate("policy", "test").status == 2)
    #expect(try TemporaryFolder().headgate("policy", "test", "nowhere").status == 2)
  }

  @Test("files and folders are tested without being in force")
  func paths() throws {
    let folder = try TemporaryFolder(["drafts/team/pool-large.yaml": Self.rule])
    for path in ["drafts", "drafts/", "drafts/team/pool-large.yaml"] {
      let run = try folder.headgate("policy", "test", path, "--format", "json")
      #expect(run.status == 0, "\(run.text)")
      let value = try JSONValue(run.output)
      #expect(value["rules"]?.array.first?["rule"]?.string == "team/pool-large")
    }
  }

  @Test("every built-in rule passes, and few conditions are left untried")
  func builtIn() throws {
    let run = try TemporaryFolder().headgate("policy", "test", "--built-in", "--format", "json")
    #expect(run.status == 0, "\(run.errors)")
    let value = try JSONValue(run.output)
    let failed = (value["rules"]?.array ?? []).filter { $0["passed"]?.bool != true }
    #expect(failed.compactMap { $0["rule"]?.string } == [])
    let seen = value["summary"]?["seen"]?.int ?? 0
    let outcomes = value["summary"]?["outcomes"]?.int ?? 1
    #expect(seen * 100 >= outcomes * 79, "\(seen) of \(outcomes)")
  }

  @Test("a team's rule takes a built-in one's place only where it says so")
  func overriding() throws {
    let text = Self.rule.replacing("title: Pool without a bound", with: "title: Our own minimum")
    let clash = try TemporaryFolder([
      ".headgate.yaml": "version: 1\npolicies: [rules]\n",
      "rules/pool/size-below-minimum.yaml": text,
    ])
    let refused = try clash.headgate("policy", "list")
    #expect(refused.status == 2)
    #expect(
      refused.errors.contains(
        "rules/pool/size-below-minimum.yaml:1:1: error: rule `pool/size-below-minimum` comes with"
          + " Headgate: write `overrides: true`"), "\(refused.errors)")
    try clash.write("rules/pool/size-below-minimum.yaml", "overrides: true\n" + text)
    let list = try clash.headgate("policy", "list", "--source", "team", "--format", "json")
    let rules = try JSONValue(list.output)["rules"]?.array ?? []
    #expect(rules.compactMap { $0["title"]?.string } == ["Our own minimum"])
    #expect(rules.first?["source"]?.string == "rules/pool/size-below-minimum.yaml")
    try clash.write("rules/pool/size-below-minimun.yaml", "overrides: true\n" + text)
    let misspelt = try clash.headgate("policy", "list")
    #expect(misspelt.status == 2)
    #expect(
      misspelt.errors.contains("did you mean `pool/size-below-minimum`"), "\(misspelt.errors)")
  }

  @Test("the schemas are printed as they are documented")
  func schemas() throws {
    let folder = try TemporaryFolder()
    for (subject, file) in [("rule", "rule"), ("configuration", "headgate")] {
      let run = try folder.headgate("policy", "schema", subject)
      #expect(run.status == 0)
      let path = "\(Checkout.path)/docs/\(file).schema.json"
      #expect(run.output == (try String(contentsOfFile: path, encoding: .utf8)))
      _ = try JSONValue(run.output)
    }
  }
}

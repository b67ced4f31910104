import FoundationEssentials
import Testing

/// The tools of people who write rules.
@Suite("Rules and expressions", .timeLimit(.minutes(15)))
struct PolicyCommandTests {
  @Test("policy list names every rule file")
  func list() throws {
    let folder = try TemporaryFolder()
    let run = try folder.headgate("policy", "list", "--format", "json")
    #expect(run.status == 0)
    let value = try JSONValue(run.output)
    let rules = (value.rules ?? value).array
    let names = Set(rules.compactMap { ($0.id ?? $0.rule)?.string })
    let files = try FileManager.default.subpathsOfDirectory(atPath: Checkout.path + "/policies")
      .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
    #expect(files.count > 20)
    #expect(names == Set(files))
    let text = try folder.headgate("policy", "list")
    #expect(text.status == 0)
    for name in files { #expect(text.output.contains(name)) }
  }

  @Test("policy list shows a team's decisions and own rules")
  func ownRules() throws {
    let folder = try TemporaryFolder([
      ".headgate.yaml": """
      version: 1
      policies: [rules]
      rules:
        pool/size-below-minimum: {severity: note}

      """,
      "rules/team/pool-unnamed.yaml": """
      title: Pool without a name
      severity: warning
      for: pool
      require: pool.max_size < 1000
      at: pool.max_size
      message: 'pool "{{pool.name}}" is too large for us'
      why: |
        Nobody here runs more.

      """,
      "hikari.properties": "maximumPoolSize=2000\nleakDetectionThreshold=10000\n",
    ])
    let list = try folder.headgate("policy", "list")
    #expect(list.status == 0, "\(list.text)")
    #expect(list.output.contains("team/pool-unnamed"))
    let check = try folder.headgate("check", "--format", "concise")
    #expect(check.output.contains("warning[team/pool-unnamed]"), "\(check.text)")
    let explain = try folder.headgate("explain", "team/pool-unnamed")
    #expect(explain.output.contains("Nobody here runs more."))
  }

  @Test("a rule with a mistake does not load: file, line, column and what was meant")
  func badRule() throws {
    let folder = try TemporaryFolder([
      ".headgate.yaml": "version: 1\npolicies: [rules]\n",
      "rules/team/bad.yaml": """
      title: Bad
      severity: warning
      for: pool
      require: pool.max_sise < 1000
      message: bad
      why: bad

      """,
      "hikari.properties": Fixtures.soundProperties,
    ])
    let run = try folder.headgate("check")
    #expect(run.status == 2)
    #expect(run.errors.contains("rules/team/bad.yaml:4:"), "\(run.errors)")
    #expect(run.errors.contains("max_size"), "\(run.errors)")
  }

  @Test(
    "a slip in .headgate.yaml is told by every check, with its place and what was meant",
    arguments: [
      ("products: {hikaricpp: 6.3.0}", "1:12", "did you mean `hikaricp`?"),
      ("files: [{path: a.conf, technology: ngnix}]", "1:36", "did you mean `nginx`?"),
      ("approvals: {requird: 2}", "1:", "did you mean `required`?"),
      ("approvals: {required: many}", "1:23", "a whole number from 0 to 100"),
      ("gate: {decision: [CODEOWNERS]}", "1:8", "did you mean `decisions`?"),
      ("gate: {decisions: ['[']}", "1:", "no pattern of paths"),
      ("rules: {pool/size-below-minimun: off}", "1:9", "did you mean `pool/size-below-minimum`?"),
      ("packs: [recomended]", "1:9", "did you mean `recommended`?"),
    ])
  func badDecisions(text: String, place: String, meant: String) throws {
    let folder = try TemporaryFolder([
      ".headgate.yaml": text + "\n", "hikari.properties": Fixtures.soundProperties,
    ])
    let run = try folder.headgate("check")
    #expect(run.status == 2, "\(run.text)")
    #expect(run.errors.contains(".headgate.yaml:\(place)"), "\(run.errors)")
    #expect(run.errors.contains(meant), "\(run.errors)")
  }

  @Test("--product with a slip says what was meant")
  func badProduct() throws {
    let folder = try TemporaryFolder(["hikari.properties": Fixtures.soundProperties])
    let near = try folder.headgate("check", "--product", "hikaricpp=6.3.0")
    #expect(near.status == 2)
    #expect(near.errors.contains("did you mean hikaricp?"), "\(near.errors)")
    let far = try folder.headgate("check", "--product", "teapot=6.3.0")
    #expect(far.errors.contains("known products"), "\(far.errors)")
  }

  @Test(
    "explain tells reason, condition and examples, by name and by code",
    arguments: [
      "pool/size-below-minimum", "POOL001",
    ])
  func explain(name: String) throws {
    let folder = try TemporaryFolder()
    let run = try folder.headgate("explain", name)
    #expect(run.status == 0)
    for text in ["pool/size-below-minimum", "POOL001", "maximumPoolSize=5", "pool.max_size"] {
      #expect(run.output.contains(text), "\(run.output)")
    }
    let json = try JSONValue(try folder.headgate("explain", name, "--format", "json").output)
    #expect(json["id"]?.string == "pool/size-below-minimum" || json.rule != nil)
  }

  @Test(
    "policy eval prints typed values and errors",
    arguments: [
      ("1 + 1", 0, #"{"value":{"int":"2"}}"#), ("'a' + 'b'", 0, #"{"value":{"string":"ab"}}"#),
      ("[1u, 2u].size() == 2", 0, #"{"value":{"bool":true}}"#),
      ("duration('90s')", 0, #"{"value":{"duration":"90s"}}"#),
      ("1 / 0", 1, #""error""#), ("1 +", 1, #""error""#), ("x + 1", 1, #""error""#),
      ("'a' + 1", 1, #""error""#),
    ] as [(String, Int32, String)])
  func eval(expression: String, status: Int32, output: String) throws {
    let folder = try TemporaryFolder()
    let run = try folder.headgate("policy", "eval", expression, "--format", "json")
    #expect(run.status == status, "\(run.text)")
    #expect(run.output.contains(output), "\(run.output)")
    #expect(run.output.hasSuffix("\n"))
  }

  @Test("policy eval takes bindings from a file")
  func bindings() throws {
    let folder = try TemporaryFolder([
      "b.json": #"{"x": {"int": "5"}, "names": {"list": [{"string": "a"}]}}"#,
      "bad.json": #"{"x": 5}"#,
    ])
    let run = try folder.headgate(
      "policy", "eval", "x * 2 + names.size()", "--bindings", "b.json", "--format", "json")
    #expect(run.status == 0)
    #expect(run.output == "{\"value\":{\"int\":\"11\"}}\n")
    let bad = try folder.headgate("policy", "eval", "x", "--bindings", "bad.json")
    #expect(bad.status == 2)
    #expect(bad.errors.contains("x") || bad.errors.contains("bad.json"), "\(bad.errors)")
  }

  @Test(
    "policy eval --cases gives the expected result of every conformance case",
    .enabled(if: SharedVectors.areHere, "\(SharedVectors.absence)"),
    arguments: SharedVectors.names(in: "data/cel").filter { $0.hasSuffix(".json") })
  func cases(file: String) throws {
    let folder = try TemporaryFolder()
    let cases = try JSONValue(SharedVectors.bytes("data/cel/\(file)")).array
    let run = try folder.headgate(
      "policy", "eval", "--cases", "\(SharedVectors.folder)/data/cel/\(file)")
    #expect(run.status == 0, "\(run.errors)")
    let results = run.output.split(separator: "\n")
    #expect(results.count == cases.count)
    for (item, line) in zip(cases, results) {
      let result = try JSONValue(String(line))
      let isMet =
        item.expect?.error?.bool == true
        ? result.error != nil
        : result.value.map(TypedJSON.normal) == item.expect?.value.map(TypedJSON.normal)
      #expect(isMet, "\(item.expr?.string ?? ""): \(line)")
    }
  }
}

/// Typed values in one spelling: entries of maps in any order, doubles by value.
enum TypedJSON {
  static func normal(_ value: JSONValue) -> JSONValue {
    if let list = value.list { return .object(["list": .array(list.array.map(normal))]) }
    if let text = value.double?.string, let number = Double(text) {
      return .object(["double": .string(number.isNaN ? "NaN" : "\(number == 0 ? 0 : number)")])
    }
    if let map = value.map {
      let entries = map.array.map { entry in JSONValue.array(entry.array.map(normal)) }
      return .object(["map": .array(entries.sorted { "\($0)" < "\($1)" })])
    }
    return value
  }
}

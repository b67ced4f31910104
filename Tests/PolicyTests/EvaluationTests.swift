import Findings
import Model
import Policy
import Syntax
import Testing

@Suite("Evaluation")
struct EvaluationTests {
  private let minimum = ruleText(
    require: "pool.max_size >= param.minimum",
    message: "pool \"{{pool.name}}\" holds {{pool.max_size}}, policy requires {{param.minimum}}",
    more: """
      parameters: {minimum: {type: int, default: 10, about: Smallest pool}}
      fix: {set: pool.max_size, to: param.minimum}

      """)

  @Test("a broken rule is a finding at the setting's value, with message and fix")
  func finding() throws {
    let evaluation = try evaluate(minimum, file: .size("5"))
    let finding = try #require(evaluation.findings.first)
    #expect(evaluation.findings.count == 1)
    #expect(evaluation.checks == 1)
    #expect(finding.rule == "pool/rule")
    #expect(finding.severity == .error)
    #expect(finding.message == "pool \"auth\" holds 5, policy requires 10")
    #expect(finding.range.start == SourcePosition(line: 1, column: 17, offset: 16))
    #expect(finding.range.end.offset == 17)
    #expect(finding.fix?.edits == [TextEdit(range: 16..<17, replacement: "10")])
    #expect(finding.fix?.safety == .unsafe)
    #expect(finding.why == "because")
  }

  @Test("a rule that holds is silent")
  func pass() throws {
    let evaluation = try evaluate(minimum, file: .size("10"))
    #expect(evaluation.findings.isEmpty)
    #expect(evaluation.checks == 1)
  }

  @Test("an unknown value is undecided: neither passed nor broken")
  func undecided() throws {
    let evaluation = try evaluate(minimum, file: .size("${SIZE}"))
    #expect(evaluation.findings.isEmpty)
    #expect(evaluation.undecided.map(\.message) == ["maximumPoolSize is decided elsewhere"])
  }

  @Test("a condition without value is a failure, never a pass")
  func failure() throws {
    let evaluation = try evaluate(
      ruleText(require: "pool.max_size / (pool.max_size - 5) > 0"), file: .size("5"))
    #expect(evaluation.findings.isEmpty)
    #expect(evaluation.failures.map(\.rule) == ["pool/rule"])
  }

  @Test("reading an absent field fails, asking for it does not")
  func absent() throws {
    let reading = try evaluate(ruleText(require: "pool.min_idle > 0"), file: .size("5"))
    #expect(reading.failures.count == 1)
    let asking = try evaluate(
      ruleText(require: "!has(pool.min_idle) || pool.min_idle > 0"), file: .size("5"))
    #expect(asking.failures.isEmpty)
    #expect(asking.findings.isEmpty)
  }

  @Test("a rule whose place is a field that the resource lacks does not apply")
  func anchor() throws {
    let evaluation = try evaluate(
      ruleText(require: "false", at: "pool.min_idle"), file: .size("5"))
    #expect(evaluation.checks == 0)
    #expect(evaluation.failures.isEmpty)
  }

  @Test("a default is reported at the resource, with advice in place of an edit")
  func defaultValue() throws {
    var file = PoolFile(lines: [])
    file.extra = [
      Setting(
        key: "maximumPoolSize", field: "max_size", effective: .int(5), unit: .connection,
        provenance: .default)
    ]
    let finding = try #require(try evaluate(minimum, file: file).findings.first)
    #expect(finding.range.start.offset == 0)
    #expect(finding.fix == nil)
    #expect(finding.help == "write `maximumPoolSize` with the value 10")
  }

  @Test(
    "aspects tell what is written, what runs and why",
    arguments: [
      ("written(pool.max_size) == \"5\"", true),
      ("provenance(pool.max_size) == \"explicit\"", true),
      ("effective(pool.max_size) == \"5\"", true), ("note(pool.max_size) == \"\"", true),
      ("key(pool.max_size) == \"maximumPoolSize\"", true), ("unlimited(pool.max_size)", false),
      ("refusal(pool.max_size) == \"\"", true), ("written(pool.min_idle) == \"\"", true),
    ])
  func aspects(expression: String, holds: Bool) throws {
    let evaluation = try evaluate(ruleText(require: expression), file: .size("5"))
    #expect(evaluation.failures.isEmpty)
    #expect(evaluation.findings.isEmpty == holds)
  }

  @Test("a rule for certain versions leaves the others alone", arguments: [(6, 1), (3, 0)])
  func versions(major: Int, count: Int) throws {
    var file = PoolFile.size("5")
    file.version = Version(major, 0, 0)
    let rule = ruleText(require: "false", more: "products: {hikaricp: \">=4.0 <7\"}\n")
    #expect(try evaluate(rule, file: file).findings.count == count)
  }

  @Test("a parameter without value makes the rule idle until the team sets it")
  func idleRule() throws {
    let rule = ruleText(
      require: "pool.max_size < param.limit",
      more: "parameters: {limit: {type: int, default: none, about: Most}}\n")
    #expect(try evaluate(rule, file: .size("5")).checks == 0)
    let decided = "rules: {pool/rule: {parameters: {limit: 3}}}\n"
    #expect(try evaluate(rule, file: .size("5"), configuration: decided).findings.count == 1)
  }

  @Test("a rule that gives way is dropped where a rule at least as severe reports the same value")
  func givingWay() throws {
    let general = ruleText(require: "false", message: "general", more: "gives_way: true\n")
    let error = ruleText(require: "false", message: "special")
    let note = ruleText(severity: "note", require: "false", message: "special")
    #expect(try evaluate(general, error, file: .size("5")).findings.map(\.message) == ["special"])
    #expect(try evaluate(general, note, file: .size("5")).findings.count == 2)
    #expect(try evaluate(general, file: .size("5")).findings.count == 1)
  }

  @Test("settings are resources of their own, secrets masked")
  func settings() throws {
    var file = PoolFile.size("5")
    file.extra = [
      Setting(
        key: "password", written: "hunter2", effective: .string("hunter2"), provenance: .explicit,
        isSecret: true)
    ]
    let text = """
      title: A rule
      severity: note
      for: setting
      require: 'false'
      at: setting
      message: '{{setting.key}}={{setting.written}}={{setting.effective}}'
      why: because
      """
    let messages = try evaluate(text, file: file).findings.map(\.message)
    #expect(messages == ["password=********=********", "maximumPoolSize=5=5"])
  }
}

@Suite("Severities and parameters")
struct RuleSettingsTests {
  private let rule = ruleText(
    require: "pool.max_size >= param.minimum",
    more: "parameters: {minimum: {type: int, default: 10, about: Smallest pool}}\n")

  @Test(
    "a team turns rules off, changes how they count and sets their numbers",
    arguments: [
      ("rules: {pool/rule: off}", "5", []), ("rules: {pool/rule: note}", "5", [Severity.note]),
      ("rules: {pool/*: warning}", "5", [.warning]),
      ("rules: {pool/*: off, pool/rule: error}", "5", [.error]),
      ("rules: {pool/rule: {parameters: {minimum: 4}}}", "5", []),
      ("rules: {pool/rule: {environments: {production: {parameters: {minimum: 4}}}}}", "5", []),
      ("rules: {pool/rule: {environments: {staging: off}}}", "5", [.error]),
      ("rules: {pool/rule: {severity: off, environments: {production: note}}}", "5", [.note]),
    ] as [(String, String, [Severity])])
  func decisions(configuration: String, size: String, expected: [Severity]) throws {
    let evaluation = try evaluate(rule, file: .size(size), configuration: configuration + "\n")
    #expect(evaluation.findings.map(\.severity) == expected)
  }

  @Test(
    "what a configuration says of rules that do not exist is an error with its place",
    arguments: [
      (
        "rules: {pool/rul: off}\n",
        ".headgate.yaml:1:9: error: there is no rule `pool/rul`: did you mean `pool/rule`?"
      ),
      (
        "rules:\n  pool/rule:\n    parameters: {minimun: 4}\n",
        ".headgate.yaml:3:18: error: rule `pool/rule` has no parameter `minimun`: "
          + "did you mean `minimum`?"
      ),
      (
        "rules:\n  pool/rule:\n    parameters: {minimum: many}\n",
        ".headgate.yaml:3:27: error: `minimum` is a whole number"
      ),
    ])
  func mistakes(configuration: String, expected: String) {
    let found = problems {
      _ = try evaluate(rule, file: .size("5"), configuration: configuration)
    }
    #expect(found == [expected])
  }
}

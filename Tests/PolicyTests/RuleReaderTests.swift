import Model
import Policy
import Syntax
import Testing

@Suite("Rule files")
struct RuleReaderTests {
  @Test("a rule is read with its parameters, places, fix and examples")
  func wholeRule() throws {
    let text = """
      title: Too small
      code: POOL001
      severity: error
      for: pool
      products: {hikaricp: ">=4.0 <6.2"}
      when: pool.environment == "production"
      require: pool.max_size >= param.minimum
      parameters:
        minimum: {type: int, default: 10, unit: connection, about: Smallest pool}
        limit: {type: duration, default: none, about: Longest wait}
      at: [pool.max_size, pool]
      related: pool.min_idle
      message: 'pool "{{pool.name}}"'
      fix: {set: pool.max_size, to: param.minimum, safety: unsafe}
      why: |
        Because.
      limits: none known
      references: [https://example.org/]
      examples:
        bad:
          - {file: a.properties, text: "x=1\\n", finds: [1], parameters: {minimum: 3}}
        good:
          - {file: a.properties, text: "x=2\\n", environment: test}
      """
    let rule = try rule(text, id: "pool/size")
    #expect(rule.id == "pool/size")
    #expect(rule.kind == .pool)
    #expect(rule.products.map(\.description) == ["hikaricp >=4.0 <6.2"])
    #expect(rule.parameters.map(\.defaultValue) == [.int(10), nil])
    #expect(rule.at.map(\.description) == ["pool.max_size", "pool"])
    #expect(rule.fix?.set == FieldPath(root: "pool", field: "max_size"))
    #expect(rule.why == "Because.")
    #expect(rule.bad[0].finds == [ExpectedFinding(path: "a.properties", line: 1)])
    #expect(rule.bad[0].parameters == ["minimum": .int(3)])
    #expect(rule.good[0].environment == "test")
  }

  @Test(
    "a mistake is reported with its place and what was probably meant",
    arguments: [
      (
        ruleText(require: "true", more: "severty: error\n"),
        "pool/rule.yaml:8:1: error: unknown key `severty` in a rule: did you mean `severity`?"
      ),
      (
        ruleText(severity: "warn", require: "true"),
        "pool/rule.yaml:2:11: error: severity is one of note, warning, error"
      ),
      (
        ruleText(require: "true", at: "location.root"),
        "pool/rule.yaml:5:5: error: `at` begins with `location`, but the rule is for `pool`: "
          + "did you mean `pool.root`?"
      ),
      (
        ruleText(require: "true", more: "parameters: {x: {type: integer, default: 1, about: y}}\n"),
        "pool/rule.yaml:8:24: error: type is one of bool, int, double, string, duration, size, "
          + "list(string)"
      ),
      (
        ruleText(require: "true", more: "parameters: {x: {type: int, default: 1s, about: y}}\n"),
        "pool/rule.yaml:8:38: error: default is a whole number"
      ),
      (
        ruleText(require: "true", more: "fix: {set: pool.max_size}\n"),
        "pool/rule.yaml:8:6: error: a fix needs `set` and `to` together"
      ),
      (
        ruleText(require: "true", more: "examples: {bad: [{file: a, text: b}]}\n"),
        "pool/rule.yaml:8:18: error: a bad example says in `finds` on which lines"
      ),
      (
        ruleText(require: "true", more: "title: twice\n"),
        "pool/rule.yaml:8:1: error: key `title` stands twice"
      ),
    ])
  func mistakes(text: String, expected: String) {
    #expect(problems { _ = try rule(text) } == [expected])
  }

  @Test(
    "products are named with or without versions",
    arguments: [
      ("[hikaricp, nginx]", ["hikaricp", "nginx"]), ("hikaricp", ["hikaricp"]),
      ("[hikaricp >=4.0 <6.2]", ["hikaricp >=4.0 <6.2"]), ("{nginx: <1.29.7}", ["nginx <1.29.7"]),
    ])
  func products(text: String, expected: [String]) throws {
    let rule = try rule(ruleText(require: "true", more: "products: \(text)\n"))
    #expect(rule.products.map(\.description) == expected)
  }

  @Test("every missing part is named at once")
  func missing() {
    let found = problems { _ = try rule("title: A rule\n") }
    #expect(found.count == 5)
    #expect(found.allSatisfy { $0.contains("a rule needs the key") })
  }

  @Test("the name follows from the file's place")
  func identifiers() {
    #expect(RuleReader.identifier(of: "policies/pool/x.yaml", below: "policies") == "pool/x")
    #expect(RuleReader.identifier(of: "/a/policies/pool/x.yml", below: "/a/policies/") == "pool/x")
  }
}

@Suite("Rules against the schema")
struct RuleCheckerTests {
  private func check(_ text: String) throws -> [String] {
    let rule = try RuleReader.read(SourceText(path: "r.yaml", text: text), id: "pool/rule")
    return RuleChecker.problems(of: rule, schema: poolSchema).map(\.description)
  }

  @Test("a rule that names only what exists has no problem")
  func good() throws {
    let text = ruleText(
      when: "provenance(pool.max_size) != \"default\"", require: "pool.max_size >= param.x",
      message: "{{pool.name}} {{size_text(1024)}} {{pool.max_lifetime}}",
      more: "parameters: {x: {type: int, default: 1, about: y}}\n")
    #expect(try check(text) == [])
  }

  @Test("an unknown field is reported at its column, with a suggestion")
  func unknownField() throws {
    let found = try check(ruleText(require: "pool.max_sise > 1"))
    #expect(found.count == 1)
    #expect(found[0].hasPrefix("r.yaml:4:"))
    #expect(found[0].contains("max_sise"))
    #expect(found[0].contains("did you mean `max_size`?"))
  }

  @Test("unknown parameters, functions and types of the wrong kind are refused")
  func unknownNames() throws {
    #expect(try check(ruleText(require: "pool.max_size > param.minimum")).count == 1)
    #expect(try check(ruleText(require: "writen(pool.max_size) == \"\"")).count == 1)
    #expect(try check(ruleText(require: "pool.max_size > \"ten\"")).count == 1)
    #expect(try check(ruleText(require: "pool.max_size")).count == 1)
  }

  @Test("expressions in messages, fixes and places are checked too")
  func otherParts() throws {
    let message = try check(ruleText(require: "true", message: "it is {{pool.max_sise}}"))
    #expect(message.count == 1)
    #expect(message.first?.hasPrefix("r.yaml:6:") == true)
    #expect(try check(ruleText(require: "true", message: "it is {{pool.name")).count == 1)
    let place = try check(ruleText(require: "true", at: "pool.maxsize"))
    #expect(
      place == ["r.yaml:5:10: error: `pool` has no field `maxsize`: did you mean `max_size`?"])
    let fix = ruleText(require: "true", more: "fix: {set: pool.max_size, to: param.x}\n")
    #expect(try check(fix).count == 1)
  }

  @Test("a mistake in a block of several lines is reported on its own line")
  func blockScalar() throws {
    let text = """
      title: A rule
      severity: error
      for: pool
      require: |
        pool.max_size > 1
        && pool.min_idel > 1
      message: m
      why: because
      """
    let found = try check(text)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("r.yaml:6:") == true, "\(found)")
  }
}

import Catalog
import Findings
import Model
import Policy
import Syntax
import Testing

@Suite("Packs")
struct PackTests {
  private func severity(packs: String, configuration: String) throws -> String? {
    let text = ruleText(require: "false", more: packs.isEmpty ? "" : "packs: \(packs)\n")
    let policy = try PolicySet(
      rules: [rule(text)], schema: poolSchema,
      configuration: ConfigurationReader.read(
        SourceText(path: ".headgate.yaml", text: configuration)))
    return policy.rules[0].severity(in: "")?.rawValue
  }

  @Test(
    "a rule is on where one of its packs is chosen, or where somebody names it",
    arguments: [
      ("", "", "error"), ("[strict]", "", nil), ("strict", "packs: [strict]", "error"),
      ("[recommended]", "packs: [strict]", nil), ("", "packs: []", nil),
      ("[strict, capacity]", "packs: [capacity, recommended]", "error"),
      ("[strict]", "rules: {pool/rule: on}", "error"),
      ("[strict]", "rules: {pool/rule: note}", "note"),
      ("[strict]", "rules: {pool/rule: {severity: warning}}", "warning"),
      ("[strict]", "rules: {pool/rule: {parameters: {}}}", nil),
      ("[strict]", "packs: [strict]\nrules: {pool/rule: off}", nil),
      ("[strict]", "rules: {pool/*: warning}", nil), ("[strict]", "rules: {pool/*: on}", "error"),
      ("", "rules: {pool/*: warning}", "warning"), ("", "rules: {pool/*: off}", nil),
      ("[strict]", "rules: {pool/*: note, pool/rule: on}", "note"),
    ] as [(String, String, String?)])
  func chosen(packs: String, configuration: String, expected: String?) throws {
    #expect(try severity(packs: packs, configuration: configuration) == expected)
  }

  @Test("an unknown pack is refused with the one that was probably meant")
  func unknown() {
    #expect(
      problems { _ = try severity(packs: "[strikt]", configuration: "") } == [
        "pool/rule.yaml:8:9: error: a pack is one of recommended, strict, nginx-security, capacity: "
          + "did you mean `strict`?"
      ])
    #expect(
      problems { _ = try severity(packs: "", configuration: "packs: [nginx-secure]") } == [
        ".headgate.yaml:1:9: error: a pack is one of recommended, strict, nginx-security, capacity: "
          + "did you mean `nginx-security`?"
      ])
  }

  @Test("why a rule looks at nothing is told, and asking for it by name turns it on")
  func idleness() throws {
    let strict = ruleText(
      require: "param.x",
      more: "packs: [strict]\n"
        + "parameters: {x: {type: bool, default: none, about: y}}\n")
    let chosen = try PolicySet(rules: [rule(strict)], schema: poolSchema)
    #expect(chosen.rules[0].idleness == .packs([.strict]))
    #expect(chosen.activeCount == 0)
    #expect(chosen.only(["pool/rule"]).rules[0].idleness == .parameter("x"))
    #expect(chosen.only(["pool/rule"]).rules[0].severity(in: "production") == .error)
    #expect(chosen.only(["pool/other"]).rules.isEmpty)
  }
}

@Suite("Rules for directives")
struct DirectiveRuleTests {
  private func text(_ directives: String, require: String = "directive.arguments[0] != \"301\"")
    -> String
  {
    """
    title: A rule
    severity: error
    for: directive
    \(directives)
    require: '\(require)'
    at: directive
    message: '{{directive.name}} {{directive.text}} in {{directive.context}}'
    why: because
    """
  }

  private func check(_ text: String) throws -> [String] {
    let rule = try RuleReader.read(SourceText(path: "r.yaml", text: text), id: "nginx/rule")
    return RuleChecker.problems(of: rule, schema: Catalog.schema).map(\.description)
  }

  @Test("the lines of the named directives are looked at, and no others")
  func evaluation() throws {
    let policy = try PolicySet(
      rules: [rule(text("directives: [return, rewrite]"), id: "nginx/rule")],
      schema: Catalog.schema)
    let source = SourceText(
      path: "nginx.conf",
      text: "events {}\nhttp { server {\n  return 301 /x;\n  error_page 301 /y;\n"
        + "  location / { rewrite a b; }\n} }\n")
    let reading = Technology.nginx.read(source, ReadingContext(files: NoFiles()))
    let evaluation = policy.evaluate(reading.resources, sources: [source.path: source])
    #expect(evaluation.failures.isEmpty)
    #expect(evaluation.findings.map(\.message) == ["return 301 /x in server"])
    #expect(evaluation.findings.first?.range.start.column == 10)
    #expect(evaluation.checks == 2)
  }

  @Test("a rule for directives names them, known ones, and only such a rule does")
  func mistakes() throws {
    #expect(
      try check(text("directives: [return, add_heder]")) == [
        "r.yaml:4:22: error: there is no directive `add_heder`: did you mean `add_header`?"
      ])
    #expect(
      problems { _ = try check(text("products: [nginx]")) } == [
        "r.yaml:1:1: error: a rule for `directive` needs the key `directives`"
      ])
    #expect(
      problems { _ = try rule(ruleText(require: "true", more: "directives: [return]\n")) } == [
        "pool/rule.yaml:8:13: error: `directives` belongs to rules for `directive`"
      ])
    #expect(try check(text("directives: return")) == [])
  }

  private struct NoFiles: FileSource {
    func read(_ path: String) throws(FileRefusal) -> SourceText { throw .notFound }
    func names(in directory: String) -> [String] { [] }
  }
}

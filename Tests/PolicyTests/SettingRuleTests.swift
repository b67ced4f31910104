import Catalog
import Model
import Policy
import Testing

/// Rules for settings meet hundreds of them in each server's file.
@Suite("Rules for settings")
struct SettingRuleTests {
  @Test("begin by asking for a written one, so that the others cost nothing")
  func written() throws {
    let rules = try RuleExamples.files.map { try RuleExamples.load($0).definition }
    let settings = rules.filter { $0.kind == .setting }
    #expect(!settings.isEmpty)
    for rule in settings {
      #expect(rule.when?.hasPrefix("has(setting.written)") == true, "\(rule.id)")
    }
  }

  @Test(
    "may look at defaults all the same",
    arguments: [
      ("setting.key == \"max_connections\"", 1), ("has(setting.written)", 0),
      ("has(setting.written) || setting.key == \"max_connections\"", 1),
      ("has(setting.written) && (true || setting.key == \"||\")", 0),
    ])
  func defaults(when: String, count: Int) throws {
    let rule = try rule(
      """
      title: A rule
      severity: error
      for: setting
      when: '\(when)'
      require: setting.key != "max_connections"
      at: setting
      message: m
      why: because
      """)
    let policy = try PolicySet(rules: [rule], schema: Catalog.schema)
    let files = MemoryFiles(files: ["postgresql.conf": "work_mem = 8MB\n"])
    let reading = RuleExamples.reading(entry: "postgresql.conf", files: files)
    let evaluation = policy.evaluate(reading.resources, sources: [:])
    #expect(evaluation.findings.count == count)
  }
}

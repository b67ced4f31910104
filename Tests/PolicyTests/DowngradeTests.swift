import Findings
import Model
import Policy
import Syntax
import Testing

@Suite("Findings that count less")
struct DowngradeTests {
  private func text(_ condition: String) -> String {
    ruleText(
      require: "pool.max_size >= 10",
      more: "downgrade: {when: '\(condition)', to: warning}\naliases: [OLD1, OLD2]\n")
  }

  @Test("the condition decides between two severities")
  func severities() throws {
    let lower = try evaluate(text("pool.max_size > 3"), file: .size("5"))
    #expect(lower.findings.map(\.severity) == [.warning])
    let full = try evaluate(text("pool.max_size > 7"), file: .size("5"))
    #expect(full.findings.map(\.severity) == [.error])
  }

  @Test("a condition that nobody knows lowers the severity")
  func unknown() throws {
    var file = PoolFile.size("5")
    file.lines.append(("minimumIdle", "min_idle", "${IDLE}", .connection))
    let evaluation = try evaluate(text("pool.min_idle > 3"), file: file)
    #expect(evaluation.findings.map(\.severity) == [.warning])
  }

  @Test("what a team decides is never raised")
  func decided() throws {
    let note = try evaluate(
      text("pool.max_size > 3"), file: .size("5"), configuration: "rules: {pool/rule: note}\n")
    #expect(note.findings.map(\.severity) == [.note])
  }

  @Test("further codes lead to the rule")
  func aliases() throws {
    let definition = try rule(text("true"))
    #expect(definition.aliases == ["OLD1", "OLD2"])
    let found = problems {
      _ = try PolicySet(
        rules: [definition], schema: poolSchema,
        configuration: try ConfigurationReader.read(
          SourceText(path: ".headgate.yaml", text: "rules: {OLD2: off}\n")))
    }
    #expect(found.first?.hasSuffix("did you mean `pool/rule`?") == true)
  }

  @Test(
    "a downgrade that cannot be is a mistake",
    arguments: [
      ("downgrade: {to: warning}\n", "a downgrade needs `when` and `to`"),
      ("downgrade: {when: 'true', to: error}\n", "`to` is a severity below `error`"),
      ("downgrade: {when: 'true', to: lower}\n", "to is one of note, warning, error"),
    ])
  func mistakes(more: String, expected: String) {
    let found = problems { _ = try rule(ruleText(require: "true", more: more)) }
    #expect(found.count == 1)
    #expect(found.first?.contains(expected) == true, "\(found)")
  }

  @Test("a condition is checked like the others")
  func checked() throws {
    let loaded = try RuleReader.read(
      SourceText(path: "pool/rule.yaml", text: text("pool.max_sise > 3")), id: "pool/rule")
    let found = RuleChecker.problems(of: loaded, schema: poolSchema)
    #expect(found.count == 1)
    #expect(found.first?.suggestion == "max_size")
  }
}

import Catalog
import Findings
import Model
import Policy
import Syntax
import Testing

@Suite("Built-in rules")
struct BuiltInRuleTests {
  @Test("there are rules to test")
  func presence() {
    #expect(RuleExamples.files.count >= 40)
  }

  @Test("every rule loads and names only what exists", arguments: RuleExamples.files)
  func loads(path: String) throws {
    let rule = try RuleExamples.load(path)
    let problems = RuleChecker.problems(of: rule, schema: Catalog.schema)
    #expect(problems.map(\.description) == [])
  }

  @Test("every example of every rule shows what it says", arguments: RuleExamples.files)
  func examples(path: String) throws {
    let rule = try RuleExamples.load(path).definition
    // What holds between files takes more than a reader: ReviewTests run those examples.
    guard !rule.id.hasPrefix("path/") else { return }
    let results = ExampleRun.run(rule, schema: Catalog.schema, read: RuleExamples.read)
    #expect(results.count >= 2)
    for result in results {
      #expect(result.passed, "\(result.rule), \(result.name): \(result.complaint ?? "")")
    }
  }

  @Test("a fix of a bad example repairs it", arguments: RuleExamples.files)
  func fixes(path: String) throws {
    let rule = try RuleExamples.load(path).definition
    for example in rule.bad {
      let reading = RuleExamples.read(example)
      let result = ExampleRun.run(rule, schema: Catalog.schema) { _ in reading }
      for finding in result.first?.findings ?? [] {
        guard let fix = finding.fix else { continue }
        let source = try #require(reading.sources.first { $0.path == finding.path })
        let fixed = try #require(source.applying(fix.edits))
        let repaired = RuleExample(
          file: example.file, text: fixed.text(0..<fixed.bytes.count), others: example.others,
          environment: example.environment, products: example.products,
          parameters: example.parameters)
        let after = ExampleRun.run(rule, schema: Catalog.schema) { _ in
          RuleExamples.read(repaired)
        }
        let left = after.first?.findings.filter { $0.range.start == finding.range.start } ?? []
        #expect(left.isEmpty, "\(rule.id): \(fix.description) leaves \(left.map(\.message))")
      }
    }
  }
}

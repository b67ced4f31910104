import Catalog
import Findings
import FoundationEssentials
import Model
import Policy
import Syntax
import Testing

/// The system of the outage, before and after, as all built-in rules see it file by file.
@Suite("The outage", .enabled(if: Stack.isHere, "shared vectors are not here"))
struct StackTests {
  @Test("the pool that ran out is named with its file, line, written and effective value")
  func outage() throws {
    let findings = try Stack.evaluate("outage").findings
    let size = try #require(findings.first { $0.rule == "pool/size-by-placeholder-default" })
    #expect(size.path == "application.yml")
    #expect(size.range.start.line == 17)
    #expect(size.message.contains("10 connections"))
    #expect(size.message.contains("${DB_POOL:10}"))
    let expected: Set<String> = [
      "pool/misplaced-size", "pool/size-below-test-profile", "pool/idle-timeout-reset",
      "pool/keepalive-dropped", "pool/leak-detection-dropped", "pool/held-while-rendering",
      "pool/validation-timeout-above-acquire-timeout", "pool/acquire-timeout-long",
      "pool/lifetime-long",
      "pgbouncer/section-repeated", "pgbouncer/query-wait-endless", "pgbouncer/reserve-never-used",
      "postgresql/statement-endless", "postgresql/idle-transaction-endless",
      "nginx/retry-non-idempotent", "nginx/login-without-limit",
    ]
    #expect(expected.subtracting(findings.map(\.rule)) == [])
    let endless = findings.first { $0.rule == "pool/acquire-timeout-endless" }
    #expect(endless?.path == "docker-compose.yml")
  }

  @Test("the repaired system has no error and no warning")
  func fixed() throws {
    let evaluation = try Stack.evaluate("fixed")
    #expect(evaluation.findings.filter { $0.severity > .note }.map(\.message) == [])
    #expect(evaluation.failures == [])
    #expect(evaluation.undecided.map(\.message) == [])
  }
}

private enum Stack {
  static let directory =
    ProcessInfo.processInfo.environment["HEADGATE_SHARED"] ?? "\(RuleExamples.root)/../shared"

  static var isHere: Bool { FileManager.default.fileExists(atPath: "\(directory)/corpora/stack") }

  static func evaluate(_ name: String) throws -> Evaluation {
    let rules = try RuleExamples.files.map { try RuleExamples.load($0).definition }
    let folder = "\(directory)/corpora/stack/\(name)"
    var files: [String: String] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
      files[file] = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
    }
    var resources: [any Resource] = []
    var sources: [String: SourceText] = [:]
    for file in files.keys.sorted() {
      let reading = RuleExamples.reading(entry: file, files: MemoryFiles(files: files))
      resources += reading.resources
      for source in reading.sources { sources[source.path] = source }
    }
    let policy = try PolicySet(rules: rules, schema: Catalog.schema)
    return policy.evaluate(resources, sources: sources)
  }
}

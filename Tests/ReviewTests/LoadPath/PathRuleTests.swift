import Catalog
import Findings
import FoundationEssentials
import Model
import Policy
import Review
import Syntax
import Testing

/// The rules about load paths, whose examples are whole folders.
@Suite("Rules of the load path")
struct PathRuleTests {
  static let root = String(
    #filePath.dropLast("/Tests/ReviewTests/LoadPath/PathRuleTests.swift".count))

  static let files: [String] = {
    // Without the folder the list is empty, which a test of its own reports.
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(root)/policies/path")) ?? [])
      .filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  private func rule(_ file: String) throws -> RuleDefinition {
    let text = try String(contentsOfFile: "\(Self.root)/policies/path/\(file)", encoding: .utf8)
    let name = String(file.dropLast(".yaml".count))
    return try RuleReader.read(
      SourceText(path: "policies/path/\(file)", text: text), id: "path/\(name)"
    ).definition
  }

  @Test("there are rules to test, about comparisons and what a deployment makes of a file")
  func presence() throws {
    #expect(Self.files.count >= 20)
    for file in Self.files {
      #expect([.invariant, .pool].contains(try rule(file).kind), "\(file)")
    }
  }

  @Test("every example shows what it says", arguments: files)
  func examples(file: String) throws {
    let results = ExampleRun.run(
      try rule(file), schema: Catalog.schema, read: ExampleReading.init(ofFolder:))
    #expect(results.count >= 2)
    for result in results {
      #expect(result.passed, "\(result.rule), \(result.name): \(result.complaint ?? "")")
    }
  }

  @Test("one file alone says nothing about a path", arguments: files)
  func alone(file: String) throws {
    let rule = try rule(file)
    for example in rule.bad where example.others.count >= 2 {
      for path in ["application.yml", "pgbouncer.ini", "postgresql.conf", "nginx.conf"] {
        guard let other = example.others.first(where: { $0.path == path }) else { continue }
        let reading = ExampleReading(
          ofFolder: RuleExample(file: other.path, text: other.text))
        #expect(!reading.resources.contains { $0.kind == .invariant }, "\(path)")
      }
    }
  }
}

import Catalog
import Findings
import Model
import Policy
import Syntax
import Testing

/// What a fix does to the numbers that decide how much a service carries.
@Suite("Fixes and capacity")
struct FixCapacityTests {
  /// The fields that bound how much work is taken on.
  private static let limits: [Kind: [String]] = [
    .pool: ["max_size", "max_idle", "min_idle", "overflow"],
    .pooler: [
      "max_clients", "default_pool_size", "reserve_pool_size", "max_db_connections",
      "max_user_connections", "max_db_clients", "max_user_clients",
    ],
    .poolerDatabase: ["pool_size", "reserve_pool_size", "max_db_connections"],
    .databaseServer: ["max_connections", "max_user_connections"],
  ]

  /// Rules that exist to lower what is too large; none of their fixes is made without asking.
  private static let lowering: Set<String> = [
    "pool/size-above-maximum", "pgbouncer/pool-size-unlimited", "pooler/pool-without-bound",
  ]

  private static let rules = RuleExamples.files.filter { !$0.hasPrefix("policies/nginx/") }

  @Test("a fix never lowers a limit", arguments: rules)
  func neverLower(path: String) throws {
    let rule = try RuleExamples.load(path).definition
    for number in rule.bad.indices {
      for (fix, before, after) in try fixed(rule, number) {
        if Self.lowering.contains(rule.id) {
          #expect(fix.safety == .unsafe)
          continue
        }
        for (limit, value) in before {
          guard let now = after[limit] else { continue }
          #expect(now >= value, "\(rule.id): \(fix.description) lowers \(limit)")
        }
      }
    }
  }

  @Test("a safe fix changes no limit that ran before", arguments: rules)
  func safeChangesNothing(path: String) throws {
    let rule = try RuleExamples.load(path).definition
    for number in rule.bad.indices {
      for (fix, before, after) in try fixed(rule, number) where fix.safety == .safe {
        for (limit, value) in before {
          #expect(after[limit] == value, "\(rule.id): \(fix.description) changes \(limit)")
        }
      }
    }
  }

  /// Each fix of a bad example, with the limits that run without and with it.
  private func fixed(
    _ rule: RuleDefinition, _ number: Int
  ) throws -> [(fix: Fix, before: [String: Int64], after: [String: Int64])] {
    let example = rule.bad[number]
    let reading = RuleExamples.read(example)
    let before = limits(reading)
    let results = ExampleRun.run(rule, schema: Catalog.schema) { _ in reading }
    let findings = results.first { $0.name == "bad \(number + 1)" }?.findings
    return try (findings ?? []).compactMap { finding in
      guard let fix = finding.fix, finding.path == example.file else { return nil }
      let source = try #require(reading.sources.first { $0.path == finding.path })
      let text = try #require(source.applying(fix.edits))
      let repaired = RuleExample(
        file: example.file, text: text.text(0..<text.bytes.count), others: example.others,
        environment: example.environment, products: example.products,
        parameters: example.parameters)
      return (fix, before, limits(RuleExamples.read(repaired)))
    }
  }

  /// What runs, by kind, name and field; what cannot be known is left out.
  private func limits(_ reading: ExampleReading) -> [String: Int64] {
    var values: [String: Int64] = [:]
    for resource in reading.resources {
      for name in Self.limits[resource.kind] ?? [] {
        guard let field = Catalog.schema[resource.kind]?.field(named: name),
          case .int(let value) = resource.value(of: field)
        else { continue }
        values["\(resource.kind.rawValue) \(resource.identity.name) \(name)"] = value
      }
    }
    return values
  }
}

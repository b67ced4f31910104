import Catalog
import Findings
import FoundationEssentials
import Model
import Policy
import Syntax
import Testing

/// Every fix of every rule for nginx, on every bad example: nothing else breaks.
@Suite("Fixes of rules for nginx")
struct RuleFixTests {
  private static let folder = Checkout.path + "/policies/nginx"

  private static let names: [String] = {
    // Without the folder the list is empty, which a test of its own reports.
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { $0.hasSuffix(".yaml") }.sorted().map { "nginx/" + $0.dropLast(".yaml".count) }
  }()

  private static let rules: [String: RuleDefinition] = {
    var rules: [String: RuleDefinition] = [:]
    for name in names {
      guard
        let data = FileManager.default.contents(atPath: "\(Checkout.path)/policies/\(name).yaml")
      else { continue }
      let source = SourceText(path: "policies/\(name).yaml", bytes: Array(data))
      // A rule that does not load is reported by the tests of the policy.
      rules[name] = (try? RuleReader.read(source, id: name))?.definition
    }
    return rules
  }()

  @Test("there are rules with an edit to try")
  func presence() {
    #expect(Self.rules.count == Self.names.count)
    #expect(Self.rules.values.count { $0.fix?.set != nil } >= 20)
    #expect(Self.policy != nil)
  }

  @Test("a repaired example has that finding gone and no new one of any rule", arguments: names)
  func closure(name: String) throws {
    let rule = try #require(Self.rules[name])
    for example in rule.bad {
      let before = try evaluate(example, rule)
      for finding in before.own {
        guard let fixed = repaired(example, by: finding, in: before.sources) else { continue }
        let after = try evaluate(fixed, rule)
        #expect(after.own.count < before.own.count, "\(finding.fix?.description ?? "")")
        for (other, count) in after.counts {
          #expect(
            count <= before.counts[other, default: 0],
            "\(name): \(finding.fix?.description ?? "") brings \(other)")
        }
      }
    }
  }

  @Test(
    "nginx takes a repaired example where it took the example",
    .enabled(if: RunningNginx.isInstalled, RunningNginx.absence), arguments: names)
  func acceptance(name: String) throws {
    let rule = try #require(Self.rules[name])
    for example in rule.bad {
      let before = try evaluate(example, rule)
      for finding in before.own {
        guard let fixed = repaired(example, by: finding, in: before.sources),
          try accepts(example)
        else { continue }
        #expect(try accepts(fixed), "\(name): \(finding.fix?.description ?? "")\n\(fixed.text)")
      }
    }
  }

  // MARK: running

  private struct Outcome {
    let own: [Finding]
    /// Findings by rule, of every rule for nginx.
    let counts: [String: Int]
    let sources: [SourceText]
  }

  private func evaluate(_ example: RuleExample, _ rule: RuleDefinition) throws -> Outcome {
    let reading = read(example)
    let sources = Dictionary(
      reading.sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let result = ExampleRun.run(rule.tried(on: example), schema: Catalog.schema) { _ in
      ExampleReading(resources: reading.resources, sources: reading.sources)
    }
    let all = Self.policy?.evaluate(reading.resources, sources: sources).findings ?? []
    return Outcome(
      own: try #require(result.first).findings,
      counts: Dictionary(grouping: all, by: \.rule).mapValues(\.count),
      sources: reading.sources)
  }

  /// Every rule for nginx, of all packs.
  private static let policy = try? PolicySet(
    rules: Array(rules.values), schema: Catalog.schema,
    configuration: Configuration(packs: Set(Pack.allCases)))

  private func read(_ example: RuleExample) -> Reading {
    let source = SourceText(path: example.file, text: example.text)
    let others = Dictionary(
      example.others.map { ($0.path, $0.text) }, uniquingKeysWith: { _, last in last })
    return Technology.nginx.read(
      source,
      ReadingContext(
        files: ExampleFiles(files: others),
        versions: example.products.compactMapValues { Version($0) },
        environment: example.environment))
  }

  /// The example after the edits of a finding's fix; `nil` where it has none.
  private func repaired(
    _ example: RuleExample, by finding: Finding, in sources: [SourceText]
  ) -> RuleExample? {
    guard let fix = finding.fix, !fix.edits.isEmpty,
      let source = sources.first(where: { $0.path == finding.path }),
      let edited = source.applying(fix.edits)
    else { return nil }
    let text = edited.text(0..<edited.bytes.count)
    let others = example.others.map {
      $0.path == finding.path ? ExampleFile(path: $0.path, text: text) : $0
    }
    return RuleExample(
      file: example.file, text: finding.path == example.file ? text : example.text,
      others: others, finds: example.finds, about: example.about,
      environment: example.environment, products: example.products,
      parameters: example.parameters)
  }

  private func accepts(_ example: RuleExample) throws -> Bool {
    let folder = try TemporaryFolder()
    try folder.write(example.file, example.text)
    for other in example.others { try folder.write(other.path, other.text) }
    let words = [
      RunningNginx.path ?? "nginx", "-p", folder.path + "/", "-c",
      "\(folder.path)/\(example.file)", "-g", "error_log stderr; pid nginx.pid;",
    ]
    return try RunningNginx.test(words, in: folder).contains("test is successful")
  }
}

/// The files that stand beside an example.
private struct ExampleFiles: FileSource {
  let files: [String: String]

  func read(_ path: String) throws(FileRefusal) -> SourceText {
    guard let text = files[path] else { throw .notFound }
    return SourceText(path: path, text: text)
  }

  func names(in directory: String) -> [String] {
    let prefix = directory.isEmpty || directory == "." ? "" : directory + "/"
    let names = files.keys.filter { $0.hasPrefix(prefix) }.map { path in
      String(path.dropFirst(prefix.count).prefix { $0 != "/" })
    }
    return Set(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

extension RuleDefinition {
  /// The rule with this as its only example.
  fileprivate func tried(on example: RuleExample) -> RuleDefinition {
    RuleDefinition(
      id: id, code: code, title: title, severity: severity, kind: kind, directives: directives,
      packs: packs, products: products, when: when, require: require, parameters: parameters,
      at: at, related: related, message: message, fix: fix, givesWay: givesWay, why: why,
      limits: limits, references: references, bad: [example], good: [])
  }
}

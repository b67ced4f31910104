package import Findings
package import Model
package import Syntax

/// A set of rules with parameters and severities: what a check evaluates.
///
/// A value that costs little to make: expressions are compiled by ``prepare(for:parts:)``, and only
/// those of rules that could look at something.
package struct PolicySet: Sendable {
  /// In order of their names.
  package let rules: [ConfiguredRule]
  package let schema: Schema
  /// The patterns of paths for which rules have settings of their own.
  private let patterns: [Glob]

  /// The rules, as `configuration` sets them.
  ///
  /// - Throws: what the configuration says about rules or parameters that don't exist, and values
  ///   of the wrong type.
  package init(
    rules: [RuleDefinition], schema: Schema, configuration: Configuration = .defaults
  ) throws(PolicyError) {
    var binder = SettingsBinder(rules: rules, configuration: configuration)
    self.rules = binder.bind().sorted { $0.definition.id < $1.definition.id }
    self.schema = schema
    patterns = binder.patterns
    guard binder.problems.isEmpty else { throw PolicyError(binder.problems) }
  }

  init(configured rules: [ConfiguredRule], schema: Schema, patterns: [Glob] = []) {
    self.rules = rules
    self.schema = schema
    self.patterns = patterns
  }

  /// Only these rules, and each of them on: what somebody asks for by name.
  package func only(_ names: Set<String>) -> PolicySet {
    PolicySet(
      configured: rules.filter { names.contains($0.definition.id) }.map { $0.turnedOn() },
      schema: schema, patterns: patterns)
  }

  /// The number of rules that are on and know their parameters.
  package var activeCount: Int { rules.count { $0.isActive } }

  /// The bytes that decide verdicts; their SHA-256 is the policy's digest.
  package var verdictText: String {
    var text = ""
    for (index, rule) in rules.enumerated() {
      if index > 0 { text += "\n\n" }
      rule.addVerdict(to: &text)
    }
    return text
  }

  /// Evaluates every rule on every resource of its kind.
  ///
  /// - Parameters:
  ///   - resources: what was read from the files.
  ///   - sources: the files by path as resources name them, for lines and edits.
  ///   - rootPath: turns such a path into one from the root, which patterns of paths speak of.
  package func evaluate(
    _ resources: [any Resource], sources: [String: SourceText],
    rootPath: @Sendable (String) -> String = { $0 }
  ) -> Evaluation {
    let subjects = Subjects.byKind(resources)
    let names = Set(rules.lazy.filter(\.isActive).flatMap(\.definition.directives))
    let parts = Subjects.parts(of: subjects, named: names)
    var prepared = prepare(for: subjects, parts: parts)
    if !patterns.isEmpty {
      prepared.scopes = PathScopes(
        patterns, paths: Set(sources.keys).union(resources.map(\.identity.origin.path)), rootPath)
    }
    return prepared.evaluate(subjects, parts: parts, sources: sources)
  }
}

/// What came of evaluating rules.
package struct Evaluation: Sendable {
  /// Rules broken, sorted by path, place and rule; fingerprints are left to the caller.
  package private(set) var findings: [Finding] = []
  /// Rules that depend on what cannot be known, with the reason: neither passed nor broken.
  package private(set) var undecided: [Finding] = []
  /// Rules that could not be evaluated: the check exits 2.
  package private(set) var failures: [RuleFailure] = []
  /// The number of times that a rule looked at a resource.
  package private(set) var checks = 0

  package init() {}

  /// Adds what another part of the resources came to.
  package mutating func merge(_ other: Evaluation) {
    findings = (findings + other.findings).sorted(by: Finding.isBefore)
    undecided = (undecided + other.undecided).sorted(by: Finding.isBefore)
    failures += other.failures
    checks += other.checks
  }

  /// Adds what other resources came to, without sorting yet.
  mutating func append(_ other: Evaluation) {
    findings += other.findings
    undecided += other.undecided
    failures += other.failures
    checks += other.checks
  }

  mutating func add(finding: Finding) { findings.append(finding) }
  mutating func add(undecided finding: Finding) { undecided.append(finding) }
  mutating func add(failure: RuleFailure) { failures.append(failure) }
  mutating func countChecks(_ count: Int) { checks += count }

  /// Sorts, and keeps of equal findings one: nginx reads an included file in several contexts.
  mutating func finish(givingWay: Set<String>) {
    findings = Self.unique(findings.sorted(by: Finding.isBefore))
    undecided = Self.unique(undecided.sorted(by: Finding.isBefore))
    guard findings.contains(where: { givingWay.contains($0.rule) }) else { return }
    var worst: [Place: Severity] = [:]
    for finding in findings where !givingWay.contains(finding.rule) {
      let place = Place(finding)
      worst[place] = max(worst[place] ?? .note, finding.severity)
    }
    findings.removeAll { finding in
      guard givingWay.contains(finding.rule), let other = worst[Place(finding)] else {
        return false
      }
      return other >= finding.severity
    }
  }

  private struct Place: Hashable {
    let path: String
    let range: Range<Int>

    init(_ finding: Finding) {
      path = finding.path
      range =
        finding.range.start
        .offset..<max(
          finding.range.end.offset, finding.range.start.offset)
    }
  }

  private static func unique(_ findings: [Finding]) -> [Finding] {
    var result: [Finding] = []
    for finding in findings {
      let isKnown = result.last.map {
        $0.rule == finding.rule && $0.path == finding.path && $0.range == finding.range
          && $0.message == finding.message
      }
      if isKnown != true { result.append(finding) }
    }
    return result
  }
}

/// A rule that could not be evaluated: never a pass.
package struct RuleFailure: Sendable, Hashable {
  package let rule: String
  /// The file of the resource at which it failed; empty where the rule itself doesn't compile.
  package let path: String
  /// Why; no full stop.
  package let message: String

  package init(rule: String, path: String, message: String) {
    self.rule = rule
    self.path = path
    self.message = message
  }
}

extension Finding {
  /// The order of reports: path, place, rule, message.
  package static func isBefore(_ left: Finding, _ right: Finding) -> Bool {
    if left.path != right.path { return left.path < right.path }
    if left.range.start != right.range.start { return left.range.start < right.range.start }
    if left.range.end != right.range.end { return left.range.end < right.range.end }
    if left.rule != right.rule { return left.rule < right.rule }
    return left.message < right.message
  }
}

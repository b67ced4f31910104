import Audit
package import Capacity
import Catalog
package import Findings
import Model
package import Policy
package import Syntax

/// Reads a workspace, evaluates the policy on it, and concludes.
package struct Checker: Sendable {
  private let collector: Collector
  private let policy: PolicySet
  private let declaration: LoadDeclaration?
  /// `.headgate.yaml`, whose lines findings about the load path may show.
  private let configuration: SourceText?

  /// A checker with what a team declared.
  ///
  /// - Parameters:
  ///   - declaration: what it says of its load path.
  ///   - configuration: the file that says it.
  package init(
    collector: Collector, policy: PolicySet, declaration: LoadDeclaration? = nil,
    configuration: SourceText? = nil
  ) {
    self.collector = collector
    self.policy = policy
    self.declaration = declaration
    self.configuration = configuration
  }

  /// A checker that evaluates only the rules called `names`, each of them turned on.
  ///
  /// - Throws: `Failure` with the names that come near one that is no rule's.
  package func evaluating(only names: [String]) throws(Failure) -> Checker {
    guard !names.isEmpty else { return self }
    let list = RuleList(policy)
    var rules: Set<String> = []
    for name in names { rules.insert(try list.rule(name).definition.id) }
    return Checker(
      collector: collector, policy: policy.only(rules), declaration: declaration,
      configuration: configuration)
  }

  /// Checks every recognised file of `workspaces`.
  ///
  /// - Parameter paths: when given, only what concerns these files is reported; the others are read
  /// because
  ///   they include them or are included.
  package func check(
    _ workspaces: [Workspace], reportingOnly paths: Set<String>? = nil
  ) -> Verdict {
    var collection = collector.collect(workspaces)
    let loadPath = LoadPathReview(collection, declaration: declaration)
    if let paths { collection = collection.touching(paths) }
    return conclude(collection, loadPath.resources(at: paths), reportingOnly: paths)
  }

  private func conclude(
    _ collection: Collection, _ invariants: [any Resource], reportingOnly paths: Set<String>?
  ) -> Verdict {
    var sources: [String: SourceText] = [:]
    for source in collection.readings.flatMap(\.sources) { sources[source.path] = source }
    let evaluation = policy.evaluate(
      collection.readings.flatMap(\.resources) + invariants,
      sources: sources.merging(configurationSource) { read, _ in read })
    var problems = ProblemFindings(sources: sources)
    for entry in collection.entries {
      for problem in entry.reading.problems { problems.add(problem, of: entry.technology.name) }
    }
    let isReported = { (path: String) in paths?.contains(path) ?? true }
    let findings = (evaluation.findings + problems.findings(besides: evaluation.findings))
      .filter { isReported($0.path) }.sorted(by: Finding.isBefore).saidOnce(by: collection)
    let failures = evaluation.failures.map { failure in
      SkippedFile(
        path: failure.path.isEmpty ? failure.rule : failure.path,
        reason: "rule \(failure.rule) could not be evaluated: \(failure.message)")
    }
    let skipped = (collection.skipped + problems.skipped).filter { isReported($0.path) } + failures
    let report = Report(
      findings: Fingerprint { Digest(of: $0).bytes }.assign(to: findings, sources: sources),
      sources: sources, fileCount: sources.keys.count { isReported($0) },
      ruleCount: policy.activeCount, skipped: skipped,
      undecided: (evaluation.undecided + problems.unknown).filter { isReported($0.path) }
        .sorted(by: Finding.isBefore).saidOnce(by: collection),
      assumptions: Assumption.list(collection.readings).filter { isReported($0.path) },
      policyDigest: Digest(of: Array(policy.verdictText.utf8)).hex,
      toolVersion: Tool.version, rules: policy.summaries)
    return Verdict(report: report, isComplete: skipped.isEmpty && !sources.isEmpty)
  }
}

extension Checker {
  private var configurationSource: [String: SourceText] {
    guard declaration != nil, let configuration else { return [:] }
    return [configuration.path: configuration]
  }
}

/// A report, and whether everything that should have been checked was.
package struct Verdict: Sendable {
  package let report: Report
  /// False when a file could not be read or understood, a rule could not be evaluated, or nothing
  /// was there.
  package let isComplete: Bool

  /// Whether the check fails at `level`; notes never fail it unless asked for.
  package func fails(on level: Severity) -> Bool {
    report.findings.contains { $0.status == .new && $0.severity >= level }
  }
}

extension PolicySet {
  /// The active rules, for formats that describe rules beside findings.
  fileprivate var summaries: [RuleSummary] {
    rules.filter(\.isActive).map { rule in
      let definition = rule.definition
      return RuleSummary(
        id: definition.id, title: definition.title, severity: definition.severity,
        why: definition.why, help: definition.fix?.text, references: definition.references)
    }
  }
}

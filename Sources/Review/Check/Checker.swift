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
  private var policy: PolicySet
  private let declaration: LoadDeclaration?
  /// `.headgate.yaml`, whose lines findings about the load path may show.
  private let configuration: SourceText?
  private var exceptions: Exceptions
  /// The names of all rules; of those that are evaluated where somebody chose some.
  private let knownRules: Set<String>
  private var isOfSomeRules = false

  /// A checker with what a team declared.
  ///
  /// - Parameters:
  ///   - declaration: what it says of its load path.
  ///   - configuration: the file that says it.
  ///   - exceptions: what it lives with.
  package init(
    collector: Collector, policy: PolicySet, declaration: LoadDeclaration? = nil,
    configuration: SourceText? = nil, exceptions: Exceptions = .none
  ) {
    self.collector = collector
    self.policy = policy
    self.declaration = declaration
    self.configuration = configuration
    self.exceptions = exceptions
    knownRules = Set(policy.rules.map(\.definition.id))
  }

  /// A checker that evaluates only the rules called `names`, each of them turned on.
  ///
  /// - Throws: `Failure` with the names that come near one that is no rule's.
  package func evaluating(only names: [String]) throws(Failure) -> Checker {
    guard !names.isEmpty else { return self }
    let list = RuleList(policy)
    var rules: Set<String> = []
    for name in names { rules.insert(try list.rule(name).definition.id) }
    var checker = self
    checker.policy = policy.only(rules)
    checker.isOfSomeRules = true
    return checker
  }

  /// The same checker for a team that lives with `exceptions`.
  package func living(with exceptions: Exceptions) -> Checker {
    var checker = self
    checker.exceptions = exceptions
    return checker
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
    let scope = CheckScope(
      isOfSomeRules: isOfSomeRules, isWholeRepository: workspaces.contains(where: \.isWhole),
      hasIncluders: paths == nil && workspaces.allSatisfy(\.named.isEmpty))
    let isAll = paths == nil && workspaces.allSatisfy(\.named.isEmpty)
    return conclude(
      collection, loadPath.resources(at: paths), reportingOnly: paths, scope,
      remarks: isAll ? loadPath.remarks : [], rootPath: { workspaces.rootPath($0) })
  }

  /// Reads the files of `workspace`, for ``check(_:only:withLoadPath:)``.
  func collect(_ workspace: Workspace) -> Collection { collector.collect(workspace) }

  /// Checks some entries of what was read, under paths from the root.
  ///
  /// - Parameters:
  ///   - collection: all that was read.
  ///   - part: the entries that are judged; all of them where `nil`.
  ///   - withLoadPath: whether the whole load path was read, so that what must hold along it can be
  ///     judged as well.
  func check(
    _ collection: Collection, only part: Collection?, withLoadPath: Bool
  ) -> Verdict {
    let invariants =
      withLoadPath ? LoadPathReview(collection, declaration: declaration).resources() : []
    let scope = CheckScope(isOfSomeRules: isOfSomeRules, hasLoadPath: withLoadPath)
    return conclude(part ?? collection, invariants, reportingOnly: nil, scope, rootPath: { $0 })
  }

  /// How findings are recognised again.
  static let fingerprint = Fingerprint { Digest(of: $0).bytes }

  private func conclude(
    _ collection: Collection, _ invariants: [any Resource], reportingOnly paths: Set<String>?,
    _ scope: CheckScope, remarks: [Problem] = [], rootPath: @Sendable (String) -> String
  ) -> Verdict {
    var sources: [String: SourceText] = [:]
    for source in collection.readings.flatMap(\.sources) { sources[source.path] = source }
    let shown = sources.merging(configurationSource) { read, _ in read }
    let evaluation = policy.evaluate(
      collection.readings.flatMap(\.resources) + invariants, sources: shown, rootPath: rootPath)
    var problems = ProblemFindings(sources: shown)
    for entry in collection.entries {
      for problem in entry.reading.problems { problems.add(problem, of: entry.technology.name) }
    }
    for remark in collection.remarks { problems.add(remark.problem, of: remark.technology) }
    for problem in remarks { problems.add(problem, of: "load-path") }
    let isReported = { (path: String) in paths?.contains(path) ?? true }
    let findings = (evaluation.findings + problems.findings(besides: evaluation.findings))
      .filter { isReported($0.path) }.sorted(by: Finding.isBefore).saidOnce(by: collection)
    let failures = evaluation.failures.map { failure in
      SkippedFile(
        path: failure.path.isEmpty ? failure.rule : failure.path,
        reason: "rule \(failure.rule) could not be evaluated: \(failure.message)")
    }
    let skipped = (collection.skipped + problems.skipped).filter { isReported($0.path) } + failures
    var review = ExceptionReview(
      collection, sources: sources, policy: policy, knownRules: knownRules,
      exceptions: exceptions, scope: scope, broken: Set(problems.skipped.map(\.path)),
      undecided: evaluation.undecided)
    let excused = review.apply(
      to: Self.fingerprint.assign(to: findings, sources: sources, rootPath: rootPath),
      rootPath: rootPath)
    var report = Report(
      findings: excused.findings.filter { isReported($0.path) },
      sources: sources, fileCount: sources.keys.count { isReported($0) },
      ruleCount: policy.activeCount, skipped: skipped,
      undecided: (evaluation.undecided + problems.unknown).filter { isReported($0.path) }
        .sorted(by: Finding.isBefore).saidOnce(by: collection),
      assumptions: Assumption.list(collection.readings).filter { isReported($0.path) },
      policyDigest: Digest(of: Array(policy.verdictText.utf8)).hex,
      toolVersion: Tool.version, rules: policy.summaries)
    let policy = policy
    report.ruleOrigins = { policy.origins }
    report.unusedBaseline = excused.unneeded.count
    return Verdict(
      report: report, isComplete: skipped.isEmpty && !sources.isEmpty, unneeded: excused.unneeded)
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
  /// Entries of the baseline that are no longer needed.
  package var unneeded: [Baseline.Entry] = []

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

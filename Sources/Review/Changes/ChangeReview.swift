import Catalog
import Findings
import Model
package import Policy
import Syntax

/// Judges a change by what it makes worse, wherever that shows.
///
/// A finding is the change's own when the later state has it and no earlier one does: by its
/// fingerprint, so that moved lines are no news. Both states are worked out for the files in play
/// alone; the earlier one only where the later has findings, or lacks files.
package struct ChangeReview: Sendable {
  private let project: Project
  private let checker: Checker
  /// What judges the earlier states: the same, unless the change is one of the decisions.
  private let earlier: @Sendable (FileState) throws(Failure) -> Checker
  private let decisionsDiffer: Bool

  /// A review by the rules in force in the later state.
  ///
  /// - Parameters:
  ///   - project: the decisions of the later state.
  ///   - checker: the project's checker, or one of some of its rules.
  package init(_ project: Project, checker: Checker) {
    self.project = project
    self.checker = checker
    decisionsDiffer = false
    earlier = { _ throws(Failure) in checker }
  }

  /// A review of the index or the work tree by the decisions that stand beside its files.
  ///
  /// - Parameters:
  ///   - name: a file to read instead of `.headgate.yaml` in the root, for all states.
  ///   - products: versions given on the command line, `NAME=VERSION`.
  ///   - rules: the rules that are evaluated; all that are on where empty.
  ///   - exceptions: what the team lives with in the later state.
  package init(
    _ changes: FileChanges, configuration name: String? = nil, products: [String],
    rules: [String] = [],
    exceptions: (Project, FileState) throws(Failure) -> Exceptions = { _, _ in .none }
  ) throws(Failure) {
    var given: SourceText?
    if let name { given = try WorkTree.readFile(name) }
    let decisions = Decisions(given: given, products: products)
    let later = try decisions.project(of: changes.head)
    project = later
    checker = try later.checker.evaluating(only: rules)
      .living(with: try exceptions(later, changes.head))
    decisionsDiffer = given == nil && Self.decide(changes.touched, later.configuration)
    if decisionsDiffer {
      earlier = { state throws(Failure) in
        try decisions.project(of: state).checker.evaluating(only: rules)
      }
    } else {
      let checker = checker
      earlier = { _ throws(Failure) in checker }
    }
  }

  /// The decisions of any state.
  private struct Decisions: Sendable {
    /// What is read instead of the file in the root.
    let given: SourceText?
    let products: [String]

    func project(of state: FileState) throws(Failure) -> Project {
      var source = given
      if source == nil { source = try Configuration.source(in: state.files) }
      return try Project(configuration: source, files: state.files, products: products)
    }
  }

  /// Whether one of `paths` is a decision of the team, or a rule or format of its own.
  static func decide(_ paths: Set<String>, _ configuration: Configuration) -> Bool {
    paths.contains(Configuration.fileName) || paths.contains("headgate.lock")
      || paths.contains { path in
        (configuration.policies + configuration.formats).contains { directory in
          let directory = RelativePath.normal(directory) ?? directory
          return directory.isEmpty || path == directory || path.hasPrefix(directory + "/")
        }
      }
  }

  /// What the change brings: its own findings, and in its files those that were there before, as
  /// known ones.
  ///
  /// - Throws: `Failure` when a state cannot be read.
  package func verdict(on changes: FileChanges) throws(Failure) -> Verdict {
    try outcome(of: changes).verdict
  }

  /// A verdict with the findings of the earlier states that it was compared with.
  struct Outcome {
    let verdict: Verdict
    /// Fingerprints under the later names of files; empty where nothing had to be compared.
    let known: Set<String>
    /// Everything found in the later state of the files in play, whatever becomes of it.
    let all: [Finding]
  }

  func outcome(of changes: FileChanges) throws(Failure) -> Outcome {
    let inPlay = FilesInPlay(
      changes.touched, project.configuration, isEverything: decisionsDiffer)
    var others: Set<String> = []
    var bases: [State] = []
    if !changes.removed.isEmpty {
      bases = try states(changes, inPlay)
      for base in bases {
        others.formUnion(base.collection.touching(changes.touched).entryPaths)
      }
    }
    let head = State(checker, changes.head, inPlay)
    let report = head.report(touching: changes.touched, or: others, decisionsDiffer)
    var known: Set<String> = []
    var told: Set<SkippedFile> = []
    if !report.findings.isEmpty || !report.skipped.isEmpty {
      if bases.isEmpty { bases = try states(changes, inPlay) }
      let entries = head.collection.touching(changes.touched, or: others).entryPaths
      for base in bases {
        let earlier = base.report(
          touching: changes.touched, or: others.union(entries), decisionsDiffer)
        known.formUnion(earlier.fingerprints(renamed: changes.renamed))
        told.formUnion(earlier.skipped)
      }
    }
    let verdict = conclude(report, changes, known: known, told: told)
    return Outcome(verdict: verdict, known: known, all: report.findings)
  }

  private func states(
    _ changes: FileChanges, _ inPlay: FilesInPlay
  ) throws(Failure) -> [State] {
    var states: [State] = []
    for base in try changes.bases() { states.append(State(try earlier(base), base, inPlay)) }
    return states
  }

  private func conclude(
    _ report: Report, _ changes: FileChanges, known: Set<String>, told: Set<SkippedFile>
  ) -> Verdict {
    let findings = report.findings.compactMap { finding -> Finding? in
      guard known.contains(finding.fingerprint) else { return finding }
      // Elsewhere in the files that are in play it is nobody's business now.
      guard changes.changed.contains(finding.path) else { return nil }
      var finding = finding
      if finding.status == .new { finding.status = .baseline }
      return finding
    }
    let unmerged = changes.unmerged.filter { path in
      FileNames.mayBeConfiguration(path) && project.configuration.governs(path)
    }.map { SkippedFile(path: $0, reason: "its merge is not resolved") }
    let skipped =
      report.skipped.filter { file in
        changes.changed.contains(file.path) || !told.contains(file)
      } + unmerged
    let isChanged = { (path: String) in changes.changed.contains(path) }
    return Verdict(
      report: report.with(
        findings: findings, fileCount: report.sources.keys.count(where: isChanged),
        skipped: skipped, undecided: report.undecided.filter { isChanged($0.path) },
        assumptions: report.assumptions.filter { isChanged($0.path) }),
      isComplete: skipped.isEmpty)
  }

  /// One state of the files in play, as it was read.
  private struct State {
    let checker: Checker
    let collection: Collection
    let hasLoadPath: Bool

    init(_ checker: Checker, _ state: FileState, _ inPlay: FilesInPlay) {
      let selection = inPlay.selection(in: state)
      self.checker = checker
      collection = checker.collect(Workspace(files: state.files, paths: selection.paths))
      hasLoadPath = selection.hasLoadPath
    }

    /// What is found in the entries that are touched, and along the load path.
    func report(
      touching paths: Set<String>, or others: Set<String>, _ isEverything: Bool
    ) -> Report {
      checker.check(
        collection, only: isEverything ? nil : collection.touching(paths, or: others),
        withLoadPath: hasLoadPath
      ).report
    }
  }
}

extension Report {
  /// The fingerprints of the findings, as they are under the later names of files.
  fileprivate func fingerprints(renamed: [String: String]) -> Set<String> {
    guard !renamed.isEmpty else { return Set(findings.map(\.fingerprint)) }
    var moved = sources
    for (old, new) in renamed {
      guard let source = sources[old] else { continue }
      moved[old] = nil
      moved[new] = SourceText(path: new, bytes: source.bytes)
    }
    let later = findings.map { finding in renamed[finding.path].map(finding.moved) ?? finding }
      .sorted(by: Finding.isBefore)
    return Set(
      Checker.fingerprint.assign(to: later, sources: moved).map(\.fingerprint)
        + findings.map(\.fingerprint))
  }
}

extension Finding {
  fileprivate func moved(to path: String) -> Finding {
    Finding(
      rule: rule, severity: severity, message: message, path: path, range: range,
      related: related, why: why, help: help, fix: fix)
  }
}

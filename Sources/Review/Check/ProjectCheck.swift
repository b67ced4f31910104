package import Audit
import Catalog
import Findings
import Policy

/// A check as it was asked for, with what the team lives with.
package struct ProjectCheck: Sendable {
  private let folder: String
  private let configuration: String?
  private let products: [String]
  private let rules: [String]
  private let baseline: String?
  private let now: Timestamp

  /// A check from `folder`.
  ///
  /// - Parameters:
  ///   - configuration: a file to read instead of `.headgate.yaml` in the root.
  ///   - products: versions given on the command line, `NAME=VERSION`.
  ///   - rules: the rules that are evaluated; all that are on where empty.
  ///   - baseline: a file to read instead of the one of the repository.
  ///   - now: decides which waivers ran out.
  package init(
    folder: String, configuration: String? = nil, products: [String] = [], rules: [String] = [],
    baseline: String? = nil, now: Timestamp
  ) {
    self.folder = folder
    self.configuration = configuration
    self.products = products
    self.rules = rules
    self.baseline = baseline
    self.now = now
  }

  /// The verdict on files of the work tree.
  ///
  /// - Parameter paths: files and folders as typed; this folder where empty.
  /// - Throws: `Failure` when decisions, baseline or log cannot be read.
  package func verdict(onPaths paths: [String]) throws(Failure) -> Verdict {
    try checker().check(try WorkTree(folder).workspaces(paths))
  }

  /// The verdict on files that are not on the disk.
  package func verdict(on workspace: Workspace) throws(Failure) -> Verdict {
    try checker().check([workspace])
  }

  /// The verdict on what differs; `nil` where no configuration does.
  package func verdict(on changes: FileChanges) throws(Failure) -> Verdict? {
    let review = try ChangeReview(
      changes, configuration: configuration, products: products, rules: rules
    ) { project, state throws(Failure) in
      try exceptions(project.configuration, state.files, mustExist: true)
    }
    let verdict = try review.verdict(on: changes)
    let report = verdict.report
    let isAnything =
      report.fileCount > 0 || !report.skipped.isEmpty || !report.findings.isEmpty
    return isAnything ? verdict : nil
  }

  /// What a check of the whole repository concluded, and what became of the baseline.
  package struct Adoption: Sendable {
    package let verdict: Verdict
    /// One sentence for people.
    package let summary: String
  }

  /// Begins the baseline or takes out of it what is no longer needed, and checks by it.
  ///
  /// - Parameters:
  ///   - mayAdopt: whether a new file may be begun.
  ///   - write: replaces the content of a file, named by its path on the disk.
  package func verdict(
    adopting mayAdopt: Bool, write: (_ path: String, _ bytes: [UInt8]) throws(Failure) -> Void
  ) throws(Failure) -> Adoption {
    let root = try WorkTree(folder).files.root
    let tree = try WorkTree(root)
    let project = try tree.project(configuration: configuration, products: products)
    let file = try baselineFile(project.configuration, tree.files, mustExist: false)
    let checker = try checker(baselineMustExist: false)
    let verdict = checker.check(try tree.workspaces([]))
    let update = try file.updated(by: verdict, mayAdopt: mayAdopt)
    guard let bytes = update.bytes else {
      return Adoption(verdict: verdict, summary: update.summary)
    }
    try write(baseline ?? "\(root)/\(file.path)", bytes)
    let adopted = try self.checker(baselineMustExist: true)
    return Adoption(verdict: adopted.check(try tree.workspaces([])), summary: update.summary)
  }

  /// The checker for files of the work tree.
  ///
  /// - Parameter baselineMustExist: whether a file named on the command line has to be there.
  package func checker(baselineMustExist: Bool = true) throws(Failure) -> Checker {
    let tree = try WorkTree(folder)
    let project = try tree.project(configuration: configuration, products: products)
    let exceptions = try exceptions(
      project.configuration, tree.files, mustExist: baselineMustExist)
    return try project.checker.evaluating(only: rules).living(with: exceptions)
  }

  private func exceptions(
    _ configuration: Configuration, _ files: any FileSource, mustExist: Bool
  ) throws(Failure) -> Exceptions {
    Exceptions(
      baseline: try baselineFile(configuration, files, mustExist: mustExist).baseline,
      waivers: try LoggedWaivers(around: folder).waivers(at: now))
  }

  private func baselineFile(
    _ configuration: Configuration, _ files: any FileSource, mustExist: Bool
  ) throws(Failure) -> BaselineFile {
    if let baseline { return try BaselineFile(named: baseline, mustExist: mustExist) }
    return try BaselineFile(in: files, configuration)
  }
}

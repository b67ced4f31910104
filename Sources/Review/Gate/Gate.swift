package import Audit
package import Findings
import Git
import Policy
import Syntax

/// The decision whether a change may be merged.
///
/// What is allowed is read where the change cannot reach: rules, parameters, baseline and approvals
/// from the base, waivers, records and keys from the audit log. The head is data: nothing in it is
/// run or followed, and nothing is written.
package struct Gate: Sendable {
  private let folder: String
  private let products: [String]
  private let now: Timestamp
  private let level: Severity

  /// A gate of the repository around `folder`.
  ///
  /// - Parameters:
  ///   - products: versions given on the command line, `NAME=VERSION`.
  ///   - now: decides what ran out.
  ///   - level: the least bad finding that keeps a change out.
  package init(folder: String, products: [String], now: Timestamp, failOn level: Severity) {
    self.folder = folder
    self.products = products
    self.now = now
    self.level = level
  }

  /// Judges the merge of `head` into `base`.
  ///
  /// - Returns: the findings of the change, with what else was weighed as findings of `gate/…`,
  ///   and the decision.
  /// - Throws: `Failure` when the change cannot be judged: never a silent pass.
  package func verdict(base: String, head: String) throws(Failure) -> Verdict {
    let range = try GateRange(base, head, folder: folder)
    let state = try range.changes.base()
    let project = try Project(
      configuration: try Configuration.source(in: state.files), files: state.files,
      products: products)
    let configuration = project.configuration
    let exceptions = Exceptions(
      baseline: try BaselineFile(in: state.files, configuration).baseline,
      waivers: try waivers(range))
    let review = ChangeReview(project, checker: project.checker.living(with: exceptions))
    let verdict = try review.verdict(on: range.changes)
    let diff = try ConfigurationDiff(
      range.changes, collector: project.collector, configuration: configuration)
    let log = try GateLog(
      range, paths: diff.files.map(\.path) + diff.decisions, folder: folder, now: now)
    let suppressions = try AddedSuppressions(range.changes)
    var weighing = Weighing(
      verdict.report, level: level, settings: configuration.gate, log: log)
    weighing.weighSuppressions(suppressions)
    weighing.weighFindings()
    weighing.weighRecords(diff)
    weighing.weighDecisions(diff, try successor(of: project, range))
    weighing.weighRest(range, isComplete: verdict.isComplete)
    return Verdict(report: weighing.report, isComplete: verdict.isComplete)
  }

  /// The waivers that count: where agreement is asked for, nobody excuses what he wrote himself.
  private func waivers(_ range: GateRange) throws(Failure) -> [Policy.Waiver] {
    let repository = try RepositoryAccess.open(folder)
    let rules = try ApprovalsInForce.rules(at: range.base, in: repository)
    let logged = try LoggedWaivers(reading: folder)
    guard let rules, rules.required > 0 else { return logged.waivers(at: now) }
    let makers = try GateLog.makers(of: range, in: repository)
    return logged.waivers(at: now, mustBeSigned: rules.isSigned) { person in
      makers.contains(Identity(person)) ? "\(person) wrote the change" : nil
    }
  }

  /// Why the decisions that the change makes do not hold together; `nil` where they do, and where
  /// it makes none.
  private func successor(of project: Project, _ range: GateRange) throws(Failure) -> String? {
    guard ChangeReview.decide(range.changes.touched, project.configuration) else { return nil }
    let files = range.changes.head.files
    do throws(Failure) {
      let source = try Configuration.source(in: files)
      let next = try Project(configuration: source, files: files, products: products)
      _ = try BaselineFile(in: files, next.configuration)
      return nil
    } catch {
      return error.message
    }
  }
}

import Catalog
import Findings
import Model
import Syntax

/// What readers could not understand, as findings with a place.
struct ProblemFindings {
  /// Files of which something could not be read or understood: the check is not complete.
  private(set) var skipped: [SkippedFile] = []
  /// What nobody understands, such as templates: said, but not a defect.
  private(set) var unknown: [Finding] = []
  private var broken: [Finding] = []
  /// Those of ``skipped`` that an entry names and cannot have.
  private var unreadable: Set<SkippedFile> = []
  private var lines = SourceLines()

  init(sources: [String: SourceText]) {
    lines.add(Array(sources.values))
  }

  mutating func add(_ problem: Problem, of technology: String) {
    switch problem.kind {
    case .syntax:
      broken.append(finding(problem, rule: "syntax/\(technology)", severity: .error))
      let line = lines.position(of: problem.origin)?.line ?? 1
      let reason = "syntax error in line \(line), what follows may be misread"
      if skipped.last?.path != problem.origin.path {
        skipped.append(SkippedFile(path: problem.origin.path, reason: reason))
      }
    case .unreadable:
      broken.append(finding(problem, rule: "include/unreadable", severity: .error))
      let file = SkippedFile(path: problem.origin.path, reason: problem.message)
      if unreadable.insert(file).inserted { skipped.append(file) }
    case .refused:
      broken.append(finding(problem, rule: "\(technology)/refused-at-start", severity: .error))
    case .unknown:
      unknown.append(finding(problem, rule: "\(technology)/not-understood", severity: .note))
    }
  }

  /// The problems, each once, without refusals that a rule's error says better where they begin.
  ///
  /// Entries that include the same file have the same problems with it.
  func findings(besides others: [Finding]) -> [Finding] {
    let errors = Set(others.filter { $0.severity == .error }.map { Start($0) })
    var seen: Set<Finding> = []
    return broken.filter { finding in
      if finding.rule.hasSuffix("/refused-at-start"), errors.contains(Start(finding)) {
        return false
      }
      return seen.insert(finding).inserted
    }
  }

  private struct Start: Hashable {
    let path: String
    let offset: Int

    init(_ finding: Finding) {
      path = finding.path
      offset = finding.range.start.offset
    }
  }

  private mutating func finding(
    _ problem: Problem, rule: String, severity: Severity
  ) -> Finding {
    let start = SourcePosition(line: 1, column: 1, offset: 0)
    let origin = problem.origin
    let range = SourceRange(
      start: lines.position(path: origin.path, offset: origin.range.lowerBound) ?? start,
      end: lines.position(path: origin.path, offset: origin.range.upperBound) ?? start)
    return Finding(
      rule: rule, severity: severity, message: problem.message, path: origin.path, range: range,
      help: problem.help,
      fix: problem.repair.map { Fix(description: $0.description, safety: .safe, edits: $0.edits) })
  }
}

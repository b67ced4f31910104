import Findings
package import Syntax

/// Applies the fixes of a check to the files, and checks again until nothing is left to fix.
package struct Fixer: Sendable {
  /// What became of the files.
  package struct Outcome: Sendable {
    package let fixed: Int
    /// The verdict on the files as they are now.
    package let verdict: Verdict
  }

  /// Rounds of fixing: one fix may uncover another, but no file needs as many as this.
  private static let roundLimit = 10

  private let allowsUnsafe: Bool
  private let write: @Sendable (SourceText) throws(Failure) -> Void

  /// A fixer.
  ///
  /// - Parameters:
  ///   - allowsUnsafe: whether fixes that change what runs are applied, too.
  ///   - write: replaces a file's content.
  package init(
    allowsUnsafe: Bool, write: @escaping @Sendable (SourceText) throws(Failure) -> Void
  ) {
    self.allowsUnsafe = allowsUnsafe
    self.write = write
  }

  /// Fixes what `check` finds.
  ///
  /// - Throws: `Failure` when a file cannot be written; files written before stay fixed.
  package func run(_ check: () throws(Failure) -> Verdict) throws(Failure) -> Outcome {
    var verdict = try check()
    var fixed = 0
    for _ in 0..<Self.roundLimit {
      let round = try apply(verdict.report)
      guard round > 0 else { break }
      fixed += round
      verdict = try check()
    }
    return Outcome(fixed: fixed, verdict: verdict)
  }

  private func apply(_ report: Report) throws(Failure) -> Int {
    // What was misread must not be rewritten.
    let unread = Set(report.skipped.map(\.path))
    var edits: [String: [TextEdit]] = [:]
    var count = 0
    for finding in report.findings where finding.status == .new {
      // Mending the grammar is what makes the rest of it readable.
      guard !unread.contains(finding.path) || finding.rule.hasPrefix("syntax/") else { continue }
      guard let fix = finding.fix, allowsUnsafe || fix.safety == .safe, !fix.edits.isEmpty else {
        continue
      }
      let taken = edits[finding.path] ?? []
      // Of two fixes that touch the same bytes the second one waits for the next round.
      let overlaps = fix.edits.contains { edit in taken.contains { $0.touches(edit) } }
      guard !overlaps else { continue }
      edits[finding.path] = taken + fix.edits
      count += 1
    }
    for (path, edits) in edits.sorted(by: { $0.key < $1.key }) {
      guard let source = report.sources[path], let result = source.applying(edits) else {
        throw Failure("the fixes of \(path) do not fit together", help: "fix it by hand")
      }
      try write(result)
    }
    return count
  }
}

extension TextEdit {
  fileprivate func touches(_ other: TextEdit) -> Bool {
    range.lowerBound <= other.range.upperBound && other.range.lowerBound <= range.upperBound
  }
}

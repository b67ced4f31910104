import Findings
package import Syntax

/// Applies the fixes of a check, and checks again until nothing is left to fix.
///
/// All of it happens in memory: a file is handed out for writing when it is stable and as readable
/// as before, or not at all.
package struct Fixer: Sendable {
  /// What became of the files.
  package struct Outcome: Sendable {
    package let fixed: Int
    /// The verdict on the files with what was fixed.
    package let verdict: Verdict
    /// The files that differ now, by path.
    package let changed: [SourceText]
    /// What differs, as `diff -u` shows it.
    package let diff: String
    /// What could not be done, one sentence each.
    package let notes: [String]
  }

  /// Rounds of fixing: one fix may uncover another, but no file needs as many as this.
  package static let roundLimit = 20

  private let allowsUnsafe: Bool

  /// A fixer.
  ///
  /// - Parameter allowsUnsafe: whether fixes that change what runs are applied, too.
  package init(allowsUnsafe: Bool) {
    self.allowsUnsafe = allowsUnsafe
  }

  /// Fixes what `checker` finds in the files of `workspaces`.
  package func run(_ checker: Checker, on workspaces: [Workspace]) -> Outcome {
    run { texts in checker.check(workspaces.map { $0.overlaid(with: texts) }) }
  }

  /// Fixes what `check` finds, given the files that were changed so far.
  package func run(_ check: ([SourceText]) -> Verdict) -> Outcome {
    var state = State(verdict: check([]))
    while state.rounds < Self.roundLimit {
      let round = round(state)
      guard !round.texts.isEmpty else { break }
      let next = state.taking(round.texts)
      let verdict = check(next)
      let broken = Self.broken(verdict.report, before: state.verdict.report, round.texts)
      guard broken.isEmpty else {
        state.leave(broken)
        continue
      }
      state.accept(round.texts, fixed: round.count, verdict)
    }
    return state.outcome
  }

  /// The files of a round that could be read before and cannot be now.
  private static func broken(
    _ report: Report, before: Report, _ texts: [SourceText]
  ) -> Set<String> {
    let earlier = Set(before.skipped.map(\.path))
    let now = Set(report.skipped.map(\.path)).subtracting(earlier)
    return now.isEmpty ? [] : Set(texts.map(\.path))
  }

  private func round(_ state: State) -> (texts: [SourceText], count: Int) {
    let report = state.verdict.report
    // What was misread must not be rewritten.
    let unread = Set(report.skipped.map(\.path))
    var edits: [String: [TextEdit]] = [:]
    var counts: [String: Int] = [:]
    for finding in report.findings where finding.status == .new {
      // Mending the grammar is what makes the rest of it readable.
      guard !unread.contains(finding.path) || finding.rule.hasPrefix("syntax/") else { continue }
      guard let fix = finding.fix, allowsUnsafe || fix.safety == .safe, !fix.edits.isEmpty,
        !state.left.contains(finding.path)
      else { continue }
      let taken = edits[finding.path] ?? []
      // Of two fixes that touch the same bytes the second one waits for the next round.
      let overlaps = fix.edits.contains { edit in taken.contains { $0.touches(edit) } }
      guard !overlaps else { continue }
      edits[finding.path] = taken + fix.edits
      counts[finding.path, default: 0] += 1
    }
    var texts: [SourceText] = []
    var count = 0
    for (path, edits) in edits.sorted(by: { $0.key < $1.key }) {
      guard let source = report.sources[path], let text = source.applying(edits),
        text.bytes != source.bytes, !state.hasSeen(text)
      else { continue }
      texts.append(text)
      count += counts[path] ?? 0
    }
    return (texts, count)
  }

  /// How far the files are.
  private struct State {
    private(set) var verdict: Verdict
    private(set) var rounds = 0
    private(set) var left: Set<String> = []
    private var fixed = 0
    private var originals: [String: SourceText] = [:]
    private var texts: [String: SourceText] = [:]
    /// Every version of each file: one that comes back would go on for ever.
    private var versions: [String: Set<[UInt8]>] = [:]

    init(verdict: Verdict) { self.verdict = verdict }

    func taking(_ changed: [SourceText]) -> [SourceText] {
      var next = texts
      for text in changed { next[text.path] = text }
      return next.values.sorted { $0.path < $1.path }
    }

    func hasSeen(_ text: SourceText) -> Bool {
      versions[text.path]?.contains(text.bytes) == true
        || originals[text.path]?.bytes == text.bytes
    }

    mutating func accept(_ changed: [SourceText], fixed count: Int, _ next: Verdict) {
      for text in changed {
        if originals[text.path] == nil { originals[text.path] = verdict.report.sources[text.path] }
        texts[text.path] = text
        versions[text.path, default: []].insert(text.bytes)
      }
      fixed += count
      rounds += 1
      verdict = next
    }

    /// Leaves files as they are, whose fixes would make them unreadable.
    mutating func leave(_ paths: Set<String>) {
      left.formUnion(paths)
      rounds += 1
    }

    var outcome: Outcome {
      let changed = texts.values.filter { originals[$0.path]?.bytes != $0.bytes }
        .sorted { $0.path < $1.path }
      let diff = changed.compactMap { text in
        originals[text.path].map { UnifiedDiff(from: $0, to: text).text }
      }.joined()
      var notes = left.sorted().map { "\($0): its fixes would make it unreadable; fix it by hand" }
      if rounds >= Fixer.roundLimit {
        notes.append("not everything was stable after \(Fixer.roundLimit) rounds; run it again")
      }
      return Outcome(
        fixed: fixed, verdict: verdict, changed: changed, diff: diff, notes: notes)
    }
  }
}

extension TextEdit {
  fileprivate func touches(_ other: TextEdit) -> Bool {
    range.lowerBound <= other.range.upperBound && other.range.lowerBound <= range.upperBound
  }
}

extension Workspace {
  /// The same files, of which `texts` have other content.
  func overlaid(with texts: [SourceText]) -> Workspace {
    guard !texts.isEmpty else { return self }
    var workspace = Workspace(
      files: KnownFiles(texts, over: files), paths: paths, named: named, skipped: skipped,
      rootPath: rootPath)
    workspace.isWhole = isWhole
    return workspace
  }
}

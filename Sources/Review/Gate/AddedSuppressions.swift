import Catalog
import Findings
import Policy
import Syntax

/// The suppressions that a change brings along.
struct AddedSuppressions {
  /// Those that the base does not have with the same words in the same file.
  let added: [Suppression]
  /// The comments of each file of the later state.
  private let later: [String: [Suppression]]
  /// What speaks of a whole file in the base, by the file's later name.
  private let wholeFile: [String: Set<Suppression.Words>]

  /// Compares the comments in the files that differ.
  ///
  /// - Throws: `Failure` when the base cannot be read.
  init(_ changes: FileChanges) throws(Failure) {
    let base = try changes.base()
    let oldNames = Dictionary(
      changes.renamed.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var added: [Suppression] = []
    var later: [String: [Suppression]] = [:]
    var wholeFile: [String: Set<Suppression.Words>] = [:]
    for path in changes.changed.sorted() {
      let now = Self.suppressions(path, in: changes.head)
      guard !now.isEmpty else { continue }
      let before = Self.suppressions(oldNames[path] ?? path, in: base).map(\.words)
      later[path] = now
      wholeFile[path] = Set(before.filter(\.isWholeFile))
      var known = before
      for suppression in now {
        if let index = known.firstIndex(of: suppression.words) {
          known.remove(at: index)
        } else {
          added.append(suppression)
        }
      }
    }
    (self.added, self.later, self.wholeFile) = (added, later, wholeFile)
  }

  private static func suppressions(_ path: String, in state: FileState) -> [Suppression] {
    // What cannot be read is said by the check itself; it suppresses nothing.
    guard let source = try? state.files.read(path), let style = CommentStyle.of(path, ""),
      let scanner = SuppressionScanner(source, style: style)
    else { return [] }
    return scanner.suppressions
  }

  /// Whether the base had already decided that such findings of this file do not count.
  ///
  /// Only what speaks of the whole file may speak of a new finding: a comment that was there can
  /// be moved to any line.
  func wereDecided(_ finding: Finding) -> Bool {
    guard let own = later[finding.path], let old = wholeFile[finding.path] else {
      // The file itself is as it was, and so are its comments.
      return later[finding.path] == nil
    }
    return own.contains {
      $0.covers(finding.rule, line: finding.range.start.line) && old.contains($0.words)
    }
  }
}

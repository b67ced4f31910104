import Findings

/// A committed inventory beside what the files say now.
package struct InventoryComparison: Sendable {
  /// The lines of the committed document that no longer hold, `-`, and those that are missing, `+`.
  package let changes: [String]

  /// Compares whole lines; how they end does not count.
  ///
  /// - Parameters:
  ///   - committed: the document as it was committed.
  ///   - current: the document as it would be written now.
  package init(committed: String, current: String) {
    let (old, new) = (Self.lines(committed), Self.lines(current))
    guard old.count + new.count <= Self.lineLimit else {
      changes = old == new ? [] : ["- \(old.count) lines", "+ \(new.count) other lines"]
      return
    }
    changes = new.difference(from: old).sorted(by: Self.isBefore).map { change in
      switch change {
      case .remove(_, let line, _): "- \(line)"
      case .insert(_, let line, _): "+ \(line)"
      }
    }
  }

  package var isCurrent: Bool { changes.isEmpty }

  /// Lines of both documents that are compared one by one: the comparison takes the square of what
  /// differs.
  private static let lineLimit = 50_000

  /// What differs, for people; at most `limit` lines.
  package func text(limit: Int = 40) -> String {
    var lines = changes.prefix(limit).map(TerminalText.safe)
    if changes.count > limit { lines.append("and \(changes.count - limit) more lines") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
  }

  /// By place; of one place what goes before what comes.
  private static func isBefore(
    _ left: CollectionDifference<Substring>.Change, _ right: CollectionDifference<Substring>.Change
  ) -> Bool {
    left.place < right.place
  }
}

extension CollectionDifference.Change {
  fileprivate var place: (Int, Int) {
    switch self {
    case .remove(let offset, _, _): (offset, 0)
    case .insert(let offset, _, _): (offset, 1)
    }
  }
}

import Syntax

/// What a fix changes, as the lines before and after.
struct FixDiff: Sendable {
  struct Line: Sendable {
    /// The line's number before the fix, or after it where it is added.
    let number: Int
    let isRemoved: Bool
    let masked: MaskedLine
  }

  /// Removed lines before added ones, place by place.
  let lines: [Line]
  /// Lines that were too many to show.
  let leftOut: Int

  /// A larger change is read in the file after it was made, not in a report.
  static let limit = 12

  /// - Returns: `nil` without the file, or when the edits do not fit it.
  init?(_ fix: Fix, of source: SourceText?) {
    guard let source, let changed = source.applying(fix.edits) else { return nil }
    let (before, after) = (LineTable(source.bytes), LineTable(changed.bytes))
    var lines: [Line] = []
    var shift = 0
    for group in Self.groups(fix.edits, before) {
      let start = before.range(ofLine: group.lines.lowerBound).lowerBound
      let end = before.range(ofLine: group.lines.upperBound).upperBound
      let firstLine = after.position(at: start + shift).line
      shift += group.growth
      let lastLine = after.position(at: end + shift).line
      lines += Self.changes(
        from: group.lines.map { Line($0, isRemoved: true, of: source, before) },
        to: (firstLine...max(firstLine, lastLine)).map {
          Line($0, isRemoved: false, of: changed, after)
        })
    }
    self.lines = Array(lines.prefix(Self.limit))
    leftOut = max(0, lines.count - Self.limit)
  }

  /// Edits that touch the same lines, and by how many bytes they lengthen them.
  private struct Group {
    var lines: ClosedRange<Int>
    var growth: Int
  }

  private static func groups(_ edits: [TextEdit], _ table: LineTable) -> [Group] {
    var groups: [Group] = []
    for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      let first = table.position(at: edit.range.lowerBound).line
      let last = max(first, table.position(at: edit.range.upperBound).line)
      let growth = edit.replacement.utf8.count - edit.range.count
      if let group = groups.last, group.lines.upperBound >= first {
        groups[groups.count - 1].lines = group.lines.lowerBound...max(group.lines.upperBound, last)
        groups[groups.count - 1].growth += growth
      } else {
        groups.append(Group(lines: first...last, growth: growth))
      }
    }
    return groups
  }

  /// Both sides without the lines that they begin and end with alike.
  private static func changes(from old: [Line], to new: [Line]) -> [Line] {
    var (old, new) = (old[...], new[...])
    while let a = old.first, let b = new.first, a.bytes == b.bytes {
      old.removeFirst()
      new.removeFirst()
    }
    while let a = old.last, let b = new.last, a.bytes == b.bytes {
      old.removeLast()
      new.removeLast()
    }
    return Array(old + new)
  }
}

extension FixDiff.Line {
  fileprivate init(_ number: Int, isRemoved: Bool, of source: SourceText, _ table: LineTable) {
    self.number = number
    self.isRemoved = isRemoved
    masked = MaskedLine(number, of: source, lines: table)
  }

  fileprivate var bytes: ArraySlice<UInt8> { masked.source.bytes[masked.range] }
}

package import Syntax

/// What differs between two versions of a file, as `diff -u` shows it; secrets stay hidden.
package struct UnifiedDiff: Sendable {
  /// The diff with its header; empty where nothing differs.
  package let text: String

  /// Lines around a difference.
  private static let context = 3
  /// Cells of the table that finds the shortest difference; beyond it the lines are replaced whole.
  private static let tableLimit = 4_000_000

  private enum Line {
    case same(Int, Int)
    case removed(Int)
    case added(Int)
  }

  package init(from old: SourceText, to new: SourceText) {
    let (before, after) = (LineTable(old.bytes), LineTable(new.bytes))
    let lines = Self.script(Self.lines(old, before), Self.lines(new, after))
    let show = { (number: Int, isNew: Bool) in
      let line = MaskedLine(number, of: isNew ? new : old, lines: isNew ? after : before)
      return TerminalText.safe(line.text)
    }
    var text = ""
    for hunk in Self.hunks(lines) {
      text += hunk.header + "\n"
      for line in lines[hunk.range] {
        switch line {
        case .same(let number, _): text += " \(show(number, false))\n"
        case .removed(let number): text += "-\(show(number, false))\n"
        case .added(let number): text += "+\(show(number, true))\n"
        }
      }
    }
    guard !text.isEmpty else {
      self.text = ""
      return
    }
    let path = TerminalText.safe(old.path)
    self.text = "--- a/\(path)\n+++ b/\(path)\n" + text
  }

  private static func lines(_ source: SourceText, _ table: LineTable) -> [ArraySlice<UInt8>] {
    var count = table.lineCount
    // Behind the last line feed there is no line.
    if table.range(ofLine: count).isEmpty { count -= 1 }
    guard count > 0 else { return [] }
    return (1...count).map { source.bytes[table.range(ofLine: $0)] }
  }

  /// The lines of both versions in order, numbered from 1.
  private static func script(
    _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]
  ) -> [Line] {
    var start = 0
    while start < old.count, start < new.count, old[start] == new[start] { start += 1 }
    var (oldEnd, newEnd) = (old.count, new.count)
    while oldEnd > start, newEnd > start, old[oldEnd - 1] == new[newEnd - 1] {
      oldEnd -= 1
      newEnd -= 1
    }
    var lines = (0..<start).map { Line.same($0 + 1, $0 + 1) }
    lines += middle(old, start..<oldEnd, new, start..<newEnd)
    for offset in 0..<(old.count - oldEnd) {
      lines.append(.same(oldEnd + offset + 1, newEnd + offset + 1))
    }
    return lines
  }

  private static func middle(
    _ old: [ArraySlice<UInt8>], _ a: Range<Int>, _ new: [ArraySlice<UInt8>], _ b: Range<Int>
  ) -> [Line] {
    guard (a.count + 1) * (b.count + 1) <= tableLimit else {
      return a.map { .removed($0 + 1) } + b.map { .added($0 + 1) }
    }
    // Lengths of the longest common rest, row by row from the end.
    let width = b.count + 1
    var table = [Int32](repeating: 0, count: (a.count + 1) * width)
    for i in stride(from: a.count - 1, through: 0, by: -1) {
      for j in stride(from: b.count - 1, through: 0, by: -1) {
        table[i * width + j] =
          old[a.lowerBound + i] == new[b.lowerBound + j]
          ? table[(i + 1) * width + j + 1] + 1
          : max(table[(i + 1) * width + j], table[i * width + j + 1])
      }
    }
    var lines: [Line] = []
    var (i, j) = (0, 0)
    while i < a.count || j < b.count {
      if i < a.count, j < b.count, old[a.lowerBound + i] == new[b.lowerBound + j] {
        lines.append(.same(a.lowerBound + i + 1, b.lowerBound + j + 1))
        i += 1
        j += 1
      } else if j == b.count
        || i < a.count && table[(i + 1) * width + j] >= table[i * width + j + 1]
      {
        lines.append(.removed(a.lowerBound + i + 1))
        i += 1
      } else {
        lines.append(.added(b.lowerBound + j + 1))
        j += 1
      }
    }
    return lines
  }

  private struct Hunk {
    let range: Range<Int>
    let header: String
  }

  private static func hunks(_ lines: [Line]) -> [Hunk] {
    var ranges: [Range<Int>] = []
    for (index, line) in lines.enumerated() {
      if case .same = line { continue }
      let range = max(0, index - context)..<min(lines.count, index + context + 1)
      if let last = ranges.last, last.upperBound >= range.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
      } else {
        ranges.append(range)
      }
    }
    return ranges.map { range in
      var (old, new, oldCount, newCount) = (0, 0, 0, 0)
      for line in lines[..<range.lowerBound] {
        if case .added = line {
          new += 1
        } else if case .removed = line {
          old += 1
        } else {
          old += 1
          new += 1
        }
      }
      for line in lines[range] {
        if case .added = line {
          newCount += 1
        } else if case .removed = line {
          oldCount += 1
        } else {
          oldCount += 1
          newCount += 1
        }
      }
      let (from, to) = (oldCount == 0 ? old : old + 1, newCount == 0 ? new : new + 1)
      return Hunk(range: range, header: "@@ -\(from),\(oldCount) +\(to),\(newCount) @@")
    }
  }
}

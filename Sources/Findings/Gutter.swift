import Syntax

/// The frame of a finding's block: line numbers, bars and arrows, all of one width.
struct Gutter: Sendable {
  private let palette: Palette
  /// Columns of the widest line number.
  private let width: Int

  init(_ finding: Finding, _ diff: FixDiff?, _ palette: Palette) {
    self.palette = palette
    let numbers =
      [finding.range.start.line] + finding.related.map(\.range.start.line)
      + (diff?.lines.map(\.number) ?? [])
    width = String(numbers.max() ?? 0).utf8.count
  }

  /// Columns that remain beside the gutter.
  func room(in columns: Int) -> Int { columns - width - 3 }

  /// Below the text of a note.
  var indent: String { spaces(width + 3) }

  var bar: String { spaces(width + 1) + frame("|") }

  func arrow(_ text: String) -> String { spaces(width) + frame("-->") + " " + text }

  func colons(_ text: String) -> String { spaces(width) + frame(":::") + " " + text }

  func equals(_ text: String) -> String { spaces(width + 1) + frame("=") + " " + text }

  func code(_ number: Int, _ text: String) -> String {
    let line = frame(numbered(number) + " |")
    return text.isEmpty ? line : line + " " + text
  }

  func marks(
    _ columns: Range<Int>, _ mark: String, _ role: Palette.Role, label: String
  ) -> String {
    let marks = String(repeating: mark, count: columns.count) + (label.isEmpty ? "" : " \(label)")
    return bar + spaces(columns.lowerBound + 1) + palette.paint(marks, role)
  }

  func change(_ number: Int, isRemoved: Bool, _ text: String) -> String {
    let sign = isRemoved ? "-" : "+"
    return frame(numbered(number)) + " "
      + palette.paint(text.isEmpty ? sign : "\(sign) \(text)", isRemoved ? .removed : .added)
  }

  private func numbered(_ number: Int) -> String {
    let digits = String(number)
    return spaces(width - digits.utf8.count) + digits
  }

  private func frame(_ text: String) -> String { palette.paint(text, .frame) }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}

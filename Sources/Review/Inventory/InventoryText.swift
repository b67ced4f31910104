import Findings
import Model
import Syntax

extension InventoryDocument {
  /// The inventory for people: one block a resource, written settings and those that run otherwise.
  ///
  /// - Parameter all: whether defaults that nobody wrote are listed too.
  package func text(all: Bool) -> String {
    guard !entries.isEmpty else { return "" }
    return entries.map { $0.text(all: all) }.joined(separator: "\n")
      + assumptions.map { "\n" + TerminalText.safe("assumed: \($0.path) is \($0.text)") + "\n" }
      .joined()
  }

  /// The inventory as a Markdown document that a team commits.
  package var markdown: String {
    var text = "# Configuration inventory\n"
    let overview = overview
    if !overview.isEmpty { text += "\n" + overview }
    for assumption in assumptions {
      text += "\nAssumed: \(Markdown.code(assumption.path)) is "
      text += "\(Markdown.escape(assumption.text)).\n"
    }
    for entry in entries {
      text += "\n## \(Markdown.escape(entry.title))\n\n"
      text += "\(Markdown.code(entry.place)), \(Markdown.escape(entry.product))"
      text += ", \(Markdown.escape(entry.environment))"
      text += entry.identity.mapping.map { ", read with \(Markdown.code($0))" } ?? ""
      text += "\n\n"
      text += "| setting | written | runs with | from | note |\n|---|---|---|---|---|\n"
      for row in entry.settings {
        let setting = row.setting
        let cells = [
          Markdown.code(setting.key), setting.publicWritten.map(Markdown.code) ?? "",
          setting.shownEffective.map(Markdown.code) ?? "unknown", row.source(in: entry),
          Markdown.escape(setting.note ?? setting.refusal ?? ""),
        ]
        text += "| \(cells.joined(separator: " | ")) |\n"
      }
    }
    return text
  }
}

extension InventoryDocument.Entry {
  fileprivate var title: String {
    "\(identity.kind.rawValue.split(separator: "_").joined(separator: " ")) \(label)"
  }

  var place: String { "\(identity.origin.path):\(line)" }

  var product: String {
    identity.technology + (identity.version.map { " \($0)" } ?? "")
  }

  var environment: String {
    identity.environment + (identity.environmentIsDeclared ? "" : " (assumed)")
  }

  fileprivate func text(all: Bool) -> String {
    let reader = identity.mapping.map { ", read with \($0)" } ?? ""
    var lines = ["\(title)  \(place)  \(product), \(environment)\(reader)"]
    let rows = settings.filter { all || $0.setting.provenance != .default }
    let keyWidth = min(rows.map(\.setting.key.count).max() ?? 0, 40)
    let values = rows.map { $0.setting.shownEffective ?? "unknown" }
    let valueWidth = min(values.map(\.count).max() ?? 0, 40)
    for (row, value) in zip(rows, values) {
      let setting = row.setting
      var line = "  " + setting.key.padded(to: keyWidth) + "  " + value.padded(to: valueWidth)
      line += "  " + row.source(in: self)
      let isSame = setting.isSecret || setting.written == setting.effective?.text
      if !isSame, let written = setting.publicWritten { line += "  written \(written)" }
      if let note = setting.refusal ?? setting.note { line += "  (\(note))" }
      lines.append(line.trimmingTrailingBlanks)
    }
    if rows.count < settings.count {
      lines.append("  and \(settings.count - rows.count) defaults (--all lists them)")
    }
    return lines.map(TerminalText.safe).joined(separator: "\n") + "\n"
  }
}

extension InventoryDocument.Row {
  /// Where the value comes from: a line of this file, another file, or the product.
  fileprivate func source(in entry: InventoryDocument.Entry) -> String {
    guard let origin = setting.origin, let position else { return setting.provenance.rawValue }
    let place =
      origin.path == entry.identity.origin.path
      ? "line \(position.line)" : "\(origin.path):\(position.line)"
    return setting.provenance == .explicit ? place : "\(setting.provenance.rawValue), \(place)"
  }
}

/// Text that Markdown shows as it is.
enum Markdown {
  /// A code span; back-ticks and pipes inside cannot end it or the table cell.
  static func code(_ text: String) -> String {
    text.isEmpty ? "" : "`\(clean(text).map { $0 == "`" ? "'" : String($0) }.joined())`"
  }

  static func escape(_ text: String) -> String {
    var result = ""
    for character in TerminalText.safe(text) {
      if "\\`*_{}[]<>()#+!|@".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }

  private static func clean(_ text: String) -> String {
    TerminalText.safe(text).map { $0 == "|" ? "\\|" : String($0) }.joined()
  }
}

extension String {
  /// The text filled up with blanks to `width` characters.
  func padded(to width: Int) -> String {
    count >= width ? self : self + String(repeating: " ", count: width - count)
  }

  var trimmingTrailingBlanks: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

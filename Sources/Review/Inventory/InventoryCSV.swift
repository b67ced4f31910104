import Findings
import Model
import Syntax

extension InventoryDocument {
  /// The inventory as comma-separated values, one line a setting, for spreadsheets.
  ///
  /// Quoted as RFC 4180 says. A cell that a spreadsheet would take for a formula begins with an
  /// apostrophe: the values come from files that anybody may have written.
  package var csv: String {
    var text = Self.columns.joined(separator: ",") + "\r\n"
    for entry in entries {
      let identity = entry.identity
      for row in entry.settings {
        let setting = row.setting
        let cells: [String] = [
          identity.kind.rawValue, identity.technology, identity.version?.description ?? "",
          identity.name, identity.service?.name ?? "", identity.environment, setting.key,
          setting.field ?? "", setting.publicWritten ?? "", setting.shownEffective ?? "unknown",
          setting.provenance.rawValue, setting.origin?.path ?? identity.origin.path,
          String(row.position?.line ?? entry.line), setting.note ?? setting.refusal ?? "",
        ]
        text += cells.map(Self.cell).joined(separator: ",") + "\r\n"
      }
    }
    return text
  }

  private static let columns = [
    "kind", "technology", "version", "name", "service", "environment", "key", "field", "written",
    "effective", "provenance", "path", "line", "note",
  ]

  private static func cell(_ text: String) -> String {
    let safe = TerminalText.safe(text)
    let isFormula = safe.first.map { "=+-@".contains($0) } == true && Double(safe) == nil
    let text = isFormula ? "'" + safe : safe
    guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
    return "\""
      + text.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}

import Findings
import Model
import Syntax

extension InventoryDocument {
  /// The inventory as comma-separated values, one line a setting, for spreadsheets.
  package var csv: String {
    var text = CSV.row(Self.columns)
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
        text += CSV.row(cells)
      }
    }
    return text
  }

  private static let columns = [
    "kind", "technology", "version", "name", "service", "environment", "key", "field", "written",
    "effective", "provenance", "path", "line", "note",
  ]
}

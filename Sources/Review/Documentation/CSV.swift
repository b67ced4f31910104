import Findings

/// Comma-separated values for spreadsheets, quoted as RFC 4180 says.
enum CSV {
  /// One line with its end.
  static func row(_ cells: [String]) -> String {
    cells.map(cell).joined(separator: ",") + "\r\n"
  }

  /// A cell that a spreadsheet would take for a formula begins with an apostrophe: what stands in
  /// configuration and in the log may have been written by anybody.
  private static func cell(_ text: String) -> String {
    let safe = TerminalText.safe(text)
    let isFormula = safe.first.map { "=+-@".contains($0) } == true && Double(safe) == nil
    let text = isFormula ? "'" + safe : safe
    guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
    return "\""
      + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}

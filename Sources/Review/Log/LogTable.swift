import Audit
import Findings
package import Syntax

extension LogQuery {
  /// Answers one `SELECT` on the documented views of the log.
  ///
  /// - Parameters:
  ///   - isOver: whether its time is over; asked every now and then.
  ///   - limit: the largest number of rows returned.
  package func answer(
    _ sql: String, limit: Int, isOver: @escaping @Sendable () -> Bool
  ) throws(Failure) -> LogTable {
    let answer = try asking { asking throws(AuditError) in
      try asking.answer(sql, limit: limit, isOver: isOver)
    }
    return LogTable(answer)
  }
}

/// Rows of texts and numbers for people, spreadsheets and programs.
package struct LogTable: Sendable {
  private let columns: [String]
  private let rows: [[TableAnswer.Cell]]
  /// Whether there were more rows than asked for.
  package let isCut: Bool

  init(_ answer: TableAnswer) {
    self.init(columns: answer.columns, rows: answer.rows, isCut: answer.isCut)
  }

  init(columns: [String], rows: [[TableAnswer.Cell]], isCut: Bool = false) {
    self.columns = columns
    self.rows = rows
    self.isCut = isCut
  }

  package var isEmpty: Bool { rows.isEmpty }

  /// An array of objects, one a row.
  package var json: JSON {
    .array(
      rows.map { row in
        .object(zip(columns, row).map { JSON.Member($0, $1.json) })
      })
  }

  /// Comma-separated values as RFC 4180 says, lines ending with CR and LF.
  package var csv: String {
    CSV.row(columns) + rows.map { CSV.row($0.map(\.text)) }.joined()
  }

  /// Columns side by side, the last one as long as it is.
  package var text: String {
    let cells = [columns] + rows.map { $0.map { TerminalText.safe($0.text) } }
    let widths = columns.indices.map { column in
      cells.map { TerminalText.width($0[column]) }.max() ?? 0
    }
    return cells.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        line += cell
        guard column < row.count - 1 else { break }
        line += String(repeating: " ", count: widths[column] - TerminalText.width(cell) + 2)
      }
      return line + "\n"
    }.joined()
  }
}

extension TableAnswer.Cell {
  fileprivate var json: JSON {
    switch self {
    case .null: .null
    case .integer(let value): .int(value)
    case .real(let value): .double(value)
    case .text(let value): .string(value)
    }
  }

  fileprivate var text: String {
    switch self {
    case .null: ""
    case .integer(let value): String(value)
    case .real(let value): String(value)
    case .text(let value): value
    }
  }
}

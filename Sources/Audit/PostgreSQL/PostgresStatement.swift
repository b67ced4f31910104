/// A statement for a server with its values and the rows of its answer.
///
/// A class, because ``Statement`` hands it out from places that cannot change it.
final class PostgresStatement {
  private let connection: PostgresConnection
  private let sql: String
  private var values: [String?] = []
  private var result: PostgresResult?
  private var row = -1
  /// The name under which the server keeps it once it is asked a second time.
  private var name: String?
  private var wasAsked = false

  init(_ connection: PostgresConnection, _ sql: String) {
    self.connection = connection
    self.sql = sql
  }

  func bind(_ position: Int32, _ value: String?) {
    while values.count < position { values.append(nil) }
    values[Int(position) - 1] = value
  }

  func step() throws(DatabaseError) -> Bool {
    let answer: PostgresResult
    if let result { answer = result } else { answer = try ask() }
    result = answer
    row += 1
    return row < answer.rowCount
  }

  private func ask() throws(DatabaseError) -> PostgresResult {
    guard wasAsked else {
      wasAsked = true
      return try connection.ask(sql, values)
    }
    let known: String
    if let name { known = name } else { known = try connection.prepare(sql) }
    name = known
    return try connection.ask(prepared: known, values)
  }

  func reset() {
    result = nil
    row = -1
  }

  var columnCount: Int32 { result?.columnCount ?? 0 }

  func name(_ column: Int32) -> String { result?.name(column) ?? "" }

  func text(_ column: Int32) -> String? { result?.text(row, column) }

  func kind(_ column: Int32) -> Statement.Kind {
    guard let result, result.text(row, column) != nil else { return .null }
    // The numbers of the server's own types never change: bytea, then integers, then fractions.
    return switch result.type(column) {
    case 17: .bytes
    case 20, 21, 23: .integer
    case 700, 701: .real
    default: .text
    }
  }
}

internal import CSQLite

/// A compiled statement with its values and its current row.
struct Statement: ~Copyable {
  private enum Engine {
    case sqlite(OpaquePointer)
    case postgres(PostgresStatement)
  }

  private let engine: Engine

  init(_ handle: OpaquePointer) { engine = .sqlite(handle) }

  init(_ statement: PostgresStatement) { engine = .postgres(statement) }

  deinit { if case .sqlite(let handle) = engine { sqlite3_finalize(handle) } }

  /// Goes to the next row.
  ///
  /// - Returns: `false` behind the last one.
  func step() throws(DatabaseError) -> Bool {
    switch engine {
    case .sqlite(let handle):
      let status = sqlite3_step(handle)
      if status == SQLITE_ROW { return true }
      guard status == SQLITE_DONE else { throw Self.failure(status, of: handle) }
      return false
    case .postgres(let statement): return try statement.step()
    }
  }

  /// Runs the statement, which returns nothing, and makes it ready for other values.
  func run() throws(DatabaseError) {
    switch engine {
    case .sqlite(let handle):
      let status = sqlite3_step(handle)
      guard status == SQLITE_DONE || status == SQLITE_ROW else {
        let error = Self.failure(status, of: handle)
        sqlite3_reset(handle)
        throw error
      }
      sqlite3_reset(handle)
    case .postgres(let statement):
      _ = try statement.step()
      statement.reset()
    }
  }

  /// Makes it ready to run again; values stay.
  func reset() {
    switch engine {
    case .sqlite(let handle): sqlite3_reset(handle)
    case .postgres(let statement): statement.reset()
    }
  }

  private static func failure(_ status: Int32, of handle: OpaquePointer) -> DatabaseError {
    let message = sqlite3_errmsg(sqlite3_db_handle(handle)).map { String(cString: $0) }
    return DatabaseError(code: status, "index: \(message ?? "error \(status)")")
  }
}

/// Values, by position from 1.
extension Statement {
  func bind(_ position: Int32, _ value: Int64) {
    switch engine {
    case .sqlite(let handle): sqlite3_bind_int64(handle, position, value)
    case .postgres(let statement): statement.bind(position, String(value))
    }
  }

  func bind(_ position: Int32, _ value: Int) { bind(position, Int64(value)) }

  func bind(_ position: Int32, _ value: Int?) {
    if let value { bind(position, Int64(value)) } else { bindNull(position) }
  }

  func bind(_ position: Int32, _ value: Question.Value) {
    switch value {
    case .integer(let number): bind(position, number)
    case .text(let text): bind(position, text)
    case .bytes(let bytes): bind(position, bytes)
    case .integers(let numbers):
      bind(position, "{" + numbers.map(String.init).joined(separator: ",") + "}")
    }
  }

  private func bindNull(_ position: Int32) {
    switch engine {
    case .sqlite(let handle): sqlite3_bind_null(handle, position)
    case .postgres(let statement): statement.bind(position, nil)
    }
  }

  func bind(_ position: Int32, _ value: String?) {
    guard var value else { return bindNull(position) }
    switch engine {
    case .sqlite(let handle):
      value.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) { text in
          // An empty buffer has no address, and a null pointer would be no text at all.
          _ =
            text.baseAddress.map {
              sqlite3_bind_text(
                handle, position, $0, Int32(text.count), headgate_sqlite_transient())
            } ?? sqlite3_bind_text(handle, position, "", 0, headgate_sqlite_transient())
        }
      }
    case .postgres(let statement): statement.bind(position, value)
    }
  }

  func bind(_ position: Int32, _ bytes: [UInt8]?) {
    guard let bytes else { return bindNull(position) }
    switch engine {
    case .sqlite(let handle):
      bytes.withUnsafeBytes { buffer in
        _ = sqlite3_bind_blob(
          handle, position, buffer.baseAddress, Int32(buffer.count), headgate_sqlite_transient())
      }
    case .postgres(let statement):
      statement.bind(position, PostgresDialect.text(of: bytes))
    }
  }
}

/// The row, by column from 0.
extension Statement {
  /// What kind of value stands in a column.
  enum Kind: Sendable, Hashable { case null, integer, real, text, bytes }

  var columnCount: Int32 {
    switch engine {
    case .sqlite(let handle): sqlite3_column_count(handle)
    case .postgres(let statement): statement.columnCount
    }
  }

  func name(_ column: Int32) -> String {
    switch engine {
    case .sqlite(let handle): sqlite3_column_name(handle, column).map { String(cString: $0) } ?? ""
    case .postgres(let statement): statement.name(column)
    }
  }

  func kind(_ column: Int32) -> Kind {
    switch engine {
    case .sqlite(let handle):
      switch sqlite3_column_type(handle, column) {
      case SQLITE_INTEGER: .integer
      case SQLITE_FLOAT: .real
      case SQLITE_TEXT: .text
      case SQLITE_BLOB: .bytes
      default: .null
      }
    case .postgres(let statement): statement.kind(column)
    }
  }

  func integer(_ column: Int32) -> Int64 {
    switch engine {
    case .sqlite(let handle): sqlite3_column_int64(handle, column)
    case .postgres(let statement): statement.text(column).flatMap { Int64($0) } ?? 0
    }
  }

  func int(_ column: Int32) -> Int { Int(truncatingIfNeeded: integer(column)) }

  func optionalInt(_ column: Int32) -> Int? { kind(column) == .null ? nil : int(column) }

  func real(_ column: Int32) -> Double {
    switch engine {
    case .sqlite(let handle): sqlite3_column_double(handle, column)
    case .postgres(let statement): statement.text(column).flatMap { Double($0) } ?? 0
    }
  }

  func text(_ column: Int32) -> String? {
    switch engine {
    case .sqlite(let handle):
      guard let start = sqlite3_column_text(handle, column) else { return nil }
      let count = Int(sqlite3_column_bytes(handle, column))
      return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    case .postgres(let statement): return statement.text(column)
    }
  }

  func bytes(_ column: Int32) -> [UInt8]? {
    guard kind(column) != .null else { return nil }
    switch engine {
    case .sqlite(let handle):
      let count = Int(sqlite3_column_bytes(handle, column))
      guard count > 0, let start = sqlite3_column_blob(handle, column) else { return [] }
      return Array(UnsafeRawBufferPointer(start: start, count: count))
    case .postgres(let statement):
      return statement.text(column).flatMap { PostgresDialect.bytes(of: $0) }
    }
  }
}

internal import CSQLite

/// A compiled statement with its values and its current row.
struct Statement: ~Copyable {
  private let handle: OpaquePointer

  init(_ handle: OpaquePointer) { self.handle = handle }

  deinit { sqlite3_finalize(handle) }

  /// Goes to the next row.
  ///
  /// - Returns: `false` behind the last one.
  func step() throws(DatabaseError) -> Bool {
    let status = sqlite3_step(handle)
    if status == SQLITE_ROW { return true }
    guard status == SQLITE_DONE else { throw failure(status) }
    return false
  }

  /// Runs the statement, which returns nothing, and makes it ready for other values.
  func run() throws(DatabaseError) {
    let status = sqlite3_step(handle)
    guard status == SQLITE_DONE || status == SQLITE_ROW else {
      let error = failure(status)
      sqlite3_reset(handle)
      throw error
    }
    sqlite3_reset(handle)
  }

  /// Makes it ready to run again; values stay.
  func reset() { sqlite3_reset(handle) }

  private func failure(_ status: Int32) -> DatabaseError {
    let message = sqlite3_errmsg(sqlite3_db_handle(handle)).map { String(cString: $0) }
    return DatabaseError(code: status, "index: \(message ?? "error \(status)")")
  }

  // MARK: values, by position from 1

  func bind(_ position: Int32, _ value: Int64) { sqlite3_bind_int64(handle, position, value) }

  func bind(_ position: Int32, _ value: Int) { bind(position, Int64(value)) }

  func bind(_ position: Int32, _ value: Int?) {
    if let value { bind(position, Int64(value)) } else { sqlite3_bind_null(handle, position) }
  }

  func bind(_ position: Int32, _ value: String?) {
    guard var value else {
      sqlite3_bind_null(handle, position)
      return
    }
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
  }

  func bind(_ position: Int32, _ bytes: [UInt8]?) {
    guard let bytes else {
      sqlite3_bind_null(handle, position)
      return
    }
    bytes.withUnsafeBytes { buffer in
      _ = sqlite3_bind_blob(
        handle, position, buffer.baseAddress, Int32(buffer.count), headgate_sqlite_transient())
    }
  }

  // MARK: the row, by column from 0

  var columnCount: Int32 { sqlite3_column_count(handle) }

  func name(_ column: Int32) -> String {
    sqlite3_column_name(handle, column).map { String(cString: $0) } ?? ""
  }

  /// What kind of value stands in a column.
  enum Kind: Sendable, Hashable { case null, integer, real, text, bytes }

  func kind(_ column: Int32) -> Kind {
    switch sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER: .integer
    case SQLITE_FLOAT: .real
    case SQLITE_TEXT: .text
    case SQLITE_BLOB: .bytes
    default: .null
    }
  }

  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  func int(_ column: Int32) -> Int { Int(truncatingIfNeeded: integer(column)) }

  func optionalInt(_ column: Int32) -> Int? { kind(column) == .null ? nil : int(column) }

  func real(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }

  func text(_ column: Int32) -> String? {
    guard let start = sqlite3_column_text(handle, column) else { return nil }
    let count = Int(sqlite3_column_bytes(handle, column))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  func bytes(_ column: Int32) -> [UInt8]? {
    guard kind(column) != .null else { return nil }
    let count = Int(sqlite3_column_bytes(handle, column))
    guard count > 0, let start = sqlite3_column_blob(handle, column) else { return [] }
    return Array(UnsafeRawBufferPointer(start: start, count: count))
  }
}

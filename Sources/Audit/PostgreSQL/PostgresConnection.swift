/// A connection to PostgreSQL, or to what speaks its protocol; it belongs to one thread.
///
/// A class, because statements keep it open until the last of them is gone.
final class PostgresConnection {
  let library: LibPQ
  private let handle: OpaquePointer
  private var prepared = 0

  /// The schema that all tables and views live in.
  static let schema = "headgate"

  /// Connects as libpq does: what the address leaves out is taken from the `PG…` variables, the
  /// service file and the password file; `sslmode` is libpq's (`prefer` unless told otherwise).
  ///
  /// - Parameter address: `postgres://…` or `postgresql://…`; its password is never told.
  init(_ address: String) throws(DatabaseError) {
    let library = try LibPQ.shared.get()
    guard let opened = library.connect(address) else {
      throw DatabaseError(.other, "connect to the database: out of memory")
    }
    guard library.status(opened) == LibPQ.connectionOK else {
      let message = Self.text(library.errorMessage(opened))
      library.finish(opened)
      throw DatabaseError(.other, Self.withoutPassword(message, of: address))
    }
    self.library = library
    handle = opened
    // What the server remarks is for its log, not for the terminal.
    _ = library.setNoticeProcessor(opened, { _, _ in }, nil)
    try execute("SET search_path TO \(Self.schema)")
    try execute("SET client_encoding TO 'UTF8'")
    try execute("SET statement_timeout TO \(Self.patience)")
  }

  deinit { library.finish(handle) }

  /// A question that takes longer is given up, in milliseconds.
  private static let patience = 600_000

  /// Messages of libpq repeat the address's parts, and an unreadable address whole.
  static func withoutPassword(_ message: String, of address: String) -> String {
    var message = message
    for secret in ConnectionAddress(address).secrets where !secret.isEmpty {
      message = message.split(separator: secret, omittingEmptySubsequences: false)
        .joined(separator: "***")
    }
    let lines = message.split(separator: "\n").map(String.init)
    return lines.joined(separator: "; ")
  }

  private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
    pointer.map { String(cString: $0) } ?? ""
  }

  /// Runs statements that return nothing and hold nothing from outside.
  func execute(_ sql: String) throws(DatabaseError) {
    _ = try PostgresResult(library.execute(handle, sql), self)
  }

  /// Asks with values.
  func ask(_ sql: String, _ values: [String?]) throws(DatabaseError) -> PostgresResult {
    let result = Self.withPointers(values) { pointers in
      library.executeWithValues(
        handle, sql, Int32(values.count), nil, pointers, nil, nil, 0)
    }
    return try PostgresResult(result, self)
  }

  /// Makes the server read a statement that is run again and again.
  ///
  /// - Returns: its name.
  func prepare(_ sql: String) throws(DatabaseError) -> String {
    prepared += 1
    let name = "headgate_\(prepared)"
    _ = try PostgresResult(library.prepare(handle, name, sql, 0, nil), self)
    return name
  }

  func ask(prepared name: String, _ values: [String?]) throws(DatabaseError) -> PostgresResult {
    let result = Self.withPointers(values) { pointers in
      library.executePrepared(handle, name, Int32(values.count), pointers, nil, nil, 0)
    }
    return try PostgresResult(result, self)
  }

  /// Sends rows in the text form of `COPY`.
  ///
  /// - Parameter next: the next rows; `nil` behind the last ones.
  func copy(
    _ sql: String, _ next: () throws(IndexProblem) -> [UInt8]?
  ) throws(IndexProblem) {
    do throws(DatabaseError) { _ = try PostgresResult(library.execute(handle, sql), self) } catch {
      throw .database(error)
    }
    do throws(IndexProblem) {
      while let rows = try next() { try send(rows) }
    } catch {
      _ = library.putCopyEnd(handle, "given up")
      drain()
      throw error
    }
    guard library.putCopyEnd(handle, nil) == 1 else { throw .database(lastError()) }
    do throws(DatabaseError) {
      _ = try PostgresResult(library.nextResult(handle), self)
    } catch {
      drain()
      throw .database(error)
    }
    drain()
  }

  private func send(_ rows: [UInt8]) throws(IndexProblem) {
    let status = rows.withUnsafeBytes { buffer in
      buffer.assumingMemoryBound(to: CChar.self).baseAddress.map {
        library.putCopyData(handle, $0, Int32(buffer.count))
      } ?? 1
    }
    guard status == 1 else { throw .database(lastError()) }
  }

  /// Takes all results that are left, so that the connection can be used again.
  private func drain() {
    while let result = library.nextResult(handle) { library.clear(result) }
  }

  func lastError() -> DatabaseError {
    DatabaseError(.other, "database: " + Self.text(library.errorMessage(handle)))
  }

  private static func withPointers<Value>(
    _ values: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Value
  ) -> Value {
    // One buffer for all values, each with the zero byte behind it that libpq wants.
    var bytes: [CChar] = []
    var starts: [Int?] = []
    for value in values {
      starts.append(value == nil ? nil : bytes.count)
      if let value { bytes += value.utf8CString }
    }
    return bytes.withUnsafeBufferPointer { buffer in
      let pointers: [UnsafePointer<CChar>?] = starts.map { start in
        start.flatMap { offset in buffer.baseAddress.map { $0 + offset } }
      }
      return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
  }
}

/// What a server answered.
///
/// A class, because it frees the answer, and keeps the connection as long.
final class PostgresResult {
  private let handle: OpaquePointer
  private let connection: PostgresConnection
  private var library: LibPQ { connection.library }

  init(_ handle: OpaquePointer?, _ connection: PostgresConnection) throws(DatabaseError) {
    guard let handle else { throw connection.lastError() }
    self.handle = handle
    self.connection = connection
    let library = connection.library
    let status = library.resultStatus(handle)
    guard [LibPQ.commandOK, LibPQ.tuplesOK, LibPQ.copyIn].contains(status) else {
      let state = library.resultField(handle, LibPQ.stateField).map { String(cString: $0) } ?? ""
      let message = library.resultField(handle, LibPQ.messageField).map { String(cString: $0) }
      throw DatabaseError(Self.meaning(state), "database: \(message ?? "no answer") (\(state))")
    }
  }

  deinit { library.clear(handle) }

  /// By the codes of the SQL standard and PostgreSQL's own.
  private static func meaning(_ state: String) -> DatabaseError.Meaning {
    switch state {
    case "57014": .interrupted
    case "25006", "42501": .denied
    case "40001", "40P01", "55P03": .busy
    case "42P01", "3F000": .missing
    default: .other
    }
  }

  var rowCount: Int { Int(library.rowCount(handle)) }
  var columnCount: Int32 { library.columnCount(handle) }

  func name(_ column: Int32) -> String {
    library.columnName(handle, column).map { String(cString: $0) } ?? ""
  }

  /// The number of a column's type in the server's catalogue.
  func type(_ column: Int32) -> UInt32 { library.columnType(handle, column) }

  func text(_ row: Int, _ column: Int32) -> String? {
    guard library.isNull(handle, Int32(row), column) == 0,
      let start = library.value(handle, Int32(row), column)
    else { return nil }
    let count = Int(library.valueLength(handle, Int32(row), column))
    return start.withMemoryRebound(to: UInt8.self, capacity: count) {
      String(decoding: UnsafeBufferPointer(start: $0, count: count), as: UTF8.self)
    }
  }
}

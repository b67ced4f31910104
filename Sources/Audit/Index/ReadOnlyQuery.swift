internal import CSQLite

/// What a question in SQL answers: rows of texts and numbers.
package struct TableAnswer: Sendable, Hashable {
  package enum Cell: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
  }

  package let columns: [String]
  package let rows: [[Cell]]
  /// Whether there were more rows than asked for.
  package let isCut: Bool
}

extension LogIndex {
  /// Answers one `SELECT` on the documented views.
  ///
  /// Nothing is written, no other file is opened and nothing is loaded: what the statement would do
  /// is looked at before it runs, and it is stopped when its time is over.
  ///
  /// - Parameters:
  ///   - isOver: whether its time is over; asked every now and then.
  ///   - limit: the largest number of rows returned.
  /// - Throws: ``AuditError`` with what is wrong with the statement.
  package func answer(
    _ sql: String, limit: Int, isOver: @escaping @Sendable () -> Bool
  ) throws(AuditError) -> TableAnswer {
    do throws(DatabaseError) {
      return try select(sql, limit: limit, isOver)
    } catch {
      let message = error.description.split(separator: ": ", maxSplits: 1).last.map(String.init)
      switch error.meaning {
      case .denied:
        throw AuditError(
          .storage, "only SELECT on the views is allowed: \(message ?? "")",
          remedy: "views: records, settings, files, approvals, waivers")
      case .interrupted:
        throw AuditError(
          .storage, "the question was not answered in time",
          remedy: "ask for less, or allow more with --seconds")
      default: throw AuditError(.storage, message ?? error.description)
      }
    }
  }

  private func select(
    _ sql: String, limit: Int, _ isOver: @escaping @Sendable () -> Bool
  ) throws(DatabaseError) -> TableAnswer {
    guard case .sqlite(let handle) = database.engine else {
      return try selectAtServer(sql, limit: limit, isOver)
    }
    let box = Unmanaged.passRetained(Watch(isOver))
    sqlite3_progress_handler(handle, 10_000, Self.isOver, box.toOpaque())
    sqlite3_set_authorizer(handle, Self.decide, box.toOpaque())
    defer {
      sqlite3_set_authorizer(handle, nil, nil)
      sqlite3_progress_handler(handle, 0, nil, nil)
      box.release()
    }
    return try Self.rows(of: database.prepareOne(sql), limit: limit)
  }

  /// A server is asked in a transaction that cannot write; what may be read is its own affair.
  private func selectAtServer(
    _ sql: String, limit: Int, _ isOver: @Sendable () -> Bool
  ) throws(DatabaseError) -> TableAnswer {
    try database.execute("BEGIN READ ONLY")
    // Nothing was written, so that it does not matter how it ends.
    defer { try? database.execute("ROLLBACK") }
    guard case .postgres(let connection) = database.engine else {
      throw DatabaseError(.other, "sql: no server")
    }
    // As it stands: what the user wrote is not translated.
    return try Self.rows(of: Statement(PostgresStatement(connection, sql)), limit: limit)
  }

  private static func rows(
    of rows: consuming Statement, limit: Int
  ) throws(DatabaseError) -> TableAnswer {
    var columns: [String] = []
    var found: [[TableAnswer.Cell]] = []
    while true {
      let goesOn = try rows.step()
      // A server knows the columns only after the question was asked.
      if columns.isEmpty { columns = (0..<rows.columnCount).map { rows.name($0) } }
      guard goesOn else { return TableAnswer(columns: columns, rows: found, isCut: false) }
      guard found.count < limit else {
        return TableAnswer(columns: columns, rows: found, isCut: true)
      }
      var row: [TableAnswer.Cell] = []
      for column in 0..<rows.columnCount { row.append(Self.cell(rows, column)) }
      found.append(row)
    }
  }

  private static func cell(_ rows: borrowing Statement, _ column: Int32) -> TableAnswer.Cell {
    switch rows.kind(column) {
    case .null: .null
    case .integer: .integer(rows.integer(column))
    case .real: .real(rows.real(column))
    case .text: .text(rows.text(column) ?? "")
    case .bytes:
      .text(String(decoding: Hexadecimal.digits(of: rows.bytes(column) ?? []), as: UTF8.self))
    }
  }

  /// When a question has to be answered; a class, because C hands on a pointer.
  private final class Watch: Sendable {
    let isOver: @Sendable () -> Bool

    init(_ isOver: @escaping @Sendable () -> Bool) { self.isOver = isOver }
  }

  private static let isOver: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = { pointer in
    guard let pointer else { return 1 }
    return Unmanaged<Watch>.fromOpaque(pointer).takeUnretainedValue().isOver() ? 1 : 0
  }

  /// What stands behind the views may be read by the views only: SQLite names the innermost view
  /// that asks as the last argument.
  ///
  /// Of a view in a view or of a part of the statement with a name (`WITH`), that name is told.
  private static let decide:
    @convention(c) (
      UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?,
      UnsafePointer<CChar>?, UnsafePointer<CChar>?
    ) -> Int32 = { _, action, first, second, _, inner in
      switch action {
      case SQLITE_SELECT, SQLITE_RECURSIVE: return SQLITE_OK
      case SQLITE_READ:
        let table = first.map { String(cString: $0) } ?? ""
        let view = inner.map { String(cString: $0) } ?? ""
        // Tables of a view from which a question takes no column are told once more, without the
        // view and with no column: nothing of them is read.
        let isOfView = ViewTexts.names.contains(view) || second?.pointee == 0
        let isShown = !IndexSchema.isHidden(table) || isOfView && !table.hasPrefix("sqlite_")
        return isShown ? SQLITE_OK : SQLITE_DENY
      case SQLITE_FUNCTION:
        let name = second.map { String(cString: $0).lowercased() } ?? ""
        return name == "load_extension" || name.hasPrefix("fts") ? SQLITE_DENY : SQLITE_OK
      default: return SQLITE_DENY
      }
    }
}

extension Database {
  /// Compiles a text that must be one statement.
  fileprivate func prepareOne(_ sql: String) throws(DatabaseError) -> Statement {
    guard case .sqlite(let handle) = engine else {
      throw DatabaseError(.other, "sql: not for a server")
    }
    var made: OpaquePointer?
    let bytes = Array(sql.utf8CString)
    var rest = 0
    let status = bytes.withUnsafeBufferPointer { buffer in
      var tail: UnsafePointer<CChar>?
      let status = sqlite3_prepare_v2(handle, buffer.baseAddress, -1, &made, &tail)
      if let tail, let start = buffer.baseAddress { rest = tail - start }
      return status
    }
    guard status == SQLITE_OK else { throw Self.error(status, of: handle, "sql") }
    guard let made else { throw DatabaseError(.other, "sql: no statement") }
    let statement = Statement(made)
    let blanks: Set<CChar> = [0, 9, 10, 13, 32, 59]
    guard bytes[rest...].allSatisfy(blanks.contains) else {
      throw DatabaseError(.other, "sql: more than one statement")
    }
    return statement
  }
}

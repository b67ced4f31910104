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
    let box = Unmanaged.passRetained(Deadline(isOver))
    sqlite3_progress_handler(database.handle, 10_000, Self.isOver, box.toOpaque())
    sqlite3_set_authorizer(database.handle, Self.decide, nil)
    defer {
      sqlite3_set_authorizer(database.handle, nil, nil)
      sqlite3_progress_handler(database.handle, 0, nil, nil)
      box.release()
    }
    let rows = try database.prepareOne(sql)
    let columns = (0..<rows.columnCount).map { rows.name($0) }
    var found: [[TableAnswer.Cell]] = []
    while try rows.step() {
      guard found.count < limit else {
        return TableAnswer(columns: columns, rows: found, isCut: true)
      }
      found.append((0..<rows.columnCount).map { Self.cell(rows, $0) })
    }
    return TableAnswer(columns: columns, rows: found, isCut: false)
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
  private final class Deadline: Sendable {
    let isOver: @Sendable () -> Bool

    init(_ isOver: @escaping @Sendable () -> Bool) { self.isOver = isOver }
  }

  private static let isOver: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = { pointer in
    guard let pointer else { return 1 }
    return Unmanaged<Deadline>.fromOpaque(pointer).takeUnretainedValue().isOver() ? 1 : 0
  }

  private static let decide:
    @convention(c) (
      UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?,
      UnsafePointer<CChar>?, UnsafePointer<CChar>?
    ) -> Int32 = { _, action, first, second, _, _ in
      switch action {
      case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return SQLITE_OK
      case SQLITE_FUNCTION:
        let name = second.map { String(cString: $0).lowercased() } ?? ""
        return name == "load_extension" || name == "fts5" ? SQLITE_DENY : SQLITE_OK
      case SQLITE_PRAGMA:
        // The table of words asks whether the file has changed.
        return first.map { String(cString: $0) } == "data_version" ? SQLITE_OK : SQLITE_DENY
      default: return SQLITE_DENY
      }
    }
}

extension Database {
  /// Compiles a text that must be one statement.
  fileprivate func prepareOne(_ sql: String) throws(DatabaseError) -> Statement {
    var made: OpaquePointer?
    let bytes = Array(sql.utf8CString)
    var rest = 0
    let status = bytes.withUnsafeBufferPointer { buffer in
      var tail: UnsafePointer<CChar>?
      let status = sqlite3_prepare_v2(handle, buffer.baseAddress, -1, &made, &tail)
      if let tail, let start = buffer.baseAddress { rest = tail - start }
      return status
    }
    guard status == SQLITE_OK else { throw error(status, "sql") }
    guard let made else { throw DatabaseError(.other, "sql: no statement") }
    let statement = Statement(made)
    let blanks: Set<CChar> = [0, 9, 10, 13, 32, 59]
    guard bytes[rest...].allSatisfy(blanks.contains) else {
      throw DatabaseError(.other, "sql: more than one statement")
    }
    return statement
  }
}

internal import CSQLite

/// Why SQLite did not do something.
struct DatabaseError: Error, Hashable, CustomStringConvertible {
  /// What it means for a file that can be made anew at any time.
  enum Meaning: Sendable, Hashable {
    /// The file is damaged, of another program, or of another version: make it anew.
    case unusable
    /// Another process writes.
    case busy
    /// Nothing can be written here.
    case readOnly
    /// The time that the caller allowed is over.
    case interrupted
    /// There are no tables of ours.
    case missing
    /// The authorizer refused what a statement would do.
    case denied
    case other
  }

  let meaning: Meaning
  let description: String

  init(_ meaning: Meaning, _ description: String) {
    self.meaning = meaning
    self.description = description
  }

  /// The error of a result code.
  init(code: Int32, _ message: String) {
    meaning =
      switch code & 0xFF {
      case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_SCHEMA, SQLITE_MISMATCH, SQLITE_FORMAT: .unusable
      case SQLITE_BUSY, SQLITE_LOCKED: .busy
      case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_FULL, SQLITE_IOERR, SQLITE_PERM: .readOnly
      case SQLITE_INTERRUPT: .interrupted
      case SQLITE_AUTH: .denied
      default: .other
      }
    description = message
  }
}

/// A connection to a database: SQLite in a file or in memory, or a server.
///
/// It belongs to one thread. Questions are the same text for both: ``PostgresDialect`` says what is
/// put differently.
struct Database: ~Copyable {
  enum Engine {
    case sqlite(OpaquePointer)
    case postgres(PostgresConnection)
  }

  let engine: Engine

  /// Whether the rows are those of a server.
  var isServer: Bool { if case .postgres = engine { true } else { false } }

  /// A connection to a server.
  init(_ connection: PostgresConnection) { engine = .postgres(connection) }

  /// Where a database lives.
  enum Place: Sendable, Hashable {
    case memory
    /// No link is followed to the file; directories above it must be resolved already.
    case file(String)
    case readOnlyFile(String)
  }

  /// Opens or makes the database.
  init(_ place: Place) throws(DatabaseError) {
    let (name, flags) =
      switch place {
      case .memory: (":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY)
      case .file(let path):
        (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW)
      case .readOnlyFile(let path): (path, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOFOLLOW)
      }
    var opened: OpaquePointer?
    let status = sqlite3_open_v2(
      name, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard let opened else { throw DatabaseError(.other, "open \(name): out of memory") }
    guard status == SQLITE_OK else {
      let message = String(cString: sqlite3_errmsg(opened))
      sqlite3_close_v2(opened)
      throw DatabaseError(code: status, "open \(name): \(message)")
    }
    engine = .sqlite(opened)
    // Nothing of what stands in the file may run code of ours or grow without bound.
    _ = sqlite3_limit(opened, SQLITE_LIMIT_LENGTH, Self.valueLimit)
    _ = sqlite3_busy_timeout(opened, Self.patience)
  }

  // Statements keep the connection alive until they are gone too; a server's is closed with its
  // last user.
  deinit { if case .sqlite(let handle) = engine { sqlite3_close_v2(handle) } }

  /// The largest value in bytes: records are at most 64 KiB.
  private static let valueLimit: Int32 = 1 << 24
  /// How long another process is waited for, in milliseconds.
  private static let patience: Int32 = 10_000

  /// The error that SQLite reports last.
  static func error(
    _ status: Int32, of handle: OpaquePointer, _ subject: String
  ) -> DatabaseError {
    DatabaseError(code: status, "\(subject): \(String(cString: sqlite3_errmsg(handle)))")
  }

  /// Runs statements that return nothing.
  func execute(_ sql: String) throws(DatabaseError) {
    switch engine {
    case .sqlite(let handle):
      let status = sqlite3_exec(handle, sql, nil, nil, nil)
      guard status == SQLITE_OK else { throw Self.error(status, of: handle, "index") }
    case .postgres(let connection): try connection.execute(sql)
    }
  }

  /// Compiles one statement.
  ///
  /// - Parameter isKept: whether it will be used again and again.
  func prepare(_ sql: String, isKept: Bool = false) throws(DatabaseError) -> Statement {
    switch engine {
    case .sqlite(let handle):
      var made: OpaquePointer?
      let flags = isKept ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
      let status = sqlite3_prepare_v3(handle, sql, -1, flags, &made, nil)
      guard status == SQLITE_OK, let made else { throw Self.error(status, of: handle, "index") }
      return Statement(made)
    case .postgres(let connection):
      return Statement(PostgresStatement(connection, PostgresDialect.translated(sql)))
    }
  }

  /// Compiles a question with its values.
  func prepare(_ question: Question) throws(DatabaseError) -> Statement {
    let statement = try prepare(question.sql)
    for (position, value) in question.values.enumerated() {
      statement.bind(Int32(position + 1), value)
    }
    return statement
  }
}

/// A question in SQL with the values that stand for its question marks, in their order.
struct Question {
  enum Value: Sendable, Hashable {
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
    /// An array; for servers only.
    case integers([Int])
  }

  private(set) var sql: String
  private(set) var values: [Value]

  init(_ sql: String, _ values: [Value] = []) {
    self.sql = sql
    self.values = values
  }

  mutating func add(_ text: String, _ more: [Value] = []) {
    sql += text
    values += more
  }

  mutating func add(_ part: Question) { add(part.sql, part.values) }

  /// A limit that every database understands.
  static func limit(_ limit: Int) -> Value { .integer(Int64(limit)) }
}

/// Calls SQLite and turns its error into one of the log.
func index<Value: ~Copyable>(
  _ body: () throws(DatabaseError) -> Value
) throws(AuditError) -> Value {
  do { return try body() } catch { throw AuditError(error) }
}

extension AuditError {
  /// The meaning that a failure of the index has for the log: none but that a question waits.
  init(_ error: DatabaseError) {
    let code: AuditCode =
      switch error.meaning {
      case .busy: .busy
      case .unusable: .indexDamaged
      default: .storage
      }
    self.init(
      code, error.description,
      remedy: "--no-index answers from the log itself")
  }
}

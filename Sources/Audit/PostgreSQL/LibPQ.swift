#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// PostgreSQL's client library, loaded when a database is asked for and not before.
///
/// Linking it would cost every start 5 ms and every user a package, for a feature that few need:
/// neither building nor running anything else wants it to be there.
struct LibPQ: Sendable {
  typealias Text = UnsafePointer<CChar>
  typealias Texts = UnsafePointer<Text?>

  let connect: @convention(c) (Text) -> OpaquePointer?
  let finish: @convention(c) (OpaquePointer?) -> Void
  let status: @convention(c) (OpaquePointer?) -> Int32
  let errorMessage: @convention(c) (OpaquePointer?) -> Text?
  let execute: @convention(c) (OpaquePointer?, Text) -> OpaquePointer?
  let executeWithValues:
    @convention(c) (
      OpaquePointer?, Text, Int32, UnsafePointer<UInt32>?, Texts?, UnsafePointer<Int32>?,
      UnsafePointer<Int32>?, Int32
    ) -> OpaquePointer?
  let prepare:
    @convention(c) (OpaquePointer?, Text, Text, Int32, UnsafePointer<UInt32>?) -> OpaquePointer?
  let executePrepared:
    @convention(c) (
      OpaquePointer?, Text, Int32, Texts?, UnsafePointer<Int32>?, UnsafePointer<Int32>?, Int32
    ) -> OpaquePointer?
  let resultStatus: @convention(c) (OpaquePointer?) -> Int32
  let resultField: @convention(c) (OpaquePointer?, Int32) -> Text?
  let clear: @convention(c) (OpaquePointer?) -> Void
  let rowCount: @convention(c) (OpaquePointer?) -> Int32
  let columnCount: @convention(c) (OpaquePointer?) -> Int32
  let columnName: @convention(c) (OpaquePointer?, Int32) -> Text?
  let columnType: @convention(c) (OpaquePointer?, Int32) -> UInt32
  let value: @convention(c) (OpaquePointer?, Int32, Int32) -> Text?
  let valueLength: @convention(c) (OpaquePointer?, Int32, Int32) -> Int32
  let isNull: @convention(c) (OpaquePointer?, Int32, Int32) -> Int32
  let putCopyData: @convention(c) (OpaquePointer?, Text, Int32) -> Int32
  let putCopyEnd: @convention(c) (OpaquePointer?, Text?) -> Int32
  let nextResult: @convention(c) (OpaquePointer?) -> OpaquePointer?
  let setNoticeProcessor:
    @convention(c) (
      OpaquePointer?, @convention(c) (UnsafeMutableRawPointer?, Text?) -> Void,
      UnsafeMutableRawPointer?
    ) -> UnsafeRawPointer?

  /// What it is called where; the first that is there is taken.
  private static let names = [
    "libpq.so.5", "libpq.5.dylib", "/opt/homebrew/opt/libpq/lib/libpq.5.dylib",
    "/usr/local/opt/libpq/lib/libpq.5.dylib",
  ]

  /// The library of this machine, loaded once.
  static let shared: Result<LibPQ, DatabaseError> = Result { () throws(DatabaseError) in
    for name in names {
      if let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) { return try LibPQ(handle) }
    }
    throw DatabaseError(
      .other,
      "PostgreSQL's client library libpq is not installed: apt-get install libpq5, or "
        + "brew install libpq")
  }

  private init(_ handle: UnsafeMutableRawPointer) throws(DatabaseError) {
    /// A function of the library; its type is that of PostgreSQL's libpq-fe.h.
    func find<Function>(_ name: String) throws(DatabaseError) -> Function {
      guard let symbol = dlsym(handle, name) else {
        throw DatabaseError(.other, "libpq has no \(name): it is too old")
      }
      return unsafeBitCast(symbol, to: Function.self)
    }
    connect = try find("PQconnectdb")
    finish = try find("PQfinish")
    status = try find("PQstatus")
    errorMessage = try find("PQerrorMessage")
    execute = try find("PQexec")
    executeWithValues = try find("PQexecParams")
    prepare = try find("PQprepare")
    executePrepared = try find("PQexecPrepared")
    resultStatus = try find("PQresultStatus")
    resultField = try find("PQresultErrorField")
    clear = try find("PQclear")
    rowCount = try find("PQntuples")
    columnCount = try find("PQnfields")
    columnName = try find("PQfname")
    columnType = try find("PQftype")
    value = try find("PQgetvalue")
    valueLength = try find("PQgetlength")
    isNull = try find("PQgetisnull")
    putCopyData = try find("PQputCopyData")
    putCopyEnd = try find("PQputCopyEnd")
    nextResult = try find("PQgetResult")
    setNoticeProcessor = try find("PQsetNoticeProcessor")
  }

  /// Values of `ConnStatusType` and `ExecStatusType`.
  static let connectionOK: Int32 = 0
  static let commandOK: Int32 = 1
  static let tuplesOK: Int32 = 2
  static let copyIn: Int32 = 4
  /// `PG_DIAG_SQLSTATE` and `PG_DIAG_MESSAGE_PRIMARY`.
  static let stateField: Int32 = 0x43
  static let messageField: Int32 = 0x4D
}

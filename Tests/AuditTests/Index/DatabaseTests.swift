import FoundationEssentials
import Git
import Testing

@testable import Audit

/// Logs in a server's database: the same answers, and the proof beside each record.
@Suite(
  "Database", .timeLimit(.minutes(15)),
  .enabled(if: PostgresServer.programs != nil, "PostgreSQL is not installed here"))
struct DatabaseTests {
  private let git = GitExecutable(environment: [
    "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/nonexistent", "GIT_CONFIG_NOSYSTEM=1",
    "GIT_CONFIG_GLOBAL=/dev/null",
  ])

  private func collect(
    _ collection: Workspace, _ logs: [RandomLog], id: String = "test", to address: String
  ) throws -> Published {
    let addresses = try logs.enumerated().map {
      try #require(CollectedAddress("repo\($0)=\($1.space.path)", in: "/"))
    }
    let repository = try Repository(at: collection.path)
    let results = try AuditLog.collect(
      addresses, into: repository, git: git,
      CollectingOptions(id: id, now: Fixture.time(1_000)))
    #expect(results.allSatisfy { $0.problem == nil })
    let log = try AuditLog.asked(in: repository.reopened())
    let index = try LogIndex.current(of: log)
    return try index.publish(from: log, collection: id, to: address)
  }

  private func asking(_ collection: Workspace, usesIndex: Bool) throws -> LogAsking {
    try LogAsking(
      AuditLog.asked(in: Repository(at: collection.path)), usesIndex: usesIndex)
  }

  @Test("every question has the answer of the logs; rows prove themselves; passwords stay")
  func everything() throws {
    let server = try PostgresServer()
    let collection = try Workspace("--bare")
    var logs = [try RandomLog(seed: 5), try RandomLog(seed: 6)]
    #expect(
      failure { _ = try LogAsking(database: server.address) }?.description
        .contains("holds no audit logs") == true)
    for round in 0..<2 {
      for number in logs.indices { try logs[number].grow(by: 6, genesis: number) }
      let published = try collect(collection, logs, to: server.address)
      #expect(published == Published(records: round == 0 ? 14 : 12, logs: 2))
      try RandomLog.compare(
        LogAsking(database: server.address), asking(collection, usesIndex: false), step: 2)
    }
    #expect(try collect(collection, logs, to: server.address) == Published())
    try views(of: server, like: collection)
    try proofs(of: server)
    try readOnly(server)
    try refusals(collection, logs, server)
  }

  /// The documented views say the same there as in SQLite.
  private func views(of server: PostgresServer, like collection: Workspace) throws {
    let (there, here) = (
      try LogAsking(database: server.address), try asking(collection, usesIndex: true)
    )
    for view in ViewTexts.names.sorted() {
      let sql = "SELECT * FROM \(view) ORDER BY row"
      let (one, other) = (
        try there.answer(sql, limit: 999) { false }, try here.answer(sql, limit: 999) { false }
      )
      #expect(one.columns == other.columns)
      let texts = { (rows: [[TableAnswer.Cell]]) in rows.map { "\($0)" }.sorted() }
      #expect(texts(one.rows) == texts(other.rows), "\(view)")
    }
    #expect(try there.answer("SELECT seq FROM records", limit: 3) { false }.isCut)
  }

  /// A row that somebody changed in the database is not shown as what the log says.
  private func proofs(of server: PostgresServer) throws {
    let connection = try PostgresConnection(server.address)
    let chain = try connection.ask(
      """
      SELECT count(*) FROM proof p JOIN record r ON r.seq = p.seq
      JOIN proof n ON n.seq = p.seq + 1 WHERE n.previous = r.id AND r.id = sha256(p.record)
      """, [])
    #expect(chain.text(0, 0) == "24")
    try connection.execute("BEGIN")
    try connection.execute("UPDATE proof SET record = record || '\\x20'::bytea")
    try connection.execute("COMMIT")
    let error = failure { _ = try LogAsking(database: server.address).records(limit: 1) }
    #expect([AuditCode.recordHash, .notCanonical].contains(error?.code))
    try connection.execute(
      "UPDATE proof SET record = substring(record FROM 1 FOR length(record) - 1)")
    _ = try LogAsking(database: server.address).records(limit: 1)
  }

  /// Nothing can be written with a question, nor two asked at once.
  private func readOnly(_ server: PostgresServer) throws {
    for sql in [
      "DELETE FROM record", "SELECT 1; SELECT 2", "CREATE TABLE x (a INT)",
      "WITH d AS (DELETE FROM record RETURNING 1) SELECT * FROM d",
    ] {
      #expect(
        failure { _ = try LogAsking(database: server.address).answer(sql, limit: 1) { false } }
          != nil, "\(sql)")
    }
    #expect(try LogAsking(database: server.address).records().values.count == 26)
  }

  private func refusals(
    _ collection: Workspace, _ logs: [RandomLog], _ server: PostgresServer
  ) throws {
    let other = failure { _ = try collect(collection, logs, id: "other", to: server.address) }
    #expect(other?.description.contains("another collection") == true)
    let wrong = server.address.replacing("127.0.0.1", with: "127.0.0.1:1,127.0.0.1")
      .replacing("s3cret%40word", with: "wr0ng%40word")
    let refused = try #require(failure { _ = try LogAsking(database: wrong) })
    #expect(!refused.description.contains("wr0ng"))
    // As if an earlier version had made the tables: they are made anew.
    let connection = try PostgresConnection(server.address)
    try connection.execute("UPDATE meta SET value = '0' WHERE name = 'version'")
    #expect(try collect(collection, logs, to: server.address) == Published(records: 26, logs: 2))
  }

  @Test(
    "passwords of addresses are found in every spelling",
    arguments: [
      ("postgres://u:p%40ss@h/d", "postgres://u:***@h/d"), ("postgres://u@h/d", "postgres://u@h/d"),
      ("postgresql://h/d?user=u&password=abc", "postgresql://h/d?user=u&password=***"),
      ("postgres://u:a/b@h/d", "postgres://u:***@h/d"), ("nonsense", "nonsense"),
    ])
  func passwords(address: String, shown: String) {
    #expect(ConnectionAddress(address).shown == shown)
  }
}

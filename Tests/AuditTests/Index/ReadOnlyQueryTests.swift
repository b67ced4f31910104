import Git
import Testing

@testable import Audit

/// `audit sql` shows the documented views and nothing else.
@Suite("Read-only SQL", .timeLimit(.minutes(15)))
struct ReadOnlyQueryTests {
  private let space: Workspace

  init() throws {
    space = try Workspace()
    try Fixture.fill(space, 3)
  }

  private func answer(_ sql: String) throws -> TableAnswer {
    try LogIndex.current(of: Fixture.log(space)).answer(sql, limit: 100) { false }
  }

  @Test(
    "views, joins, parts with names and functions",
    arguments: [
      ("SELECT count(*) FROM records", "4"), ("SELECT count(*) FROM settings s", "3"),
      ("WITH big AS (SELECT seq FROM records WHERE seq > 1) SELECT count(*) FROM big", "2"),
      ("SELECT max(r.seq) FROM records r JOIN files f ON f.seq = r.seq", "3"),
      ("SELECT count(*) FROM (SELECT * FROM waivers UNION ALL SELECT * FROM waivers)", "0"),
      ("SELECT group_concat(new, '-') FROM (SELECT new FROM settings ORDER BY seq)", "10-20-30"),
      ("SELECT count(*) FROM approvals", "0"),
      ("SELECT count(*) FROM records WHERE strftime('%Y', time) = '2026'", "4"),
    ])
  func shown(sql: String, value: String) throws {
    let cell = try #require(try answer(sql).rows.first?.first)
    switch cell {
    case .integer(let number): #expect(String(number) == value)
    case .text(let text): #expect(text == value)
    default: Issue.record("\(cell)")
    }
  }

  @Test(
    "tables behind the views, and everything that writes or opens",
    arguments: [
      "SELECT * FROM record", "SELECT name FROM sqlite_schema",
      "SELECT * FROM sqlite_master", "SELECT * FROM meta", "SELECT * FROM words",
      "SELECT * FROM words_data", "SELECT * FROM principal",
      "SELECT * FROM pragma_table_info('record')",
      "SELECT (SELECT oid FROM record LIMIT 1) FROM records", "SELECT * FROM main.record",
      "WITH x AS (SELECT * FROM path) SELECT * FROM x", "SELECT * FROM dbstat",
      "SELECT load_extension('x')", "ATTACH 'x' AS y", "PRAGMA table_info(record)",
      "DELETE FROM records", "CREATE TABLE t (a)", "CREATE TEMP TABLE t (a)", "VACUUM",
      "SELECT 1; SELECT 2", "", "SELECT", "SELECT * FROM nothing", "EXPLAIN SELECT * FROM record",
      "UPDATE records SET reason = 'x'", "BEGIN", "SELECT * FROM temp.sqlite_temp_schema",
    ])
  func hidden(sql: String) throws {
    #expect(failure { _ = try answer(sql) } != nil)
  }

  @Test("a question without end is stopped")
  func endless() throws {
    let index = try LogIndex.current(of: Fixture.log(space))
    let sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    let error = failure { _ = try index.answer(sql, limit: 1) { true } }
    #expect(error?.description.contains("in time") == true)
  }
}

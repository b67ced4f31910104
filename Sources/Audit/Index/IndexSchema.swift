/// The tables of the index.
///
/// Every row is derived from the log, so that another version of the program drops them all and
/// reads the log again rather than converting anything.
enum IndexSchema {
  /// Changes with every change of a table or of what is put into one.
  static let version = 1

  /// Marks the file as ours: `HGAI`.
  static let applicationID = 0x4847_4149

  /// Times are milliseconds since 1970 in UTC; ids and hashes are bytes.
  static let tables = """
    PRAGMA application_id = \(applicationID);
    CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;
    CREATE TABLE principal (id INTEGER PRIMARY KEY, name TEXT NOT NULL, uses INTEGER NOT NULL)
      STRICT;
    CREATE TABLE path (id INTEGER PRIMARY KEY, path TEXT NOT NULL, uses INTEGER NOT NULL) STRICT;
    CREATE TABLE setting (
      id INTEGER PRIMARY KEY, path INTEGER NOT NULL, resource TEXT, key TEXT NOT NULL, field TEXT,
      uses INTEGER NOT NULL, last INTEGER NOT NULL) STRICT;
    CREATE TABLE record (
      seq INTEGER PRIMARY KEY, id BLOB NOT NULL, oid BLOB NOT NULL, kind TEXT NOT NULL,
      time INTEGER NOT NULL, recorded INTEGER NOT NULL, actor INTEGER NOT NULL,
      recorder INTEGER NOT NULL, reason TEXT, ticket TEXT, base BLOB, commit_id BLOB,
      errors INTEGER, warnings INTEGER, due INTEGER, decisions INTEGER NOT NULL) STRICT;
    CREATE TABLE file_change (
      seq INTEGER NOT NULL, position INTEGER NOT NULL, path INTEGER NOT NULL, old BLOB, new BLOB,
      PRIMARY KEY (seq, position)) STRICT, WITHOUT ROWID;
    CREATE TABLE setting_change (
      seq INTEGER NOT NULL, position INTEGER NOT NULL, setting INTEGER NOT NULL,
      time INTEGER NOT NULL, file INTEGER NOT NULL, old TEXT, new TEXT, old_line INTEGER,
      new_line INTEGER, PRIMARY KEY (seq, position)) STRICT, WITHOUT ROWID;
    CREATE TABLE decision (
      seq INTEGER PRIMARY KEY, change BLOB NOT NULL, person INTEGER NOT NULL,
      approves INTEGER NOT NULL, time INTEGER NOT NULL, expires INTEGER) STRICT;
    CREATE TABLE waiver (
      seq INTEGER PRIMARY KEY, rule TEXT NOT NULL, path TEXT NOT NULL, resource TEXT,
      owner TEXT NOT NULL, granted INTEGER NOT NULL, expires INTEGER NOT NULL) STRICT;
    CREATE TABLE superseded (id BLOB PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE VIRTUAL TABLE words USING fts5 (
      text, content = '', columnsize = 0, detail = none, tokenize = 'ascii');
    """

  /// What `audit sql` shows, documented in docs/queries.md: names are added, never changed.
  static let views = """
    CREATE VIEW records AS SELECT r.seq, 'sha256:' || lower(hex(r.id)) AS id, r.kind,
      \(time("r.time")) AS time, \(time("r.recorded")) AS recorded_at, a.name AS actor,
      b.name AS recorder, r.reason, r.ticket, lower(hex(r.base)) AS base,
      lower(hex(r.commit_id)) AS commit_id, r.errors, r.warnings,
      \(time("r.due")) AS emergency_due, r.decisions
      FROM record r JOIN principal a ON a.id = r.actor JOIN principal b ON b.id = r.recorder;
    CREATE VIEW settings AS SELECT c.seq, \(time("c.time")) AS time, a.name AS actor, p.path,
      s.resource, s.key, s.field, c.old, c.new, c.old_line, c.new_line, r.reason, r.ticket
      FROM setting_change c JOIN setting s ON s.id = c.setting JOIN path p ON p.id = s.path
      JOIN record r ON r.seq = c.seq JOIN principal a ON a.id = r.actor;
    CREATE VIEW files AS SELECT f.seq, p.path, lower(hex(f.old)) AS old, lower(hex(f.new)) AS new
      FROM file_change f JOIN path p ON p.id = f.path;
    CREATE VIEW approvals AS SELECT d.seq, c.seq AS change, p.name AS person,
      CASE d.approves WHEN 1 THEN 'approve' ELSE 'reject' END AS decision,
      \(time("d.time")) AS time, \(time("d.expires")) AS expires
      FROM decision d JOIN record c ON c.id = d.change JOIN principal p ON p.id = d.person;
    CREATE VIEW waivers AS SELECT w.seq, w.rule, w.path, w.resource, w.owner,
      \(time("w.granted")) AS granted, \(time("w.expires")) AS expires, r.reason, r.ticket,
      r.id IN (SELECT id FROM superseded) AS superseded
      FROM waiver w JOIN record r ON r.seq = w.seq;
    """

  /// A column of times as records write them.
  private static func time(_ column: String) -> String {
    "strftime('%Y-%m-%dT%H:%M:%fZ', \(column) / 1000.0, 'unixepoch')"
  }

  /// Made after the rows where there are many: sorting once is faster than inserting everywhere.
  static let indexes: [(name: String, on: String)] = [
    ("record_id", "record (id)"), ("record_time", "record (time, seq)"),
    ("record_actor", "record (actor, seq)"), ("record_commit", "record (commit_id)"),
    ("record_undecided", "record (seq) WHERE decisions = 0 AND kind = 'change'"),
    ("record_due", "record (due) WHERE due IS NOT NULL"),
    ("decision_change", "decision (change)"), ("decision_person", "decision (person)"),
    ("file_change_path", "file_change (path, seq)"),
    ("setting_change_setting", "setting_change (setting, time, seq, position)"),
  ]

  static func make(in database: borrowing Database) throws(DatabaseError) {
    try database.execute(tables)
    try database.execute(views)
    try makeIndexes(in: database)
  }

  static func makeIndexes(in database: borrowing Database) throws(DatabaseError) {
    for index in indexes {
      try database.execute("CREATE INDEX IF NOT EXISTS \(index.name) ON \(index.on)")
    }
  }

  static func dropIndexes(in database: borrowing Database) throws(DatabaseError) {
    for index in indexes { try database.execute("DROP INDEX IF EXISTS \(index.name)") }
  }
}

/// What the index remembers of itself.
struct IndexState: Sendable, Hashable {
  var version: Int
  /// The newest commit that it holds.
  var tip: [UInt8]?
  /// Whether it holds the log from its first record on.
  var isWhole: Bool

  static let empty = IndexState(
    version: IndexSchema.version, tip: nil, isWhole: true)

  static func read(from database: borrowing Database) throws(DatabaseError) -> IndexState? {
    let tables = try database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'meta'")
    guard try tables.step() else { return nil }
    var state = IndexState(version: 0, tip: nil, isWhole: false)
    let rows = try database.prepare("SELECT name, value FROM meta")
    while try rows.step() {
      switch rows.text(0) {
      case "version": state.version = rows.int(1)
      case "tip": state.tip = rows.bytes(1)
      case "whole": state.isWhole = rows.int(1) == 1
      default: break
      }
    }
    return state
  }

  func write(to database: borrowing Database) throws(DatabaseError) {
    let statement = try database.prepare("INSERT OR REPLACE INTO meta VALUES (?, ?)")
    func put(_ name: String, _ bind: (borrowing Statement) -> Void) throws(DatabaseError) {
      statement.bind(1, name)
      bind(statement)
      try statement.run()
    }
    try put("version") { $0.bind(2, version) }
    try put("tip") { $0.bind(2, tip) }
    try put("whole") { $0.bind(2, isWhole ? 1 : 0) }
  }
}

internal import Git

/// The tables of the index.
///
/// Every row is derived from the log, so that another version of the program drops them all and
/// reads the log again rather than converting anything.
enum IndexSchema {
  /// Changes with every change of a table or of what is put into one.
  static let version = 2

  /// Marks the file as ours: `HGAI`.
  static let applicationID = 0x4847_4149

  /// Times are milliseconds since 1970 in UTC; ids and hashes are bytes.
  ///
  /// Every number of a row
  /// (`seq`, and the ids of people, paths and settings) holds the number of its log in the upper
  /// bits: see ``LogOrigin``.
  static let tables = """
    PRAGMA application_id = \(applicationID);
    CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;
    CREATE TABLE source (
      id INTEGER PRIMARY KEY, name TEXT, tip BLOB, whole INTEGER NOT NULL) STRICT;
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

  /// Whether a table may be read through the views only: all of ours, and SQLite's own.
  ///
  /// The views and the names that a question gives to its own parts are what remains.
  static func isHidden(_ table: String) -> Bool {
    let name = table.lowercased()
    return name.hasPrefix("sqlite_") || name.hasPrefix("words") || own.contains(name)
      || name.hasPrefix("pragma_") || name.hasPrefix("wanted_")
  }

  private static let own: Set<String> = [
    "meta", "source", "principal", "path", "setting", "record", "file_change", "setting_change",
    "decision", "waiver", "superseded", "touched", "dbstat", "bytecode", "tables_used",
  ]

  /// What `audit sql` shows, documented in docs/queries.md: names are added, never changed.
  static let views = ViewTexts(
    time: { "strftime('%Y-%m-%dT%H:%M:%fZ', \($0) / 1000.0, 'unixepoch')" },
    digits: { "nullif(lower(hex(\($0))), '')" }
  ).statements.joined(separator: ";\n")

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
  }

  static func makeIndexes(in database: borrowing Database) throws(DatabaseError) {
    for index in indexes {
      try database.execute("CREATE INDEX IF NOT EXISTS \(index.name) ON \(index.on)")
    }
  }
}

/// What the index remembers of itself.
struct IndexState: Sendable, Hashable {
  /// What it holds of one log.
  struct Source: Sendable, Hashable {
    var name: String?
    /// The newest commit that it holds.
    var tip: [UInt8]?
    /// Whether it holds the log from its first record on.
    var isWhole: Bool
  }

  var version: Int
  /// By the numbers of the logs.
  var sources: [Int: Source]

  static let empty = IndexState(version: IndexSchema.version, sources: [:])

  var isWhole: Bool { sources.values.allSatisfy(\.isWhole) }

  /// Whether it holds these logs as they are now, and no others.
  func isCurrent(_ tips: [SourceTip], isShallow: Bool) -> Bool {
    guard tips.count == sources.count else { return false }
    return tips.allSatisfy { tip in
      guard let known = sources[tip.source.number] else { return false }
      return known.tip == tip.commit.bytes && known.name == tip.source.name
        && (known.isWhole || isShallow)
    }
  }

  static func read(from database: borrowing Database) throws(DatabaseError) -> IndexState? {
    let tables = try database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'meta'")
    guard try tables.step() else { return nil }
    var state = IndexState(version: 0, sources: [:])
    let rows = try database.prepare("SELECT value FROM meta WHERE name = 'version'")
    if try rows.step() { state.version = rows.int(0) }
    // Another version's tables are not looked at.
    guard state.version == IndexSchema.version else { return state }
    let sources = try database.prepare("SELECT id, name, tip, whole FROM source")
    while try sources.step() {
      state.sources[sources.int(0)] = Source(
        name: sources.text(1), tip: sources.bytes(2), isWhole: sources.int(3) == 1)
    }
    return state
  }

  func write(to database: borrowing Database) throws(DatabaseError) {
    let meta = try database.prepare("INSERT OR REPLACE INTO meta VALUES ('version', ?)")
    meta.bind(1, version)
    try meta.run()
    try database.execute("DELETE FROM source")
    let rows = try database.prepare("INSERT INTO source VALUES (?, ?, ?, ?)")
    for (number, source) in sources {
      rows.bind(1, number)
      rows.bind(2, source.name)
      rows.bind(3, source.tip)
      rows.bind(4, source.isWhole ? 1 : 0)
      try rows.run()
    }
  }
}

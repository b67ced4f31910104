/// The tables at a server: those of the index, and what proves each record.
///
/// Nothing in it belongs to PostgreSQL alone: no extension, no sequence, no trigger, no stored
/// function, so that Citus, YugabyteDB and CockroachDB take it as it stands.
enum PostgresSchema {
  /// Changes with every change of a table or of what is put into one.
  static let version = 1

  /// Tables whose rows belong to one record each, by the columns of the index, in its order.
  static let recordTables = [
    "record", "file_change", "setting_change", "decision", "waiver", "superseded",
  ]
  /// Tables of names, whose rows belong to a log.
  static let nameTables = ["principal", "path", "setting"]
  /// What only a server holds: here git is not at hand.
  static let ownTables = ["proof", "word"]

  /// Columns of bytes and of integers are those that the index has.
  static let statements =
    [
      "CREATE SCHEMA IF NOT EXISTS \(PostgresConnection.schema)",
      "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
      """
      CREATE TABLE IF NOT EXISTS source (
        id BIGINT PRIMARY KEY, name TEXT NOT NULL, tip BYTEA NOT NULL, records BIGINT NOT NULL,
        whole BIGINT NOT NULL)
      """,
      """
      CREATE TABLE IF NOT EXISTS principal (
        id BIGINT PRIMARY KEY, name TEXT NOT NULL, uses BIGINT NOT NULL)
      """,
      """
      CREATE TABLE IF NOT EXISTS path (
        id BIGINT PRIMARY KEY, path TEXT NOT NULL, uses BIGINT NOT NULL)
      """,
      """
      CREATE TABLE IF NOT EXISTS setting (
        id BIGINT PRIMARY KEY, path BIGINT NOT NULL, resource TEXT, key TEXT NOT NULL, field TEXT,
        uses BIGINT NOT NULL, last BIGINT NOT NULL)
      """,
      """
      CREATE TABLE IF NOT EXISTS record (
        seq BIGINT PRIMARY KEY, id BYTEA NOT NULL, oid BYTEA NOT NULL, kind TEXT NOT NULL,
        time BIGINT NOT NULL, recorded BIGINT NOT NULL, actor BIGINT NOT NULL,
        recorder BIGINT NOT NULL, reason TEXT, ticket TEXT, base BYTEA, commit_id BYTEA,
        errors BIGINT, warnings BIGINT, due BIGINT, decisions BIGINT NOT NULL)
      """,
      """
      CREATE TABLE IF NOT EXISTS file_change (
        seq BIGINT NOT NULL, position BIGINT NOT NULL, path BIGINT NOT NULL, old BYTEA, new BYTEA,
        PRIMARY KEY (seq, position))
      """,
      """
      CREATE TABLE IF NOT EXISTS setting_change (
        seq BIGINT NOT NULL, position BIGINT NOT NULL, setting BIGINT NOT NULL,
        time BIGINT NOT NULL, file BIGINT NOT NULL, old TEXT, new TEXT, old_line BIGINT,
        new_line BIGINT, PRIMARY KEY (seq, position))
      """,
      """
      CREATE TABLE IF NOT EXISTS decision (
        seq BIGINT PRIMARY KEY, change BYTEA NOT NULL, person BIGINT NOT NULL,
        approves BIGINT NOT NULL, time BIGINT NOT NULL, expires BIGINT)
      """,
      """
      CREATE TABLE IF NOT EXISTS waiver (
        seq BIGINT PRIMARY KEY, rule TEXT NOT NULL, path TEXT NOT NULL, resource TEXT,
        owner TEXT NOT NULL, granted BIGINT NOT NULL, expires BIGINT NOT NULL)
      """,
      "CREATE TABLE IF NOT EXISTS superseded (id BYTEA PRIMARY KEY, seq BIGINT NOT NULL)",
      """
      CREATE TABLE IF NOT EXISTS proof (
        seq BIGINT PRIMARY KEY, record BYTEA NOT NULL, signature BYTEA, previous BYTEA NOT NULL,
        root BYTEA NOT NULL)
      """,
      // Bytes, because texts are ordered by a language and a word is found by its beginning.
      """
      CREATE TABLE IF NOT EXISTS word (
        word BYTEA NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (word, seq))
      """,
    ]
    + IndexSchema.indexes.map { "CREATE INDEX IF NOT EXISTS \($0.name) ON \($0.on)" }
    + [
      "CREATE INDEX IF NOT EXISTS word_seq ON word (seq)",
      "CREATE INDEX IF NOT EXISTS superseded_seq ON superseded (seq)",
    ]
    + ViewTexts(
      time: {
        """
        to_char(to_timestamp(\($0) / 1000.0) AT TIME ZONE 'UTC', \
        'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
        """
      },
      digits: { "encode(\($0), 'hex')" }
    ).statements + [proofs]

  /// What proves each record: an auditor compares it with git, or hashes it by himself.
  private static let proofs = """
    CREATE VIEW proofs AS SELECT \(LogOrigin.sequence(inSQL: "p.seq")) AS seq, o.name AS repository,
      'sha256:' || encode(r.id, 'hex') AS id, encode(r.oid, 'hex') AS log_commit,
      encode(p.previous, 'hex') AS previous, encode(p.root, 'base64') AS root,
      p.record, p.signature, p.seq AS row
      FROM proof p JOIN record r ON r.seq = p.seq
      JOIN source o ON o.id = \(LogOrigin.number(inSQL: "p.seq"))
    """

  /// Makes what is missing.
  ///
  /// - Throws: ``DatabaseError`` where a newer version made the tables.
  static func make(at connection: PostgresConnection) throws(DatabaseError) {
    if let found = try knownVersion(at: connection) {
      guard found != version else { return }
      guard found < version else {
        throw DatabaseError(
          .other, "the database was filled by a newer version of Headgate: update this one")
      }
      // Everything in it comes from git and is put there again.
      try connection.execute("DROP SCHEMA \(PostgresConnection.schema) CASCADE")
    }
    try connection.execute("BEGIN")
    for statement in statements { try connection.execute(statement) }
    _ = try connection.ask(
      "INSERT INTO meta VALUES ('version', $1)", [String(version)])
    try connection.execute("COMMIT")
  }

  /// The version of the tables there; `nil` where there are none.
  static func knownVersion(at connection: PostgresConnection) throws(DatabaseError) -> Int? {
    do {
      let answer = try connection.ask("SELECT value FROM meta WHERE name = 'version'", [])
      guard answer.rowCount > 0 else { return nil }
      return answer.text(0, 0).flatMap { Int($0) }
    } catch {
      guard error.meaning == .missing else { throw error }
      return nil
    }
  }
}

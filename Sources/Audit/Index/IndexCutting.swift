extension LogIndex {
  /// So many removed records at most are taken out one by one.
  private static let cutLimit = 20_000

  /// Removes the records after number `sequence`, which the log does not hold any more: they were
  /// put behind others when two people published at once.
  func cut(after sequence: Int, of origin: LogOrigin) throws(DatabaseError) {
    let newest = try database.prepare("SELECT max(seq) FROM record WHERE seq < ?")
    newest.bind(1, origin.rows.upperBound)
    let first = origin.row(of: sequence)
    guard try newest.step(), let last = newest.optionalInt(0), last > first else { return }
    guard last - first <= Self.cutLimit else {
      throw DatabaseError(.unusable, "index: the log was cut after record \(sequence)")
    }
    newest.reset()
    let lost = "seq > \(first) AND seq <= \(last)"
    try removeWords(after: first, until: last)
    try database.execute(
      """
      CREATE TEMP TABLE IF NOT EXISTS touched (kind TEXT, id INTEGER, PRIMARY KEY (kind, id));
      DELETE FROM temp.touched;
      INSERT OR IGNORE INTO temp.touched
        SELECT 'setting', setting FROM setting_change WHERE \(lost);
      INSERT OR IGNORE INTO temp.touched
        SELECT 'path', path FROM file_change WHERE \(lost);
      INSERT OR IGNORE INTO temp.touched
        SELECT 'principal', actor FROM record WHERE \(lost);
      DELETE FROM setting_change WHERE \(lost);
      DELETE FROM file_change WHERE \(lost);
      UPDATE record SET decisions = (
          SELECT count(*) FROM decision d WHERE d.change = record.id
            AND (d.seq <= \(first) OR d.seq > \(last)))
        WHERE id IN (SELECT change FROM decision WHERE \(lost));
      DELETE FROM decision WHERE \(lost);
      DELETE FROM waiver WHERE \(lost);
      DELETE FROM superseded WHERE \(lost);
      DELETE FROM record WHERE \(lost);
      UPDATE setting SET
        uses = (SELECT count(*) FROM setting_change c WHERE c.setting = setting.id),
        last = coalesce(
          (SELECT max(time) FROM setting_change c WHERE c.setting = setting.id),
          \(Int64.min + 1))
        WHERE id IN (SELECT id FROM temp.touched WHERE kind = 'setting');
      UPDATE path SET uses = (SELECT count(*) FROM file_change f WHERE f.path = path.id)
        WHERE id IN (SELECT id FROM temp.touched WHERE kind = 'path');
      UPDATE principal SET uses = (SELECT count(*) FROM record r WHERE r.actor = principal.id)
        WHERE id IN (SELECT id FROM temp.touched WHERE kind = 'principal');
      """)
  }

  /// Takes the words of records out of the table of words, which must be told them for that.
  private func removeWords(after first: Int, until last: Int) throws(DatabaseError) {
    let rows = try database.prepare(
      "SELECT seq, reason, ticket FROM record WHERE seq > ? AND seq <= ?")
    let paths = try database.prepare(
      "SELECT p.path FROM file_change f JOIN path p ON p.id = f.path WHERE f.seq = ?")
    let keys = try database.prepare(
      "SELECT s.key FROM setting_change c JOIN setting s ON s.id = c.setting WHERE c.seq = ?")
    let remove = try database.prepare(
      "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)")
    rows.bind(1, first)
    rows.bind(2, last)
    while try rows.step() {
      let number = rows.int(0)
      var texts = [rows.text(1), rows.text(2)].compactMap { $0 }
      texts += try Self.texts(of: number, paths)
      texts += try Self.texts(of: number, keys)
      remove.bind(1, number)
      remove.bind(2, SearchWords.text(of: texts))
      try remove.run()
    }
  }

  private static func texts(
    of sequence: Int, _ statement: borrowing Statement
  ) throws(DatabaseError) -> [String] {
    statement.bind(1, sequence)
    defer { statement.reset() }
    var texts: [String] = []
    while try statement.step() { texts += [statement.text(0)].compactMap { $0 } }
    return texts
  }
}

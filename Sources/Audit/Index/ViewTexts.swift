/// The views that `audit sql` shows, documented in docs/queries.md: columns are added, never
/// changed.
///
/// Databases differ in how they write times and bytes, and in nothing else that is used here.
struct ViewTexts {
  /// Milliseconds since 1970 as records write times.
  let time: (String) -> String
  /// Bytes as hexadecimal digits in lower case.
  let digits: (String) -> String

  static let names: Set<String> = ["records", "settings", "files", "approvals", "waivers"]

  private func sequence(_ column: String) -> String {
    LogOrigin.sequence(inSQL: column) + " AS seq"
  }

  private func source(_ column: String) -> String {
    "JOIN source o ON o.id = " + LogOrigin.number(inSQL: column)
  }

  /// One for each view.
  var statements: [String] {
    [
      """
      CREATE VIEW records AS SELECT \(sequence("r.seq")), 'sha256:' || \(digits("r.id")) AS id,
        r.kind, \(time("r.time")) AS time, \(time("r.recorded")) AS recorded_at, a.name AS actor,
        b.name AS recorder, r.reason, r.ticket, \(digits("r.base")) AS base,
        \(digits("r.commit_id")) AS commit_id, r.errors, r.warnings,
        \(time("r.due")) AS emergency_due, r.decisions, o.name AS repository, r.seq AS row
        FROM record r JOIN principal a ON a.id = r.actor JOIN principal b ON b.id = r.recorder
        \(source("r.seq"))
      """,
      """
      CREATE VIEW settings AS SELECT \(sequence("c.seq")), \(time("c.time")) AS time,
        a.name AS actor, p.path, s.resource, s.key, s.field, c.old, c.new, c.old_line, c.new_line,
        r.reason, r.ticket, o.name AS repository, c.seq AS row
        FROM setting_change c JOIN setting s ON s.id = c.setting JOIN path p ON p.id = s.path
        JOIN record r ON r.seq = c.seq JOIN principal a ON a.id = r.actor \(source("c.seq"))
      """,
      """
      CREATE VIEW files AS SELECT \(sequence("f.seq")), p.path, \(digits("f.old")) AS old,
        \(digits("f.new")) AS new, o.name AS repository, f.seq AS row
        FROM file_change f JOIN path p ON p.id = f.path \(source("f.seq"))
      """,
      """
      CREATE VIEW approvals AS SELECT \(sequence("d.seq")),
        \(LogOrigin.sequence(inSQL: "c.seq")) AS change, p.name AS person,
        CASE d.approves WHEN 1 THEN 'approve' ELSE 'reject' END AS decision,
        \(time("d.time")) AS time, \(time("d.expires")) AS expires, o.name AS repository,
        d.seq AS row, c.seq AS change_row
        FROM decision d JOIN record c ON c.id = d.change JOIN principal p ON p.id = d.person
        \(source("d.seq"))
      """,
      """
      CREATE VIEW waivers AS SELECT \(sequence("w.seq")), w.rule, w.path, w.resource, w.owner,
        \(time("w.granted")) AS granted, \(time("w.expires")) AS expires, r.reason, r.ticket,
        CASE WHEN r.id IN (SELECT id FROM superseded) THEN 1 ELSE 0 END AS superseded,
        o.name AS repository, w.seq AS row
        FROM waiver w JOIN record r ON r.seq = w.seq \(source("w.seq"))
      """,
    ]
  }
}

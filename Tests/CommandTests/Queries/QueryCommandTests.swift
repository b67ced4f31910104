import Testing

@Suite("Query commands", .timeLimit(.minutes(15)))
struct QueryCommandTests {
  private static let questions: [[String]] = [
    ["log"], ["log", "--key", "pool.*"], ["log", "--since", "2024-06-01", "--until", "2024-06-30"],
    ["log", "key:max*size", "actor:tidy"], ["log", "outage"], ["log", "--kind", "genesis"],
    ["log", "--actor", "nobody"], ["log", "--unreviewed"], ["log", "--file", "application.yml"],
    ["who", "pool.max_size"], ["at", "2024-06-10T10:00:00Z"], ["at", "now", "application.yml"],
    ["blame", "application.yml"], ["before", "2024-06-10T10:30:00Z"],
    ["before", "2024-06-11T00:00:00Z", "--window", "60d"], ["status"], ["show", "2"],
    ["audit", "diff", "2024-06-01", "2024-06-10T10:30:00Z"], ["audit", "export"],
  ]

  @Test("the index changes no answer, is made anew when it is gone, and is not needed")
  func withAndWithoutIndex() throws {
    let folder = try SampleLog.make()
    for question in Self.questions {
      let first = try Program.headgate(question, in: folder.path)
      #expect(first.status == 0, "\(question): \(first.text)")
      let walked = try Program.headgate(question + ["--no-index"], in: folder.path)
      #expect(walked.output == first.output, "\(question)")
    }
    #expect(folder.exists(".git/headgate/index.sqlite"))
    let before = try folder.headgate("who", "pool.max_size").output
    try folder.write(".git/headgate/index.sqlite", String(repeating: "garbage ", count: 4_096))
    #expect(try folder.headgate("who", "pool.max_size").output == before)
    try folder.remove(".git/headgate/index.sqlite")
    #expect(try folder.headgate("who", "pool.max_size").output == before)
  }

  @Test(
    "where the index cannot be written, the answers are the same, with a note",
    .enabled(if: Unprivileged.canMount, "needs a superuser who may mount"),
    arguments: [
      "mount --bind .git .git && mount -o remount,ro,bind .git",
      "mount -t tmpfs -o size=40k none .git/headgate",
    ])
  func unwritable(mount: String) throws {
    let folder = try SampleLog.make()
    for question in ["log", "who pool.max_size", "at 2024-06-10T10:00:00Z"] {
      let run = try Program.shell(
        "rm -f .git/headgate/index.sqlite; unshare -m sh -c '\(mount) && exec \"$headgate\" \(question)'",
        in: folder.path)
      #expect(run.status == 0, "\(run.text)")
      #expect(run.errors.contains("index cannot be kept"), "\(run.text)")
      let usual = try Program.headgate(
        question.split(separator: " ").map(String.init), in: folder.path)
      #expect(run.output == usual.output)
      #expect(!usual.errors.contains("index cannot be kept"))
    }
  }

  @Test("before: the change that lowered the limit comes first, with its reasons")
  func ranking() throws {
    let folder = try SampleLog.make()
    let run = try folder.headgate(
      "before", "2024-06-10T10:40:00Z", "--window", "60d", "--format", "json")
    let events = try JSONValue(run.output).array
    #expect(events.first?.seq?.int == 2, "\(run.text)")
    #expect(events.first?.why?.array.first?.string == "limit lowered: pool.max_size 24 -> 5")
    let risks = events.compactMap { $0.risk?.int }
    #expect(risks == risks.sorted(by: >))
    #expect(risks.count == events.count)
  }

  @Test("status: what waits for somebody, and whether every commit has a record")
  func status() throws {
    let folder = try SampleLog.make()
    let report = try folder.headgate("status", "--format", "json")
    let problems = try JSONValue(report.output).array.compactMap { $0.problem?.string }
    #expect(problems.sorted() == ["emergency", "pending", "unrecorded"], "\(report.text)")
    let run = try folder.headgate("record", "--reason", "Made up for")
    #expect(run.status == 0, "\(run.text)")
    let complete = try folder.headgate("status")
    #expect(complete.output.contains("each has a record"), "\(complete.text)")
  }

  @Test(
    "sql reads, and nothing else (S37)",
    arguments: [
      ("SELECT count(*) AS n FROM records", 0), ("SELECT old, new FROM settings ORDER BY seq", 0),
      ("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c", 2),
      ("ATTACH '/tmp/other.sqlite' AS other", 2), ("PRAGMA writable_schema = 1", 2),
      ("DELETE FROM record", 2), ("SELECT load_extension('x')", 2), ("DROP VIEW records", 2),
      ("SELECT 1; SELECT 2", 2), ("SELECT nothing FROM records", 2), ("", 2),
      ("CREATE TEMP TABLE t (x)", 2), ("VACUUM INTO '/tmp/copy.sqlite'", 2),
    ])
  func sql(statement: String, status: Int32) throws {
    let folder = try SampleLog.make()
    let run = try folder.headgate("audit", "sql", statement, "--seconds", "1")
    #expect(run.status == status, "\(run.text)")
    if status == 0 { #expect(!run.output.isEmpty) }
    if status == 2 { #expect(run.errors.hasPrefix("error: "), "\(run.errors)") }
  }

  @Test("tables neutralise formulas (S34), and text neutralises terminals (S32)")
  func hostileTexts() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    let reason = "=cmd|'/c calc'!A1 \u{1b}]8;;x\u{7} \u{202e}"
    #expect(try folder.headgate("record", "--reason", reason).status == 0)
    let table = try folder.headgate("audit", "export").output
    #expect(table.contains("'=cmd|"), "\(table)")
    let questions = [
      ["audit", "export"], ["audit", "sql", "SELECT reason FROM records"], ["log"],
      ["blame", "application.yml"], ["before", "now"], ["status"], ["audit", "diff", "2000-01-01"],
    ]
    for question in questions {
      let run = try Program.headgate(question, in: folder.path)
      #expect(run.status == 0, "\(question): \(run.text)")
      for character in ["\u{1b}", "\u{7}", "\u{202e}"] {
        #expect(!run.output.contains(character), "\(question)")
      }
    }
  }

  @Test("an answer of nothing says what was looked for")
  func nothing() throws {
    let folder = try SampleLog.make()
    let log = try folder.headgate("log", "--actor", "nobody", "--until", "2024-06-01")
    #expect(log.errors.contains("by nobody"), "\(log.errors)")
    #expect(log.errors.contains("until 2024-06-01 00:00:00Z"), "\(log.errors)")
    let blame = try folder.headgate("blame", "none.yml")
    #expect(blame.errors.contains("no recorded setting of none.yml"), "\(blame.errors)")
  }
}

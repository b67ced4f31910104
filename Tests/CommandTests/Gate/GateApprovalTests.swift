import Testing

/// What the log has to say before a change may be merged.
@Suite("headgate gate and the audit log", .timeLimit(.minutes(15)))
struct GateApprovalTests {
  private static let asked = "version: 1\napprovals: {required: 1}\n"

  private func gate(_ folder: TemporaryFolder) throws -> Run {
    try folder.headgate("gate", "--base", "main", "--head", "work", "--format", "json")
  }

  /// A repository with a branch `work` of one commit, which raises a pool.
  private func change(
    _ head: [String: String] = ["application.yml": Fixtures.pool(size: "30")],
    decisions: String = asked
  ) throws -> TemporaryFolder {
    let folder = try TemporaryFolder(repository: [
      "application.yml": Fixtures.soundPool, ".headgate.yaml": decisions,
    ])
    try folder.git("checkout", "-q", "-b", "work")
    try folder.commit(head, "change")
    return folder
  }

  /// Runs headgate as somebody else.
  @discardableResult
  private func run(_ folder: TemporaryFolder, as person: String, _ arguments: String...) throws
    -> Run
  {
    try folder.git("config", "user.email", "\(person)@example.org")
    defer {
      // The next command is the developer's again.
      _ = try? folder.git("config", "user.email", "developer@example.org")
    }
    return try Program.headgate(arguments, in: folder.path)
  }

  private func record(_ folder: TemporaryFolder, _ more: String...) throws {
    let run = try Program.headgate(
      ["record", "--base", "main", "--head", "work", "--reason", "peak"] + more, in: folder.path)
    #expect(run.status == 0, "\(run.text)")
  }

  /// `code path` of what keeps the change out.
  private func blocking(_ run: Run) throws -> [String] {
    let reasons = try JSONValue(run.output).decision?.reasons?.array ?? []
    return reasons.filter { $0.blocking?.bool == true }
      .map { "\($0.code?.string ?? "") \($0.path?.string ?? "-")" }
  }

  @Test("a change passes when it is recorded and somebody else agreed, and not before")
  func approved() throws {
    let folder = try change()
    let bare = try gate(folder)
    #expect(bare.status == 1)
    #expect(try blocking(bare) == ["unrecorded application.yml"])
    try record(folder)
    let pending = try gate(folder)
    #expect(pending.status == 1)
    #expect(try blocking(pending) == ["unapproved application.yml"])
    #expect(pending.output.contains("0 of 1 agreed"), "\(pending.output)")
    try #require(try run(folder, as: "bob", "approve", "1").status == 0)
    let passed = try gate(folder)
    #expect(passed.status == 0, "\(passed.text)")
    try #require(
      try run(folder, as: "bob", "reject", "1", "--reason", "no after all").status == 0)
    #expect(try blocking(gate(folder)) == ["unapproved application.yml"])
  }

  @Test("S19: what is pushed after an approval is another change")
  func stale() throws {
    let folder = try change()
    try record(folder)
    try #require(try run(folder, as: "bob", "approve", "1").status == 0)
    try #require(try gate(folder).status == 0)
    try folder.commit(["application.yml": Fixtures.pool(size: "31")], "pushed later")
    let run = try gate(folder)
    #expect(run.status == 1)
    #expect(run.output.contains("recorded with other content"), "\(run.output)")
    // Recorded anew it needs somebody's agreement anew.
    try record(folder)
    #expect(try blocking(gate(folder)) == ["unapproved application.yml"])
  }

  @Test("S23: nobody agrees to what he wrote, whoever recorded it")
  func selfApproval() throws {
    let folder = try change()
    // Recorded by somebody else, from the files as they lie: the record knows no author.
    try folder.git("checkout", "-q", "main")
    try folder.write("application.yml", Fixtures.pool(size: "30"))
    try #require(
      try run(folder, as: "carol", "record", "--worktree", "--reason", "peak").status == 0)
    try folder.git("checkout", "-q", "-f", "work")
    try #require(try run(folder, as: "developer", "approve", "1").status == 0)
    let own = try gate(folder)
    #expect(own.status == 1, "\(own.text)")
    #expect(own.output.contains("approved by who wrote the change"), "\(own.output)")
    try #require(try run(folder, as: "bob", "approve", "1").status == 0)
    let other = try gate(folder)
    #expect(other.status == 0, "\(other.text)")
  }

  @Test("an emergency goes first, and is not forgotten")
  func emergency() throws {
    let folder = try change()
    try record(folder, "--emergency")
    let passed = try gate(folder)
    #expect(passed.status == 0, "\(passed.text)")
    #expect(passed.output.contains("goes first as an emergency"), "\(passed.output)")
    let status = try folder.headgate("status")
    #expect(status.output.contains("0 of 1 agreed, due"), "\(status.text)")
  }

  @Test("a file that moved is covered by the record of its move")
  func renamed() throws {
    let folder = try TemporaryFolder(repository: [
      "application.yml": Fixtures.soundPool, ".headgate.yaml": Self.asked,
    ])
    try folder.git("checkout", "-q", "-b", "work")
    try folder.git("mv", "application.yml", "application-prod.yml")
    try folder.commit([:], "moved")
    try record(folder)
    try #require(try run(folder, as: "bob", "approve", "1").status == 0)
    let run = try gate(folder)
    #expect(run.status == 0, "\(run.text)")
  }

  @Test("S13: whoever lowers what is asked is asked for what held before")
  func loweredThreshold() throws {
    let folder = try change([
      "application.yml": Fixtures.pool(size: "30"),
      ".headgate.yaml": "version: 1\napprovals: {required: 0}\ngate: {records: optional}\n",
    ])
    let bare = try gate(folder)
    #expect(try Set(blocking(bare)) == ["unrecorded application.yml", "policy .headgate.yaml"])
    try record(folder)
    #expect(
      try Set(blocking(gate(folder))) == ["unapproved application.yml", "policy .headgate.yaml"])
    try #require(try run(folder, as: "bob", "approve", "1").status == 0)
    let passed = try gate(folder)
    #expect(passed.status == 0, "\(passed.text)")
    #expect(passed.output.contains("changes what is allowed"), "it is told all the same")
  }

  @Test("a decision is recorded where there is a log, and only told where there is none")
  func decisionsAlone() throws {
    let lenient = "version: 1\nrules: {pool/size-below-minimum: off}\n"
    let folder = try change([".headgate.yaml": lenient], decisions: "version: 1\n")
    let told = try gate(folder)
    #expect(told.status == 0, "\(told.text)")
    #expect(told.output.contains("changes what is allowed"))
    try folder.git("checkout", "-q", "main")
    try #require(
      try folder.headgate("record", "--base", "HEAD", "--head", "work", "--reason", "r").status
        == 0)
    try folder.git("checkout", "-q", "work")
    #expect(try gate(folder).status == 0)
    try folder.commit([".headgate.yaml": lenient + "ignore: ['**']\n"], "more")
    #expect(try blocking(gate(folder)) == ["policy .headgate.yaml"])
  }

  @Test("lock file, rules, baseline and what a team names besides are decisions")
  func everyDecision() throws {
    let base = """
      version: 1
      approvals: {required: 1}
      gate: {decisions: [CODEOWNERS]}
      """
    let folder = try change(
      [
        "CODEOWNERS": "* @anybody\n", "headgate.lock": "version: 1\n",
        ".headgate-baseline.json": "{\"version\": 1, \"findings\": []}\n",
      ], decisions: base)
    let run = try gate(folder)
    #expect(
      try Set(blocking(run)).isSuperset(of: [
        "policy CODEOWNERS", "policy headgate.lock", "policy .headgate-baseline.json",
      ]), "\(run.text)")
    #expect(run.status == 1)
  }

  @Test("S14: suppressions of a change count once others have approved it")
  func approvedSuppression() throws {
    let folder = try change([
      "application.yml": Fixtures.smallPool.replacing(
        "size: 5", with: "size: 5  # headgate: ignore[pool/size-below-minimum] a batch")
    ])
    try record(folder)
    #expect(
      try Set(blocking(gate(folder))) == ["finding application.yml", "unapproved application.yml"])
    try #require(try run(folder, as: "bob", "approve", "1").status == 0)
    let passed = try gate(folder)
    #expect(passed.status == 0, "\(passed.text)")
    #expect(passed.output.contains("a batch"))
  }

  @Test("where agreement is asked for, nobody waives his own change")
  func ownWaiver() throws {
    let folder = try change(["application.yml": Fixtures.smallPool])
    let day = try Program.shell("date -u -d '30 days' +%F", in: "/tmp").output.prefix(10)
    let waive = [
      "waive", "pool/size-below-minimum", "--reason", "a test", "--expires", String(day),
    ]
    try #require(try Program.headgate(waive, in: folder.path).status == 0)
    try record(folder)
    try #require(try run(folder, as: "bob", "approve", "2").status == 0)
    let own = try gate(folder)
    #expect(try blocking(own) == ["finding application.yml"])
    #expect(own.output.contains("does not count, user:developer@example.org wrote the change"))
    try folder.git("config", "user.email", "bob@example.org")
    try #require(try Program.headgate(waive, in: folder.path).status == 0)
    let other = try gate(folder)
    #expect(other.status == 0, "\(other.text)")
  }
}

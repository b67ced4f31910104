import FoundationEssentials
import Testing

/// `audit sync` and `audit repair`, as a team and a tired engineer use them.
@Suite("headgate audit sync and repair", .timeLimit(.minutes(15)))
struct SyncCommandTests {
  /// Two clones of a shared repository that both hold the same commit.
  private struct Team {
    let remote: TemporaryFolder
    let first: TemporaryFolder
    let second: TemporaryFolder

    init() throws {
      remote = try TemporaryFolder()
      try remote.git("init", "-q", "--bare", "-b", "main", ".")
      first = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
      try first.git("remote", "add", "origin", remote.path)
      try first.git("push", "-q", "origin", "main")
      second = try TemporaryFolder(repository: [:])
      try second.git("remote", "add", "origin", remote.path)
      try second.git("pull", "-q", "origin", "main")
    }
  }

  @Test("what one clone records, another one answers for")
  func share() throws {
    let team = try Team()
    try team.first.commit(["application.yml": Fixtures.smallPool], "smaller")
    try team.first.git("push", "-q", "origin", "main")
    #expect(try team.first.headgate("record", "--reason", "less memory").status == 0)
    let sent = try team.first.headgate("audit", "sync")
    #expect(sent.status == 0, "\(sent.text)")
    #expect(sent.text == "origin: 2 sent; 2 records\n")
    let received = try team.second.headgate("audit", "sync", "--format", "json")
    #expect(try JSONValue(received.output).received?.int == 2)
    let who = try team.second.headgate("who", "pool.max_size")
    #expect(who.text.contains("less memory"), "\(who.text)")
    #expect(try team.second.headgate("audit", "sync").text.contains("nothing new on either side"))
  }

  @Test("a remote that was rewound is tampering, and has the exit code of tampering")
  func rewound() throws {
    let team = try Team()
    for (number, pool) in [Fixtures.smallPool, Fixtures.soundPool].enumerated() {
      try team.first.commit(["application.yml": pool], "change \(number)")
      #expect(try team.first.headgate("record", "--reason", "why").status == 0)
    }
    #expect(try team.first.headgate("audit", "sync").status == 0)
    #expect(try team.second.headgate("audit", "sync").status == 0)
    try team.remote.git("update-ref", "refs/audit/log", "refs/audit/log~1")
    let run = try team.second.headgate("audit", "sync")
    #expect(run.status == 4, "\(run.text)")
    #expect(run.text.contains("E_ROLLBACK"), "\(run.text)")
    #expect(run.text.contains("refs/audit-quarantine/"), "\(run.text)")
    #expect(try team.second.headgate("audit", "verify").status == 0)
  }

  @Test("without a remote it says what to do")
  func noRemote() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    let run = try folder.headgate("audit", "sync")
    #expect(run.status == 2)
    #expect(run.text.contains("git remote add origin"), "\(run.text)")
  }

  @Test("a deleted log is brought back, after telling so")
  func repair() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.commit(["application.yml": Fixtures.smallPool], "smaller")
    #expect(try folder.headgate("record", "--reason", "why").status == 0)
    try folder.git("update-ref", "-d", "refs/audit/log")
    let verdict = try folder.headgate("audit", "verify")
    #expect(verdict.status == 4)
    #expect(verdict.text.contains("E_LOG_DELETED"), "\(verdict.text)")
    let trial = try folder.headgate("audit", "repair", "--dry-run")
    #expect(trial.text.hasPrefix("would restore the log of 2 records"), "\(trial.text)")
    #expect(try folder.git("for-each-ref", "refs/audit").isEmpty)
    #expect(try folder.headgate("audit", "repair").status == 0)
    #expect(try folder.headgate("audit", "verify").status == 0)
    #expect(try folder.headgate("audit", "repair").text == "nothing to repair\n")
  }

  @Test("a verification goes on where the last one ended; --full reads everything")
  func incremental() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.commit(["application.yml": Fixtures.smallPool], "smaller")
    #expect(try folder.headgate("record", "--reason", "why").status == 0)
    let first = try folder.headgate("audit", "verify", "--format", "json")
    #expect(try JSONValue(first.output).read?.int == 2)
    let second = try folder.headgate("audit", "verify", "--format", "json")
    #expect(try JSONValue(second.output).read?.int == 0)
    #expect(try JSONValue(second.output).records?.int == 2)
    let full = try folder.headgate("audit", "verify", "--full", "--format", "json")
    #expect(try JSONValue(full.output).read?.int == 2)
  }

  @Test("a clone that remembers nothing fails where a memory is asked for")
  func requiredPin() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.commit(["application.yml": Fixtures.smallPool], "smaller")
    #expect(try folder.headgate("record", "--reason", "why").status == 0)
    #expect(try folder.headgate("audit", "verify", "--require-pin").status == 0)
    try FileManager.default.removeItem(atPath: "\(folder.path)/.git/headgate/trust.json")
    let run = try folder.headgate("audit", "verify", "--require-pin")
    #expect(run.status == 2, "\(run.text)")
    #expect(run.text.contains("this clone remembers no earlier state"), "\(run.text)")
  }
}

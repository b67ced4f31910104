import FoundationEssentials
import Testing

/// Repositories in the states that people and CI leave them in.
@Suite("Repository states", .timeLimit(.minutes(15)))
struct RepositoryStateTests {
  /// Commands that need a repository.
  static let commands = [
    ["record", "--reason", "why"], ["record", "--staged", "--reason", "why"],
    ["check", "--staged"],
    ["log"], ["who", "pool.max_size"], ["at", "2024-06-10"], ["before", "2024-06-10"],
    ["show", "1"], ["audit", "verify"], ["hook", "install"], ["hook", "run"],
    ["hook", "uninstall"],
  ]

  @Test("not a repository: said with what to do", arguments: commands)
  func noRepository(arguments: [String]) throws {
    let folder = try TemporaryFolder(["application.yml": Fixtures.soundPool])
    let before = try folder.state()
    let run = try Program.headgate(arguments, in: folder.path)
    #expect(run.status == 2)
    #expect(run.errors.contains("no git repository here or above"), "\(run.errors)")
    #expect(run.errors.contains("--repo"))
    #expect(run.output == "")
    #expect(try folder.state() == before)
  }

  @Test(
    "bare repository: what needs a work tree says so",
    arguments: [
      ["record", "--staged", "--reason", "why"], ["check", "--staged"], ["hook", "install"],
    ])
  func bare(arguments: [String]) throws {
    let folder = try bareClone()
    let before = try folder.state()
    let run = try Program.headgate(arguments, in: folder.path + "/bare.git")
    #expect(run.status == 2)
    #expect(run.errors.contains("bare"), "\(run.errors)")
    #expect(run.errors.contains("help:"))
    #expect(try folder.state() == before)
  }

  @Test("bare repository: commits are recorded and questions answered, as on a server")
  func bareRecords() throws {
    let folder = try bareClone()
    let bare = folder.path + "/bare.git"
    try Program.git(["config", "user.name", "Server"], in: bare)
    try Program.git(["config", "user.email", "server@example.org"], in: bare)
    let run = try Program.headgate(["record", "--reason", "why"], in: bare)
    #expect(run.status == 0, "\(run.text)")
    #expect(try Program.headgate(["who", "pool.max_size"], in: bare).output.contains("5"))
    #expect(try Program.headgate(["audit", "verify"], in: bare).status == 0)
  }

  @Test("empty repository: nothing to record, and questions have no answer")
  func empty() throws {
    let folder = try TemporaryFolder(repository: [:])
    let before = try folder.state()
    let run = try folder.headgate("record", "--reason", "why")
    #expect(run.status == 2)
    #expect(run.errors.contains("HEAD"), "\(run.errors)")
    #expect(run.errors.contains("commit"))
    let log = try folder.headgate("log")
    #expect(log.status == 0)
    #expect(log.output == "")
    #expect(log.errors.contains("nothing is recorded yet"))
    #expect(try folder.headgate("audit", "verify").output.contains("no audit log yet"))
    #expect(try folder.headgate("check").status == 2)
    #expect(try folder.state() == before)
  }

  @Test("detached HEAD, the normal state in CI: commits are recorded")
  func detached() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.git("checkout", "-q", "--detach")
    try folder.commit(["application.yml": Fixtures.smallPool], "smaller")
    let run = try folder.headgate("record", "--reason", "why")
    #expect(run.status == 0, "\(run.text)")
    let who = try folder.headgate("who", "pool.max_size")
    #expect(who.output.contains("24 -> 5"), "\(who.text)")
    #expect(try folder.headgate("audit", "verify").status == 0)
  }

  @Test("the commit with the configuration may be a merge, an older one, or in a shallow clone")
  func revisions() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.commit(["application.yml": Fixtures.smallPool], "smaller")
    try folder.commit(["notes.txt": "x\n"], "notes")
    let none = try folder.headgate("record", "--reason", "why")
    #expect(none.status == 2)
    #expect(none.errors.contains("no governed configuration file changed"))
    let older = try folder.headgate("record", "--head", "HEAD~1", "--reason", "why")
    #expect(older.status == 0, "\(older.text)")
    for revision in ["gone", "HEAD:application.yml", "--x", "HEAD~9"] {
      let run = try folder.headgate("record", "--head=\(revision)", "--reason", "why")
      #expect(run.status == 2)
      #expect(run.errors.contains(revision), "\(run.errors)")
    }
  }

  @Test(
    "a repository of somebody else is not opened, and the remedy is told",
    .enabled(if: Unprivileged.isSuperuser, "only the superuser can give a file away"))
  func foreign() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.smallPool])
    try Program.shell("chown -R \(Unprivileged.user) .", in: folder.path)
    for arguments in [
      ["record", "--reason", "x"], ["log"], ["check", "--staged"], ["audit", "verify"],
    ] {
      let before = try folder.state()
      let run = try Program.headgate(arguments, in: folder.path)
      #expect(run.status == 2, "\(arguments) \(run.text)")
      #expect(run.errors.contains("belongs to another user"), "\(run.errors)")
      #expect(run.errors.contains("safe.directory"))
      #expect(try folder.state() == before)
    }
    // Reading files opens no repository: a check is not refused.
    #expect(try folder.headgate("check").status == 1)
    let trusted = try Program.shell(
      "git config --global --add safe.directory \"$PWD\" && \"$headgate\" record --reason x",
      in: folder.path)
    #expect(trusted.status == 0, "\(trusted.text)")
  }

  @Test("without a name git's own advice is given, and nothing is written")
  func nobody() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.git("config", "--unset", "user.name")
    try folder.git("config", "--unset", "user.email")
    let before = try folder.state()
    let run = try folder.headgate("record", "--reason", "why")
    #expect(run.status == 2)
    #expect(run.errors.contains("git config user.name"))
    #expect(try folder.state() == before)
  }

  @Test("unmerged paths, submodules and files to be added do not confuse a staged check")
  func oddIndex() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.git("checkout", "-q", "-b", "side")
    try folder.commit(["application.yml": Fixtures.pool(size: "30")], "side")
    try folder.git("checkout", "-q", "main")
    try folder.commit(["application.yml": Fixtures.pool(size: "40")], "main")
    let merge = try Program.shell("git merge side", in: folder.path)
    #expect(merge.status == 1)
    try folder.write("new/application.yml", Fixtures.smallPool)
    try folder.git("add", "--intent-to-add", "new/application.yml")
    let run = try folder.headgate("check", "--staged")
    #expect(run.status == 0 || run.status == 2, "\(run.text)")
    #expect(!run.text.contains("at most 5"))
  }

  private func bareClone() throws -> TemporaryFolder {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.commit(["application.yml": Fixtures.smallPool], "smaller")
    let clone = try TemporaryFolder()
    try Program.git(["clone", "-q", "--bare", folder.path, "bare.git"], in: clone.path)
    return clone
  }
}

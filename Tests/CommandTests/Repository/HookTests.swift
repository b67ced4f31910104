import Testing

/// The plain git hook, driven by git as a developer drives it.
@Suite("The pre-commit hook", .timeLimit(.minutes(15)))
struct HookTests {
  private func repository() throws -> TemporaryFolder {
    let folder = try TemporaryFolder(repository: [
      "application.yml": Fixtures.soundPool, "other.txt": "one\n",
    ])
    let run = try folder.headgate("hook", "install")
    #expect(run.status == 0, "\(run.text)")
    return folder
  }

  private func commit(_ folder: TemporaryFolder, _ arguments: String...) throws -> Run {
    try Program.run(
      "/usr/bin/env", ["git", "commit", "-q", "-m", "change"] + arguments, in: folder.path)
  }

  @Test("the commit of an undersized pool is refused, a sound one passes")
  func refusal() throws {
    let folder = try repository()
    let before = try folder.git("rev-parse", "HEAD")
    try folder.write("application.yml", Fixtures.smallPool)
    try folder.git("add", ".")
    let refused = try commit(folder)
    #expect(refused.status == 1)
    #expect(refused.text.contains("application.yml:7:26"))
    #expect(refused.text.contains("at most 5 connections"))
    #expect(try folder.git("rev-parse", "HEAD") == before)
    #expect(try commit(folder, "--no-verify").status == 0)

    try folder.write("application.yml", Fixtures.pool(size: "30"))
    try folder.git("add", ".")
    let passed = try commit(folder)
    #expect(passed.status == 0, "\(passed.text)")
  }

  @Test(
    "git's temporary index is judged: commit -a, commit PATH",
    arguments: [
      (["-a"], 1), (["application.yml"], 1), (["other.txt"], 0),
      (["--include", "application.yml"], 1),
    ] as [([String], Int32)])
  func temporaryIndex(arguments: [String], status: Int32) throws {
    let folder = try repository()
    try folder.write("application.yml", Fixtures.smallPool)
    try folder.write("other.txt", "two\n")
    let run = try Program.run(
      "/usr/bin/env", ["git", "commit", "-q", "-m", "change"] + arguments, in: folder.path)
    #expect(run.status == status, "\(run.text)")
    #expect(run.text.contains("at most 5") == (status == 1))
  }

  @Test("a path is committed without what else is staged")
  func pathOnly() throws {
    let folder = try repository()
    try folder.write("application.yml", Fixtures.smallPool)
    try folder.git("add", "application.yml")
    try folder.write("other.txt", "two\n")
    let run = try commit(folder, "other.txt")
    #expect(run.status == 0, "\(run.text)")
  }

  @Test("runs in folders of the repository and in linked work trees")
  func elsewhere() throws {
    let folder = try repository()
    try folder.write("deep/down/application.yml", Fixtures.smallPool)
    let below = try Program.shell(
      "git add . && git commit -q -m x", in: folder.path + "/deep/down")
    #expect(below.status == 1)
    #expect(below.text.contains("deep/down/application.yml:7:26"))
    let other = try TemporaryFolder()
    try folder.git("worktree", "add", "-q", "-b", "side", other.path + "/tree", "HEAD")
    try other.write("tree/application.yml", Fixtures.smallPool)
    let tree = try Program.shell("git commit -q -a -m x", in: other.path + "/tree")
    #expect(tree.status == 1)
    #expect(tree.text.contains("application.yml:7:26"))
  }

  @Test("a hook of somebody else is left as it is")
  func foreign() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 0\n")
    let before = try folder.state()
    let install = try folder.headgate("hook", "install")
    #expect(install.status == 2)
    #expect(install.errors.contains(".git/hooks/pre-commit"))
    #expect(install.errors.contains("headgate hook run"))
    let uninstall = try folder.headgate("hook", "uninstall")
    #expect(uninstall.status == 2)
    #expect(uninstall.errors.contains("not Headgate's"))
    #expect(try folder.state() == before)
  }

  @Test("installing twice and removing twice is no error")
  func again() throws {
    let folder = try repository()
    let before = try folder.state()
    #expect(try folder.headgate("hook", "install").status == 0)
    #expect(try folder.state() == before)
    #expect(try folder.headgate("hook", "uninstall").status == 0)
    #expect(!folder.exists(".git/hooks/pre-commit"))
    #expect(try folder.headgate("hook", "uninstall").status == 0)
  }

  @Test("core.hooksPath moves it")
  func hooksPath() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.git("config", "core.hooksPath", "tools/hooks")
    try folder.write("tools/readme", "")
    let run = try folder.headgate("hook", "install")
    #expect(run.status == 0, "\(run.text)")
    #expect(folder.exists("tools/hooks/pre-commit"))
    try folder.write("application.yml", Fixtures.smallPool)
    #expect(try commit(folder, "-a").status == 1)
  }

  @Test("outside a repository and in a bare one there is nothing to install")
  func nowhere() throws {
    let folder = try TemporaryFolder()
    let run = try folder.headgate("hook", "install")
    #expect(run.status == 2)
    #expect(run.errors.contains("no git repository"))
    try folder.git("init", "-q", "--bare", "bare.git")
    let bare = try Program.headgate(["hook", "install"], in: folder.path + "/bare.git")
    #expect(bare.status == 2)
    #expect(bare.errors.contains("bare repository"))
  }
}

import Testing

/// `check --staged` judges what will be committed, whatever the work tree says.
@Suite("headgate check --staged", .timeLimit(.minutes(15)))
struct StagedTests {
  @Test(
    "the index counts, not the work tree",
    arguments: [
      (Fixtures.smallPool, Fixtures.soundPool, 1),
      (Fixtures.pool(size: "30"), Fixtures.smallPool, 0),
    ] as [(String, String, Int32)])
  func partialStaging(staged: String, written: String, status: Int32) throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.write("application.yml", staged)
    try folder.git("add", "application.yml")
    try folder.write("application.yml", written)
    let run = try folder.headgate("check", "--staged")
    #expect(run.status == status, "\(run.text)")
    #expect(run.text.contains("at most 5") == (status == 1))
  }

  @Test("only staged files are reported, in the whole repository wherever one stands")
  func onlyStaged() throws {
    let folder = try TemporaryFolder(repository: [
      "old/application.yml": Fixtures.smallPool, "new/application.yml": Fixtures.soundPool,
    ])
    #expect(try folder.headgate("check", "--staged").status == 0)
    try folder.write("new/application.yml", Fixtures.smallPool)
    try folder.git("add", "new")
    for place in ["", "/old"] {
      let run = try Program.headgate(
        ["check", "--staged", "--format", "concise"], in: folder.path + place)
      #expect(run.status == 1)
      #expect(run.output.contains("new/application.yml:7:26"))
      #expect(!run.output.contains("old/application.yml:7"))
    }
  }

  @Test("nothing governed staged is clean, and said")
  func nothingStaged() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.smallPool])
    try folder.write("readme.txt", "hello\n")
    try folder.git("add", "readme.txt")
    let run = try folder.headgate("check", "--staged")
    #expect(run.status == 0)
    #expect(run.errors.contains("no configuration file is staged"))
    #expect(try folder.headgate("check", "--staged", "--quiet").text == "")
  }

  @Test("a removed file is no finding")
  func removed() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.smallPool])
    try folder.git("rm", "-q", "application.yml")
    let run = try folder.headgate("check", "--staged")
    #expect(run.status == 0, "\(run.text)")
  }

  @Test("an included file is judged where it is included")
  func included() throws {
    let folder = try TemporaryFolder(repository: [
      "nginx.conf": "events {}\nhttp {\n  include conf.d/*.conf;\n}\n",
      "conf.d/a.conf": "server {\n  listen 80;\n}\n",
    ])
    try folder.write("conf.d/a.conf", "server {\n  listen 80\n}\n")
    try folder.git("add", "conf.d/a.conf")
    let run = try folder.headgate("check", "--staged")
    #expect(run.status == 2, "\(run.text)")
    #expect(run.output.contains("conf.d/a.conf:"))
  }

  @Test("the decisions are the staged ones")
  func stagedDecisions() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.write("application.yml", Fixtures.smallPool)
    try folder.write(
      ".headgate.yaml", "version: 1\nrules:\n  pool/size-below-minimum: {severity: off}\n")
    try folder.git("add", "application.yml")
    #expect(try folder.headgate("check", "--staged").status == 1)
    try folder.git("add", ".headgate.yaml")
    let run = try folder.headgate("check", "--staged")
    #expect(run.status == 0, "\(run.text)")
  }

  @Test("works before the first commit, in a detached HEAD, and in a linked work tree")
  func states() throws {
    let empty = try TemporaryFolder(repository: [:])
    try empty.write("application.yml", Fixtures.smallPool)
    try empty.git("add", ".")
    #expect(try empty.headgate("check", "--staged").status == 1)

    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.git("checkout", "-q", "--detach")
    try folder.write("application.yml", Fixtures.smallPool)
    try folder.git("add", ".")
    #expect(try folder.headgate("check", "--staged").status == 1)

    let other = try TemporaryFolder()
    try folder.git("worktree", "add", "-q", other.path + "/tree", "main")
    let tree = other.path + "/tree"
    #expect(try Program.headgate(["check", "--staged"], in: tree).status == 0)
    try other.write("tree/application.yml", Fixtures.smallPool)
    try Program.git(["add", "."], in: tree)
    #expect(try Program.headgate(["check", "--staged"], in: tree).status == 1)
  }

  @Test("GIT_INDEX_FILE names the index that will be committed")
  func indexFile() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.write("application.yml", Fixtures.smallPool)
    let index = ["GIT_INDEX_FILE": folder.path + "/.git/other-index"]
    try Program.git(["read-tree", "HEAD"], in: folder.path, environment: index)
    try Program.git(["add", "application.yml"], in: folder.path, environment: index)
    #expect(try folder.headgate("check", "--staged").status == 0)
    #expect(try folder.headgate("check", "--staged", environment: index).status == 1)
    let relative = ["GIT_INDEX_FILE": ".git/other-index"]
    #expect(try folder.headgate("check", "--staged", environment: relative).status == 1)
  }
}

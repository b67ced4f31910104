import Testing

/// `check --fix` changes what it says it changes, and nothing else.
@Suite("headgate check --fix", .timeLimit(.minutes(15)))
struct FixTests {
  static let written = "# pool\r\nmaximumPoolSize = 5\nidleTimeout=5000\nminimumIdle=2\n"

  @Test(
    "safe fixes write what runs anyway, unsafe ones only when asked for",
    arguments: [
      (["--fix"], "# pool\r\nmaximumPoolSize = 5\nidleTimeout=600000\nminimumIdle=2\n", 1),
      (
        ["--fix", "--unsafe"],
        "# pool\r\nmaximumPoolSize = 10\nidleTimeout=600000\nminimumIdle=2\n", 0
      ),
    ] as [([String], String, Int32)])
  func fixes(options: [String], expected: String, status: Int32) throws {
    let folder = try TemporaryFolder([
      "hikari.properties": Self.written, "notes.txt": "hello\n", "nginx.conf": Fixtures.soundNginx,
    ])
    let others = folder.text("nginx.conf")
    let run = try Program.headgate(["check"] + options, in: folder.path)
    #expect(run.status == status, "\(run.text)")
    #expect(run.errors.contains("fixed"))
    #expect(folder.text("hikari.properties") == expected)
    #expect(folder.text("nginx.conf") == others)
    #expect(folder.text("notes.txt") == "hello\n")
    let state = try folder.state()
    #expect(try Program.headgate(["check"] + options, in: folder.path).status == status)
    #expect(try folder.state() == state)
  }

  @Test("a file that is not understood is not written")
  func broken() throws {
    let folder = try TemporaryFolder(repository: ["nginx.conf": Fixtures.brokenNginx])
    let before = try folder.state()
    #expect(try folder.headgate("check", "--fix", "--unsafe").status == 2)
    #expect(try folder.state() == before)
  }

  @Test("permissions stay")
  func permissions() throws {
    let folder = try TemporaryFolder(["hikari.properties": Self.written])
    try Program.shell("chmod 640 hikari.properties", in: folder.path)
    #expect(try folder.headgate("check", "--fix").status == 1)
    #expect(folder.text("hikari.properties").contains("idleTimeout=600000"))
    let list = try Program.shell("ls -l", in: folder.path)
    #expect(list.output.contains("-rw-r-----"), "\(list.output)")
  }

  @Test("a link is not replaced by a file: it is named and left as it is")
  func link() throws {
    let folder = try TemporaryFolder(["real/hikari.properties": Self.written])
    try folder.link("hikari.properties", to: "real/hikari.properties")
    let before = try folder.state()
    let run = try folder.headgate("check", "--fix", "hikari.properties")
    #expect(run.status == 2)
    #expect(run.errors.contains("hikari.properties is not a regular file"))
    #expect(try folder.state() == before)
  }

  @Test(
    "a folder that cannot be written: the cause is told and the file is whole",
    .enabled(if: Unprivileged.isPossible, "\(Unprivileged.absence)"))
  func unwritable() throws {
    let folder = try TemporaryFolder(["hikari.properties": Self.written])
    try Program.shell("chmod 555 . && chmod 444 hikari.properties", in: folder.path)
    let run = try Unprivileged.headgate(["check", "--fix"], in: folder.path)
    #expect(run.status == 2, "\(run.text)")
    #expect(run.errors.contains("hikari.properties"), "\(run.errors)")
    #expect(run.errors.lowercased().contains("permission denied"), "\(run.errors)")
    #expect(folder.text("hikari.properties") == Self.written)
    try Program.shell("chmod 755 .", in: folder.path)
  }
}

/// Several fixes of several files, shown and made.
@Suite("headgate check --fix --diff", .timeLimit(.minutes(15)))
struct FixDiffTests {
  private static let files = [
    "a/hikari.properties": FixTests.written,
    "b/application.yml": Fixtures.smallPool,
    "c/nginx.conf": "events {}\nhttp {\n  server {\n    listen 80\n  }\n}\n",
  ]

  @Test("what is shown is what is made, in every file, and nothing is left for a second time")
  func shown() throws {
    let folder = try TemporaryFolder(Self.files)
    let before = try folder.state()
    let shown = try folder.headgate("check", "--fix", "--unsafe", "--diff")
    #expect(try folder.state() == before)
    #expect(shown.output.contains("--- a/a/hikari.properties"))
    #expect(shown.output.contains("\n-idleTimeout=5000\n"), "\(shown.output)")
    #expect(shown.output.contains("\n+idleTimeout=600000\n"), "\(shown.output)")
    #expect(shown.output.contains("-      maximum-pool-size: 5\n+      maximum-pool-size: 10"))
    #expect(try folder.headgate("check", "--fix", "--unsafe").errors.contains("fixed"))
    #expect(folder.text("a/hikari.properties").contains("idleTimeout=600000"))
    let fixed = try folder.state()
    let again = try folder.headgate("check", "--fix", "--unsafe", "--diff")
    #expect(!again.output.contains("@@"), "\(again.output)")
    #expect(try folder.state() == fixed)
  }

  @Test("what is suppressed or known is left alone, and secrets are not shown")
  func excused() throws {
    let text =
      "# headgate: ignore-file[pool/size-below-minimum] a test's pool\n"
      + Fixtures.smallProperties + "dataSource.password=hunter2\n"
    let folder = try TemporaryFolder(repository: ["hikari.properties": text])
    let run = try folder.headgate("check", "--fix", "--unsafe", "--diff")
    #expect(!run.output.contains("+maximumPoolSize"), "\(run.text)")
    try folder.write("hikari.properties", "idleTimeout=5000\nminimumIdle=2\n" + text)
    let other = try folder.headgate("check", "--fix", "--diff")
    #expect(other.status == 1 && other.output.contains("@@"), "\(other.text)")
    #expect(!other.output.contains("hunter2"))
    #expect(try folder.headgate("check", "--diff").status == 2)
  }
}

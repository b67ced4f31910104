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

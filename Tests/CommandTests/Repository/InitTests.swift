import Testing

/// The first command that somebody types.
@Suite("headgate init", .timeLimit(.minutes(15)))
struct InitTests {
  @Test("writes what it found and installs the hook; then everything works")
  func first() throws {
    let folder = try TemporaryFolder(repository: [
      "service/application.yml": Fixtures.soundPool, "proxy/nginx.conf": Fixtures.soundNginx,
    ])
    let run = try folder.headgate("init")
    #expect(run.status == 0, "\(run.text)")
    #expect(run.output.contains("service/application.yml"))
    #expect(run.output.contains("proxy/nginx.conf"))
    #expect(run.output.contains("wrote .headgate.yaml"))
    #expect(folder.exists(".git/hooks/pre-commit"))
    #expect(folder.text(".headgate.yaml").contains("path: service/application.yml"))
    let check = try folder.headgate("check")
    #expect(check.status == 0, "\(check.text)")
  }

  @Test("an existing file is left as it is")
  func existing() throws {
    let folder = try TemporaryFolder(repository: [
      "application.yml": Fixtures.soundPool, ".headgate.yaml": "version: 1\n",
    ])
    let before = try folder.state()
    let run = try folder.headgate("init", "--no-hook")
    #expect(run.status == 0)
    #expect(run.output.contains("left as it is"))
    #expect(try folder.state() == before)
  }

  @Test("nothing to govern: nothing is written")
  func nothing() throws {
    let folder = try TemporaryFolder(repository: ["readme.txt": "hello\n"])
    let before = try folder.state()
    let run = try folder.headgate("init")
    #expect(run.status == 2)
    #expect(run.errors.contains("no configuration file"))
    #expect(try folder.state() == before)
  }

  @Test("outside a repository --no-hook is enough")
  func noRepository() throws {
    let folder = try TemporaryFolder(["application.yml": Fixtures.soundPool])
    #expect(try folder.headgate("init", "--no-hook").status == 0)
    #expect(try folder.headgate("check").status == 0)
  }
}

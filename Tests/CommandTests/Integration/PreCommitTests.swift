import FoundationEssentials
import Testing

@Suite(
  "pre-commit framework", .timeLimit(.minutes(15)),
  .enabled(
    if: PreCommitFramework.program != nil,
    "the pre-commit framework could not be installed from PyPI"))
struct PreCommitTests {
  /// A repository that uses the hook `id`, with the framework's own files beside.
  private struct Setting {
    let hooks: TemporaryFolder
    let home: TemporaryFolder
    let folder: TemporaryFolder

    init(_ files: [String: String]) throws {
      hooks = try PreCommitFramework.hooks()
      home = try TemporaryFolder()
      folder = try TemporaryFolder(
        repository: files.merging([
          ".pre-commit-config.yaml": PreCommitFramework.configuration(
            hooks.path, "headgate-system")
        ]) { $1 })
    }

    /// Runs a script in which `pre-commit` is the framework and `headgate` the built program.
    func run(_ script: String) throws -> Run {
      let program = try #require(PreCommitFramework.program)
      let bin = program.dropLast("/pre-commit".count)
      return try Program.shell(
        script, in: folder.path,
        environment: ["PATH": "\(bin):\(Integration.path)", "PRE_COMMIT_HOME": home.path])
    }
  }

  @Test("a commit of a pool that is too small is refused, a sound one goes through")
  func commit() throws {
    let setting = try Setting(["hikari.properties": Fixtures.soundProperties])
    #expect(try setting.run("pre-commit install").status == 0)
    try setting.folder.write("hikari.properties", Fixtures.smallProperties)
    let refused = try setting.run("git commit -qam smaller")
    #expect(refused.status != 0)
    #expect(refused.text.contains("error[pool/size-below-minimum]"))
    try setting.folder.write("hikari.properties", Fixtures.soundProperties + "# more\n")
    let passed = try setting.run("git commit -qam sound")
    #expect(passed.status == 0, "\(passed.text)")
  }

  @Test("a file that only the team knows as configuration is not passed over")
  func ownName() throws {
    let setting = try Setting([
      ".headgate.yaml": "files: [{path: pool.settings, technology: hikaricp}]\n",
      "pool.settings": Fixtures.soundProperties,
    ])
    #expect(try setting.run("pre-commit install").status == 0)
    try setting.folder.write("pool.settings", Fixtures.smallProperties)
    let refused = try setting.run("git commit -qam smaller")
    #expect(refused.status != 0, "\(refused.text)")
    #expect(refused.text.contains("error[pool/size-below-minimum]"), "\(refused.text)")
  }

  @Test("what is not staged does not count")
  func partial() throws {
    let setting = try Setting(["hikari.properties": Fixtures.soundProperties])
    #expect(try setting.run("pre-commit install").status == 0)
    try setting.folder.write("hikari.properties", Fixtures.soundProperties + "# staged\n")
    try setting.folder.git("add", "hikari.properties")
    try setting.folder.write("hikari.properties", Fixtures.smallProperties)
    let run = try setting.run("git commit -qm partial")
    #expect(run.status == 0, "\(run.text)")
    #expect(setting.folder.text("hikari.properties") == Fixtures.smallProperties)
  }

  @Test("--all-files checks everything, also when nothing is staged")
  func everything() throws {
    let setting = try Setting(["hikari.properties": Fixtures.smallProperties])
    let run = try setting.run("pre-commit run --all-files")
    #expect(run.status == 1)
    #expect(run.text.contains("error[pool/size-below-minimum]"))
  }

  @Test("--from-ref checks what differs")
  func range() throws {
    let setting = try Setting([
      "a/hikari.properties": Fixtures.smallProperties,
      "b/hikari.properties": Fixtures.soundProperties,
    ])
    try setting.folder.commit(
      ["b/hikari.properties": Fixtures.soundProperties + "# more\n"], "more")
    let run = try setting.run("pre-commit run --from-ref HEAD~1 --to-ref HEAD")
    #expect(run.status == 0, "\(run.text)")
    try setting.folder.commit(["b/hikari.properties": Fixtures.smallProperties], "smaller")
    let second = try setting.run("pre-commit run --from-ref HEAD~1 --to-ref HEAD")
    #expect(second.status == 1)
    #expect(second.text.contains("b/hikari.properties:2"))
    #expect(!second.text.contains("a/hikari.properties:2"))
  }
}

/// Builds the whole program in release mode, as the framework does: minutes.
@Suite(
  "Soak: pre-commit builds Headgate", .timeLimit(.minutes(120)),
  .enabled(
    if: ProcessInfo.processInfo.environment["HEADGATE_SOAK"] != nil
      && PreCommitFramework.program != nil && Integration.has("swift"),
    "`make soak` runs it, with Python and PyPI"))
struct PreCommitSoakTests {
  @Test("language: swift builds the commit that is checked out here, and its hook works")
  func build() throws {
    let home = try TemporaryFolder()
    let hooks = try TemporaryFolder()
    try Program.git(["clone", "-q", Integration.root, "headgate"], in: hooks.path)
    try Program.git(["tag", "-f", "v1"], in: "\(hooks.path)/headgate")
    let folder = try TemporaryFolder(repository: [
      "hikari.properties": Fixtures.smallProperties,
      ".pre-commit-config.yaml": PreCommitFramework.configuration(
        "\(hooks.path)/headgate", "headgate"),
    ])
    let program = try #require(PreCommitFramework.program)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let run = try Program.shell(
      "'\(program)' run --all-files", in: folder.path,
      environment: ["PATH": path, "PRE_COMMIT_HOME": home.path])
    #expect(run.status == 1)
    #expect(run.text.contains("error[pool/size-below-minimum]"), "\(run.text)")
  }
}

import Testing

/// The command line itself: what is refused, and that every command explains itself.
@Suite("Usage", .timeLimit(.minutes(15)))
struct UsageTests {
  static let commands = [
    ["init"], ["check"], ["explain"], ["policy", "list"], ["policy", "eval"], ["inventory"],
    ["capacity"], ["parse"], ["record"], ["log"], ["show"], ["who"], ["at"], ["before"],
    ["audit", "verify"], ["hook", "install"], ["hook", "run"], ["hook", "uninstall"],
  ]

  @Test(
    "bad usage is exit 2 with the usage on standard error",
    arguments: [
      ["chek"], ["check", "--stagd"], ["check", "--format", "pdf"],
      ["check", "--fail-on", "never"],
      ["check", "--staged", "nginx.conf"], ["explain"], ["policy", "eval"],
      ["policy", "eval", "1", "--cases", "x.json"], ["record", "--staged", "--head", "HEAD~1"],
      ["log", "--limit", "many"], ["show"], ["at"], ["capacity", "--peak", "1"], ["parse"],
      ["hook", "remove"], ["check", "--color", "sometimes"],
    ])
  func badUsage(arguments: [String]) throws {
    let folder = try TemporaryFolder(repository: ["nginx.conf": Fixtures.soundNginx])
    let before = try folder.state()
    let run = try Program.headgate(arguments, in: folder.path)
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.hasPrefix("Error: "), "\(run.errors)")
    #expect(run.errors.contains("Usage: headgate"), "\(run.errors)")
    #expect(try folder.state() == before)
  }

  @Test("every command has help with its usage and an example", arguments: commands)
  func help(command: [String]) throws {
    let folder = try TemporaryFolder()
    let run = try Program.headgate(command + ["--help"], in: folder.path)
    #expect(run.status == 0)
    #expect(run.errors == "")
    #expect(run.output.contains("USAGE: headgate \(command.joined(separator: " "))"))
    for option in ["--repo", "--color", "--quiet"] { #expect(run.output.contains(option)) }
  }

  @Test("the first screen names the commands and the exit codes")
  func overview() throws {
    let folder = try TemporaryFolder()
    for arguments in [[], ["--help"], ["help"]] as [[String]] {
      let run = try Program.headgate(arguments, in: folder.path)
      #expect(run.status == 0)
      for command in Self.commands.map({ $0[0] }) { #expect(run.output.contains("  \(command)")) }
      #expect(run.output.contains("Exit codes: 0 clean, 1 findings, 2 could not be done, 4"))
    }
    let version = try folder.headgate("--version")
    #expect(version.status == 0)
    #expect(version.output.split(separator: ".").count == 3)
  }

  @Test("the same lines whatever the terminal's size")
  func usageLines() throws {
    let folder = try TemporaryFolder()
    let run = try folder.headgate("check", "--help", environment: ["COLUMNS": "200"])
    #expect(
      run.output.hasPrefix(
        "OVERVIEW: Lints configuration files, folders, or what is about to be committed.\n"))
    #expect(run.output.contains("\nUSAGE: headgate check "))
    #expect(run.output.contains("Exit codes: 0 clean, 1 findings, 2 could not check.\n"))
  }
}

import Testing

/// Needs a terminal, which `script` of util-linux makes.
@Suite(
  "Progress", .timeLimit(.minutes(15)),
  .enabled(if: Terminal.isHere, "no `script` of util-linux here"))
struct ProgressTests {
  private func run(_ command: String, in folder: TemporaryFolder) throws -> Run {
    try folder.write("command", command)
    return try Program.shell(
      "script -qec 'sh command' /dev/null </dev/null", in: folder.path,
      environment: ["headgate": Program.headgate])
  }

  @Test("work of more than a second is told on a terminal, and wiped out")
  func slow() throws {
    let folder = try TemporaryFolder(["hikari.properties": Fixtures.soundProperties])
    let command = """
      (sleep 3; cat hikari.properties) | "$headgate" check --stdin-name hikari.properties -
      """
    let run = try run(command, in: folder)
    #expect(run.output.contains("\rchecking, 1 s"))
    #expect(run.output.contains("\r\u{1B}[K"))
    #expect(run.output.contains("no issues"))
    let quiet = try self.run(command + " --quiet", in: folder)
    #expect(!quiet.output.contains("checking"))
  }

  @Test("what is quick, and what nobody looks at, has none")
  func quick() throws {
    let folder = try TemporaryFolder(["hikari.properties": Fixtures.soundProperties])
    let seen = try run("\"$headgate\" check hikari.properties", in: folder)
    #expect(!seen.output.contains("checking,"))
    let piped = try Program.shell(
      """
      (sleep 3; cat hikari.properties) | "$headgate" check --stdin-name hikari.properties -
      """, in: folder.path)
    #expect(piped.status == 0)
    #expect(!piped.text.contains("checking,"))
  }
}

private enum Terminal {
  static let isHere: Bool = {
    let run = try? Program.shell("script -qec true /dev/null </dev/null", in: "/")  // then not
    return run?.status == 0
  }()
}

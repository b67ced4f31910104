import Testing

/// What the README shows is what the program prints.
@Suite("README", .timeLimit(.minutes(15)))
struct ReadmeTests {
  @Test("the example of a check is its output")
  func example() throws {
    let folder = try TemporaryFolder([
      "README.md": String(decoding: try read("README.md"), as: UTF8.self),
      "application.yml": String(
        decoding: try read("examples/readme/application.yml"), as: UTF8.self),
    ])
    let lines = folder.text("README.md").split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex(of: "<!-- example: check examples/readme -->"))
    let block = lines[(start + 1)...].drop { $0 != "```" }.dropFirst().prefix { $0 != "```" }
    #expect(block.first == "$ headgate check application.yml")
    let run = try folder.headgate("check", "application.yml")
    #expect(run.status == 1)
    let shown = block.dropFirst().map { $0 + "\n" }.joined()
    #expect(Golden.withoutCounts(shown) == Golden.withoutCounts(run.output))
  }

  @Test("the five minutes work as they stand there: hook, gate and first rule")
  func fiveMinutes() throws {
    let folder = try TemporaryFolder(repository: [
      "src/main/resources/application.yml": Fixtures.smallPool, "nginx.conf": Fixtures.soundNginx,
    ])
    let lines = String(decoding: try read("README.md"), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex(of: "<!-- example: five minutes -->"))
    var rest = lines[(start + 1)...].prefix { $0 != "<!-- end -->" }
    let path = Program.headgate.dropLast("/headgate".count) + ":/usr/local/bin:/usr/bin:/bin"
    var commands = 0
    while let line = rest.popFirst() {
      if line.hasPrefix("<!-- file: ") {
        let name = line.dropFirst("<!-- file: ".count).prefix { $0 != " " }
        let block = rest.dropFirst().prefix { $0 != "```" }
        try folder.write(String(name), block.map { $0 + "\n" }.joined())
      } else if line.hasPrefix("    ") {
        let command = line.dropFirst(4).replacing("HEADGATE/", with: Checkout.path + "/")
        let run = try Program.shell(
          String(command), in: folder.path, environment: ["PATH": String(path)])
        commands += 1
        // Before the baseline there is a finding.
        let status: Int32 = line.hasPrefix("    headgate check  ") ? 1 : 0
        #expect(run.status == status, "\(command): \(run.text)")
      }
    }
    #expect(commands == 9)
    // The hook is there, and both it and the gate keep a new defect out.
    try folder.git("add", ".")
    try folder.git("commit", "-q", "-m", "gate and rule")
    try folder.git("checkout", "-q", "-b", "work")
    try folder.write("src/main/resources/application.yml", Fixtures.pool(size: "60"))
    try folder.git("add", ".")
    let hook = try Program.shell("git commit -m larger", in: folder.path)
    #expect(hook.status != 0 && hook.text.contains("team/pool-too-large"), "\(hook.text)")
    try folder.git("commit", "-q", "--no-verify", "-m", "larger")
    let gate = try folder.headgate("gate", "--base", "main", "--head", "HEAD")
    #expect(gate.status == 1 && gate.output.contains("team/pool-too-large"), "\(gate.text)")
  }

  private func read(_ name: String) throws -> [UInt8] {
    let run = try Program.run("/bin/cat", [name], in: Checkout.path)
    guard run.status == 0 else { throw ProgramError(text: run.errors) }
    return Array(run.output.utf8)
  }
}

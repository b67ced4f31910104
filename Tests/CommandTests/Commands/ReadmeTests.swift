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

  private func read(_ name: String) throws -> [UInt8] {
    let run = try Program.run("/bin/cat", [name], in: Checkout.path)
    guard run.status == 0 else { throw ProgramError(text: run.errors) }
    return Array(run.output.utf8)
  }
}

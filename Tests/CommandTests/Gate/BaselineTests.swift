import Testing

/// A repository of many findings is adopted at once; afterwards only new ones fail.
@Suite("Baseline", .timeLimit(.minutes(15)))
struct BaselineTests {
  private static let file = ".headgate-baseline.json"

  @Test("a thousand findings are adopted with one command, and only new ones fail")
  func adoption() throws {
    var files: [String: String] = [:]
    for index in 0..<500 { files["s\(index)/hikari.properties"] = Fixtures.smallProperties }
    let folder = try TemporaryFolder(repository: files)
    let before = try JSONValue(try folder.headgate("check", "--format", "json").output)
    let count = try #require(before.findings?.array.count)
    #expect(count >= 500)
    let adoption = try folder.headgate("check", "--update-baseline")
    #expect(adoption.status == 0, "\(adoption.text.suffix(2_000))")
    #expect(adoption.errors.contains("adopted \(count) findings"))
    #expect(try folder.headgate("check").status == 0)

    // Lines move, and the findings are still known.
    try folder.write("s7/hikari.properties", "# a comment\n\n" + Fixtures.smallProperties)
    #expect(try folder.headgate("check").status == 0)
    try folder.write("new/hikari.properties", Fixtures.smallProperties)
    let run = try folder.headgate("check", "--format", "concise")
    #expect(run.status == 1)
    #expect(run.output.contains("new/hikari.properties:2"))
    #expect(!run.output.contains("s7/hikari.properties:"))
    let report = try JSONValue(try folder.headgate("check", "--format", "json").output)
    #expect(report.summary?.baseline?.int == count)
  }

  @Test("it only shrinks, and says what it no longer needs")
  func shrinking() throws {
    let folder = try TemporaryFolder(repository: [
      "a/hikari.properties": Fixtures.smallProperties,
      "b/hikari.properties": Fixtures.smallProperties,
    ])
    #expect(try folder.headgate("check", "--update-baseline").status == 0)
    let adopted = folder.text(Self.file)
    try folder.write("a/hikari.properties", Fixtures.soundProperties)
    try folder.write("c/hikari.properties", Fixtures.smallProperties)
    let told = try folder.headgate("check")
    #expect(told.status == 1)
    #expect(told.text.contains("no longer needed"), "\(told.text)")
    let report = try JSONValue(try folder.headgate("check", "--format", "json").output)
    #expect((report.summary?.unusedBaseline?.int ?? 0) >= 1)
    // The new finding of c is not taken in.
    #expect(try folder.headgate("check", "--update-baseline").status == 1)
    let shrunk = folder.text(Self.file)
    #expect(shrunk.count < adopted.count)
    #expect(!shrunk.contains("a/hikari") && !shrunk.contains("c/hikari"))
    #expect(try folder.headgate("check", "--prune").status == 1)
    #expect(folder.text(Self.file) == shrunk)
  }

  @Test("the hook and a folder below know it as well")
  func elsewhere() throws {
    let folder = try TemporaryFolder(repository: [
      "a/hikari.properties": Fixtures.smallProperties
    ])
    #expect(try folder.headgate("check", "--update-baseline").status == 0)
    #expect(try Program.headgate(["check"], in: folder.path + "/a").status == 0)
    try folder.git("rm", "-q", "--cached", "a/hikari.properties")
    try folder.git("commit", "-qm", "gone")
    try folder.git("add", ".")
    let run = try folder.headgate("check", "--staged")
    #expect(run.status == 0, "\(run.text)")
  }

  @Test("--baseline names another file, and a broken one is an error")
  func named() throws {
    let folder = try TemporaryFolder(repository: [
      "hikari.properties": Fixtures.smallProperties
    ])
    #expect(
      try folder.headgate("check", "--update-baseline", "--baseline", "known.json").status == 0)
    #expect(folder.exists("known.json") && !folder.exists(Self.file))
    #expect(try folder.headgate("check", "--baseline", "known.json").status == 0)
    #expect(try folder.headgate("check").status == 1)
    #expect(try folder.headgate("check", "--baseline", "absent.json").status == 2)
    #expect(try folder.headgate("check", "--prune").status == 2)
    try folder.write(".headgate.yaml", "version: 1\nbaseline: known.json\n")
    #expect(try folder.headgate("check").status == 0)
    for text in ["", "{", "{\"version\":2,\"findings\":[]}", "{\"version\":1}", "[]"] {
      try folder.write("known.json", text)
      let run = try folder.headgate("check")
      #expect(run.status == 2, "\(text): \(run.text)")
    }
  }

  @Test("a file that cannot be read is not adopted")
  func broken() throws {
    let folder = try TemporaryFolder(repository: ["nginx.conf": Fixtures.brokenNginx])
    let run = try folder.headgate("check", "--update-baseline")
    #expect(run.status == 2, "\(run.text)")
    #expect(!folder.text(Self.file).contains("syntax/"))
  }
}

import Testing

/// Findings that somebody answers for until a day.
@Suite("Waivers", .timeLimit(.minutes(15)))
struct WaiverTests {
  private static let rule = "pool/size-below-minimum"

  private func waive(
    _ folder: TemporaryFolder, _ arguments: String..., expires: String = "2199-01-01"
  ) throws -> Run {
    try Program.headgate(["waive"] + arguments + ["--expires", expires], in: folder.path)
  }

  /// A day in some weeks, by the machine's own clock.
  private func day(_ days: Int) throws -> String {
    let text = try Program.shell("date -u -d '\(days) days' +%F", in: "/tmp").output
    return String(text.prefix(10))
  }

  @Test("a waived finding does not count, and says who answers for it")
  func waived() throws {
    let folder = try TemporaryFolder(repository: [
      "batch/hikari.properties": Fixtures.smallProperties,
      "web/hikari.properties": Fixtures.smallProperties,
    ])
    let run = try waive(
      folder, Self.rule, "batch/**", "--reason", "eight cores", "--owner", "team-db", "--ticket",
      "OPS-17", expires: try day(30))
    #expect(run.status == 0, "\(run.text)")
    // Once with the log read, once from what was kept of it.
    for _ in 0..<2 {
      let report = try JSONValue(try folder.headgate("check", "--format", "json").output)
      let waived = report.findings?.array.filter { $0.status?.string == "waived" } ?? []
      #expect(waived.map { $0.path?.string } == ["batch/hikari.properties"])
      #expect(waived.first?.excuse?.owner?.string == "team-db")
      #expect(waived.first?.excuse?.ticket?.string == "OPS-17")
      #expect(report.summary?.waived?.int == 1 && report.summary?.errors?.int == 1)
    }
    #expect(folder.exists(".git/headgate/waivers.json"))
    try folder.write(".git/headgate/waivers.json", "{\"version\":1,\"tip\":\"x\",\"waivers\":7}")
    let again = try folder.headgate("check", "--format", "concise")
    #expect(again.output.contains("1 waived"), "\(again.text)")
    #expect(try folder.headgate("check", "batch").status == 0)
    #expect(try Program.headgate(["check"], in: folder.path + "/batch").status == 0)
  }

  @Test("when the day is over the finding counts again and says whose waiver ran out")
  func expired() throws {
    let folder = try TemporaryFolder(repository: [
      "hikari.properties": Fixtures.smallProperties
    ])
    #expect(
      try waive(
        folder, Self.rule, "--reason", "eight cores", "--owner", "team-db", expires: try day(1)
      ).status == 0)
    #expect(try folder.headgate("check").status == 0)
    // The clock cannot be moved, so that what is kept of the log is made older.
    let cache = folder.text(".git/headgate/waivers.json")
    try folder.write(
      ".git/headgate/waivers.json",
      cache.replacing(/"expires":\d+/, with: "\"expires\":1700000000000")
        .replacing(/"granted":\d+/, with: "\"granted\":1600000000000"))
    let run = try folder.headgate("check")
    #expect(run.status == 1, "\(run.text)")
    #expect(run.output.contains("team-db") && run.output.contains("ran out on 2023-11-14"))
  }

  @Test(
    "what is no waiver is refused",
    arguments: [
      (["pool/size-below-minimun", "--reason", "x"], "2027-02-28"),
      (["pool/size-below-minimum", "--reason", " "], "2027-02-28"),
      (["pool/size-below-minimum", "--reason", "x"], "2020-01-01"),
      (["pool/size-below-minimum", "--reason", "x"], "2199-01-01"),
      (["pool/size-below-minimum", "[", "--reason", "x"], "2027-02-28"),
      (["pool/size-below-minimum", "--reason", "x"], "tomorrow"),
    ])
  func refused(arguments: [String], expires: String) throws {
    let folder = try TemporaryFolder(repository: [
      "hikari.properties": Fixtures.smallProperties
    ])
    let run = try Program.headgate(
      ["waive"] + arguments + ["--expires", expires], in: folder.path)
    #expect(run.status == 2, "\(run.text)")
    #expect(try folder.git("for-each-ref", "refs/audit").isEmpty)
  }

  @Test("whoever has a key signs his waivers, and one in his name without it does not count")
  func signed() throws {
    let folder = try TemporaryFolder(repository: ["hikari.properties": Fixtures.smallProperties])
    let end = try day(30)
    let script = """
      set -e
      ssh-keygen -q -t ed25519 -N '' -C '' -f key
      "$headgate" audit keys add key.pub --key key
      "$headgate" waive \(Self.rule) --reason forged --expires \(end)
      """
    try #require(try Program.shell(script, in: folder.path).status == 0)
    let forged = try folder.headgate("check", "--format", "json")
    #expect(forged.status == 1, "\(forged.text)")
    let finding = try #require(
      try JSONValue(forged.output).findings?.array.first { $0.rule?.string == Self.rule })
    #expect(finding.status?.string == "new")
    #expect(finding.excuse?.refused?.string?.contains("has a key and did not sign") == true)
    // The answer is the same when it is remembered.
    #expect(try folder.headgate("check", "--format", "json").output == forged.output)
    #expect(try folder.headgate("check").output.contains("does not count"))

    let signed = try folder.headgate(
      "waive", Self.rule, "--reason", "eight cores", "--expires", end, "--key", "key")
    #expect(signed.status == 0, "\(signed.text)")
    let run = try folder.headgate("check", "--format", "json")
    #expect(try JSONValue(run.output).summary?.waived?.int == 1, "\(run.text)")
    #expect(try folder.headgate("audit", "verify").status == 0)
  }

  @Test("a gate lets a waived finding through, and lists it")
  func gate() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.git("checkout", "-q", "-b", "work")
    try folder.commit(["application.yml": Fixtures.smallPool], "change")
    let arguments = ["gate", "--base", "main", "--head", "work", "--format", "json"]
    #expect(try Program.headgate(arguments, in: folder.path).status == 1)
    #expect(
      try waive(folder, Self.rule, "--reason", "a test", expires: try day(30)).status == 0)
    let run = try Program.headgate(arguments, in: folder.path)
    let reasons = try JSONValue(run.output).decision?.reasons?.array ?? []
    #expect(reasons.contains { $0.code?.string == "waived" }, "\(run.text)")
    #expect(!reasons.contains { $0.code?.string == "finding" })
    // There is a log now, and the change is not in it.
    #expect(reasons.filter { $0.blocking?.bool == true }.map(\.code?.string) == ["unrecorded"])
    let record = try folder.headgate(
      "record", "--base", "main", "--head", "work", "--reason", "a test")
    #expect(record.status == 0, "\(record.text)")
    #expect(try Program.headgate(arguments, in: folder.path).status == 0)
    // S19: what is pushed after that is another change.
    try folder.commit(["application.yml": Fixtures.pool(size: "6")], "pushed later")
    #expect(try Program.headgate(arguments, in: folder.path).status == 1)
  }
}

import Testing

/// A comment takes a finding out, with a reason or not at all.
@Suite("Suppressions", .timeLimit(.minutes(15)))
struct SuppressionTests {
  private func check(_ files: [String: String], _ arguments: String...) throws -> Run {
    let folder = try TemporaryFolder(repository: files)
    return try Program.headgate(["check"] + arguments, in: folder.path)
  }

  private static let rule = "pool/size-below-minimum"

  @Test(
    "in every format that has comments",
    arguments: [
      (
        "application.yml",
        Fixtures.smallPool.replacing(
          "size: 5", with: "size: 5  # headgate: ignore[pool/size-below-minimum] a test's pool")
      ),
      (
        "hikari.properties",
        "poolName=auth\n# headgate: ignore[pool/size-below-minimum]: a test's pool\n"
          + "maximumPoolSize=5\nleakDetectionThreshold=10000\n"
      ),
      (
        "hikari.properties",
        "! headgate: ignore-file[pool/size-below-minimum] a test's pool\n"
          + Fixtures.smallProperties
      ),
      (
        "hikari.properties",
        "#headgate: ignore-start[pool/size-below-minimum] a test's pool\n"
          + Fixtures.smallProperties + "# headgate: ignore-end\n"
      ),
    ])
  func formats(name: String, text: String) throws {
    let run = try check([name: text], "--format", "json")
    #expect(run.status == 0, "\(run.text)")
    let report = try JSONValue(run.output)
    let finding = report.findings?.array.first { $0.rule?.string == Self.rule }
    #expect(finding?.status?.string == "suppressed")
    #expect(finding?.excuse?.reason?.string == "a test's pool")
    #expect(report.summary?.suppressed?.int == 1)
  }

  @Test("--show-suppressed shows it, the summary counts it")
  func shown() throws {
    let text =
      "# headgate: ignore-file[pool/size-below-minimum] a test's pool\n"
      + Fixtures.smallProperties
    let quiet = try check(["hikari.properties": text])
    #expect(quiet.output.contains("1 suppressed") && !quiet.output.contains("at most 5"))
    let run = try check(["hikari.properties": text], "--show-suppressed")
    #expect(run.status == 0)
    #expect(run.output.contains("at most 5"), "\(run.text)")
  }

  @Test(
    "a comment that is not right suppresses nothing and is told",
    arguments: [
      ("# headgate: ignore[pool/size-below-minimum]", "suppression/without-reason"),
      ("# headgate: ignore[pool/size-below-minimun] why", "suppression/unknown-rule"),
      ("# headgate: ignore", "suppression/malformed"),
      ("# headgate: ingore[pool/size-below-minimum] why", "suppression/malformed"),
    ])
  func mistakes(comment: String, rule: String) throws {
    let text = "poolName=auth\n\(comment)\nmaximumPoolSize=5\nleakDetectionThreshold=10000\n"
    let run = try check(["hikari.properties": text], "--format", "json")
    #expect(run.status == 1)
    let rules =
      try JSONValue(run.output).findings?.array
      .filter { $0.status?.string == "new" }.compactMap(\.rule?.string) ?? []
    #expect(rules.contains(rule), "\(run.output)")
    #expect(rules.contains(Self.rule))
    if rule == "suppression/unknown-rule" { #expect(run.output.contains("did you mean pool/")) }
  }

  @Test("one that is not needed is told, and fails nothing")
  func unused() throws {
    let text =
      "# headgate: ignore-file[pool/size-below-minimum] was small once\n"
      + Fixtures.soundProperties
    let run = try check(["hikari.properties": text])
    #expect(run.status == 0, "\(run.text)")
    #expect(run.output.contains("suppression/unused"), "\(run.text)")
  }

  @Test("what breaks a file's grammar cannot be talked away")
  func grammar() throws {
    let text = "# headgate: ignore-file[syntax/nginx] it works\n" + Fixtures.brokenNginx
    let run = try check(["nginx.conf": text])
    #expect(run.status == 2)
    #expect(run.output.contains("cannot be suppressed"), "\(run.text)")
  }

  @Test("words in a value are no comment")
  func values() throws {
    let text =
      "maximumPoolSize=5\npoolName=auth # headgate: ignore-file[pool/size-below-minimum] x\n"
      + "leakDetectionThreshold=10000\n"
    #expect(try check(["hikari.properties": text]).status == 1)
  }
}

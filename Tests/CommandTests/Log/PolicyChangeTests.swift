import Testing

/// Whoever moves the rules moves what every change may do: that goes on record as well.
@Suite("records of what a team decided", .timeLimit(.minutes(15)))
struct PolicyChangeTests {
  private static let asked = "version: 1\napprovals: {required: 2, from: [role:dba]}\n"
  private static let eased = "version: 1\napprovals: {required: 1, from: [role:dba]}\n"
  private static let rule = """
    title: Own rule
    severity: error
    for: pool
    require: pool.max_size >= 3
    at: pool.max_size
    message: too small
    why: It was too small once.
    examples:
      bad: [{file: hikari.properties, text: "maximumPoolSize=2\\n", finds: [1]}]
      good: [{file: hikari.properties, text: "maximumPoolSize=20\\n"}]

    """

  @Test("a change of .headgate.yaml is recorded with the decisions that differ, and is approved")
  func decisions() throws {
    let folder = try TemporaryFolder(repository: [".headgate.yaml": Self.asked])
    try folder.commit([".headgate.yaml": Self.eased], "one is enough")
    let run = try folder.headgate("record", "--reason", "Too slow", "--format", "json")
    #expect(run.status == 0, "\(run.text)")
    let record = try JSONValue(run.output)
    #expect(record.kind?.string == "change")
    #expect(record.files == .array([.string(".headgate.yaml")]))
    #expect(record.settings?[0]?.key?.string == "approvals.required")
    #expect(record.settings?[0]?.old?.string == "2")
    #expect(record.settings?[0]?.new?.string == "1")
    #expect(record.settings?.array.count == 1, "\(run.output)")
    let who = try JSONValue(
      try folder.headgate("who", "approvals.required", "--format", "json").output)
    #expect(who[0]?.reason?.string == "Too slow")
    #expect(try folder.git("show", "refs/audit/log:files/0.new") == Self.eased)
    #expect(try folder.headgate("audit", "verify").status == 0)
  }

  @Test(
    "rules, lock and baseline are recorded beside the configuration that they judge",
    arguments: [
      ("policies/own/small.yaml", rule), ("headgate.lock", "version: 1\npolicies:\n"),
      (".headgate-baseline.json", "{\"version\":1,\"findings\":[]}\n"),
    ])
  func files(path: String, text: String) throws {
    let folder = try TemporaryFolder(repository: [
      "application.yml": Fixtures.soundPool, ".headgate.yaml": "policies: [policies/]\n",
      "policies/own/other.yaml": Self.rule,
    ])
    try folder.commit(["application.yml": Fixtures.smallPool, path: text], "both")
    let run = try folder.headgate("record", "--reason", "r", "--format", "json")
    let files = try JSONValue(run.output).files?.array.compactMap(\.string) ?? []
    #expect(Set(files) == ["application.yml", path], "\(run.text)")
  }

  @Test("a folder that is no folder of rules any more is recorded by what was decided before")
  func noLongerDecided() throws {
    let folder = try TemporaryFolder(repository: [
      ".headgate.yaml": "policies: [policies]\n", "policies/own/small.yaml": Self.rule,
    ])
    try folder.git("rm", "-q", "policies/own/small.yaml")
    try folder.commit([".headgate.yaml": "version: 1\n"], "no rules")
    let run = try folder.headgate("record", "--reason", "r", "--format", "json")
    let files = try JSONValue(run.output).files?.array.compactMap(\.string) ?? []
    #expect(files == [".headgate.yaml", "policies/own/small.yaml"], "\(run.text)")
  }

  @Test("the rules for approvals are put on record once, and by role root where there are keys")
  func stated() throws {
    let folder = try TemporaryFolder(repository: [".headgate.yaml": Self.asked])
    let run = try folder.headgate("audit", "policy", "--reason", "r", "--format", "json")
    #expect(run.status == 0, "\(run.text)")
    #expect(try JSONValue(run.output).required?.int == 2)
    #expect(try JSONValue(run.output).seq?.int == 1)
    let again = try folder.headgate("audit", "policy")
    #expect(again.output.contains("already"), "\(again.text)")
    #expect(try folder.git("show", "refs/audit/log:record.json").contains("\"required\":2"))
    try Program.shell("ssh-keygen -q -t ed25519 -N '' -C '' -f .git/key", in: folder.path)
    #expect(try folder.headgate("audit", "keys", "add", ".git/key.pub").status == 0)
    try folder.commit([".headgate.yaml": Self.eased], "one is enough")
    let unsigned = try folder.headgate("audit", "policy")
    #expect(unsigned.status == 2 && unsigned.errors.contains("E_SIG_MISSING"), "\(unsigned.text)")
    #expect(try folder.headgate("audit", "policy", "--key", ".git/key").status == 0)
    #expect(try folder.headgate("audit", "verify", "--full").status == 0)
    try folder.commit([".headgate.yaml": "version: 1\n"], "nobody asked")
    #expect(try folder.headgate("audit", "policy", "--key", ".git/key").status == 2)
  }

  @Test("status misses the record of a decision, and says which command makes it")
  func completeness() throws {
    let folder = try TemporaryFolder(repository: [
      "application.yml": Fixtures.soundPool, ".headgate.yaml": Self.asked,
    ])
    try folder.commit(["application.yml": Fixtures.smallPool], "smaller")
    #expect(try folder.headgate("record", "--reason", "r").status == 0)
    try folder.commit([".headgate.yaml": Self.eased], "one is enough")
    let status = try folder.headgate("status")
    #expect(status.output.contains(".headgate.yaml"), "\(status.text)")
    #expect(status.output.contains("1 of 2 commits"), "\(status.text)")
    let cure = try #require(
      status.output.split(separator: "\n").first { $0.contains("headgate record --head") })
    let words = cure.split(separator: " ").drop { $0 != "headgate" }.dropFirst()
      .map { $0.filter { $0 != "'" } }
    #expect(try Program.headgate(words, in: folder.path).status == 0)
    #expect(try folder.headgate("status").output.contains("each has a record"))
  }
}

import Testing

/// The decision about a change, by what holds without it.
@Suite("headgate gate", .timeLimit(.minutes(15)))
struct GateTests {
  private func gate(
    _ folder: TemporaryFolder, _ arguments: String..., base: String = "main"
  ) throws -> Run {
    try Program.headgate(
      ["gate", "--base", base, "--head", "work", "--format", "json"] + arguments, in: folder.path)
  }

  /// A repository with a branch `work` of one commit.
  private func change(
    _ base: [String: String], _ head: [String: String]
  ) throws -> TemporaryFolder {
    let folder = try TemporaryFolder(repository: base)
    try folder.git("checkout", "-q", "-b", "work")
    try folder.commit(head, "change")
    try folder.git("checkout", "-q", "main")
    return folder
  }

  private func codes(_ run: Run, blocking: Bool) throws -> Set<String> {
    let reasons = try JSONValue(run.output).decision?.reasons?.array ?? []
    return Set(
      reasons.filter { $0.blocking?.bool == blocking }.compactMap(\.code?.string))
  }

  @Test("a sound change passes, one that lowers the pool does not")
  func decision() throws {
    let sound = try change(
      ["application.yml": Fixtures.soundPool], ["application.yml": Fixtures.pool(size: "30")])
    let passed = try gate(sound)
    #expect(passed.status == 0, "\(passed.text)")
    #expect(try JSONValue(passed.output).decision?.passed?.bool == true)
    // Without a log nothing can be missing from it; that is told.
    #expect(try codes(passed, blocking: false).contains("unrecorded"))

    let small = try change(
      ["application.yml": Fixtures.soundPool], ["application.yml": Fixtures.smallPool])
    let state = try small.state()
    let refused = try gate(small)
    #expect(refused.status == 1, "\(refused.text)")
    #expect(try codes(refused, blocking: true) == ["finding"])
    #expect(try small.state() == state, "a gate writes nothing")
    #expect(try small.headgate("gate", "--base", "main", "--head", "work").status == 1)
  }

  @Test("what the base has already counts against nobody")
  func known() throws {
    let folder = try change(
      ["application.yml": Fixtures.smallPool],
      ["application.yml": "# a word\n" + Fixtures.smallPool])
    let run = try gate(folder)
    #expect(run.status == 0, "\(run.text)")
  }

  @Test("S13: a change that deletes every rule is judged by the rules before it")
  func policyOfTheBase() throws {
    let own = """
      title: Pool below the team's own minimum
      severity: error
      for: pool
      require: pool.max_size >= 20
      at: pool.max_size
      message: 'the pool holds {{pool.max_size}}'
      why: The team decided it.
      references: [https://example.org]
      examples:
        bad: [{file: hikari.properties, text: "maximumPoolSize=15\\n", finds: [1]}]
        good: [{file: hikari.properties, text: "maximumPoolSize=20\\n"}]

      """
    let folder = try TemporaryFolder(repository: [
      "application.yml": Fixtures.soundPool, "policies/team/pool-too-small.yaml": own,
      ".headgate.yaml": "version: 1\npolicies: [policies]\n",
    ])
    try folder.git("checkout", "-q", "-b", "work")
    try folder.git("rm", "-q", "policies/team/pool-too-small.yaml")
    try folder.commit(
      [
        ".headgate.yaml":
          "version: 1\nignore: ['**']\nrules: {pool/size-below-minimum: off, 'pool/*': off}\n",
        "application.yml": Fixtures.pool(size: "15"),
      ], "exempt")
    try folder.git("checkout", "-q", "main")
    let run = try gate(folder)
    #expect(run.status == 1, "\(run.text)")
    #expect(run.output.contains("team/pool-too-small"), "\(run.output)")
    #expect(
      try codes(run, blocking: true).union(codes(run, blocking: false)).contains("policy"))
  }

  @Test("a change after which nothing could be checked does not pass")
  func brokenPolicy() throws {
    let folder = try change(
      ["application.yml": Fixtures.soundPool], [".headgate.yaml": "version: 7\n"])
    let run = try gate(folder)
    #expect(run.status == 1, "\(run.text)")
    #expect(try codes(run, blocking: true) == ["policy"])
  }

  @Test("S14: a change cannot take its own findings out")
  func suppressions() throws {
    let excused = Fixtures.smallPool.replacing(
      "size: 5", with: "size: 5  # headgate: ignore[pool/size-below-minimum] trust me")
    let folder = try change(["application.yml": Fixtures.soundPool], ["application.yml": excused])
    let run = try gate(folder)
    #expect(run.status == 1, "\(run.text)")
    #expect(try codes(run, blocking: false).contains("suppression"))
    #expect(run.output.contains("trust me"))

    // The same comment in the base, moved to another line, is no leave either.
    let moved = try change(
      [
        "application.yml": Fixtures.pool(
          size: "24  # headgate: ignore[pool/size-below-minimum] trust me")
      ], ["application.yml": excused])
    #expect(try gate(moved).status == 1)

    // What the base says of a whole file holds.
    let word = "# headgate: ignore-file[pool/size-below-minimum] a test's pool\n"
    let file = try change(
      ["application.yml": word + Fixtures.soundPool],
      ["application.yml": word + Fixtures.smallPool])
    let allowed = try gate(file)
    #expect(allowed.status == 0, "\(allowed.text)")

    // A team may decide otherwise, in the base.
    let lenient = try change(
      [
        "application.yml": Fixtures.soundPool,
        ".headgate.yaml": "version: 1\ngate: {suppressions: allowed}\n",
      ], ["application.yml": excused])
    let lenientRun = try gate(lenient)
    #expect(lenientRun.status == 0, "\(lenientRun.text)")
  }

  @Test("S15: nothing of the change is run, written or followed")
  func hostile() throws {
    let folder = try TemporaryFolder(repository: [
      "nginx.conf": "events {}\nhttp {\n  include conf.d/*.conf;\n}\n",
      "conf.d/a.conf": "server {\n  listen 80;\n}\n",
    ])
    try folder.git("checkout", "-q", "-b", "work")
    let script = "#!/bin/sh\ntouch \(folder.path)/pwned\n"
    try folder.write(".githooks/pre-commit", script)
    try folder.write(".gitattributes", "*.conf filter=evil diff=evil merge=evil\n")
    try folder.write("conf.d/a.conf", "server {\n  listen 80;\n  include /etc/passwd;\n}\n")
    try folder.link("conf.d/b.conf", to: "/etc/passwd")
    try folder.commit([:], "hostile")
    try folder.git("checkout", "-q", "main")
    for (key, value) in [
      ("core.fsmonitor", "touch pwned"), ("core.hooksPath", ".githooks"),
      ("filter.evil.clean", "touch pwned"), ("filter.evil.smudge", "touch pwned"),
      ("diff.evil.textconv", "touch pwned"), ("merge.evil.driver", "touch pwned"),
    ] {
      try folder.git("config", key, value)
    }
    let run = try gate(folder)
    #expect(run.status != 0, "\(run.text)")
    #expect(!folder.exists("pwned"))
    #expect(!run.output.contains("root:x:"), "nothing outside is shown")
  }

  @Test("S16: a base without common history, or none at all, is an error")
  func foreignBase() throws {
    let folder = try change(
      ["application.yml": Fixtures.soundPool], ["application.yml": Fixtures.smallPool])
    try folder.git("checkout", "-q", "--orphan", "attack")
    try folder.commit(["application.yml": Fixtures.smallPool], "other history")
    let run = try gate(folder, base: "attack")
    #expect(run.status == 2, "\(run.text)")
    #expect(run.errors.contains("no common history"))
    for base in ["", "nowhere", "--upload-pack=touch pwned", "main:application.yml"] {
      #expect(try gate(folder, base: base).status == 2, "\(base)")
    }
    #expect(!folder.exists("pwned"))
  }

  @Test("S17: what is judged is the result of the merge")
  func mergeResult() throws {
    let folder = try TemporaryFolder(repository: [
      "application.yml": Fixtures.soundPool,
      ".headgate.yaml":
        "version: 1\nrules:\n  pool/size-below-minimum: {parameters: {minimum: 20}}\n",
    ])
    try folder.git("checkout", "-q", "-b", "work")
    try folder.commit(["other/application.yml": Fixtures.pool(size: "22")], "sound by itself")
    try folder.git("checkout", "-q", "main")
    try folder.commit(
      [
        ".headgate.yaml":
          "version: 1\nrules:\n  pool/size-below-minimum: {parameters: {minimum: 23}}\n"
      ], "meanwhile")
    let state = try folder.state()
    let run = try gate(folder)
    #expect(run.status == 1, "\(run.text)")
    #expect(try folder.state() == state, "the merge is made in memory")

    try folder.commit(["other/application.yml": Fixtures.soundPool], "conflict")
    let conflict = try gate(folder)
    #expect(conflict.status == 2, "\(conflict.text)")
    #expect(conflict.errors.contains("other/application.yml"))
  }

  @Test("S18: a clone that cannot write to the log is judged like any other")
  func fork() throws {
    let folder = try change(
      ["application.yml": Fixtures.soundPool], ["application.yml": Fixtures.pool(size: "30")])
    let before = try gate(folder)
    try Program.shell("chmod -R a-w .git", in: folder.path)
    let run = try gate(folder)
    try Program.shell("chmod -R u+w .git", in: folder.path)
    #expect(run.status == before.status && run.output == before.output)
    #expect(run.output.contains("headgate record"))
  }

  @Test("S20: names and values from the change cannot give commands to the runner")
  func workflowCommands() throws {
    let folder = try change(
      ["application.yml": Fixtures.soundPool],
      [
        "x\n::set-output name=a::b/application.yml": Fixtures.smallPool,
        "::stop-commands::x%0A/application.yml": Fixtures.smallPool.replacing(
          "auth", with: "\"::add-mask::x\""),
      ])
    for format in ["github", "text", "concise", "markdown", "tap"] {
      let run = try Program.headgate(
        ["gate", "--base", "main", "--head", "work", "--format", format], in: folder.path,
        environment: ["GITHUB_ACTIONS": "true"])
      #expect(run.status == 1, "\(run.text)")
      for line in run.output.split(separator: "\n") {
        let isOurs = ["::error ", "::warning ", "::notice ", "::group", "::endgroup"]
          .contains { line.hasPrefix($0) }
        #expect(!line.hasPrefix("::") || isOurs, "\(format): \(line)")
      }
    }
  }

  @Test("a base that demands records is not satisfied by a repository without a log")
  func demandedRecords() throws {
    let folder = try change(
      [
        "application.yml": Fixtures.soundPool,
        ".headgate.yaml": "version: 1\ngate: {records: required}\n",
      ], ["application.yml": Fixtures.pool(size: "30")])
    let run = try gate(folder)
    #expect(run.status == 1, "\(run.text)")
    #expect(try codes(run, blocking: true) == ["unrecorded"])
  }
}

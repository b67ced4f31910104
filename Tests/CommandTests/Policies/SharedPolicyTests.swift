import Testing

/// Rules of another repository, fetched by `policy update` and pinned by `headgate.lock`.
@Suite("Shared policies", .timeLimit(.minutes(15)))
struct SharedPolicyTests {
  private static func rule(most: Int) -> String {
    """
    title: Pool larger than the house allows
    severity: error
    for: pool
    require: pool.max_size < \(most)
    at: pool.max_size
    message: 'pool "{{pool.name}}" is too large for the house'
    why: Nobody here runs more.

    """
  }

  /// A repository of rules with the tag `v1`, and one that uses it.
  private struct Pair {
    let rules: TemporaryFolder
    let team: TemporaryFolder

    init() throws {
      rules = try TemporaryFolder(repository: [
        "house/pool/huge.yaml": SharedPolicyTests.rule(most: 100), "README.md": "rules\n",
        ".github/workflows/x.yml": "on: push\n",
      ])
      try rules.git("tag", "v1")
      team = try TemporaryFolder(repository: ["hikari.properties": "maximumPoolSize=500\n"])
      try configure(ref: "v1")
    }

    var address: String { "file://\(rules.path)" }

    func configure(ref: String, more: String = "") throws {
      try team.write(
        ".headgate.yaml",
        """
        version: 1
        policies:
          - {git: "\(address)", ref: \(ref), path: house/, name: acme}
        \(more)
        """)
    }
  }

  @Test("update fetches, pins, and the rules hold under their name, with source and digest")
  func update() throws {
    let pair = try Pair()
    let update = try pair.team.headgate("policy", "update")
    #expect(update.status == 0, "\(update.text)")
    #expect(update.output.hasPrefix("acme: v1 of \(pair.address) is "), "\(update.output)")
    #expect(update.output.contains("(changed)"))
    let lock = pair.team.text("headgate.lock")
    let commit = try pair.rules.git("rev-parse", "v1").prefix { $0 != "\n" }
    #expect(lock.contains("commit: \"\(commit)\""), "\(lock)")
    #expect(lock.contains("digest: \"sha256:"))
    #expect(try pair.team.git("status", "--porcelain").contains("headgate.lock"))

    let check = try pair.team.headgate("check", "hikari.properties", "--format", "json")
    #expect(check.status == 1, "\(check.text)")
    let report = try JSONValue(check.output)
    #expect(report["findings"]?.array.contains { $0["rule"]?.string == "acme/pool/huge" } == true)
    let entry = report["rules"]?.array.first { $0["rule"]?.string == "acme/pool/huge" }
    #expect(
      entry?["source"]?.string == "\(pair.address)@v1 (\(commit.prefix(12))) pool/huge.yaml")
    #expect(entry?["digest"]?.string?.utf8.count == 64)

    let list = try pair.team.headgate("policy", "list", "--source", "shared", "--long")
    #expect(list.output.contains("acme/pool/huge"), "\(list.output)")
    #expect(list.output.contains("@v1"), "\(list.output)")
    let again = try pair.team.headgate("policy", "update")
    #expect(again.output.contains("(unchanged)"), "\(again.output)")
    #expect(pair.team.text("headgate.lock") == lock)
  }

  @Test("settings speak of shared rules by their names")
  func settings() throws {
    let pair = try Pair()
    try pair.configure(ref: "v1", more: "rules: {acme/pool/*: note}\n")
    #expect(try pair.team.headgate("policy", "update").status == 0)
    let check = try pair.team.headgate("check", "hikari.properties", "--rule", "acme/pool/huge")
    #expect(check.status == 0, "\(check.text)")
    #expect(check.output.contains("note[acme/pool/huge]"), "\(check.output)")
  }

  @Test("a branch that moves changes nothing until somebody updates")
  func movingBranch() throws {
    let pair = try Pair()
    try pair.configure(ref: "main")
    #expect(try pair.team.headgate("policy", "update").status == 0)
    try pair.rules.commit(["house/pool/huge.yaml": Self.rule(most: 1_000)], "weaker")
    #expect(try pair.team.headgate("check", "hikari.properties").status == 1)
    let update = try pair.team.headgate("policy", "update")
    #expect(update.output.contains("(changed)"), "\(update.output)")
    let check = try pair.team.headgate("check", "hikari.properties", "--rule", "acme/pool/huge")
    #expect(check.status == 0, "\(check.text)")
  }

  @Test("without lock, with another version's, or with other contents a check exits 2")
  func refusals() throws {
    let pair = try Pair()
    let missing = try pair.team.headgate("check")
    #expect(missing.status == 2)
    #expect(missing.errors.contains("headgate.lock is missing"), "\(missing.errors)")
    #expect(missing.errors.contains("headgate policy update"), "\(missing.errors)")

    #expect(try pair.team.headgate("policy", "update").status == 0)
    try pair.configure(ref: "v2")
    let stale = try pair.team.headgate("check")
    #expect(stale.status == 2)
    #expect(stale.errors.contains("asks for \(pair.address)@v2"), "\(stale.errors)")

    try pair.configure(ref: "v1")
    let lock = pair.team.text("headgate.lock")
    let digest = try #require(lock.split(separator: "sha256:").last).prefix(64)
    let cached = ".git/headgate/policies/\(digest)"
    let bundle = pair.team.text(cached)
    try pair.team.write(cached, bundle.replacing("max_size < 100", with: "max_size < 999"))
    let changed = try pair.team.headgate("check")
    #expect(changed.status == 2)
    #expect(changed.errors.contains("are not those that headgate.lock pins"), "\(changed.errors)")

    try pair.team.remove(cached)
    let gone = try pair.team.headgate("check")
    #expect(gone.status == 2)
    #expect(gone.errors.contains("was not fetched here"), "\(gone.errors)")
    #expect(gone.errors.contains("policy update --locked"), "\(gone.errors)")
    let locked = try pair.team.headgate("policy", "update", "--locked")
    #expect(locked.status == 0, "\(locked.text)")
    #expect(pair.team.text("headgate.lock") == lock)
    #expect(try pair.team.headgate("check").status == 1)
  }

  @Test("--locked refuses rules that are no longer what the lock pins")
  func lockedRefusal() throws {
    let pair = try Pair()
    #expect(try pair.team.headgate("policy", "update").status == 0)
    let lock = pair.team.text("headgate.lock")
    let commit = String(try pair.rules.git("rev-parse", "v1").prefix { $0 != "\n" })
    try pair.rules.commit(["house/pool/huge.yaml": Self.rule(most: 1_000)], "weaker")
    let other = String(try pair.rules.git("rev-parse", "HEAD").prefix { $0 != "\n" })
    try pair.team.write("headgate.lock", lock.replacing(commit, with: other))
    try pair.team.remove(".git/headgate")
    let run = try pair.team.headgate("policy", "update", "--locked")
    #expect(run.status == 2)
    #expect(run.errors.contains("are not those that headgate.lock pins"), "\(run.errors)")
  }

  @Test("another work tree of the repository needs no second fetch")
  func workTree() throws {
    let pair = try Pair()
    #expect(try pair.team.headgate("policy", "update").status == 0)
    try pair.team.commit([:], "policies")
    let folder = try TemporaryFolder()
    try pair.team.git("worktree", "add", "-q", "\(folder.path)/tree")
    let run = try Program.headgate(["check", "hikari.properties"], in: "\(folder.path)/tree")
    #expect(run.status == 1, "\(run.text)")
    #expect(run.output.contains("acme/pool/huge"), "\(run.output)")
  }

  @Test("a check of what is staged takes the lock that is staged")
  func staged() throws {
    let pair = try Pair()
    #expect(try pair.team.headgate("policy", "update").status == 0)
    try pair.team.git("add", ".headgate.yaml")
    try pair.team.write("hikari.properties", "maximumPoolSize=600\n")
    try pair.team.git("add", "hikari.properties")
    let without = try pair.team.headgate("check", "--staged")
    #expect(without.status == 2)
    #expect(without.errors.contains("headgate.lock is missing"), "\(without.errors)")
    try pair.team.git("add", "headgate.lock")
    let run = try pair.team.headgate("check", "--staged")
    #expect(run.status == 1, "\(run.text)")
    #expect(run.output.contains("acme/pool/huge"), "\(run.output)")
  }

  @Test("rules with mistakes are not pinned")
  func brokenRules() throws {
    let pair = try Pair()
    try pair.rules.commit(
      ["house/pool/huge.yaml": Self.rule(most: 1).replacing("max_size <", with: "max_sise <")],
      "typo")
    try pair.configure(ref: "main")
    let run = try pair.team.headgate("policy", "update")
    #expect(run.status == 2)
    #expect(run.errors.contains("pool/huge.yaml:4:"), "\(run.errors)")
    #expect(!pair.team.exists("headgate.lock"))
  }

  @Test(
    "addresses and references that git would take for something else are refused",
    arguments: [
      (#"git: "ext::sh -c touch% x", ref: v1"#, "`git`"), (#"git: "ext::true", ref: v1"#, "`git`"),
      (#"git: "--upload-pack=x", ref: v1"#, "`git`"), (#"git: "http://e.org/p", ref: v1"#, "`git`"),
      (#"git: "ssh://-oProxyCommand=x/p", ref: v1"#, "`git`"),
      (#"git: "-u@e.org:p", ref: v1"#, "`git`"), (#"git: "x@-oP=x:p", ref: v1"#, "`git`"),
      (#"git: "../rules", ref: v1"#, "`git`"), (#"git: "https://a:b@e.org/p", ref: v1"#, "`git`"),
      (#"git: "https://e.org/p", ref: "--all""#, "`ref`"),
      (#"git: "https://e.org/p", ref: "a:b""#, "`ref`"),
      (#"git: "https://e.org/p", ref: v1, path: "../x""#, "`path`"),
      (#"git: "https://e.org/p", ref: v1, path: /etc"#, "`path`"),
      (#"git: "https://e.org/p", ref: v1, name: "../x""#, "`name`"),
      (#"git: "https://e.org/p", ref: v1, name: nginx"#, "`nginx`"),
      (#"git: "https://e.org/p""#, "`ref`"), (#"git: "https://e.org/p", reff: v1"#, "`reff`"),
    ])
  func hostile(entry: String, key: String) throws {
    let folder = try TemporaryFolder(repository: [
      ".headgate.yaml": "version: 1\npolicies:\n  - {\(entry)}\n",
      "hikari.properties": "maximumPoolSize=20\n",
    ])
    for command in [["check"], ["policy", "update"]] {
      let run = try Program.headgate(command, in: folder.path)
      #expect(run.status == 2, "\(run.text)")
      #expect(run.errors.contains(".headgate.yaml:3:"), "\(run.errors)")
      #expect(run.errors.contains(key), "\(run.errors)")
      #expect(!folder.exists("x") && !folder.exists("headgate.lock"))
    }
  }
}

import Testing

/// Only what changed counts, and what it breaks elsewhere.
@Suite("headgate check --since and --staged", .timeLimit(.minutes(15)))
struct ChangeTests {
  /// A server of 100 connections and two services of 30 each, tied together by compose.
  private static let stack = [
    "docker-compose.yml": """
    services:
      auth:
        build: ./auth
        deploy:
          replicas: 2
      db:
        image: postgres:16
        volumes:
          - ./db/postgresql.conf:/etc/postgresql/postgresql.conf
        command: ["postgres", "-c", "config_file=/etc/postgresql/postgresql.conf"]

    """,
    "auth/src/main/resources/application.yml": Fixtures.pool(size: "30"),
    "db/postgresql.conf": "max_connections = 200\n",
  ]

  private func findings(_ run: Run) throws -> [JSONValue] {
    try JSONValue(run.output).findings?.array ?? []
  }

  @Test("a finding that was there before is known, a new one fails", arguments: [true, false])
  func known(staged: Bool) throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.smallPool])
    let scope = staged ? ["--staged"] : ["--since", "HEAD"]
    try folder.write("application.yml", "# moved\n\n" + Fixtures.smallPool)
    try folder.git("add", ".")
    let moved = try Program.headgate(
      ["check", "--format", "json"] + scope, in: folder.path)
    #expect(moved.status == 0, "\(moved.text)")
    #expect(try findings(moved).contains { $0.status?.string == "baseline" })

    try folder.write("application.yml", Fixtures.pool(size: "4"))
    try folder.git("add", ".")
    let worse = try Program.headgate(["check", "--format", "json"] + scope, in: folder.path)
    #expect(worse.status == 1, "\(worse.text)")
    #expect(
      try findings(worse).contains {
        $0.status?.string == "new" && $0.rule?.string == "pool/size-below-minimum"
      })
  }

  @Test("a server that shrinks breaks the pool of an untouched file", arguments: [true, false])
  func elsewhere(staged: Bool) throws {
    let folder = try TemporaryFolder(repository: Self.stack)
    #expect(try folder.headgate("check").output.contains("path/") == false)
    try folder.write("db/postgresql.conf", "max_connections = 20\n")
    try folder.git("add", ".")
    let scope = staged ? ["--staged"] : ["--since", "HEAD"]
    let run = try Program.headgate(["check", "--format", "json"] + scope, in: folder.path)
    #expect(run.status == 1, "\(run.text)")
    let new = try findings(run).filter { $0.status?.string == "new" }
    #expect(new.contains { $0.rule?.string?.hasPrefix("path/") == true }, "\(run.text)")
  }

  @Test("a renamed file brings its old findings along, and a deleted include breaks its includer")
  func renamesAndDeletions() throws {
    let folder = try TemporaryFolder(repository: [
      "a/application.yml": Fixtures.smallPool,
      "nginx.conf": "events {}\nhttp {\n  include conf.d/a.conf;\n}\n",
      "conf.d/a.conf": "server {\n  listen 80;\n}\n",
    ])
    try folder.git("mv", "a", "b")
    let renamed = try folder.headgate("check", "--staged", "--format", "json")
    #expect(renamed.status == 0, "\(renamed.text)")
    #expect(try findings(renamed).allSatisfy { $0.status?.string == "baseline" })

    try folder.git("rm", "-q", "conf.d/a.conf")
    let deleted = try folder.headgate("check", "--staged")
    #expect(deleted.status == 2, "\(deleted.text)")
    #expect(deleted.output.contains("include/unreadable"), "\(deleted.text)")
  }

  @Test("commit -a and commit PATH are judged by the index that git makes for them")
  func temporaryIndex() throws {
    let folder = try TemporaryFolder(repository: [
      "a/application.yml": Fixtures.soundPool, "b/application.yml": Fixtures.soundPool,
    ])
    #expect(try folder.headgate("hook", "install").status == 0)
    try folder.write("a/application.yml", Fixtures.smallPool)
    #expect(throws: ProgramError.self) { try folder.git("commit", "-qam", "all") }
    #expect(throws: ProgramError.self) {
      try folder.git("commit", "-qm", "one", "a/application.yml")
    }
    try folder.write("b/application.yml", Fixtures.pool(size: "31"))
    try folder.git("commit", "-qm", "the other", "b/application.yml")
    #expect(try folder.git("log", "--oneline").split(separator: "\n").count == 2)
  }

  @Test("what comes from the other side of a merge is no news, a conflict is not judged")
  func merges() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.git("checkout", "-q", "-b", "other")
    try folder.commit(["legacy/application.yml": Fixtures.smallPool], "legacy")
    try folder.git("checkout", "-q", "main")
    try folder.commit(["application.yml": Fixtures.pool(size: "25")], "more")
    try folder.git("merge", "-q", "--no-commit", "--no-ff", "other")
    let merging = try folder.headgate("check", "--staged")
    #expect(merging.status == 0, "\(merging.text)")
    try folder.git("merge", "--abort")

    try folder.git("checkout", "-q", "other")
    try folder.commit(["application.yml": Fixtures.pool(size: "26")], "otherwise")
    try folder.git("checkout", "-q", "main")
    #expect(throws: ProgramError.self) { try folder.git("merge", "-q", "other") }
    let conflict = try folder.headgate("check", "--staged")
    #expect(conflict.status == 2, "\(conflict.text)")
    #expect(conflict.text.contains("merge is not resolved"))
  }

  @Test("submodules are not entered, and sparse checkouts are judged whole")
  func unusualTrees() throws {
    let library = try TemporaryFolder(repository: ["application.yml": Fixtures.smallPool])
    let folder = try TemporaryFolder(repository: [
      "a/application.yml": Fixtures.soundPool, "b/readme.txt": "b\n",
    ])
    try Program.git(
      ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library.path, "lib"],
      in: folder.path)
    let submodule = try folder.headgate("check", "--staged")
    #expect(submodule.status == 0, "\(submodule.text)")
    #expect(!submodule.output.contains("lib/application.yml"))
    try folder.commit([:], "submodule")

    try folder.git("sparse-checkout", "set", "b")
    #expect(!folder.exists("a/application.yml"))
    let blob = try Program.run(
      "/usr/bin/env", ["git", "hash-object", "-w", "--stdin"], in: folder.path,
      input: Fixtures.smallPool
    ).output.prefix(40)
    try folder.git("update-index", "--cacheinfo", "100644,\(blob),a/application.yml")
    let sparse = try folder.headgate("check", "--staged")
    #expect(sparse.status == 1, "\(sparse.text)")
  }

  @Test("--since compares with where the work left the other branch")
  func mergeBase() throws {
    let folder = try TemporaryFolder(repository: [
      "a/application.yml": Fixtures.smallPool, "b/application.yml": Fixtures.soundPool,
    ])
    try folder.git("checkout", "-q", "-b", "work")
    try folder.git("checkout", "-q", "main")
    try folder.commit(["a/application.yml": Fixtures.soundPool], "mended")
    try folder.git("checkout", "-q", "work")
    let clean = try folder.headgate("check", "--since", "main")
    #expect(clean.status == 0, "\(clean.text)")
    #expect(clean.errors.contains("no configuration file differs"))
    try folder.write("c/application.yml", Fixtures.smallPool)
    let untracked = try folder.headgate("check", "--since", "main", "--format", "concise")
    #expect(untracked.status == 1, "\(untracked.text)")
    #expect(untracked.output.contains("c/application.yml:7"))
    #expect(!untracked.output.contains("a/application.yml"))
    #expect(try folder.headgate("check", "--since", "nowhere").status == 2)
  }

  @Test("a decision that changes is judged on every file")
  func decisions() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.write(
      ".headgate.yaml",
      "version: 1\nrules:\n  pool/size-below-minimum: {parameters: {minimum: 50}}\n")
    try folder.git("add", ".")
    let run = try folder.headgate("check", "--staged")
    #expect(run.status == 1, "\(run.text)")
    #expect(run.output.contains("pool/size-below-minimum"))
  }
}

import Testing

/// What is kept for somebody outside: checkpoints, proofs; and what is kept from them.
@Suite("audit checkpoint, prove, redact; audit.content", .timeLimit(.minutes(15)))
struct KeepingTests {
  private static let hasKeygen =
    (try? Program.run("/usr/bin/env", ["sh", "-c", "command -v ssh-keygen"], in: "/"))?.status == 0

  private func recorded(_ arguments: String...) throws -> TemporaryFolder {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.commit(["application.yml": Fixtures.smallPool], "smaller")
    let run = try Program.headgate(["record"] + arguments, in: folder.path)
    #expect(run.status == 0, "\(run.text)")
    return folder
  }

  @Test("a checkpoint stands on record, and the log is compared with it later")
  func checkpoint() throws {
    let folder = try recorded("--reason", "r")
    let made = try folder.headgate("audit", "checkpoint")
    #expect(made.status == 0, "\(made.text)")
    let lines = made.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0].hasPrefix("headgate.audit/"))
    #expect(lines[1] == "2")
    try folder.write("note", made.output)
    try folder.commit(["application.yml": Fixtures.soundPool], "larger")
    #expect(try folder.headgate("record", "--reason", "r").status == 0)
    let verify = try folder.headgate("audit", "verify", "--checkpoint", "note")
    #expect(verify.status == 0, "\(verify.text)")
    let since = try folder.headgate("audit", "prove", "--since", "note")
    #expect(since.output.hasPrefix("old 2\n"), "\(since.text)")
    // A log that was cut back and told anew has another root.
    try folder.git("update-ref", "refs/audit/log", "refs/audit/log~3")
    try folder.remove(".git/headgate")
    let cut = try folder.headgate("audit", "verify", "--checkpoint", "note")
    #expect(cut.status == 4 && cut.output.contains("E_ROLLBACK"), "\(cut.text)")
    for reason in ["a", "b", "c"] {
      #expect(try folder.headgate("annotate", "0", reason).status == 0)
    }
    let other = try folder.headgate("audit", "verify", "--checkpoint", "note")
    #expect(other.status == 4 && other.output.contains("E_FORK"), "\(other.text)")
    let prove = try folder.headgate("audit", "prove", "--since", "note")
    #expect(prove.status == 4, "\(prove.text)")
  }

  @Test("a printed checkpoint changes nothing, and one of another log is refused")
  func printed() throws {
    let folder = try recorded("--reason", "r")
    let tip = try folder.git("rev-parse", "refs/audit/log")
    let made = try JSONValue(
      try folder.headgate("audit", "checkpoint", "--print", "--format", "json").output)
    #expect(made.size?.int == 2)
    #expect(made.seq == nil)
    #expect(try folder.git("rev-parse", "refs/audit/log") == tip)
    let other = try recorded("--reason", "r")
    try other.write("note", try #require(made.note?.string))
    let run = try other.headgate("audit", "verify", "--checkpoint", "note")
    #expect(run.status == 4 && run.output.contains("E_CHECKPOINT"), "\(run.text)")
    let none = try TemporaryFolder(repository: ["a": "a"])
    #expect(try none.headgate("audit", "checkpoint").status == 2)
    #expect(try none.headgate("audit", "prove", "0").status == 2)
  }

  @Test(
    "a note is signed with keys of every kind, and what a witness signed stands on record",
    .enabled(if: hasKeygen, "ssh-keygen is not installed"),
    arguments: ["ed25519", "ecdsa", "rsa"])
  func signed(kind: String) throws {
    let folder = try recorded("--reason", "r")
    try Program.shell("ssh-keygen -q -t \(kind) -N '' -C '' -f key", in: folder.path)
    let made = try JSONValue(
      try folder.headgate(
        "audit", "checkpoint", "--print", "--key", "key", "--format", "json"
      ).output)
    let note = try #require(made.note?.string)
    let origin = try #require(made.origin?.string)
    #expect(note.contains("\n\n\u{2014} \(origin) "), "\(note)")
    #expect(made.verifierKey?.string?.hasPrefix(origin + "+") == true)
    try folder.write("note", note)
    let kept = try folder.headgate("audit", "checkpoint", "--witness", "note")
    #expect(kept.status == 0, "\(kept.text)")
    #expect(try folder.git("show", "refs/audit/log:record.json").contains("\"witness\":"))
    #expect(try folder.headgate("audit", "verify", "--full").status == 0)
    let proof = try folder.headgate("audit", "prove", "1", "--size", "2", "--key", "key")
    #expect(proof.output.hasPrefix("c2sp.org/tlog-proof@v1\nindex 1\n"), "\(proof.text)")
    #expect(proof.output.contains("\n\u{2014} \(origin) "))
    #expect(try folder.headgate("audit", "prove", "1", "--size", "1").status == 2)
    #expect(try folder.headgate("audit", "prove", "--since", "77").status == 2)
  }

  @Test("private texts are shown where they are, and redacted on the record")
  func redaction() throws {
    let folder = try recorded("--private", "--reason", "it names ACME", "--ticket", "SEC-9")
    #expect(!(try folder.git("show", "refs/audit/log:record.json").contains("ACME")))
    #expect(try folder.headgate("show", "1").output.contains("reason (private): it names ACME"))
    #expect(try folder.headgate("log", "--format", "json").output.contains("ACME") == false)
    let run = try folder.headgate(
      "audit", "redact", "1", "--reason", "asked to", "--format", "json")
    #expect(run.status == 0, "\(run.text)")
    #expect(try JSONValue(run.output).fields == .array([.string("reason"), .string("ticket")]))
    #expect(try folder.headgate("show", "1").output.contains("withheld"))
    #expect(try folder.git("for-each-ref", "refs/audit/private") == "")
    let objects = try Program.shell(
      "git cat-file --batch-all-objects --batch | grep -c ACME", in: folder.path)
    #expect(objects.output == "0\n")
    #expect(try folder.headgate("audit", "verify", "--full").status == 0)
  }

  @Test("what stands in a record itself cannot be redacted, and that is said")
  func unredactable() throws {
    let folder = try recorded("--reason", "r")
    let run = try folder.headgate("audit", "redact", "1")
    #expect(run.status == 2 && run.errors.contains("breaking the chain"), "\(run.text)")
    #expect(try folder.git("rev-list", "--count", "refs/audit/log") == "2\n")
  }

  @Test("with audit.content hash the log keeps no file, and no masked value in its objects")
  func hashes() throws {
    let text = "jdbcUrl=jdbc:postgresql://db/app\npassword=hunter2-Zq\nmaximumPoolSize="
    let folder = try TemporaryFolder(repository: ["hikari.properties": text + "24\n"])
    try folder.git("config", "audit.content", "hash")
    try folder.commit(
      ["hikari.properties": text.replacing("hunter2-Zq", with: "s3cret-Yv") + "9\n"], "both")
    let run = try folder.headgate("record", "--reason", "r")
    #expect(run.status == 0, "\(run.text)")
    #expect(try folder.git("ls-tree", "-r", "--name-only", "refs/audit/log") == "record.json\n")
    let log = try Program.shell(
      "git rev-list --objects refs/audit/log | cut -d' ' -f1 | git cat-file --batch",
      in: folder.path)
    #expect(log.output.contains("\"maximumPoolSize\""))
    #expect(!log.output.contains("hunter2") && !log.output.contains("s3cret"))
    #expect(try folder.headgate("audit", "verify", "--full").status == 0)
    try folder.git("config", "audit.content", "hsah")
    try folder.commit(["hikari.properties": text + "7\n"], "again")
    #expect(try folder.headgate("record", "--reason", "r").status == 2)
  }

  @Test("a record starts git's maintenance when many objects lie about")
  func maintenance() throws {
    let folder = try recorded("--reason", "r")
    try Program.shell(
      """
      i=0
      while [ $i -lt 4000 ]; do printf 'blob\\ndata <<E\\n%s\\nE\\n' $i; i=$((i+1)); done |
        git -c fastimport.unpackLimit=100000 fast-import --quiet
      git unpack-objects -q < /dev/null 2>&1 || true
      """, in: folder.path)
    let loose = try folder.git("count-objects").split(separator: " ").first.flatMap { Int($0) }
    #expect((loose ?? 0) > 4_000)
    #expect(try folder.headgate("annotate", "1", "x").status == 0)
    // It runs beside us; the test's own limit ends a wait in vain.
    while try folder.git("count-objects", "-v").contains("packs: 0") {}
    #expect(try folder.headgate("audit", "verify", "--full").status == 0)
  }
}

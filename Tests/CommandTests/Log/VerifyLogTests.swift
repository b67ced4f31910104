import Testing

private let hasTools =
  (try? Program.run(
    "/usr/bin/env", ["sh", "-c", "command -v python3 && command -v ssh-keygen"], in: "/"))?
  .status == 0

/// scripts/verify-log, which does not know Headgate, judges logs as `audit verify` does.
@Suite(
  "scripts/verify-log", .timeLimit(.minutes(15)),
  .enabled(if: hasTools, "python3 or ssh-keygen is not installed"))
struct VerifyLogTests {
  private static let script = Checkout.path + "/scripts/verify-log"

  /// A log of many kinds: changes, a key, signed opinions, a checkpoint, private texts.
  private func told() throws -> TemporaryFolder {
    let folder = try TemporaryFolder(repository: [
      "application.yml": Fixtures.soundPool, ".headgate.yaml": "approvals: {required: 1}\n",
    ])
    let story = """
      set -e
      ssh-keygen -q -t ed25519 -N '' -C '' -f .git/key
      ssh-keygen -q -t ecdsa -N '' -C '' -f .git/bob
      "$headgate" record --import -q
      sed -i 's/24/5/' application.yml && git commit -qam smaller
      "$headgate" record --reason 'Grüße, "why"' --ticket T-1 -q
      "$headgate" audit keys add .git/key.pub --key .git/key -q
      "$headgate" audit keys add .git/bob.pub --principal bob@example.org --role dba --key .git/key -q
      git -c user.email=bob@example.org -c user.name=Bob config user.email bob@example.org
      "$headgate" approve 2 --reason fine --key .git/bob -q
      git config user.email developer@example.org
      "$headgate" audit checkpoint --key .git/key > .git/note 2>/dev/null
      "$headgate" audit checkpoint --print --key .git/key --format json > .git/made
      printf 'version: 1\\n' > .headgate.yaml && git commit -qam 'nobody asked'
      "$headgate" record --private --reason secret --key .git/key -q
      "$headgate" audit redact 7 --key .git/key -q 2>/dev/null
      "$headgate" annotate 2 'It was this' --key .git/key -q
      """
    let run = try Program.shell(story, in: folder.path)
    guard run.status == 0 else { throw ProgramError(text: run.text) }
    return folder
  }

  private func verify(_ folder: TemporaryFolder, _ arguments: String...) throws -> Run {
    try Program.run(Self.script, arguments, in: folder.path)
  }

  @Test("a sound log is intact for both, with the same root")
  func sound() throws {
    let folder = try told()
    let own = try folder.headgate("audit", "verify", "--full", "--checkpoint", ".git/note")
    #expect(own.status == 0, "\(own.text)")
    let run = try verify(folder, "--checkpoint", ".git/note")
    #expect(run.status == 0, "\(run.text)")
    let root = try folder.git("log", "-1", "--format=%B", "refs/audit/log")
      .split(separator: "\n").last?.dropFirst("Audit-Root: ".count)
    #expect(run.output.contains("10 records, root \(root ?? "")"), "\(run.text)")
  }

  @Test("proofs and the keys that signed them are checked without the log")
  func proofs() throws {
    let folder = try told()
    let made = try JSONValue(folder.text(".git/made"))
    let key = try #require(made.verifierKey?.string)
    let script = """
      "$headgate" audit prove 2 --key .git/key > .git/proof
      "$headgate" audit prove --since .git/note --key .git/key > .git/later
      git log --format=%H --grep='^Audit-Seq: 2$' refs/audit/log > .git/commit
      git show "$(cat .git/commit):record.json" > .git/record
      git show refs/audit/log:record.json > .git/other
      sed 's/^index 2/index 1/' .git/proof > .git/moved
      sed '0,/^[1-9][0-9]*$/s//99/' .git/note > .git/grown
      """
    #expect(try Program.shell("set -e\n" + script, in: folder.path).status == 0)
    let bob = key.replacing("+", with: "+0", maxReplacements: 1)
    let cases: [([String], Int32)] = [
      (["--proof", ".git/proof", "--record", ".git/record", "--key", key], 0),
      (["--proof", ".git/proof", "--record", ".git/other"], 4),
      (["--proof", ".git/moved", "--record", ".git/record"], 4),
      (["--proof", ".git/proof", "--record", ".git/record", "--key", bob], 2),
      (["--proof", ".git/later", "--checkpoint", ".git/note", "--key", key], 0),
      (["--proof", ".git/later", "--checkpoint", ".git/grown"], 4),
      (["--checkpoint", ".git/note", "--key", key], 0),
      (["--checkpoint", ".git/grown"], 4), (["--checkpoint", ".git/grown", "--key", key], 4),
      (["--proof", ".git/note", "--record", ".git/record"], 2), (["--ref", "refs/no/log"], 2),
    ]
    for (arguments, status) in cases {
      let run = try Program.run(Self.script, arguments, in: folder.path)
      #expect(run.status == status, "\(arguments): \(run.text)")
    }
  }

  /// Puts a commit with the tree `$tree` and the message `$message` in the place of the last one.
  private static let place = """
    git update-ref refs/audit/log $( (git cat-file commit refs/audit/log | sed '/^$/q' |
      sed "s/^tree .*/tree $tree/"; printf '%s\\n' "$message") | git hash-object -t commit -w --stdin)
    """
  private static let parts = """
    set -e
    tree=$(git rev-parse 'refs/audit/log^{tree}')
    message=$(git log -1 --format=%B refs/audit/log)

    """

  @Test(
    "a log that was tampered with is so for both",
    arguments: [
      // Another record under the same message.
      (
        "E_RECORD_HASH",
        """
        blob=$(git show refs/audit/log:record.json | sed 's/It was/I was/' | git hash-object -w --stdin)
        tree=$(git ls-tree refs/audit/log | sed "s/[0-9a-f]*\\(.record.json\\)/$blob\\1/" | git mktree)
        """
      ),
      // A signature of another record.
      (
        "E_SIG_BAD",
        """
        blob=$(git rev-parse refs/audit/log~1:record.sig)
        tree=$(git ls-tree refs/audit/log | sed "s/[0-9a-f]*\\(.record.sig\\)/$blob\\1/" | git mktree)
        """
      ),
      ("E_TREE_SHAPE", "tree=$( (git ls-tree refs/audit/log; git ls-tree HEAD) | git mktree)"),
      ("E_SEQ_GAP", "message=$(echo \"$message\" | sed 's/^Audit-Seq: .*/Audit-Seq: 12/')"),
      ("E_MSG_FORMAT", "message=$(printf '%s\\n\\nAudit-Seq: 9' \"$message\")"),
      (
        "E_ROOT_MISMATCH",
        "message=$(echo \"$message\" | sed \"s,^Audit-Root: .*,$(git log -1 --format=%B refs/audit/log~1 | tail -2 | head -1),\")"
      ),
      (
        "E_PREV_MISMATCH",
        "message=$(echo \"$message\" | sed 's/^\\(Audit-Prev: sha256:\\)..../\\1abcd/')"
      ),
      // Spelled differently, with all hashes made anew but the root.
      (
        "E_JSON_NOT_CANONICAL",
        """
        blob=$(git show refs/audit/log:record.json | sed 's/"v":1/"v": 1/' | git hash-object -w --stdin)
        tree=$(git ls-tree refs/audit/log | sed "s/[0-9a-f]*\\(.record.json\\)/$blob\\1/" | git mktree)
        hash=$(git cat-file blob $blob | sha256sum | cut -c1-64)
        message=$(echo "$message" | sed "s/^\\(Audit-Record: sha256:\\).*/\\1$hash/")
        """
      ),
    ])
  func tampered(code: String, script: String) throws {
    let folder = try told()
    let change = try Program.shell(Self.parts + script + "\n" + Self.place, in: folder.path)
    #expect(change.status == 0, "\(change.text)")
    let own = try folder.headgate("audit", "verify", "--full")
    #expect(own.status == 4 && own.output.contains(code), "\(own.text)")
    let run = try verify(folder)
    #expect(run.status == 4 && run.output.contains(code), "\(run.text)")
  }

  @Test("a record dropped from the middle, a file replaced and a damaged object are found")
  func middle() throws {
    let scripts = [
      // Records 3 to 9 on top of record 1: numbers, hashes and roots break.
      """
      parent=$(git rev-parse refs/audit/log~8)
      for commit in $(git rev-list --reverse refs/audit/log~7..refs/audit/log); do
        parent=$(git cat-file commit $commit | sed "s/^parent .*/parent $parent/" |
          git hash-object -t commit -w --stdin)
      done
      git update-ref refs/audit/log $parent
      """,
      // Another configuration under record 2, with all later commits made anew.
      """
      blob=$(printf 'other' | git hash-object -w --stdin)
      files=$(git ls-tree refs/audit/log~7:files | sed "s/[0-9a-f]*\\(.0.new\\)/$blob\\1/" | git mktree)
      tree=$(git ls-tree refs/audit/log~7 | sed "s/[0-9a-f]*\\(.files\\)/$files\\1/" | git mktree)
      parent=$(git cat-file commit refs/audit/log~7 | sed "s/^tree .*/tree $tree/" |
        git hash-object -t commit -w --stdin)
      for commit in $(git rev-list --reverse refs/audit/log~7..refs/audit/log); do
        parent=$(git cat-file commit $commit | sed "s/^parent .*/parent $parent/" |
          git hash-object -t commit -w --stdin)
      done
      git update-ref refs/audit/log $parent
      """,
      """
      object=$(git rev-parse refs/audit/log~3:record.json | sed 's,^..,.git/objects/&/,')
      chmod u+w $object && printf 'x' | dd of=$object bs=1 seek=40 conv=notrunc 2>/dev/null
      """,
    ]
    for (script, code) in zip(scripts, ["E_SEQ_GAP", "E_FILE_HASH", "E_OBJ_"]) {
      let folder = try told()
      let change = try Program.shell("set -e\n" + script, in: folder.path)
      #expect(change.status == 0, "\(change.text)")
      let own = try folder.headgate("audit", "verify", "--full")
      #expect(own.status == 4 && own.output.contains(code), "\(own.text)")
      let run = try verify(folder)
      #expect(run.status == 4 && run.output.contains(code), "\(run.text)")
    }
  }
}

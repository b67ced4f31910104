import Testing

@Suite("approve, reject, annotate, audit keys, record --import", .timeLimit(.minutes(15)))
struct ReviewCommandTests {
  private static let bob = ["user.name=Bob", "user.email=bob@example.org"]

  /// A repository whose recorded change needs one approval.
  private func recorded(_ approvals: String = "approvals: {required: 1}\n") throws
    -> TemporaryFolder
  {
    let folder = try TemporaryFolder(repository: [
      "application.yml": Fixtures.soundPool, ".headgate.yaml": approvals,
    ])
    try folder.commit(["application.yml": Fixtures.smallPool], "tidy up")
    let run = try folder.headgate("record", "--reason", "Tidy up")
    #expect(run.status == 0, "\(run.text)")
    return folder
  }

  /// Runs headgate as somebody else.
  private func asBob(_ folder: TemporaryFolder, _ arguments: String...) throws -> Run {
    for setting in Self.bob {
      let parts = setting.split(separator: "=").map(String.init)
      try folder.git("config", parts[0], parts[1])
    }
    defer {
      // The next command is the developer's again.
      _ = try? folder.git("config", "user.email", "developer@example.org")
    }
    return try Program.headgate(arguments, in: folder.path)
  }

  @Test("an approval by somebody else counts, once, and is found by number and id")
  func approval() throws {
    let folder = try recorded()
    let own = try folder.headgate("approve", "1")
    #expect(own.status == 2)
    #expect(own.errors.contains("E_APPROVAL_SELF"), "\(own.text)")
    let run = try asBob(folder, "approve", "1", "--reason", "Tested", "--format", "json")
    #expect(run.status == 0, "\(run.text)")
    let given = try JSONValue(run.output)
    #expect(given.seq?.int == 2)
    #expect(given.kind?.string == "approval")
    #expect(given.actor?.string == "user:bob@example.org")
    #expect(given.ofSeq?.int == 1)
    #expect(given.signed?.bool == false)
    #expect(given.review?.status?.string == "approved")
    let id = try #require(given.of?.string)
    let again = try asBob(folder, "approve", String(id.dropFirst(7).prefix(9)), "--format", "json")
    #expect(try JSONValue(again.output).existed?.bool == true, "\(again.text)")
    #expect(try folder.git("rev-list", "--count", "refs/audit/log") == "3\n")
    let reject = try asBob(folder, "reject", id, "--reason", "No", "--format", "json")
    #expect(try JSONValue(reject.output).review?.status?.string == "rejected", "\(reject.text)")
    #expect(try folder.headgate("audit", "verify").status == 0)
  }

  @Test("who is not asked, what is no change and what is not there are refused")
  func refusals() throws {
    let folder = try recorded("approvals: {from: [carol@example.org]}\n")
    #expect(try asBob(folder, "approve", "1").errors.contains("E_APPROVAL_ROLE"))
    #expect(try asBob(folder, "approve", "0").errors.contains("E_APPROVAL_TARGET"))
    #expect(try asBob(folder, "approve", "77").errors.contains("no record is called 77"))
    #expect(try asBob(folder, "approve").status == 2)
    #expect(try folder.git("rev-list", "--count", "refs/audit/log") == "2\n")
  }

  @Test("rules of the version before the change count, not those that it brings")
  func rulesOfTheBase() throws {
    let folder = try TemporaryFolder(repository: [
      "application.yml": Fixtures.soundPool, ".headgate.yaml": "approvals: {required: 2}\n",
    ])
    try folder.commit(
      ["application.yml": Fixtures.smallPool, ".headgate.yaml": "approvals: {required: 0}\n"], "x")
    #expect(try folder.headgate("record", "--reason", "r").status == 0)
    let run = try asBob(folder, "approve", "1", "--format", "json")
    #expect(try JSONValue(run.output).review?.required?.int == 2, "\(run.text)")
    #expect(try JSONValue(run.output).review?.status?.string == "pending")
  }

  @Test("a remark stands beside a record, and replaces another one only")
  func annotation() throws {
    let folder = try recorded()
    let run = try folder.headgate("annotate", "1", "It was this", "--format", "json")
    #expect(run.status == 0, "\(run.text)")
    #expect(try JSONValue(run.output).kind?.string == "annotation")
    #expect(try folder.headgate("annotate", "1", "No", "--replaces", "2").status == 0)
    #expect(try folder.headgate("annotate", "1", "No", "--replaces", "1").status == 2)
    let record = try folder.git("show", "refs/audit/log~1:record.json")
    #expect(record.contains("It was this"))
  }

  @Test("an emergency change says until when it is to be approved")
  func emergency() throws {
    let folder = try TemporaryFolder(repository: [
      "application.yml": Fixtures.soundPool,
      ".headgate.yaml": "approvals: {emergency_within: 4h}\n",
    ])
    try folder.commit(["application.yml": Fixtures.smallPool], "hotfix")
    #expect(try folder.headgate("record", "--emergency").status == 2)
    let run = try folder.headgate(
      "record", "--emergency", "--reason", "Logins fail", "--format", "json")
    #expect(run.status == 0, "\(run.text)")
    #expect(try JSONValue(run.output).emergency?.due?.string != nil)
    let late = try asBob(folder, "approve", "1", "--format", "json")
    #expect(try JSONValue(late.output).review?.status?.string == "approved", "\(late.text)")
  }

  private static let keygen = "ssh-keygen -q -t ed25519 -N '' -C ''"

  @Test("records are signed with ssh-keygen or an agent, and keys come and go in the log")
  func signatures() throws {
    let folder = try recorded()
    let script = """
      set -e
      \(Self.keygen) -f root; \(Self.keygen) -f bob
      "$headgate" audit keys add root.pub --key root
      "$headgate" audit keys add bob.pub --principal bob@example.org --role dba --key root
      git config user.email bob@example.org
      ! "$headgate" approve 1 2>refused
      grep -q E_SIG_MISSING refused
      ! "$headgate" approve 1 --key root 2>refused
      grep -q E_ACTOR_KEY refused
      "$headgate" approve 1 --key bob --format json >given
      git config user.email developer@example.org
      eval "$(ssh-agent -s)" >/dev/null
      trap 'kill "$SSH_AGENT_PID"' EXIT
      ssh-add -q root
      mv root gone
      "$headgate" audit keys revoke bob@example.org --reason left --key root.pub
      "$headgate" audit keys list --format json >keys
      "$headgate" audit verify
      """
    let run = try Program.shell(script, in: folder.path)
    #expect(run.status == 0, "\(run.text)")
    let given = try JSONValue(folder.text("given"))
    #expect(given.signed?.bool == true)
    #expect(given.review?.status?.string == "approved")
    let keys = try JSONValue(folder.text("keys"))
    #expect(keys[0]?.roles == .array([.string("root")]))
    #expect(keys[0]?.revoked?.int == nil)
    #expect(keys[1]?.principal?.string == "bob@example.org")
    #expect(keys[1]?.revoked?.int == 5)
    let check = try Program.shell(
      """
      git show refs/audit/log:record.sig >sig && git show refs/audit/log:record.json >json &&
      echo "root $(cat root.pub)" >allowed &&
      ssh-keygen -Y verify -f allowed -I root -n headgate-audit-record@v1 -s sig <json
      """, in: folder.path)
    #expect(check.status == 0, "\(check.text)")
  }

  @Test("the past is imported once, marked, with its authors, and the log verifies")
  func importing() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    for number in 1...5 {
      try folder.commit(
        ["application.yml": Fixtures.pool(size: "\(20 + number)")],
        "size \(number)\n\nCo-authored-by: Bob <bob@example.org>")
      try folder.commit(["notes.txt": "\(number)"], "notes")
    }
    #expect(try folder.headgate("record", "--reason", "the last", "--head", "HEAD~1").status == 0)
    let run = try folder.headgate("record", "--import", "--format", "json")
    #expect(run.status == 0, "\(run.text)")
    let outcome = try JSONValue(run.output)
    #expect(outcome.commits?.int == 11)
    #expect(outcome.governed?.int == 6)
    #expect(outcome.recorded?.int == 5)
    #expect(outcome.known?.int == 1)
    let record = try folder.git("show", "refs/audit/log:record.json")
    #expect(record.contains(#""kind":"import""#))
    #expect(record.contains("user:bob@example.org"))
    #expect(record.contains(#""reason":"size 4""#))
    let again = try JSONValue(
      try folder.headgate("record", "--import", "--format", "json").output)
    #expect(again.recorded?.int == 0)
    let verify = try folder.headgate("audit", "verify")
    #expect(verify.status == 0, "\(verify.text)")
    let fsck = try Program.shell("git fsck --strict 2>&1; git for-each-ref", in: folder.path)
    #expect(!fsck.output.contains("audit-import"), "\(fsck.output)")
    #expect(!fsck.output.contains("error"), "\(fsck.output)")
  }

  @Test("what lies in the work tree is recorded, staged or not")
  func workTree() throws {
    let folder = try TemporaryFolder(repository: ["application.yml": Fixtures.soundPool])
    try folder.write("application.yml", Fixtures.smallPool)
    let state = try folder.git("status", "--porcelain")
    let run = try folder.headgate("record", "--worktree", "--reason", "r", "--format", "json")
    #expect(run.status == 0, "\(run.text)")
    #expect(try JSONValue(run.output).settings?[0]?.new?.string == "5")
    #expect(try folder.git("status", "--porcelain") == state)
    #expect(try folder.headgate("record", "--worktree", "--staged", "--reason", "r").status == 2)
  }

  /// Events as forges describe them, cut to what is read.
  private func event(_ kind: String, _ commit: String, login: String = "carol") -> String {
    switch kind {
    case "github":
      """
      {"action": "submitted", "review": {"state": "approved", "user": {"login": "\(login)",
      "type": "User"}, "commit_id": "\(commit)"},
      "pull_request": {"user": {"login": "developer"}, "head": {"sha": "\(commit)"}}}
      """
    default:
      """
      {"object_kind": "merge_request", "user": {"id": 7, "username": "\(login)",
      "email": "[REDACTED]"}, "object_attributes": {"action": "approved", "author_id": 3,
      "last_commit": {"id": "\(commit)"}}}
      """
    }
  }

  @Test("a review on a forge is taken over", arguments: ["github", "gitlab"])
  func forge(kind: String) throws {
    let folder = try recorded()
    let commit = try folder.git("rev-parse", "HEAD").split(separator: "\n")[0]
    try folder.write("event.json", event(kind, String(commit)))
    let run = try folder.headgate("approve", "--from-event", "event.json", "--format", "json")
    #expect(run.status == 0, "\(run.text)")
    let given = try JSONValue(run.output)
    #expect(given.actor?.string == "user:carol@users.noreply.\(kind).com")
    #expect(given.review?.status?.string == "approved")
    let again = try folder.headgate("approve", "--from-event", "event.json", "--format", "json")
    #expect(try JSONValue(again.output).existed?.bool == true, "\(again.text)")
    try folder.write("event.json", event(kind, String(repeating: "1", count: 40)))
    #expect(try folder.headgate("approve", "--from-event", "event.json").status == 2)
    try folder.write("event.json", "{}")
    #expect(try folder.headgate("approve", "--from-event", "event.json").status == 2)
  }

  @Test("who opened a pull request does not approve it there")
  func ownPullRequest() throws {
    let folder = try recorded()
    let commit = try folder.git("rev-parse", "HEAD").split(separator: "\n")[0]
    try folder.write("event.json", event("github", String(commit), login: "developer"))
    let run = try folder.headgate("approve", "--from-event", "event.json")
    #expect(run.status == 2)
    #expect(run.errors.contains("E_APPROVAL_SELF"), "\(run.text)")
  }
}

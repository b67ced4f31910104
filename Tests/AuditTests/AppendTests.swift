import FoundationEssentials
import Git
import Testing

@testable import Audit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Append", .timeLimit(.minutes(15)))
struct AppendTests {
  @Test func firstRecordBringsTheGenesis() throws {
    let space = try Workspace()
    let made = try Fixture.fill(space, 1)
    #expect(made[0].sequence == 1)
    let log = try Fixture.log(space)
    let entries = try log.entries().values
    #expect(entries.map(\.sequence) == [1, 0])
    #expect(entries.map(\.record.body.kind) == [.change, .genesis])
    #expect(entries[0].record.body.repository == entries[1].id)
    #expect(entries[1].record.body.repository == nil)
    #expect(try log.identity() == entries[1].id)
    #expect(made[0].id == entries[0].id)
    #expect(entries[0].record.body.reason == .text("more logins"))
  }

  @Test func logReadsWellWithPlainGit() throws {
    let space = try Workspace()
    try Fixture.fill(space, 3)
    let log = try space.git("log", "--format=%an|%ae|%aI|%s", "refs/audit/log")
    let newest = String(log.prefix { $0 != "\n" })
    #expect(
      newest
        == "developer@example.org|developer@example.org|2026-06-10T10:33:00+00:00|"
        + "audit: change config/hikari.properties pool.max_size 20 -> 30")
    let record = try space.git("show", "refs/audit/log:record.json")
    #expect(record.hasPrefix(#"{"actor":"#))
    let hash = try space.git(
      "log", "-1", "--format=%(trailers:key=Audit-Record,valueonly)", "refs/audit/log"
    ).trimmed
    #expect(Digest(of: Array(record.utf8)).description == hash)
    #expect(try space.git("show", "refs/audit/log:files/0.new") == "maximumPoolSize=30\n")
    #expect(try space.git("show", "refs/audit/log:files/0.old") == "maximumPoolSize=20\n")
    let reflog = try space.git("reflog", "refs/audit/log")
    #expect(reflog.split(separator: "\n").count == 4)
  }

  @Test func gitFindsNothingToComplainOf() throws {
    let space = try Workspace()
    try Fixture.fill(space, 5)
    #expect(try complaints(of: space) == [])
    try space.git("gc", "-q", "--prune=now")
    try Fixture.appendNext(space, 6)
    #expect(try complaints(of: space) == [])
    #expect(try Fixture.verify(space).problems == [])
    #expect(try Fixture.verify(space).records == 7)
  }

  /// What git's own check prints, but for the remark that no branch has a commit.
  private func complaints(of space: Workspace) throws -> [String] {
    try space.git("fsck", "--strict", "--full").split(separator: "\n").map(String.init)
      .filter { !$0.hasPrefix("notice: ") }
  }

  @Test func workTreeIndexAndBranchesStayAsTheyAre() throws {
    let space = try Workspace()
    try space.commit(["a": "1"])
    try space.write("a", "2")
    let before = try [space.git("status", "--porcelain"), space.git("for-each-ref", "refs/heads")]
    try Fixture.fill(space, 1)
    let after = try [space.git("status", "--porcelain"), space.git("for-each-ref", "refs/heads")]
    #expect(before == after)
    #expect(try space.git("status", "--porcelain") == " M a\n")
  }

  @Test func sameRecordIsStoredOnce() throws {
    let space = try Workspace()
    let first = try Fixture.fill(space, 3)
    let again = try Fixture.fill(space, 3)
    #expect(again.map(\.existed) == [true, true, true])
    #expect(again.map(\.sequence) == first.map(\.sequence))
    #expect(again.map(\.commit) == first.map(\.commit))
    #expect(try Fixture.verify(space).records == 4)
  }

  @Test(
    "works in every state of a repository", arguments: ["unborn", "detached", "bare", "branch"])
  func states(state: String) throws {
    let space = try state == "bare" ? Workspace("--bare") : Workspace()
    if state == "detached" || state == "branch" { try space.commit(["a": "1"]) }
    if state == "detached" { try space.git("checkout", "-q", "--detach") }
    try Fixture.fill(space, 2)
    let result = try Fixture.verify(space)
    #expect(result.problems == [])
    #expect(result.records == 3)
  }

  @Test func worktreesShareOneLog() throws {
    let space = try Workspace()
    try space.commit(["a": "1"])
    try space.git("worktree", "add", "-q", "side")
    try Fixture.fill(space, 1)
    let side = try Fixture.log(space, "side")
    let result = try side.append(
      Fixture.change(2, from: 10, to: 20), startingWith: Fixture.genesis(),
      options: Fixture.options(10, 20))
    #expect(result.sequence == 2)
    #expect(try Fixture.verify(space).records == 3)
    #expect(access(space.path + "/.git/headgate/append.lock", F_OK) == 0)
    #expect(access(space.path + "/.git/worktrees/side/headgate", F_OK) != 0)
  }

  @Test func contentMayStayOutOfTheLog() throws {
    let space = try Workspace()
    var body = try Fixture.change(1, from: 1, to: 2)
    let file = body.files[0]
    body.files = [
      FileChange(path: file.path, old: file.old, new: file.new, keepsContent: false)
    ]
    let log = try Fixture.log(space)
    _ = try log.append(body, startingWith: Fixture.genesis(), options: Fixture.options())
    #expect(try space.git("ls-tree", "--name-only", "refs/audit/log").trimmed == "record.json")
    #expect(try Fixture.verify(space).problems == [])
  }

  @Test func contentThatIsNowhereIsRefused() throws {
    let space = try Workspace()
    let log = try Fixture.log(space)
    let error = failure {
      _ = try log.append(
        Fixture.change(1, from: 1, to: 2), startingWith: Fixture.genesis(),
        options: Fixture.options())
    }
    #expect(error?.code == .objectMissing)
    #expect(try Fixture.verify(space).records == 1)
  }

  @Test func signatureIsStoredBesideTheRecord() throws {
    let space = try Workspace()
    var options = Fixture.options(1, 2)
    options.signature = Array("-----BEGIN SSH SIGNATURE-----\n".utf8)
    let log = try Fixture.log(space)
    _ = try log.append(
      Fixture.change(1, from: 1, to: 2), startingWith: Fixture.genesis(), options: options)
    #expect(try space.git("show", "refs/audit/log:record.sig").hasPrefix("-----BEGIN"))
    // Whether it is worth anything is for verification to say.
    #expect(try Fixture.verify(space).problems.map(\.code) == [.signatureBad])
  }

  @Test func recordOfAnotherLogIsRefused() throws {
    let space = try Workspace()
    try Fixture.fill(space, 1)
    var body = try Fixture.change(2, from: 10, to: 20)
    body.repository = Digest(of: [9])
    let log = try Fixture.log(space)
    let error = failure { _ = try log.append(Record(body), options: Fixture.options(10, 20)) }
    #expect(error?.code == .repositoryID)
  }

  @Test func forgottenStateIsWorkedOutAgain() throws {
    let space = try Workspace()
    try Fixture.fill(space, 5)
    try FileManager.default.removeItem(atPath: space.path + "/.git/headgate/trust.json")
    #expect(try Fixture.appendNext(space, 6).sequence == 6)
    try space.write(".git/headgate/trust.json", "{}")
    #expect(try Fixture.appendNext(space, 7).sequence == 7)
    #expect(try Fixture.verify(space).problems == [])
  }

  @Test func manyWritersLeaveNoGap() async throws {
    let space = try Workspace()
    let path = space.path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<2 {
        group.addTask {
          let log = AuditLog(try Repository(at: path))
          for number in 1...50 {
            let body = try Fixture.change(
              writer * 1000 + number, from: 1, to: 2, path: "writer\(writer)", minutes: 1)
            _ = try log.append(
              body, startingWith: Fixture.genesis(writer), options: Fixture.options(1, 2))
          }
        }
      }
      try await group.waitForAll()
    }
    let result = try Fixture.verify(space)
    #expect(result.records == 101)
    #expect(result.problems.filter { $0.code != .stateBreak } == [])
    let log = try Fixture.log(space)
    #expect(try log.entries().values.map(\.sequence) == (0...100).reversed())
    _ = space
  }
}

extension Fixture {
  /// One more change at the end of a filled log.
  @discardableResult
  static func appendNext(_ space: Workspace, _ number: Int) throws -> Appended {
    let log = try log(space)
    return try log.append(
      change(number, from: number * 10 - 10, to: number * 10), startingWith: genesis(),
      options: options(number * 10 - 10, number * 10))
  }
}

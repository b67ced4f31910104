import FoundationEssentials
import Git
import Testing

@testable import Audit

/// The index may only ever be quicker than the log, never say anything else.
@Suite("Index", .timeLimit(.minutes(15)))
struct IndexTests {
  private func index(_ space: Workspace) throws -> LogIndex {
    try LogIndex.current(of: Fixture.log(space))
  }

  private func path(_ space: Workspace) -> String { space.path + "/.git/headgate/index.sqlite" }

  @Test("every question has the answer of the walk", arguments: 1...3)
  func sameAsWalk(seed: UInt64) throws {
    var log = try RandomLog(seed: seed)
    for _ in 0..<2 {
      // In steps, so that an index that is kept up is compared as well as one made at once.
      try log.grow(by: 16)
      try log.compareAnswers()
    }
    try FileManager.default.removeItem(atPath: path(log.space))
    try log.compareAnswers()
  }

  @Test("records that were put behind others are replaced")
  func reparented() throws {
    let space = try Workspace()
    try Fixture.fill(space, 6)
    let log = try Fixture.log(space)
    let tip = try #require(try log.tip())
    _ = try index(space)
    // As after a lost race: the last two go, and others take their numbers.
    let entries = try log.entries().values
    try log.repository.swapReference(
      AuditLog.reference, from: tip, to: entries[2].commit, message: "test")
    #expect(try index(space).records(in: log).values.map(\.sequence) == [4, 3, 2, 1, 0])
    #expect(try index(space).added == 0)
    try FileManager.default.removeItem(atPath: space.path + "/.git/headgate/trust.json")
    let body = try Fixture.change(77, from: 40, to: 7, minutes: 500, reason: "zeppelin")
    _ = try log.append(
      body, startingWith: Fixture.genesis(), options: Fixture.options(40, 7))
    let renewed = try index(space)
    #expect(renewed.added == 1)
    #expect(renewed.reasonForMemory == nil)
    let words = { RecordFilter(words: SearchWords($0)) }
    #expect(try renewed.records(matching: words("zeppelin"), in: log).values.count == 1)
    #expect(try renewed.records(matching: words("OPS-6"), in: log).values.isEmpty)
    #expect(try renewed.changes(matching: SettingFilter(name: "pool.*")).values.count == 5)
  }

  @Test("a second question reads nothing anew; a new record is added alone")
  func keptUp() throws {
    let space = try Workspace()
    try Fixture.fill(space, 3)
    #expect(try index(space).added == 4)
    #expect(try index(space).added == 0)
    let log = try Fixture.log(space)
    _ = try log.append(
      try Fixture.change(9, from: 30, to: 40), startingWith: Fixture.genesis(),
      options: Fixture.options(30, 40))
    #expect(try index(space).added == 1)
  }

  @Test(
    "a file that is no index of ours is made anew",
    arguments: ["", "SQLite format 3\u{0}", "not a database at all, but longer than its header"])
  func damaged(content: String) throws {
    let space = try Workspace()
    try Fixture.fill(space, 3)
    try space.write(".git/headgate/index.sqlite", content)
    let index = try index(space)
    #expect(index.reasonForMemory == nil)
    #expect(index.added == 4)
  }

  @Test("an index of another log, or of another version, is made anew")
  func foreign() throws {
    let (one, two) = (try Workspace(), try Workspace())
    try Fixture.fill(one, 3)
    _ = try index(one)
    let other = try Fixture.log(two)
    _ = try other.append(
      try Fixture.change(1, from: 1, to: 2), startingWith: Fixture.genesis(99),
      options: Fixture.options(1, 2))
    try FileManager.default.copyItem(atPath: path(one), toPath: path(two))
    #expect(try index(two).records(in: other).values.map(\.sequence) == [1, 0])
    let database = try Database(.file(path(one)))
    try database.execute("UPDATE meta SET value = 999 WHERE name = 'version'")
    #expect(try index(one).added == 4)
  }

  @Test("links and files that others can write are not used (S39, S41)")
  func planted() throws {
    let space = try Workspace()
    try Fixture.fill(space, 2)
    let outside = space.path + "/outside.sqlite"
    try space.write("outside.sqlite", "")
    try FileManager.default.createSymbolicLink(
      atPath: path(space), withDestinationPath: outside)
    #expect(try index(space).reasonForMemory?.contains("index.sqlite") == true)
    #expect(FileManager.default.contents(atPath: outside)?.isEmpty == true)
    try FileManager.default.removeItem(atPath: path(space))
    _ = try index(space)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o666], ofItemAtPath: path(space))
    #expect(try index(space).reasonForMemory?.contains("written by others") == true)
    #expect(try index(space).added == 3)
    try FileManager.default.removeItem(atPath: path(space))
    _ = try index(space)
    try FileManager.default.linkItem(atPath: path(space), toPath: space.path + "/second")
    #expect(try index(space).reasonForMemory?.contains("not a file of its own") == true)
  }

  @Test("without a log there are no answers, and no file")
  func empty() throws {
    let space = try Workspace()
    let log = try Fixture.log(space)
    #expect(try index(space).records(in: log).values.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: path(space)))
  }

  @Test("a shallow clone says that its answers are not whole, until it is completed")
  func shallow() throws {
    let space = try Workspace()
    try Fixture.fill(space, 5)
    let clone = try Workspace()
    let source = "file://" + space.path
    try clone.git("fetch", "-q", "--depth", "2", source, "refs/audit/log:refs/audit/log")
    #expect(try index(clone).isWhole == false)
    #expect(try index(clone).changes(matching: SettingFilter()).values.count == 2)
    try clone.git("fetch", "-q", "--unshallow", source, "refs/audit/log:refs/audit/log")
    #expect(try index(clone).isWhole)
    #expect(try index(clone).changes(matching: SettingFilter()).values.count == 5)
  }
}

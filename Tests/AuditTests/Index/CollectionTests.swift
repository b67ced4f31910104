import FoundationEssentials
import Git
import Testing

@testable import Audit

/// The logs of many repositories, asked as one.
@Suite("Collection", .timeLimit(.minutes(15)))
struct CollectionTests {
  private let git = GitExecutable(environment: [
    "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/nonexistent", "GIT_CONFIG_NOSYSTEM=1",
    "GIT_CONFIG_GLOBAL=/dev/null",
  ])

  private func collect(
    _ collection: Workspace, _ sources: [(String, Workspace)]
  ) throws -> [CollectedLog] {
    let addresses = try sources.map {
      try #require(CollectedAddress("\($0)=\($1.path)", in: "/"))
    }
    return try AuditLog.collect(
      addresses, into: Repository(at: collection.path), git: git,
      CollectingOptions(id: "test", now: Fixture.time(1_000)))
  }

  private func asking(_ collection: Workspace, usesIndex: Bool) throws -> LogAsking {
    try LogAsking(
      AuditLog.asked(in: Repository(at: collection.path)), usesIndex: usesIndex)
  }

  /// A log of its own in a repository: the number makes its genesis record another.
  private func source(_ number: Int, changes: Int) throws -> Workspace {
    let space = try Workspace()
    let log = try Fixture.log(space)
    for change in 1...changes {
      _ = try log.append(
        Fixture.change(
          number * 100 + change, from: change, to: change + 1,
          minutes: Int64(change * 10 + number)),
        startingWith: Fixture.genesis(number), options: Fixture.options(change, change + 1))
    }
    return space
  }

  @Test("every question has the answer of the walk, over all logs", arguments: [3])
  func sameAsWalk(seed: UInt64) throws {
    let collection = try Workspace("--bare")
    var logs = [try RandomLog(seed: seed), try RandomLog(seed: seed + 10)]
    let sources = { logs.enumerated().map { ("repo\($0)", $1.space) } }
    for _ in 0..<2 {
      // In steps, so that what is kept up is compared as well as what is made at once.
      for number in logs.indices { try logs[number].grow(by: 6, genesis: number) }
      #expect(try collect(collection, sources()).allSatisfy { $0.problem == nil })
      try RandomLog.compare(
        asking(collection, usesIndex: true), asking(collection, usesIndex: false), step: 2)
    }
    try FileManager.default.removeItem(atPath: collection.path + "/headgate/index.sqlite")
    try RandomLog.compare(
      asking(collection, usesIndex: true), asking(collection, usesIndex: false), step: 2)
  }

  @Test("only what is new comes, and each record says where it comes from")
  func incremental() throws {
    let (one, two) = (try source(1, changes: 3), try source(2, changes: 2))
    let collection = try Workspace("--bare")
    let first = try collect(collection, [("one", one), ("two", two)])
    #expect(first.map(\.received) == [4, 3])
    #expect(try collect(collection, []).map(\.received) == [0, 0])
    let log = try Fixture.log(two)
    _ = try log.append(
      Fixture.change(250, from: 3, to: 9, minutes: 900), startingWith: Fixture.genesis(2),
      options: Fixture.options(3, 9))
    #expect(try collect(collection, []).map(\.received) == [0, 1])
    let asking = try asking(collection, usesIndex: true)
    let newest = try #require(try asking.records(limit: 1).values.first)
    #expect(newest.origin.name == "two" && newest.sequence == 3)
    #expect(try asking.entries(named: "one#2").values.map(\.sequence) == [2])
    #expect(try asking.entries(named: "2").values.count == 2)
    let changes = try asking.changes(
      matching: SettingFilter(name: "pool.max_size"), in: .always, limit: 2)
    #expect(changes.values.map(\.origin.name) == ["two", "one"])
    let rows = try asking.answer(
      "SELECT repository, count(*) FROM records GROUP BY repository ORDER BY 1", limit: 9,
      isOver: { false })
    #expect(rows.rows == [[.text("one"), .integer(4)], [.text("two"), .integer(4)]])
  }

  @Test("a log that was rewound or forked is refused; the others come, and what was there stays")
  func rewound() throws {
    let (one, two) = (try source(1, changes: 4), try source(2, changes: 1))
    let collection = try Workspace("--bare")
    _ = try collect(collection, [("one", one), ("two", two)])
    let tip = try one.git("rev-parse", "refs/audit/log").trimmed
    try one.git("update-ref", "refs/audit/log", tip + "~2")
    let log = try Fixture.log(two)
    _ = try log.append(
      Fixture.change(250, from: 2, to: 9, minutes: 900), startingWith: Fixture.genesis(2),
      options: Fixture.options(2, 9))
    let rolled = try collect(collection, [])
    #expect(rolled[0].problem?.code == .rollback)
    #expect(rolled[0].records == 5)
    #expect(rolled[1].received == 1)
    try FileManager.default.removeItem(atPath: one.path + "/.git/headgate/trust.json")
    for (old, new) in [(3, 8), (8, 9)] {
      _ = try Fixture.log(one).append(
        Fixture.change(190 + new, from: old, to: new, minutes: 900 + Int64(new)),
        startingWith: Fixture.genesis(1), options: Fixture.options(old, new))
    }
    let forked = try collect(collection, [])
    #expect(forked[0].problem?.code == .fork)
    #expect(try asking(collection, usesIndex: true).records().values.count == 8)
    #expect(try collection.git("for-each-ref", "refs/audit-quarantine").isEmpty == false)
  }

  @Test("a repository that is not there, has no log, or has another's, keeps none from coming")
  func unreachable() throws {
    let (one, two) = (try source(1, changes: 1), try source(2, changes: 1))
    let (empty, clone, gone) = (try Workspace(), try Workspace(), try Workspace())
    try clone.git("fetch", "-q", one.path, "refs/audit/log:refs/audit/log")
    try FileManager.default.removeItem(atPath: gone.path)
    let collection = try Workspace("--bare")
    let results = try collect(
      collection,
      [("gone", gone), ("one", one), ("empty", empty), ("clone", clone), ("two", two)])
    #expect(results.map(\.received) == [0, 2, 0, 0, 2])
    #expect(results[2].problem?.description.contains("no audit log") == true)
    #expect(results[3].problem?.code == .genesis)
  }

  @Test("an altered record is not taken over")
  func altered() throws {
    let one = try source(1, changes: 1)
    let collection = try Workspace("--bare")
    _ = try collect(collection, [("one", one)])
    let tip = try one.git("rev-parse", "refs/audit/log").trimmed
    let message = try one.git("log", "-1", "--format=%B", tip)
    try one.write("message", message.split(separator: "\n").joined(separator: "\n") + "\n")
    let forged = try one.git(
      "commit-tree", "-p", tip, "-F", one.path + "/message", tip + "^{tree}"
    ).trimmed
    try one.git("update-ref", "refs/audit/log", forged)
    let result = try collect(collection, [])
    #expect(result[0].problem?.code.severity == .tampered)
    #expect(result[0].records == 2)
  }

  @Test(
    "names and addresses",
    arguments: [
      ("a=/x/y", "a", "/x/y"), ("/x/payments.git", "payments", "/x/payments.git"),
      ("../auth/.git", "auth", "/work/../auth/.git"),
      ("https://git.example.org/shop/payments.git?a=b", nil, nil),
      ("git@git.example.org:shop/auth.git", "auth", "git@git.example.org:shop/auth.git"),
      ("pay=ssh://git@h/x=y.git", "pay", "ssh://git@h/x=y.git"),
      ("..=/x", nil, nil), ("-a=/x", nil, nil), ("a/b=/x", "x", "/work/a/b=/x"), ("", nil, nil),
    ] as [(String, String?, String?)])
  func addresses(text: String, name: String?, address: String?) {
    let found = CollectedAddress(text, in: "/work")
    #expect(found?.name == name)
    #expect(found?.address == address)
  }

  @Test("an address that could be an option or start a program is refused")
  func hostile() throws {
    let space = try Workspace("--bare")
    for address in ["-oProxyCommand=x", "--upload-pack=x", "ext::sh -c x", "a\u{1b}b", ""] {
      #expect(throws: GitError.self) {
        _ = try Remote(address: address, gitDirectory: space.path, git: git)
      }
    }
  }
}

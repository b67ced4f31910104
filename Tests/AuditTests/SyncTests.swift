import FoundationEssentials
import Git
import Testing

@testable import Audit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Several clones of one bare repository, each with a log of its own.
struct Clones {
  let remote: Workspace
  let spaces: [Workspace]

  init(_ count: Int) throws {
    let remote = try Workspace("--bare")
    self.remote = remote
    spaces = try (0..<count).map { _ in
      let space = try Workspace()
      try space.git("remote", "add", "origin", remote.path)
      return space
    }
  }

  static let git = GitExecutable(environment: [
    "PATH=" + (getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"),
    "HOME=/nonexistent", "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null",
  ])

  @discardableResult
  func sync(
    _ index: Int, reference: String = AuditLog.reference, adopts: Bool = false, pushes: Bool = true
  ) throws -> SyncResult {
    try Self.sync(
      spaces[index].path,
      SyncOptions(
        now: Fixture.time(1000), remoteReference: reference, pushes: pushes, adopts: adopts))
  }

  @discardableResult
  static func sync(
    _ path: String, _ options: SyncOptions = SyncOptions(now: Fixture.time(1000))
  ) throws -> SyncResult {
    let log = AuditLog(try Repository(at: path))
    let remote = try Remote("origin", of: log.repository, git: git)
    return try log.synchronize(with: remote, options: options)
  }

  /// Appends a change of a file that only this clone changes.
  @discardableResult
  func append(_ index: Int, _ number: Int) throws -> Appended {
    try Self.append(spaces[index].path, index, number)
  }

  static func append(_ path: String, _ index: Int, _ number: Int) throws -> Appended {
    let log = AuditLog(try Repository(at: path))
    return try log.append(
      Fixture.change(
        number + index * 10_000, from: number * 10 - 10, to: number * 10,
        path: "config/\(index).properties", minutes: 1),
      startingWith: Fixture.genesis(index),
      options: Fixture.options(number * 10 - 10, number * 10))
  }

  /// Ids of the records of a clone, oldest first.
  func records(_ index: Int) throws -> [Digest] {
    let log = try Fixture.log(spaces[index])
    var found: [Digest] = []
    _ = try log.visitEntries { entry throws(AuditError) in
      found.append(entry.id)
      return true
    }
    return found.reversed()
  }

  func expectSound(_ index: Int) throws {
    let result = try Fixture.verify(spaces[index])
    #expect(result.problems.isEmpty, "clone \(index): \(result.problems)")
  }
}

@Suite("Synchronisation", .timeLimit(.minutes(15)))
struct SyncTests {
  @Test("the first clone publishes its log, another takes it over whole")
  func publishes() throws {
    let clones = try Clones(2)
    try clones.append(0, 1)
    try clones.append(0, 2)
    let sent = try clones.sync(0)
    #expect((sent.sent, sent.received, sent.records) == (3, 0, 3))
    let received = try clones.sync(1)
    #expect((received.sent, received.received, received.records) == (0, 3, 3))
    #expect(try clones.records(0) == clones.records(1))
    try clones.expectSound(1)
    let again = try clones.sync(1)
    #expect((again.sent, again.received, again.moved) == (0, 0, 0))
  }

  @Test("records made on both sides are all kept, each once, in the order they were published")
  func mergesBothSides() throws {
    let clones = try Clones(2)
    try clones.append(0, 1)
    try clones.sync(0)
    try clones.sync(1)
    let first = try clones.append(0, 2)
    let second = try clones.append(1, 1)
    let third = try clones.append(1, 2)
    try clones.sync(0)
    let merged = try clones.sync(1)
    #expect((merged.received, merged.moved, merged.sent) == (1, 2, 2))
    try clones.sync(0)
    let order = try clones.records(0)
    #expect(order.suffix(3) == [first.id, second.id, third.id])
    #expect(try clones.records(1) == order)
    try clones.expectSound(0)
    try clones.expectSound(1)
    try clones.spaces[1].git("fsck", "--strict")
  }

  @Test("four clones that push at once lose nothing and tell nothing twice")
  func race() async throws {
    let clones = try Clones(4)
    try clones.append(0, 1)
    try clones.sync(0)
    for index in 1..<4 { try clones.sync(index) }
    let made = try await withThrowingTaskGroup(of: [Digest].self) { group in
      for (index, path) in clones.spaces.map(\.path).enumerated() {
        group.addTask {
          try (2...6).map { number in
            let made = try Clones.append(path, index, number)
            try Clones.sync(path)
            return made.id
          }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    for index in 0..<4 { try clones.sync(index) }
    let order = try clones.records(0)
    #expect(order.count == 2 + 20)
    #expect(Set(order).isSuperset(of: made))
    for index in 0..<4 {
      #expect(try clones.records(index) == order)
    }
  }

  @Test("a remote that was rewound is refused, its state kept, and nothing here changes")
  func rewoundRemote() throws {
    let clones = try Clones(2)
    let made = try (1...3).map { try clones.append(0, $0) }
    try clones.sync(0)
    try clones.sync(1)
    let before = try clones.records(1)
    try clones.remote.git("update-ref", "refs/audit/log", made[1].commit.description)
    let error = failure { try clones.sync(1) }
    #expect(error?.code == .rollback)
    #expect(try clones.records(1) == before)
    let kept = try clones.spaces[1].git("for-each-ref", "refs/audit-quarantine").trimmed
    #expect(kept.contains(made[1].commit.description))
  }

  @Test("a remote with another history is refused")
  func forkedRemote() throws {
    let clones = try Clones(2)
    let made = try (1...2).map { try clones.append(0, $0) }
    try clones.sync(0)
    try clones.sync(1)
    // Somebody rewinds and records something else in the place of the last record.
    try clones.spaces[0].git("update-ref", "refs/audit/log", made[0].commit.description)
    try FileManager.default.removeItem(
      atPath: clones.spaces[0].path + "/.git/headgate/trust.json")
    try clones.append(0, 7)
    try clones.spaces[0].git("push", "-q", "-f", "origin", "refs/audit/log")
    #expect(failure { try clones.sync(1) }?.code == .fork)
    try clones.expectSound(1)
  }

  @Test("a remote whose log was deleted is told, not filled again")
  func deletedRemote() throws {
    let clones = try Clones(1)
    try clones.append(0, 1)
    try clones.sync(0)
    try clones.remote.git("update-ref", "-d", "refs/audit/log")
    let error = failure { try clones.sync(0) }
    #expect(error?.code == .logDeleted)
    #expect(error?.remedy?.contains("git push origin") == true)
    #expect(try clones.remote.git("for-each-ref", "refs/audit").trimmed.isEmpty)
  }

  @Test("records that do not verify are not taken over")
  func damagedRemote() throws {
    let clones = try Clones(2)
    try clones.append(0, 1)
    try clones.sync(0)
    try clones.sync(1)
    let forged = try clones.remote.git(
      "commit-tree", "refs/audit/log^{tree}", "-p", "refs/audit/log", "-m", "audit: nothing"
    ).trimmed
    try clones.remote.git("update-ref", "refs/audit/log", forged)
    let before = try clones.records(1)
    #expect(failure { try clones.sync(1) }?.code == .messageFormat)
    #expect(try clones.records(1) == before)
  }

  @Test("two clones that each began a log are joined only when asked")
  func adoption() throws {
    let clones = try Clones(2)
    try clones.append(0, 1)
    try clones.append(1, 1)
    try clones.append(1, 2)
    try clones.sync(0)
    let error = failure { try clones.sync(1) }
    #expect(error?.code == .genesis)
    #expect(error?.remedy?.contains("--adopt") == true)
    let adopted = try clones.sync(1, adopts: true)
    #expect((adopted.adopted, adopted.received, adopted.sent) == (2, 2, 2))
    try clones.sync(0)
    #expect(try clones.records(0) == clones.records(1))
    try clones.expectSound(0)
    try clones.expectSound(1)
  }

  @Test("a remote's refusal is told in its own words and changes nothing")
  func hookDeclines() throws {
    let clones = try Clones(1)
    try clones.append(0, 1)
    let hook = "hooks/pre-receive"
    try clones.remote.write(hook, "#!/bin/sh\necho 'not on Fridays' >&2\nexit 1\n")
    chmod(clones.remote.path + "/" + hook, 0o755)
    let error = failure { try clones.sync(0) }
    #expect(error?.description.contains("pre-receive hook declined") == true, "\(error as Any)")
    try clones.expectSound(0)
  }

  @Test("the log may be a branch at the remote, where services can protect it")
  func branchProfile() throws {
    let clones = try Clones(2)
    try clones.append(0, 1)
    try clones.sync(0, reference: "refs/heads/audit/log")
    try clones.sync(1, reference: "refs/heads/audit/log")
    #expect(try clones.remote.git("branch", "--list").contains("audit/log"))
    #expect(try clones.records(0) == clones.records(1))
  }

  @Test("without pushing, only others' records move")
  func fetchOnly() throws {
    let clones = try Clones(2)
    try clones.append(0, 1)
    try clones.sync(0)
    try clones.sync(1)
    try clones.append(1, 1)
    try clones.append(0, 2)
    try clones.sync(0)
    let result = try clones.sync(1, pushes: false)
    #expect((result.received, result.moved, result.sent) == (1, 1, 0))
    #expect(try clones.remote.git("rev-list", "--count", "refs/audit/log").trimmed == "3")
  }

  @Test(
    "a name that git could take for an option or an address is no remote",
    arguments: ["--upload-pack=touch x", "ext::sh -c true", "../elsewhere", "", "nowhere", "-"])
  func remoteNames(name: String) throws {
    let clones = try Clones(1)
    let repository = try Repository(at: clones.spaces[0].path)
    var refused = false
    do { _ = try Remote(name, of: repository, git: Clones.git) } catch { refused = true }
    #expect(refused)
  }

  @Test("a remote that cannot be reached is told, and nothing changes")
  func unreachable() throws {
    let clones = try Clones(1)
    try clones.append(0, 1)
    try clones.spaces[0].git("remote", "set-url", "origin", "/nowhere/at/all")
    let error = failure { try clones.sync(0) }
    #expect(error?.code == .storage)
    #expect(error?.remedy?.contains("git ls-remote origin") == true)
    try clones.expectSound(0)
  }
}

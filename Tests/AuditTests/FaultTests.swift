import FoundationEssentials
import Git
import Testing

@testable import Audit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Faults while appending", .timeLimit(.minutes(15)))
struct FaultTests {
  private static let killed = AuditError(.storage, "killed")

  @Test("a kill after any step leaves a sound log", arguments: AppendStep.allCases, [0, 3])
  func killedAfter(step: AppendStep, existing: Int) throws {
    let space = try Workspace()
    if existing > 0 { try Fixture.fill(space, existing) }
    let number = existing + 1
    let log = try Fixture.log(space)
    let error = failure {
      _ = try log.append(
        Fixture.change(number, from: number * 10 - 10, to: number * 10),
        startingWith: Fixture.genesis(),
        options: Fixture.options(number * 10 - 10, number * 10) { reached throws(AuditError) in
          if reached == step { throw Self.killed }
        })
    }
    #expect(error == Self.killed)
    #expect(try Fixture.verify(space).problems == [])
    let found = try Fixture.verify(space).records
    #expect(existing == 0 ? [0, 1].contains(found) : [existing + 1, number + 1].contains(found))
    let again = try Fixture.appendNext(space, number)
    #expect(again.sequence == number)
    #expect(again.existed == (existing > 0 && [.swapped, .pinned].contains(step)))
    let result = try Fixture.verify(space)
    #expect(result.problems == [])
    #expect(result.records == number + 1)
    try space.git("fsck", "--strict")
  }

  @Test func lockFileInUseMeansBusy() throws {
    let space = try Workspace()
    try Fixture.fill(space, 1)
    try space.write(".git/refs/audit/log.lock", "")
    var options = Fixture.options(10, 20)
    options.now = Timestamp(milliseconds: Int64(time(nil)) * 1000)
    options.pacing = Pacing(sleep: { _ in }, jitter: { 0.5 })
    let error = failure { try append(2, options, in: space) }
    #expect(error?.code == .busy)
    #expect(try Fixture.verify(space).records == 2)
  }

  @Test func lockFileLeftBehindIsDiagnosed() throws {
    let space = try Workspace()
    try Fixture.fill(space, 1)
    let lock = space.path + "/.git/refs/audit/log.lock"
    let written: Int64 = 1_750_000_000
    try leaveLock(lock, at: written)
    var options = Fixture.options(10, 20)
    options.pacing = Pacing(sleep: { _ in }, jitter: { 0.5 })
    options.now = Timestamp(milliseconds: (written + 60) * 1000)
    #expect(failure { try append(2, options, in: space) }?.code == .busy)
    options.now = Timestamp(milliseconds: (written + 61) * 1000)
    let error = failure { try append(2, options, in: space) }
    #expect(error?.code == .staleLock)
    #expect(error?.description.contains(lock) == true)
    let descriptor = open(lock, O_RDONLY)
    defer { close(descriptor) }
    #expect(failure { try append(2, options, in: space) }?.code == .busy)
  }

  /// Leaves git's lock as a killed process does, last written at `seconds` since 1970.
  ///
  /// The file is made without being opened: a process that another test is about to start would
  /// have a copy of the descriptor until then, and the lock would be in use.
  private func leaveLock(_ path: String, at seconds: Int64) throws {
    #if canImport(Glibc)
      try #require(mknod(path, S_IFREG | 0o644, 0) == 0)
    #else
      close(open(path, O_WRONLY | O_CREAT, 0o644))
    #endif
    let time = timespec(tv_sec: Int(seconds), tv_nsec: 0)
    try #require(utimensat(AT_FDCWD, path, [time, time], 0) == 0)
  }

  @Test func ourLockIsWaitedFor() throws {
    let space = try Workspace()
    try Fixture.fill(space, 1)
    let descriptor = open(space.path + "/.git/headgate/append.lock", O_RDWR)
    defer { close(descriptor) }
    // Waits, because a child of another test may hold a copy of our descriptor until it starts.
    try #require(flock(descriptor, LOCK_EX) == 0)
    var options = Fixture.options(10, 20)
    options.pacing = Pacing(sleep: { _ in }, jitter: { 0.5 })
    #expect(failure { try append(2, options, in: space) }?.code == .busy)
    options.pacing = Pacing(sleep: { _ in flock(descriptor, LOCK_UN) }, jitter: { 0.5 })
    try append(2, options, in: space)
  }

  @Test("a torn reference is refused", arguments: ["", "0123456789abcdef0123", "garbage\n"])
  func tornReference(content: String) throws {
    let space = try Workspace()
    try Fixture.fill(space, 2)
    try space.write(".git/refs/audit/log", content)
    let error = failure { _ = try Fixture.appendNext(space, 3) }
    #expect(error?.code == .referenceCorrupt)
    #expect(try Fixture.verify(space).exitCode == 4)
  }

  @Test func deletedLogIsNotBegunAgain() throws {
    let space = try Workspace()
    try Fixture.fill(space, 2)
    let tip = try space.git("rev-parse", "refs/audit/log").trimmed
    try space.git("update-ref", "-d", "refs/audit/log")
    let error = failure { _ = try Fixture.appendNext(space, 3) }
    #expect(error?.code == .logDeleted)
    #expect(error?.remedy == "git update-ref refs/audit/log \(tip)")
  }

  @Test func rewoundLogIsNotContinued() throws {
    let space = try Workspace()
    try Fixture.fill(space, 3)
    try space.git("update-ref", "refs/audit/log", "refs/audit/log~1")
    #expect(failure { _ = try Fixture.appendNext(space, 3) }?.code == .rollback)
  }

  @Test("directories behind links are not used", arguments: ["headgate", "headgate/append.lock"])
  func links(name: String) throws {
    let space = try Workspace()
    try FileManager.default.createDirectory(
      atPath: space.path + "/elsewhere", withIntermediateDirectories: true)
    if name != "headgate" {
      try FileManager.default.createDirectory(
        atPath: space.path + "/.git/headgate", withIntermediateDirectories: true)
    }
    try FileManager.default.createSymbolicLink(
      atPath: space.path + "/.git/" + name, withDestinationPath: space.path + "/elsewhere")
    let error = failure { _ = try Fixture.appendNext(space, 1) }
    #expect(error?.code == .storage)
    #expect(error?.remedy?.contains("symbolic link") == true || name != "headgate")
    #expect(try FileManager.default.contentsOfDirectory(atPath: space.path + "/elsewhere") == [])
  }

  @Test func damagedObjectInTheWayIsNotBuiltUpon() throws {
    let space = try Workspace()
    try Fixture.fill(space, 1)
    let body = try Fixture.change(2, from: 10, to: 20)
    let new = try #require(body.files[0].new)
    // The blob exists under the right name with other bytes, as after a power failure.
    let repository = try Repository(at: space.path)
    _ = try repository.write(.blob, Fixture.content(20))
    let hex = new.git.description
    let file = space.path + "/.git/objects/\(hex.prefix(2))/\(hex.dropFirst(2))"
    try FileManager.default.removeItem(atPath: file)
    try Data([1, 2, 3]).write(to: URL(filePath: file))
    // What is not in our hands cannot be made again.
    let log = try Fixture.log(space)
    let error = failure {
      _ = try log.append(body, startingWith: Fixture.genesis(), options: Fixture.options(10))
    }
    #expect(error?.code == .objectCorrupt, "\(error?.description ?? "")")
    #expect(try Fixture.verify(space).records == 2)
    // What is takes the place of the damaged file.
    #expect(try Fixture.appendNext(space, 2).sequence == 2)
    #expect(try Fixture.verify(space).problems == [])
    try space.git("fsck", "--strict")
  }

  @Test(.enabled(if: Mount.isPossible, "needs to be root to mount"))
  func readOnlyFileSystemIsNamed() throws {
    let space = try Workspace()
    try Fixture.fill(space, 1)
    let mount = try Mount.readOnly(space.path)
    defer { mount.undo() }
    let error = failure { _ = try Fixture.appendNext(space, 2) }
    #expect(error?.code == .storage)
    #expect(error?.remedy?.contains("writable") == true, "\(error?.description ?? "")")
    #expect(try Fixture.verify(space).problems == [])
  }

  @Test(.enabled(if: Mount.isPossible, "needs to be root to mount"))
  func fullDiskLeavesTheLogAsItWas() throws {
    let space = try Workspace()
    try FileManager.default.createDirectory(
      atPath: space.path + "/small", withIntermediateDirectories: true)
    let mount = try Mount.small(space.path + "/small")
    defer { mount.undo() }
    try space.git(["init", "-q", "."], in: "small")
    let log = try Fixture.log(space, "small")
    _ = try log.append(
      Fixture.change(1, from: 0, to: 10), startingWith: Fixture.genesis(),
      options: Fixture.options(0, 10))
    let filler = open(space.path + "/small/filler", O_CREAT | O_WRONLY, 0o600)
    let block = [UInt8](repeating: 1, count: 4096)
    while write(filler, block, block.count) > 0 {}
    close(filler)
    let error = failure {
      _ = try log.append(
        Fixture.change(2, from: 10, to: 20), startingWith: Fixture.genesis(),
        options: Fixture.options(10, 20))
    }
    #expect(error?.code == .storage)
    #expect(error?.remedy?.contains("free space") == true, "\(error?.description ?? "")")
    #expect(log.verify(now: Fixture.time(1000)).records == 2)
    unlink(space.path + "/small/filler")
    _ = try log.append(
      Fixture.change(2, from: 10, to: 20), startingWith: Fixture.genesis(),
      options: Fixture.options(10, 20))
    let after = log.verify(now: Fixture.time(1000))
    #expect(after.problems == [])
    #expect(after.records == 3)
  }

  private func append(_ number: Int, _ options: AppendOptions, in space: Workspace) throws {
    let log = try Fixture.log(space)
    var options = options
    options.contents = [number * 10 - 10, number * 10].map(Fixture.content)
    _ = try log.append(
      Fixture.change(number, from: number * 10 - 10, to: number * 10),
      startingWith: Fixture.genesis(), options: options)
  }
}

/// A file system mounted for one test.
struct Mount {
  private let path: String

  /// Root may still lack the right to mount, as in most containers.
  static let isPossible: Bool = {
    guard geteuid() == 0 else { return false }
    let result = try? Command.run(["unshare", "-m", "true"])  // Absent or refused: not possible.
    return result?.status == 0
  }()

  static func small(_ path: String) throws -> Mount {
    let result = try Command.run(["mount", "-t", "tmpfs", "-o", "size=1m", "headgate-test", path])
    try #require(result.status == 0, "\(result.output)")
    return Mount(path: path)
  }

  static func readOnly(_ path: String) throws -> Mount {
    try #require(Command.run(["mount", "--bind", path, path]).status == 0)
    let result = try Command.run(["mount", "-o", "remount,bind,ro", path])
    try #require(result.status == 0, "\(result.output)")
    return Mount(path: path)
  }

  func undo() {
    // Nothing can be done about a mount that stays; the next test has its own directory.
    _ = try? Command.run(["umount", path])
  }
}

import FoundationEssentials
import Git
import Testing

@testable import Audit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A year of records must not need anybody who packs them.
@Suite("Maintenance", .timeLimit(.minutes(15)))
struct MaintenanceTests {
  private static let git = GitExecutable(
    environment: ["PATH=" + (getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin")])

  /// A repository with so many loose objects that packing them is due.
  private func crowded() throws -> Workspace {
    let space = try Workspace()
    try Fixture.fill(space, 1)
    let log = try Fixture.log(space)
    for value in 0..<4_000 { _ = try log.repository.write(.blob, Fixture.content(value)) }
    return space
  }

  private func bytes(below path: String) throws -> Int {
    let names = try FileManager.default.subpathsOfDirectory(atPath: path)
    return try names.reduce(0) { sum, name in
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
      guard attributes[.type] as? FileAttributeType == .typeRegular else { return sum }
      return sum + (attributes[.size] as? Int ?? 0)
    }
  }

  @Test("450 records take less than a KiB each once git has packed them, and are all there")
  func size() throws {
    let space = try Workspace()
    try Fixture.fill(space, 450)
    let common = space.path + "/.git/"
    #expect(Maintenance.isDue(common))
    for words in Maintenance.commands {
      #expect(try Self.git.run(words, in: common).status == 0)
    }
    #expect(!Maintenance.isDue(common))
    let size = try bytes(below: common + "objects")
    #expect(size <= 451 * 1_024, "\(size / 451) bytes a record")
    let result = try Fixture.verify(space)
    #expect(result.problems == [])
    #expect(result.records == 451)
    try space.git("fsck", "--strict", "--no-dangling")
    // And the log goes on behind what was packed.
    let log = try Fixture.log(space)
    _ = try log.append(
      Fixture.change(700, from: 4_500, to: 1), startingWith: Fixture.genesis(),
      options: Fixture.options(4_500, 1))
    #expect(try Fixture.verify(space).problems == [])
  }

  @Test("it is started when it is due, not twice in a row, and never against somebody's word")
  func start() throws {
    let space = try crowded()
    // A git that only says that it was started.
    try space.write("git", "#!/bin/sh\necho started >> '\(space.path)/calls'\n")
    chmod(space.path + "/git", 0o755)
    let maintenance = Maintenance(
      GitExecutable(environment: ["PATH=/usr/bin:/bin"], program: space.path + "/git"))
    for (key, value) in [("audit.maintenance", "false"), ("maintenance.auto", "0")] {
      try space.git("config", key, value)
      #expect(try !maintenance.starts(space, Fixture.time(0)), "\(key)")
      try space.git("config", "--unset", key)
    }
    try space.git("config", "maintenance.auto", "false")
    try space.git("config", "audit.maintenance", "true")
    #expect(try maintenance.starts(space, Fixture.time(0)))
    #expect(try !maintenance.starts(space, Fixture.time(4)))
    #expect(try maintenance.starts(space, Fixture.time(6)))
    // A clock that went back stops it for no longer than a clock that is right.
    #expect(try maintenance.starts(space, Fixture.time(-100)))
    while !FileManager.default.fileExists(atPath: space.path + "/calls") { usleep(10_000) }
  }

  @Test("a few objects are left alone, and a git that cannot be started harms nothing")
  func notDue() throws {
    let space = try Workspace()
    try Fixture.fill(space, 1)
    #expect(try !Maintenance(Self.git).starts(space, Fixture.time(0)))
    let crowded = try crowded()
    let none = GitExecutable(environment: [], program: "/nonexistent/git")
    #expect(try !Maintenance(none).starts(crowded, Fixture.time(0)))
  }

  @Test("a lock that a killed git left behind is taken away after a day")
  func staleLock() throws {
    let space = try crowded()
    let lock = space.path + "/.git/objects/maintenance.lock"
    let git = Maintenance(GitExecutable(environment: [], program: "/bin/true"))
    for (age, isKept) in [(3_600, true), (200_000, false)] {
      try space.write(".git/objects/maintenance.lock", "")
      let then = Int(Fixture.start.seconds) - age
      var times = [timeval(tv_sec: then, tv_usec: 0), timeval(tv_sec: then, tv_usec: 0)]
      try #require(utimes(lock, &times) == 0)
      let now = Fixture.start.advanced(bySeconds: isKept ? 0 : 600)
      #expect(try git.starts(space, now))
      #expect(FileManager.default.fileExists(atPath: lock) == isKept)
    }
  }
}

extension Maintenance {
  /// Whether it is started in this repository.
  fileprivate func starts(_ space: Workspace, _ now: Timestamp) throws -> Bool {
    startIfDue(in: try Fixture.log(space), now: now)
  }
}

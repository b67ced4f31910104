import FoundationEssentials
import Git
import Testing

@testable import Audit

/// Damage to what git keeps beside loose objects: packs' indexes, graphs, packed references.
@Suite("Damaged storage", .timeLimit(.minutes(30)))
struct StorageDamageTests {
  private func packed() throws -> Workspace {
    let space = try Workspace()
    try Fixture.fill(space, 6)
    try space.git("repack", "-q", "-a", "-d")
    return space
  }

  /// Files below `folder` of the git directory whose names end so.
  private func files(_ space: Workspace, _ folder: String, _ suffix: String) throws -> [String] {
    let path = "\(space.path)/.git/\(folder)"
    return try FileManager.default.contentsOfDirectory(atPath: path)
      .filter { $0.hasSuffix(suffix) }.map { "\(path)/\($0)" }
  }

  private func replace(_ file: String, _ data: Data) throws {
    try FileManager.default.removeItem(atPath: file)
    try data.write(to: URL(filePath: file))
  }

  @Test("a damaged index of a pack never passes for a sound log that is shorter or other")
  func packIndex() throws {
    let space = try packed()
    let file = try #require(try files(space, "objects/pack", ".idx").first)
    let original = try Data(contentsOf: URL(filePath: file))
    for position in stride(from: 0, to: original.count, by: original.count / 60) {
      var damaged = original
      damaged[position] ^= 0x41
      try replace(file, damaged)
      let result = try Fixture.verify(space)
      #expect(
        result.exitCode != 0 || result.records == 7, "byte \(position): \(result.problems)")
      #expect([0, 2, 4].contains(result.exitCode))
    }
    try replace(file, original)
    #expect(try Fixture.verify(space).problems == [])
  }

  @Test(
    "a damaged graph of commits or index of several packs is not trusted",
    arguments: ["commit-graph", "multi-pack-index"])
  func derived(kind: String) throws {
    let space = try packed()
    try Fixture.appendNext(space, 7)
    try space.git("repack", "-q", "-d")
    if kind == "commit-graph" {
      try space.git("commit-graph", "write", "--reachable")
    } else {
      try space.git("multi-pack-index", "write")
    }
    let file =
      space.path + "/.git/objects/"
      + (kind == "commit-graph" ? "info/commit-graph" : "pack/multi-pack-index")
    let original = try Data(contentsOf: URL(filePath: file))
    for position in stride(from: 0, to: original.count, by: original.count / 40) {
      var damaged = original
      damaged[position] ^= 0x41
      try replace(file, damaged)
      let result = try Fixture.verify(space)
      #expect(
        result.exitCode != 0 || result.records == 8, "byte \(position): \(result.problems)")
    }
    try FileManager.default.removeItem(atPath: file)
    try Fixture.appendNext(space, 8)
    #expect(try Fixture.verify(space).problems == [])
    #expect(try Fixture.verify(space).records == 9)
  }

  @Test(
    "a reference that means nothing, or something else than a commit, is refused and mended",
    arguments: ["tree", "blob", "symbolic"])
  func reference(kind: String) throws {
    let space = try Workspace()
    try Fixture.fill(space, 3)
    let file = space.path + "/.git/refs/audit/log"
    switch kind {
    case "tree":
      let tree = try space.git("rev-parse", "refs/audit/log^{tree}")
      try Data(tree.utf8).write(to: URL(filePath: file))
    case "blob":
      let blob = try space.git("rev-parse", "refs/audit/log:record.json")
      try Data(blob.utf8).write(to: URL(filePath: file))
    default:
      try Data("ref: refs/heads/nowhere\n".utf8).write(to: URL(filePath: file))
    }
    let before = try Data(contentsOf: URL(filePath: space.path + "/.git/headgate/trust.json"))
    #expect(failure { _ = try Fixture.appendNext(space, 4) } != nil)
    let found = try Fixture.verify(space)
    #expect(found.exitCode == 4, "\(found.problems)")
    #expect(
      try Data(contentsOf: URL(filePath: space.path + "/.git/headgate/trust.json")) == before)
    let log = try Fixture.log(space)
    let plan = try log.repairPlan(now: Fixture.time(1000), unlocks: false)
    try log.repair(plan, now: Fixture.time(1000), pacing: .system)
    #expect(try Fixture.verify(space).problems == [], "\(plan)")
    #expect(try Fixture.appendNext(space, 4).sequence == 4)
  }

  @Test("a lock that one of our processes left is taken away after a while, others' are not")
  func ownLock() throws {
    let space = try Workspace()
    try Fixture.fill(space, 1)
    let lock = space.path + "/.git/refs/audit/log.lock"
    let ours = space.path + "/.git/headgate/append.lock"
    #expect(try Data(contentsOf: URL(filePath: ours)).isEmpty)
    try Data("m".utf8).write(to: URL(filePath: ours))
    try Data().write(to: URL(filePath: lock))
    #expect(try Fixture.appendNext(space, 2).sequence == 2)
    #expect(!FileManager.default.fileExists(atPath: lock))
    #expect(try Data(contentsOf: URL(filePath: ours)).isEmpty)
    #expect(try Fixture.verify(space).problems == [])
  }

  @Test("an interrupted merge leaves no contradiction between the log and the memory of it")
  func interruptedMerge() throws {
    let clones = try Clones(2)
    try clones.append(0, 1)
    try clones.sync(0)
    try clones.sync(1)
    try clones.append(0, 2)
    try clones.sync(0)
    try clones.append(1, 1)
    let memory = clones.spaces[1].path + "/.git/headgate/trust.json"
    let log = try Fixture.log(clones.spaces[1])
    let before = try #require(try log.pin())
    try clones.sync(1)
    // The reference is moved, the memory still says where it was to go.
    var pending = before
    pending.next = try #require(try log.pin()).place
    guard
      let directory = try LogDirectory.opened(in: log.repository.commonDirectory, create: false)
    else {
      Issue.record("no folder")
      return
    }
    try pending.write(to: directory, flushed: false)
    #expect(FileManager.default.fileExists(atPath: memory))
    try clones.expectSound(1)
    try clones.append(1, 2)
    try clones.sync(1)
    try clones.expectSound(1)
    // And where it was not moved yet, the old place counts.
    pending = try #require(try log.pin())
    pending.next = before.place
    try pending.write(to: directory, flushed: false)
    #expect(try log.pin()?.sequence == 4)
  }

  @Test("object files that hold nothing are deleted by a repair")
  func emptyObjects() throws {
    let space = try Workspace()
    try Fixture.fill(space, 2)
    let folder = space.path + "/.git/objects/00"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let file = folder + "/" + String(repeating: "1", count: 38)
    try Data().write(to: URL(filePath: file))
    let log = try Fixture.log(space)
    let plan = try log.repairPlan(now: Fixture.time(1000), unlocks: false)
    #expect(plan.steps == [.removeEmptyObjects(paths: [file])])
    try log.repair(plan, now: Fixture.time(1000), pacing: .system)
    #expect(!FileManager.default.fileExists(atPath: file))
    try space.git("fsck", "--strict")
  }
}

import FoundationEssentials
import Git
import Testing

@testable import Audit

@Suite("Repair", .timeLimit(.minutes(15)))
struct RepairTests {
  private let space: Workspace
  private var reference: String { space.path + "/.git/refs/audit/log" }
  private var memory: String { space.path + "/.git/headgate/trust.json" }

  init() throws {
    space = try Workspace()
    try Fixture.fill(space, 3)
  }

  private func repair(unlocks: Bool = false) throws -> RepairPlan {
    let log = try Fixture.log(space)
    let plan = try log.repairPlan(now: Fixture.time(1000), unlocks: unlocks)
    try log.repair(plan, now: Fixture.time(1000), pacing: .system)
    return plan
  }

  private func expectWhole(_ records: Int = 4) throws {
    let result = try Fixture.verify(space)
    #expect(result.problems.isEmpty, "\(result.problems)")
    #expect(result.records == records)
    // And the next record can be appended.
    let log = try Fixture.log(space)
    _ = try log.append(
      Fixture.change(90, from: 30, to: 40), startingWith: Fixture.genesis(),
      options: Fixture.options(30, 40))
  }

  private func kept(_ prefix: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: space.path + "/.git/headgate")
      .filter { $0.hasPrefix(prefix) }
  }

  @Test("a sound log needs none")
  func nothingToDo() throws {
    #expect(try repair().isEmpty)
    try expectWhole()
  }

  @Test(
    "a torn reference is restored, and what stood there is kept",
    arguments: [
      "", "0123456789", "not an id at all, but forty characters lo\n",
      "1234567890123456789012345678901234567890\n",
    ])
  func tornReference(content: String) throws {
    try Data(content.utf8).write(to: URL(filePath: reference))
    let plan = try repair()
    guard case .restore(_, let records, let source, _)? = plan.steps.first else {
      Issue.record("\(plan)")
      return
    }
    #expect(records == 4)
    #expect(source == .memory)
    let files = try kept("log.damaged-")
    #expect(files.count == 1)
    let old = try String(
      contentsOfFile: space.path + "/.git/headgate/" + (files.first ?? ""), encoding: .utf8)
    #expect(old == content)
    try expectWhole()
  }

  @Test("without a memory, git's own log of the reference tells where it ended")
  func tornReferenceWithoutMemory() throws {
    try FileManager.default.removeItem(atPath: memory)
    try Data().write(to: URL(filePath: reference))
    let plan = try repair()
    guard case .restore(_, let records, let source, _)? = plan.steps.first else {
      Issue.record("\(plan)")
      return
    }
    #expect(records == 4)
    #expect(source == .referenceLog)
    try expectWhole()
  }

  @Test("a deleted log is brought back")
  func deleted() throws {
    try space.git("update-ref", "-d", "refs/audit/log")
    #expect(try repair().steps.count == 1)
    try expectWhole()
  }

  @Test("a rewound log is brought forward again")
  func rewound() throws {
    try space.git("update-ref", "refs/audit/log", "refs/audit/log~2")
    #expect(try repair().steps.count == 1)
    try expectWhole()
  }

  @Test("a memory that cannot be understood is set aside and made anew")
  func damagedMemory() throws {
    try Data("{".utf8).write(to: URL(filePath: memory))
    let plan = try repair()
    #expect(plan.steps.count == 1)
    #expect(try kept("trust.json.damaged-").count == 1)
    #expect(try Fixture.log(space).pin()?.sequence == 3)
    try expectWhole()
  }

  @Test("two logs that contradict each other are left to a person")
  func fork() throws {
    let remembered = try String(contentsOfFile: memory, encoding: .utf8)
    try space.git("update-ref", "refs/audit/log", "refs/audit/log~1")
    try FileManager.default.removeItem(atPath: memory)
    let log = try Fixture.log(space)
    _ = try log.append(
      Fixture.change(50, from: 20, to: 31), startingWith: Fixture.genesis(),
      options: Fixture.options(20, 31))
    try Data(remembered.utf8).write(to: URL(filePath: memory))
    let tip = try space.git("rev-parse", "refs/audit/log")
    let plan = try repair()
    #expect(plan.steps.isEmpty)
    #expect(plan.left.map(\.code) == [.fork])
    #expect(try space.git("rev-parse", "refs/audit/log") == tip)
  }

  @Test("a lock left behind is deleted only when that is asked for")
  func lock() throws {
    let lock = reference + ".lock"
    try Data().write(to: URL(filePath: lock))
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_000_000_000)], ofItemAtPath: lock)
    let cautious = try repair()
    #expect(cautious.steps.isEmpty)
    #expect(cautious.left.map(\.code) == [.staleLock])
    #expect(FileManager.default.fileExists(atPath: lock))
    #expect(try repair(unlocks: true).steps == [.removeLock(path: lock)])
    #expect(!FileManager.default.fileExists(atPath: lock))
    try expectWhole()
  }

  @Test("a log whose commits are gone is said to be lost here")
  func lostCommits() throws {
    try space.git("update-ref", "-d", "refs/audit/log")
    try FileManager.default.removeItem(atPath: space.path + "/.git/objects")
    try FileManager.default.createDirectory(
      atPath: space.path + "/.git/objects/pack", withIntermediateDirectories: true)
    let plan = try repair()
    #expect(plan.steps.isEmpty)
    #expect(plan.left.map(\.code) == [.logDeleted])
    #expect(plan.left.first?.remedy?.contains("audit sync") == true)
  }
}

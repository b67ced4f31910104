import FoundationEssentials
import Git
import Testing

@testable import Audit

@Suite("Verification", .timeLimit(.minutes(15)))
struct VerificationTests {
  typealias Alteration = @Sendable (inout ForgedLog.Plan, borrowing Repository) throws -> Void

  /// A way to forge one commit, and what verification must say of it.
  struct Forgery: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: AuditCode
    let sequence: Int
    let alter: Alteration

    init(_ name: String, _ code: AuditCode, at sequence: Int = 2, _ alter: @escaping Alteration) {
      testDescription = name
      self.code = code
      self.sequence = sequence
      self.alter = alter
    }
  }

  private static let other = Digest(of: [1, 2, 3])

  private static let forgeries: [Forgery] = [
    Forgery("record id in the commit", .recordHash) { plan, _ in plan.recordID = other },
    Forgery("number too high", .sequenceGap) { plan, _ in plan.sequence = 7 },
    Forgery("previous record", .previousMismatch, at: 2) { plan, _ in plan.previous = other },
    Forgery("root", .rootMismatch) { plan, _ in plan.root = other },
    Forgery("two parents", .parentCount) { plan, _ in plan.parents += plan.parents },
    Forgery("no parent", .parentCount) { plan, _ in plan.parents = [] },
    Forgery("kind in the commit", .messageFormat) { plan, _ in plan.kind = "approval" },
    Forgery("time of the commit", .messageFormat) { plan, _ in plan.seconds += 1 },
    Forgery("no trailers", .messageFormat) { plan, _ in plan.message = Array("audit\n".utf8) },
    Forgery("newer trailers", .schemaNewer) { plan, _ in
      plan.message = Array("audit\n\nAudit-Version: 2\nAudit-Future: 1\n".utf8)
    },
    Forgery("extra entry", .treeShape) { plan, repository in
      let id = try repository.write(.blob, [1])
      plan.entries.append(.init(name: "extra", mode: .regular, id: id))
    },
    Forgery("record is executable", .treeShape) { plan, repository in
      let id = try repository.write(.blob, plan.bytes)
      plan.entries.append(.init(name: "record.json", mode: .executable, id: id))
    },
    Forgery("record is a link", .treeShape) { plan, repository in
      let id = try repository.write(.blob, plan.bytes)
      plan.entries.append(.init(name: "record.json", mode: .symbolicLink, id: id))
    },
    Forgery("no record", .treeShape) { plan, _ in
      plan.entries.append(.init(name: "record.json", mode: .regular, id: .zero))
    },
    Forgery("record is no blob", .objectCorrupt) { plan, repository in
      let id = try repository.write(.tree, [])
      plan.entries.append(.init(name: "record.json", mode: .regular, id: id))
    },
    Forgery("record is absent", .objectMissing) { plan, _ in
      plan.entries.append(
        .init(name: "record.json", mode: .regular, id: try ObjectID(of: [77, 77])))
    },
    Forgery("no content", .treeShape) { plan, _ in plan.files = [] },
    Forgery("additional content", .treeShape) { plan, _ in
      plan.files.append(.init(name: "1.new", mode: .regular, id: plan.files[0].id))
    },
    Forgery("content is a submodule", .treeShape) { plan, _ in
      plan.files[0] = .init(name: plan.files[0].name, mode: .submodule, id: plan.files[0].id)
    },
    Forgery("other content", .fileHash) { plan, repository in
      plan.files[1] = .init(
        name: "0.new", mode: .regular, id: try repository.write(.blob, Fixture.content(99)))
    },
    Forgery("content is absent", .objectMissing) { plan, repository in
      var body = try Fixture.change(2, from: 10, to: 2000)
      body.repository = try Record(reading: plan.bytes).body.repository
      plan.replace(with: try Record(body).bytes)
      plan.files[1] = .init(
        name: "0.new", mode: .regular, id: try #require(body.files[0].new).git)
    },
    Forgery("hash of the content", .fileHash) { plan, _ in
      let text = String(decoding: plan.bytes, as: UTF8.self)
      let hash = Digest(of: Fixture.content(20)).hex
      plan.replace(with: Array(text.split(separator: hash).joined(separator: other.hex).utf8))
    },
    Forgery("blanks in the record", .notCanonical) { plan, _ in
      plan.replace(with: plan.bytes + [0x20])
    },
    Forgery("key twice in the record", .notCanonical) { plan, _ in
      plan.replace(with: plan.bytes.dropLast() + Array(#","v":1}"#.utf8))
    },
    Forgery("field missing in the record", .schema) { plan, _ in
      plan.replace(with: Array(#"{"kind":"change","v":1}"#.utf8))
    },
    Forgery("newer record", .schemaNewer) { plan, _ in
      plan.replace(with: Array(#"{"kind":"change","v":2}"#.utf8))
    },
    Forgery("record too large", .objectCorrupt) { plan, _ in
      plan.replace(with: [UInt8](repeating: 0x20, count: Record.sizeLimit + 1))
    },
  ]

  @Test func soundLogHasNoProblems() throws {
    let space = try Workspace()
    try Fixture.fill(space, 4)
    let result = try Fixture.verify(space)
    #expect(result.problems == [])
    #expect(result.records == 5)
    #expect(result.exitCode == 0)
    #expect(result.isPinned)
    #expect(result.tip?.description == (try space.git("rev-parse", "refs/audit/log").trimmed))
  }

  @Test func handmadeLogIsSoundUnlessForged() throws {
    var log = try ForgedLog()
    try log.add(Fixture.genesis())
    for number in 1...3 {
      try log.add(Fixture.change(number, from: number * 10 - 10, to: number * 10))
    }
    let result = try log.verify()
    #expect(result.problems == [])
    #expect(result.records == 4)
    #expect(!result.isPinned)
  }

  @Test("finds what was forged", arguments: forgeries)
  func forged(forgery: Forgery) throws {
    var log = try ForgedLog()
    try log.add(Fixture.genesis())
    try log.add(Fixture.change(1, from: 0, to: 10))
    try log.add(Fixture.change(2, from: 10, to: 20), forgery.alter)
    try log.add(Fixture.change(3, from: 20, to: 30))
    let result = try log.verify()
    let found = result.problems.map { "\($0.code.rawValue) \($0.sequence ?? -1)" }
    let place = forgery.code == .sequenceGap ? 7 : forgery.sequence
    #expect(found.contains("\(forgery.code.rawValue) \(place)"), "\(result.problems)")
    #expect(result.exitCode == (forgery.code == .schemaNewer ? 2 : 4))
  }

  @Test func emptyRepositoryIsSound() throws {
    let result = try Fixture.verify(Workspace())
    #expect(result.records == 0)
    #expect(result.problems == [])
    #expect(result.exitCode == 0)
  }

  @Test func recordOfANewerVersionCannotBeVerified() throws {
    var log = try ForgedLog()
    try log.add(Fixture.genesis())
    try log.add(Fixture.change(1, from: 0, to: 10)) { plan, _ in
      plan.message = Array("audit\n\nAudit-Version: 2\nAudit-Future: 1\n".utf8)
    }
    let result = try log.verify()
    #expect(result.problems.map(\.code) == [.schemaNewer])
    #expect(result.exitCode == 2)
  }

  @Test func repeatedRecordIsFound() throws {
    var log = try ForgedLog()
    try log.add(Fixture.genesis())
    for _ in 0..<2 { try log.add(Fixture.change(1, from: 10, to: 10)) }
    #expect(try log.verify().problems.map(\.code) == [.recordDuplicate])
  }

  @Test func recordOfAnotherLogIsFound() throws {
    var log = try ForgedLog()
    try log.add(Fixture.genesis())
    var body = try Fixture.change(1, from: 0, to: 10)
    body.repository = Self.other
    try log.add(body)
    #expect(try log.verify().problems.map(\.code) == [.repositoryID])
  }

  @Test func onlyTheFirstRecordIsAGenesis() throws {
    var log = try ForgedLog()
    try log.add(Fixture.genesis())
    try log.add(Fixture.genesis(5))
    #expect(try log.verify().problems.map(\.code) == [.genesis])
    var other = try ForgedLog()
    var body = try Fixture.change(1, from: 0, to: 10)
    body.repository = Self.other
    try other.add(body)
    #expect(try other.verify().problems.map(\.code).contains(.genesis))
  }

  @Test func unrecordedChangeBetweenTwoIsIncomplete() throws {
    var log = try ForgedLog()
    try log.add(Fixture.genesis())
    try log.add(Fixture.change(1, from: 0, to: 10))
    try log.add(Fixture.change(2, from: 5, to: 20, path: "another"))
    try log.add(Fixture.change(3, from: 15, to: 20))
    let result = try log.verify()
    #expect(result.problems.map(\.code) == [.stateBreak])
    #expect(result.problems.map(\.sequence) == [3])
    #expect(result.exitCode == 1)
  }

  @Test func renamesKeepTheState() throws {
    var log = try ForgedLog()
    try log.add(Fixture.genesis())
    try log.add(Fixture.change(1, from: 0, to: 10, path: "a"))
    var rename = try Fixture.change(2, from: 10, to: 20, path: "b")
    let file = rename.files[0]
    rename.files = [FileChange(path: "b", oldPath: "a", old: file.old, new: file.new)]
    try log.add(rename)
    try log.add(Fixture.change(3, from: 20, to: 30, path: "b"))
    #expect(try log.verify().problems == [])
    try log.add(Fixture.change(4, from: 20, to: 30, path: "a"))
    #expect(try log.verify().problems.map(\.code) == [.stateBreak])
  }

  @Test func clocksOnlyWarn() throws {
    var log = try ForgedLog()
    try log.add(Fixture.genesis())
    try log.add(Fixture.change(1, from: 0, to: 10, minutes: 30))
    try log.add(Fixture.change(2, from: 10, to: 20, minutes: 20))
    try log.add(Fixture.change(3, from: 20, to: 30, minutes: 1006))
    let result = try log.verify()
    #expect(result.problems.map(\.code) == [.clockBackward, .clockFuture])
    #expect(result.problems.map(\.sequence) == [2, 3])
    #expect(result.exitCode == 0)
  }

  @Test func unknownKindOnlyWarns() throws {
    var log = try ForgedLog()
    try log.add(Fixture.genesis())
    try log.add(
      RecordBody(
        kind: .unknown("lunar-eclipse"), nonce: Fixture.nonce(1), recordedAt: Fixture.time(1),
        actor: Fixture.developer, recorder: Fixture.developer))
    let result = try log.verify()
    #expect(result.problems.map(\.code) == [.unknownKind])
    #expect(result.exitCode == 0)
  }

  @Test func deletedLogIsTampering() throws {
    let space = try Workspace()
    try Fixture.fill(space, 2)
    try space.git("update-ref", "-d", "refs/audit/log")
    let result = try Fixture.verify(space)
    #expect(result.problems.map(\.code) == [.logDeleted])
    #expect(result.exitCode == 4)
  }

  @Test func rewoundLogIsTampering() throws {
    let space = try Workspace()
    try Fixture.fill(space, 3)
    try space.git("update-ref", "refs/audit/log", "refs/audit/log~2")
    let result = try Fixture.verify(space)
    #expect(result.problems.map(\.code) == [.rollback])
    #expect(result.exitCode == 4)
  }

  @Test func rewrittenLogIsTampering() throws {
    let space = try Workspace()
    try Fixture.fill(space, 2)
    let pin = try Data(contentsOf: URL(filePath: space.path + "/.git/headgate/trust.json"))
    try space.git("update-ref", "refs/audit/log", "refs/audit/log~1")
    try FileManager.default.removeItem(atPath: space.path + "/.git/headgate/trust.json")
    for number in 12...14 { try Fixture.appendNext(space, number) }
    try pin.write(to: URL(filePath: space.path + "/.git/headgate/trust.json"))
    let result = try Fixture.verify(space)
    #expect(result.problems.map(\.code).contains(.fork))
    #expect(result.exitCode == 4)
  }

  @Test func logBegunAnewIsTampering() throws {
    let space = try Workspace()
    try Fixture.fill(space, 1)
    let pin = try Data(contentsOf: URL(filePath: space.path + "/.git/headgate/trust.json"))
    try space.git("update-ref", "-d", "refs/audit/log")
    try FileManager.default.removeItem(atPath: space.path + "/.git/headgate/trust.json")
    let log = try Fixture.log(space)
    for number in 1...2 {
      _ = try log.append(
        Fixture.change(number, from: number * 10 - 10, to: number * 10),
        startingWith: Fixture.genesis(9),
        options: Fixture.options(number * 10 - 10, number * 10))
    }
    try pin.write(to: URL(filePath: space.path + "/.git/headgate/trust.json"))
    let codes = try Fixture.verify(space).problems.map(\.code)
    #expect(codes.contains(.genesis))
    #expect(codes.contains(.fork))
  }

  @Test func damagedMemoryCannotBeComparedWith() throws {
    let space = try Workspace()
    try Fixture.fill(space, 1)
    try space.write(".git/headgate/trust.json", #"{"v":1}"#)
    let result = try Fixture.verify(space)
    #expect(result.problems.map(\.code) == [.pinUnreadable])
    #expect(result.exitCode == 2)
  }

  @Test func shallowCloneCannotBeVerified() throws {
    let space = try Workspace()
    try Fixture.fill(space, 6)
    try space.git("init", "-q", "copy")
    try space.git(
      ["fetch", "-q", "--depth", "3", "file://" + space.path, "refs/audit/log:refs/audit/log"],
      in: "copy")
    let log = try Fixture.log(space, "copy")
    let result = log.verify(now: Fixture.time(1000))
    #expect(result.problems.map(\.code) == [.shallow])
    #expect(result.exitCode == 2)
    #expect(result.records == 3)
    let changes = try log.changes(matching: SettingFilter())
    #expect(changes.values.count == 3)
    #expect(!changes.isComplete)
    let error = failure {
      _ = try log.append(
        Fixture.change(7, from: 60, to: 70), startingWith: Fixture.genesis(),
        options: Fixture.options(60, 70))
    }
    #expect(error?.code == .shallow)
  }

  @Test func objectsAbsentFromAPartialCloneProveNothing() throws {
    let space = try Workspace()
    try Fixture.fill(space, 2)
    try space.git("config", "remote.origin.promisor", "true")
    let blob = try space.git("rev-parse", "refs/audit/log:files/0.new").trimmed
    try FileManager.default.removeItem(
      atPath: space.path + "/.git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))")
    let partial = try Fixture.verify(space)
    #expect(partial.problems.map(\.code) == [.objectMissing])
    #expect(partial.exitCode == 2)
    try space.git("config", "--unset", "remote.origin.promisor")
    #expect(try Fixture.verify(space).exitCode == 4)
  }

  @Test func referenceToSomethingElseIsTampering() throws {
    let space = try Workspace()
    try Fixture.fill(space, 1)
    let tree = try space.git("rev-parse", "refs/audit/log^{tree}").trimmed
    for content in [tree, String(repeating: "12", count: 20)] {
      try space.write(".git/refs/audit/log", content + "\n")
      #expect(try Fixture.verify(space).exitCode == 4)
    }
  }

  @Test func contentOfOldRecordsMayBeSkipped() throws {
    let space = try Workspace()
    try Fixture.fill(space, 4)
    let blob = try space.git("rev-parse", "refs/audit/log~3:record.json").trimmed
    try FileManager.default.removeItem(
      atPath: space.path + "/.git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))")
    let log = try Fixture.log(space)
    #expect(log.verify(now: Fixture.time(1000)).exitCode == 4)
    #expect(log.verify(now: Fixture.time(1000), from: 2).problems == [])
  }
}

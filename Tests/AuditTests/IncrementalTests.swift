import FoundationEssentials
import Git
import Testing

@testable import Audit

@Suite("Verification that goes on where the last one ended", .timeLimit(.minutes(15)))
struct IncrementalTests {
  private let space: Workspace

  init() throws { space = try Workspace() }

  /// Verifies from where the last verification ended, and remembers the result.
  private func verifyOn() throws -> Verification {
    let log = try Fixture.log(space)
    let result = log.verify(now: Fixture.time(1000), since: try log.pin()?.verified)
    try log.remember(result, pacing: .system)
    return result
  }

  private func append(_ number: Int, from old: Int, to new: Int) throws {
    let log = try Fixture.log(space)
    _ = try log.append(
      Fixture.change(number, from: old, to: new), startingWith: Fixture.genesis(),
      options: Fixture.options(old, new))
  }

  @Test("reads only what came since, and counts all")
  func continues() throws {
    try Fixture.fill(space, 5)
    let first = try verifyOn()
    #expect((first.records, first.read, first.exitCode) == (6, 6, 0))
    let again = try verifyOn()
    #expect((again.records, again.read, again.exitCode) == (6, 0, 0))
    try append(6, from: 50, to: 60)
    let third = try verifyOn()
    #expect((third.records, third.read, third.exitCode) == (7, 1, 0))
    #expect(try Fixture.log(space).pin()?.verified?.sequence == 6)
  }

  @Test("an append keeps what was verified")
  func survivesAppends() throws {
    try Fixture.fill(space, 2)
    _ = try verifyOn()
    try append(3, from: 20, to: 30)
    #expect(try Fixture.log(space).pin()?.verified?.sequence == 2)
    #expect(try Fixture.log(space).pin()?.sequence == 3)
  }

  @Test("a change that does not follow from a record verified before is found")
  func stateBreak() throws {
    try Fixture.fill(space, 3)
    _ = try verifyOn()
    try append(4, from: 77, to: 40)
    let result = try verifyOn()
    #expect(result.problems.map(\.code) == [.stateBreak])
    #expect(result.problems.first?.sequence == 4)
    #expect(result.read == 1)
  }

  @Test("a log rewound to before what was verified is told, and nothing is remembered")
  func rollback() throws {
    let made = try Fixture.fill(space, 4)
    _ = try verifyOn()
    try space.git("update-ref", "refs/audit/log", made[1].commit.description)
    let result = try verifyOn()
    #expect(result.problems.map(\.code) == [.rollback])
    #expect(result.exitCode == 4)
    #expect(try Fixture.log(space).pin()?.verified?.sequence == 4)
  }

  @Test("another log of the same length is told")
  func fork() throws {
    let made = try Fixture.fill(space, 3)
    _ = try verifyOn()
    try space.git("update-ref", "refs/audit/log", made[1].commit.description)
    let memory = space.path + "/.git/headgate/trust.json"
    let remembered = try String(contentsOfFile: memory, encoding: .utf8)
    try FileManager.default.removeItem(atPath: memory)
    try append(3, from: 20, to: 31)
    try space.write(".git/headgate/trust.json", remembered)
    let result = try verifyOn()
    #expect(result.problems.map(\.code) == [.fork])
    #expect(result.problems.first?.sequence == 3)
  }

  @Test("a remembered place whose numbers contradict each other is not believed")
  func damagedMemory() throws {
    try Fixture.fill(space, 2)
    _ = try verifyOn()
    let path = ".git/headgate/trust.json"
    let text = try String(contentsOfFile: space.path + "/" + path, encoding: .utf8)
    let seq = #""seq":2"#
    let parts = text.split(separator: "\"verified\"", maxSplits: 1).map(String.init)
    #expect(parts.count == 2 && parts[1].contains(seq))
    let damaged = parts[0] + "\"verified\"" + parts[1].replacing(seq, with: #""seq":1"#)
    try space.write(path, damaged)
    #expect(failure { _ = try Fixture.log(space).pin() }?.code == .pinUnreadable)
  }

  @Test("what was verified stands beside fields of newer versions, which are kept")
  func unknownFields() throws {
    try Fixture.fill(space, 1)
    let path = ".git/headgate/trust.json"
    let text = try String(contentsOfFile: space.path + "/" + path, encoding: .utf8)
    try space.write(path, text.trimmed.dropLast() + #","zz":{"a":1}}"#)
    _ = try verifyOn()
    try append(2, from: 10, to: 20)
    let after = try String(contentsOfFile: space.path + "/" + path, encoding: .utf8)
    #expect(after.contains(#""zz":{"a":1}"#))
    #expect(after.contains(#""verified":{"#))
  }
}

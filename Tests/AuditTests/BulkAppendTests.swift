import Git
import Testing

@testable import Audit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Appending in bulk", .timeLimit(.minutes(15)))
struct BulkAppendTests {
  private static let git = GitExecutable(
    environment: ["PATH=" + (getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin")])

  private func records(_ range: ClosedRange<Int>, of log: Digest) throws -> [Record] {
    try range.map { number in
      var body = try Fixture.change(number, from: number - 1, to: number)
      body.kind = .imported
      body.repository = log
      body.recorder = Actor(id: "user:a <b> c@example.org")
      return try Record(body)
    }
  }

  /// A log with one record, and the contents of files that later ones name.
  private func begun(_ contents: Int) throws -> (Workspace, Digest) {
    let space = try Workspace()
    try Fixture.fill(space, 1)
    let log = try Fixture.log(space)
    for value in 0...contents { _ = try log.repository.write(.blob, Fixture.content(value)) }
    return (space, try #require(try log.identity()))
  }

  @Test("the log is the same as if each record had been appended alone")
  func sameAsSingly() throws {
    let (bulk, identity) = try begun(40)
    let singly = try Workspace()
    try singly.git("fetch", "-q", bulk.path, "refs/audit/log:refs/audit/log")
    let records = try records(1...40, of: identity)
    let log = try Fixture.log(bulk)
    #expect(try log.append(inBulk: records, through: Self.git, options: Fixture.options()) == 41)
    let other = try Fixture.log(singly)
    for value in 0...40 { _ = try other.repository.write(.blob, Fixture.content(value)) }
    for record in records { _ = try other.append(record, options: Fixture.options()) }
    #expect(
      try bulk.git("rev-parse", "refs/audit/log") == singly.git("rev-parse", "refs/audit/log"))
    let result = try Fixture.verify(bulk)
    #expect(result.problems == [])
    #expect(result.records == 42)
    #expect(result.isPinned)
    #expect(try bulk.git("for-each-ref", "--format=%(refname)").trimmed == "refs/audit/log")
    // And the next one follows.
    _ = try log.append(
      Fixture.change(50, from: 10, to: 41), startingWith: Fixture.genesis(),
      options: Fixture.options(10, 41))
    #expect(try Fixture.verify(bulk).problems == [])
  }

  @Test("records of another log, and of files that are not there, change nothing")
  func refused() throws {
    let (space, identity) = try begun(5)
    let tip = try space.git("rev-parse", "refs/audit/log")
    let log = try Fixture.log(space)
    let foreign = try records(1...2, of: Digest(of: [1]))
    #expect(
      failure {
        _ = try log.append(inBulk: foreign, through: Self.git, options: Fixture.options())
      }?
      .code == .repositoryID)
    let missing = try records(77...78, of: identity)
    #expect(
      failure {
        _ = try log.append(inBulk: missing, through: Self.git, options: Fixture.options())
      }?
      .code == .storage)
    let none = GitExecutable(environment: [], program: "/nonexistent/git")
    let good = try records(1...2, of: identity)
    #expect(
      failure { _ = try log.append(inBulk: good, through: none, options: Fixture.options()) } != nil
    )
    #expect(try space.git("rev-parse", "refs/audit/log") == tip)
    #expect(try log.append(inBulk: [], through: Self.git, options: Fixture.options()) == 1)
  }
}

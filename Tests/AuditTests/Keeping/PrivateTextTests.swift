import Git
import Testing

@testable import Audit

@Suite("Texts beside the log", .timeLimit(.minutes(15)))
struct PrivateTextTests {
  /// A log with one change whose reason stands beside it.
  private func kept() throws -> (Workspace, Record, Digest) {
    let space = try Workspace()
    let log = try Fixture.log(space)
    var texts = PrivateTexts()
    var body = try Fixture.change(1, from: 0, to: 1)
    body.reason = texts.keep("it named a customer", as: "reason", salt: [1, 2, 3])
    body.repository = try log.create(Record(Fixture.genesis()), options: Fixture.options())
    let record = try Record(body)
    try log.keep(texts, of: record.id)
    _ = try log.append(record, options: Fixture.options(0, 1))
    guard case .commitment(let commitment) = body.reason else {
      throw AuditError(.schema, "the text stands in the record")
    }
    return (space, record, commitment)
  }

  private func redaction(of id: Digest, _ fields: [String], _ number: Int = 2) -> RecordBody {
    RecordBody(
      kind: .redaction, nonce: Fixture.nonce(number), recordedAt: Fixture.time(Int64(number)),
      actor: Fixture.developer, recorder: Fixture.developer,
      details: .redaction(.init(of: id, fields: fields)))
  }

  @Test("the record holds no word of the text, and only the true text fits it")
  func commitment() throws {
    let (space, record, commitment) = try kept()
    #expect(!String(decoding: record.bytes, as: UTF8.self).contains("customer"))
    let texts = try #require(try Fixture.log(space).privateTexts(of: record.id))
    #expect(texts.text(of: "reason", committedTo: commitment) == "it named a customer")
    #expect(texts.text(of: "reason", committedTo: Digest(of: [1])) == nil)
    #expect(texts.text(of: "ticket", committedTo: commitment) == nil)
    // Equal texts do not look equal: the salt decides.
    var (one, two) = (PrivateTexts(), PrivateTexts())
    let first = one.keep("x", as: "reason", salt: [1])
    #expect(first != two.keep("x", as: "reason", salt: [2]))
    #expect(first != one.keep("x", as: "ticket", salt: [1]))
  }

  @Test("deleted texts leave a log that verifies, and a loose object is gone at once")
  func deletion() throws {
    let (space, record, _) = try kept()
    let log = try Fixture.log(space)
    let blob = try space.git("rev-parse", "refs/audit/private/" + record.id.hex).trimmed
    _ = try log.append(
      redaction(of: record.id, ["reason"]), startingWith: Fixture.genesis(),
      options: Fixture.options())
    let left = try log.deletePrivateTexts(of: record.id)
    #expect(left == nil)
    let texts = try log.privateTexts(of: record.id)
    #expect(texts == nil)
    #expect(try Command.run(["git", "-C", space.path, "cat-file", "-e", blob]).status != 0)
    #expect(try Fixture.verify(space).problems == [])
    try space.git("fsck", "--strict")
  }

  @Test("a text in a pack is told of, because only git's gc deletes it")
  func packed() throws {
    let (space, record, _) = try kept()
    try space.git("repack", "-q", "-a", "-d")
    let log = try Fixture.log(space)
    let left = try #require(try log.deletePrivateTexts(of: record.id))
    #expect(try space.git("cat-file", "-p", left.description).contains("customer"))
    try space.git("gc", "-q", "--prune=now")
    #expect(
      try Command.run(["git", "-C", space.path, "cat-file", "-e", left.description]).status != 0)
  }

  @Test("a redaction of what stands in the record itself is told, and one of no record")
  func impossible() throws {
    let (space, record, _) = try kept()
    let log = try Fixture.log(space)
    for (number, body) in [
      redaction(of: record.id, ["ticket", "reason"]), redaction(of: Digest(of: [7]), ["reason"], 3),
    ].enumerated() {
      _ = try log.append(
        body, startingWith: Fixture.genesis(), options: Fixture.options())
      let problems = try Fixture.verify(space).problems
      #expect(problems.map(\.code) == [AuditCode](repeating: .redaction, count: number + 1))
      #expect(problems.last?.sequence == number + 2)
    }
    #expect(try Fixture.verify(space).exitCode == 1)
  }
}

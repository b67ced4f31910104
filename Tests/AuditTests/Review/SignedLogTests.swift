import Git
import Testing

@testable import Audit

/// Logs with keys, signatures and opinions, verified from their objects.
@Suite("Signatures and opinions are verified", .timeLimit(.minutes(15)))
struct SignedLogTests {
  /// A log that Alice began, whose first key is hers; Bob has one too.
  private struct Team {
    var log: ForgedLog
    let alice: TestKey
    let bob: TestKey

    init() throws {
      log = try ForgedLog()
      alice = try TestKey(1)
      bob = try TestKey(2)
      var genesis = Fixture.genesis()
      genesis.actor = Actor(id: Story.alice)
      try log.add(genesis)
      try add(Story.grant(alice, to: Story.alice))
      try add(Story.grant(bob, to: Story.bob), signedBy: alice)
    }

    /// Adds a record after `alter` has changed its signature.
    mutating func add(
      _ body: RecordBody, signedBy key: TestKey? = nil,
      for namespace: String = SSHSignature.namespace,
      _ alter: ([UInt8]) -> [UInt8] = { $0 }
    ) throws {
      var body = body
      body.nonce = Fixture.nonce(log.commits.count)
      body.recordedAt = Fixture.time(Int64(log.commits.count))
      body.effectiveAt = body.effectiveAt.map { _ in body.recordedAt }
      try log.add(body) { plan, repository in
        guard let key else { return }
        let signature = alter(try key.sign(plan.bytes, namespace: namespace))
        plan.entries.append(
          .init(
            name: "record.sig", mode: .regular, id: try repository.write(.blob, signature)))
      }
    }

    /// The newest record.
    func newest() throws -> ReviewedRecord {
      let log = try Fixture.log(self.log.space)
      return ReviewedRecord(try log.entry(try #require(self.log.commits.last)))
    }

    func codes() throws -> [String] {
      try log.verify().problems.map { "\($0.code.rawValue) \($0.sequence ?? -1)" }
    }
  }

  @Test("a signed log with an approval has no problem")
  func sound() throws {
    var team = try Team()
    try team.add(Story.change(), signedBy: team.alice)
    let change = try team.newest()
    try team.add(Story.decision(of: change, by: Story.bob), signedBy: team.bob)
    try team.add(Story.change(by: Story.bob, from: 20, to: 30), signedBy: team.bob)
    try team.add(Story.revocation(of: team.bob, from: Story.bob), signedBy: team.alice)
    let result = try team.log.verify()
    #expect(result.problems == [])
    #expect(result.exitCode == 0)
  }

  @Test("a signature that is not one on these bytes", arguments: [0, 1, 2])
  func badSignature(way: Int) throws {
    var team = try Team()
    let other = try team.bob.sign([1])
    try team.add(Story.change(), signedBy: team.alice) { signature in
      switch way {
      case 0: Array("no signature".utf8)
      case 1: signature + [0x20]
      default: other
      }
    }
    #expect(try team.codes() == ["E_SIG_BAD 3"])
    #expect(try team.log.verify().exitCode == 4)
  }

  @Test("a signature on something else")
  func namespace() throws {
    var team = try Team()
    try team.add(Story.change(), signedBy: team.alice, for: "git")
    #expect(try team.codes() == ["E_SIG_NAMESPACE 3"])
    #expect(try team.log.verify().exitCode == 4)
  }

  @Test("a key that no record has added: the signature proves nothing, as if there were none")
  func unknownKey() throws {
    var team = try Team()
    try team.add(Story.change(), signedBy: TestKey(9))
    #expect(try team.codes() == ["E_KEY_UNKNOWN 3"])
    #expect(try team.log.verify().exitCode == 1)
    // Where there are no keys at all, nobody can know this one.
    var log = try ForgedLog()
    try log.add(Fixture.genesis())
    try log.add(Fixture.change(1, from: 0, to: 10)) { plan, repository in
      let signature = try repository.write(.blob, TestKey(9).sign(plan.bytes))
      plan.entries.append(.init(name: "record.sig", mode: .regular, id: signature))
    }
    #expect(try log.verify().problems == [])
  }

  @Test("a revoked key, one that is not valid yet, and another's")
  func keyState() throws {
    var team = try Team()
    let late = try TestKey(3)
    var grant = Story.grant(late, to: Story.carol, validFrom: Fixture.time(1000))
    grant.actor = Actor(id: Story.alice)
    try team.add(grant, signedBy: team.alice)
    try team.add(Story.change(by: Story.carol), signedBy: late)
    try team.add(Story.revocation(of: team.bob, from: Story.bob), signedBy: team.alice)
    try team.add(Story.change(by: Story.bob, from: 20, to: 30), signedBy: team.bob)
    try team.add(Story.change(by: Story.bob, from: 30, to: 40), signedBy: team.alice)
    #expect(try team.codes() == ["E_KEY_NOT_YET 4", "E_KEY_REVOKED 6", "E_ACTOR_KEY 7"])
    #expect(try team.log.verify().exitCode == 4)
  }

  @Test("keys that nobody with role root has added or revoked")
  func authority() throws {
    var team = try Team()
    let mallory = try TestKey(6)
    try team.add(Story.grant(mallory, to: Story.bob, by: Story.bob), signedBy: mallory)
    try team.add(Story.grant(mallory, to: Story.bob, by: Story.bob), signedBy: team.bob)
    try team.add(Story.grant(mallory, to: Story.alice))
    try team.add(Story.revocation(of: team.alice, from: Story.alice))
    try team.add(Story.policy(.none, by: Story.bob), signedBy: team.bob)
    #expect(
      try team.codes() == [
        "E_KEY_UNKNOWN 3", "E_KEY_ROLE 4", "E_SIG_MISSING 5", "E_SIG_MISSING 6", "E_KEY_ROLE 7",
      ])
    #expect(try team.log.verify().exitCode == 4)
  }

  @Test("approvals of nothing, of other content, of one's own change, and in another's name")
  func approvals() throws {
    var team = try Team()
    try team.add(Story.change(), signedBy: team.alice)
    let change = try team.newest()
    var other = change
    other.files[0] = .init(path: "other", old: nil, new: change.files[0].new)
    try team.add(
      Story.decision(of: change, by: Story.bob, files: other.files), signedBy: team.bob)
    let approval = try team.newest()
    try team.add(
      Story.decision(of: approval, by: Story.bob, files: change.files), signedBy: team.bob)
    #expect(try team.codes() == ["E_APPROVAL_BLOBS 4", "E_APPROVAL_TARGET 5"])
    #expect(try team.log.verify().exitCode == 4)
    var weak = try Team()
    try weak.add(Story.change(), signedBy: weak.alice)
    let own = try weak.newest()
    try weak.add(Story.decision(of: own, by: Story.alice), signedBy: weak.alice)
    try weak.add(Story.decision(of: own, by: Story.bob))
    #expect(try weak.codes() == ["E_APPROVAL_SELF 4", "E_SIG_MISSING 5"])
    #expect(try weak.log.verify().exitCode == 1)
  }

  @Test("a checkpoint of another log than the one before it")
  func checkpoints() throws {
    func checkpoint(_ size: Int, _ root: Digest) -> RecordBody {
      RecordBody(
        kind: .checkpoint, nonce: Fixture.nonce(0), recordedAt: Fixture.start,
        actor: Actor(id: Story.alice), recorder: Actor(id: Story.alice),
        details: .checkpoint(.init(size: size, root: root)))
    }
    var team = try Team()
    try team.add(checkpoint(3, team.log.frontier.root))
    try team.add(checkpoint(3, Digest(of: [1])))
    try team.add(checkpoint(6, team.log.frontier.root))
    #expect(try team.codes() == ["E_CHECKPOINT 4", "E_CHECKPOINT 5"])
    #expect(try team.log.verify().exitCode == 4)
  }

  @Test("a verification that goes on knows the keys of what it does not read again")
  func incremental() throws {
    var team = try Team()
    try team.add(Story.change(), signedBy: team.alice)
    let change = try team.newest()
    let log = try Fixture.log(team.log.space)
    let place = try #require(log.verify(now: Fixture.time(1000)).place)
    try team.add(Story.decision(of: change, by: Story.bob), signedBy: team.bob)
    try team.add(Story.decision(of: change, by: Story.alice), signedBy: team.alice)
    try team.add(Story.change(by: Story.bob, from: 20, to: 30), signedBy: TestKey(9))
    for result in [
      log.verify(now: Fixture.time(1000), since: place),
      log.verify(now: Fixture.time(1000), from: 4), log.verify(now: Fixture.time(1000)),
    ] {
      #expect(
        result.problems.map { "\($0.code.rawValue) \($0.sequence ?? -1)" }
          == ["E_APPROVAL_SELF 5", "E_KEY_UNKNOWN 6"])
    }
  }

  @Test("S29: a log rewound to before a revocation is noticed")
  func rewound() throws {
    let space = try Workspace()
    let root = try TestKey(1)
    let log = try Fixture.log(space)
    var genesis = Fixture.genesis()
    genesis.actor = Actor(id: Story.alice)
    let identity = try log.create(Record(genesis), options: Fixture.options())
    func add(_ body: RecordBody, _ number: Int) throws {
      var body = body
      body.repository = identity
      body.nonce = Fixture.nonce(number)
      let record = try Record(body)
      var options = Fixture.options()
      options.signature = try root.sign(record.bytes)
      _ = try log.append(record, options: options)
    }
    try add(Story.grant(root, to: Story.alice), 1)
    try add(Story.grant(TestKey(2), to: Story.bob), 2)
    try add(Story.revocation(of: TestKey(2), from: Story.bob), 3)
    #expect(try Fixture.verify(space).problems == [])
    try space.git("update-ref", "refs/audit/log", "refs/audit/log~1")
    #expect(try Fixture.verify(space).problems.map(\.code) == [.rollback])
    #expect(try Fixture.verify(space).exitCode == 4)
  }
}

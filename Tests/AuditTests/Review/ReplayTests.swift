import Git
import Testing

@testable import Audit

/// The cases of identity and approval, by the numbers of the threat table in docs/audit-format.md.
@Suite("Approvals cannot be forged, moved or repeated")
struct ReplayTests {
  private static let one = ApprovalRules(required: 1)

  @Test("S19: content that moves after the approval is not covered by it")
  func movedAfterApproval() throws {
    var story = try Story()
    let change = try story.tell(Story.change(from: 10, to: 20)).record
    try story.tell(Story.decision(of: change, by: Story.bob))
    let pushed = RecordDetails.DecidedFile(
      path: change.files[0].path, old: change.files[0].old,
      new: try ObjectID(of: Fixture.content(21)))
    #expect(story.ledger.coverage(of: pushed) == .stale(change.id))
    #expect(story.ledger.coverage(of: change.files[0]) == .recorded([change.id]))
  }

  @Test("S21: an unsigned name is a claim, which the review shows")
  func unsignedClaim() throws {
    var story = try Story()
    let change = try story.tell(Story.change()).record
    try story.tell(Story.decision(of: change, by: "user:boss@example.org"))
    #expect(try story.review(change).opinions.map(\.isSigned) == [false])
    #expect(
      try story.review(change, ApprovalRules(required: 1, isSigned: true)).refusals
        == [.signatureMissing])
  }

  @Test("S22: a valid key of another principal is nobody's approval")
  func anothersKey() throws {
    let (root, mallory) = (try TestKey(1), try TestKey(2))
    var story = try Story()
    try story.tell(Story.grant(root, to: Story.alice))
    try story.tell(Story.grant(mallory, to: "user:mallory@example.org"), signedBy: root)
    let change = try story.tell(Story.change(), signedBy: root).record
    let told = try story.tell(Story.decision(of: change, by: Story.bob), signedBy: mallory)
    #expect(told.problem == .actorKey)
    #expect(try story.review(change).refusals == [.actorKey])
    let forged = try story.tell(Story.change(by: Story.bob), signedBy: mallory)
    #expect(forged.problem == .actorKey)
  }

  static let selves: [(String, [String])] = [
    (Story.alice, []), ("user:ALICE@example.org", []), ("user:alice+review@example.org", []),
    (Story.bob, [Story.bob]), ("user:bob+x@Example.org", [Story.alice, Story.bob]),
    ("user:helper[bot]@users.noreply.github.com", []),
  ]

  @Test("S23: who made a change does not approve it, under no address", arguments: selves)
  func selfApproval(approver: String, authors: [String]) throws {
    var story = try Story()
    let change = try story.tell(Story.change(authors: authors)).record
    try story.tell(Story.decision(of: change, by: approver))
    #expect(try story.review(change).refusals == [.approvalSelf])
    #expect(try story.review(change).status == .pending)
  }

  @Test("S23: nor with a second key, nor with a program's")
  func selfApprovalByKey() throws {
    let keys = try (1...4).map { try TestKey($0) }
    var story = try Story()
    try story.tell(Story.grant(keys[0], to: Story.alice))
    try story.tell(Story.grant(keys[1], to: "user:alice+two@example.org"), signedBy: keys[0])
    try story.tell(Story.grant(keys[2], to: Story.bob, roles: ["bot"]), signedBy: keys[0])
    try story.tell(Story.grant(keys[3], to: Story.carol), signedBy: keys[0])
    let change = try story.tell(Story.change(), signedBy: keys[0]).record
    try story.tell(
      Story.decision(of: change, by: "user:alice+two@example.org"), signedBy: keys[1])
    try story.tell(Story.decision(of: change, by: Story.bob), signedBy: keys[2])
    #expect(try story.review(change).refusals == [.approvalSelf, .approvalSelf])
    // Carol's own change, for which she writes another's name as the author.
    let disguised = try story.tell(
      Story.change(by: Story.bob, from: 20, to: 30, recorder: Story.carol), signedBy: keys[3])
    #expect(disguised.problem == nil)
    try story.tell(Story.decision(of: disguised.record, by: Story.carol), signedBy: keys[3])
    #expect(try story.review(disguised.record).refusals == [.approvalSelf])
  }

  @Test("S24: an approval of one change is none of another with the same content")
  func otherChange() throws {
    var story = try Story()
    let first = try story.tell(Story.change(from: 10, to: 20)).record
    try story.tell(Story.decision(of: first, by: Story.bob))
    try story.tell(Story.change(from: 20, to: 10))
    let again = try story.tell(Story.change(from: 10, to: 20)).record
    #expect(again.files == first.files)
    #expect(try story.review(again).status == .pending)
    #expect(story.ledger.coverage(of: again.files[0]) == .recorded([again.id]))
  }

  @Test("S24: what was taken back and put in again is not covered by the first approval")
  func reverted() throws {
    var story = try Story()
    let first = try story.tell(Story.change(from: 10, to: 20)).record
    try story.tell(Story.decision(of: first, by: Story.bob))
    try story.tell(Story.change(from: 20, to: 10))
    #expect(story.ledger.coverage(of: first.files[0]) != .recorded([first.id]))
  }

  @Test("S24: an approval on another branch does not reach this one")
  func otherBranch() throws {
    var story = try Story()
    var body = try Story.change()
    let elsewhere = try ObjectID(of: [1])
    body.commit = elsewhere
    let change = try story.tell(body).record
    #expect(
      story.ledger.coverage(of: change.files[0]) { $0 == elsewhere } == .recorded([change.id]))
    #expect(story.ledger.coverage(of: change.files[0]) { $0 != elsewhere } == .unrecorded)
  }

  @Test("S24: swapped, other or missing content is refused")
  func otherContent() throws {
    var story = try Story()
    let change = try story.tell(Story.change()).record
    let file = change.files[0]
    let others = [
      RecordDetails.DecidedFile(path: file.path, old: file.new, new: file.old),
      RecordDetails.DecidedFile(path: "other", old: file.old, new: file.new),
      RecordDetails.DecidedFile(path: file.path, old: nil, new: file.new),
    ]
    for other in others {
      try story.tell(Story.decision(of: change, by: Story.bob, files: [other]))
    }
    try story.tell(Story.decision(of: change, by: Story.bob, files: [file, others[1]]))
    #expect(
      try story.review(change).refusals
        == [AuditCode](repeating: .approvalBlobs, count: 4))
  }

  @Test("S24: a decision about no change, or one that comes later, is refused")
  func otherTarget() throws {
    var story = try Story()
    let change = try story.tell(Story.change()).record
    let approval = try story.tell(Story.decision(of: change, by: Story.bob)).record
    let aboutApproval = try story.tell(
      Story.decision(of: approval, by: Story.carol, files: change.files)
    ).record
    #expect(story.ledger.problem(with: aboutApproval)?.code == .approvalTarget)
    #expect(story.ledger.problem(with: approval) == nil)
    var foreign = try Story.change(from: 1, to: 2)
    foreign.repository = Digest(of: [9])
    let other = ReviewedRecord(try Record(foreign), sequence: 1, signature: nil)
    let lost = try story.tell(Story.decision(of: other, by: Story.bob)).record
    #expect(story.ledger.problem(with: lost)?.code == .approvalTarget)
  }

  @Test("S25: a signature made for something else is none on a record", arguments: ["git", "file"])
  func namespace(name: String) throws {
    let root = try TestKey(1)
    var story = try Story()
    try story.tell(Story.grant(root, to: Story.alice))
    #expect(
      try story.tell(Story.change(), signedBy: root, for: name).problem == .signatureNamespace)
  }

  @Test("S26: a key is revoked at a place in the log, whatever the clocks say")
  func revocation() throws {
    let (root, bob) = (try TestKey(1), try TestKey(2))
    var story = try Story()
    try story.tell(Story.grant(root, to: Story.alice))
    try story.tell(Story.grant(bob, to: Story.bob), signedBy: root)
    let change = try story.tell(Story.change(), signedBy: root).record
    try story.tell(Story.decision(of: change, by: Story.bob), signedBy: bob)
    try story.tell(Story.revocation(of: bob, from: Story.bob), signedBy: root)
    #expect(try story.review(change).status == .approved)
    let next = try story.tell(Story.change(from: 20, to: 30), signedBy: root).record
    // The clock is set back to before the revocation.
    let late = try story.tell(
      Story.decision(of: next, by: Story.bob), signedBy: bob, minutes: 4)
    #expect(late.problem == .keyRevoked)
    #expect(try story.review(next).refusals == [.keyRevoked])
    #expect(story.ledger.keys.active.map(\.principal) == [Story.alice])
  }

  @Test("a key may be added again after it was revoked, and not before it is valid")
  func validity() throws {
    let (root, bob) = (try TestKey(1), try TestKey(2))
    var story = try Story()
    try story.tell(Story.grant(root, to: Story.alice))
    try story.tell(
      Story.grant(bob, to: Story.bob, validFrom: Fixture.time(50)), signedBy: root)
    #expect(try story.tell(Story.change(by: Story.bob), signedBy: bob).problem == .keyNotYet)
    #expect(
      try story.tell(Story.change(by: Story.bob), signedBy: bob, minutes: 51).problem == nil)
    try story.tell(Story.revocation(of: bob, from: Story.bob), signedBy: root)
    #expect(try story.tell(Story.grant(bob, to: Story.bob), signedBy: root).problem == nil)
    #expect(try story.tell(Story.change(by: Story.bob), signedBy: bob).problem == nil)
    #expect(try story.tell(Story.grant(bob, to: Story.carol), signedBy: root).problem == .keyRole)
  }

  @Test("S27: a lower threshold does not decide about the record that lowers it")
  func loweredThreshold() throws {
    let root = try TestKey(1)
    var story = try Story()
    try story.tell(Story.grant(root, to: Story.alice))
    try story.tell(Story.policy(ApprovalRules(required: 2)), signedBy: root)
    let change = try story.tell(Story.change(by: Story.bob)).record
    let lowering = try story.tell(Story.policy(.none), signedBy: root).record
    #expect(story.ledger.rules(at: lowering.sequence)?.required == 2)
    #expect(try story.review(change, nil).required == 2)
    #expect(try story.review(change, nil).status == .pending)
    let later = try story.tell(Story.change(by: Story.bob, from: 20, to: 30)).record
    #expect(try story.review(later, nil).status == .notRequired)
    // Whoever is not root lowers nothing.
    let bob = try TestKey(2)
    try story.tell(Story.policy(ApprovalRules(required: 3)), signedBy: root)
    try story.tell(Story.grant(bob, to: Story.bob), signedBy: root)
    #expect(try story.tell(Story.policy(.none, by: Story.bob), signedBy: bob).problem == .keyRole)
    #expect(try story.tell(Story.policy(.none)).problem == .signatureMissing)
    #expect(story.ledger.rules(at: 100)?.required == 3)
  }

  @Test("S28: a key that vouches for itself is refused, but for the very first")
  func selfSignedKey() throws {
    let (root, mallory) = (try TestKey(1), try TestKey(2))
    var story = try Story()
    #expect(
      try story.tell(Story.grant(mallory, to: Story.bob, by: Story.bob)).problem == .keyRole)
    #expect(
      try story.tell(Story.grant(root, to: Story.alice), signedBy: mallory).problem == .keyUnknown)
    #expect(try story.tell(Story.grant(root, to: Story.alice), signedBy: root).problem == nil)
    #expect(story.ledger.keys.active.first?.roles.contains("root") == true)
    let told = try story.tell(
      Story.grant(mallory, to: Story.bob, roles: ["root"], by: Story.bob), signedBy: mallory)
    #expect(told.problem == .keyUnknown)
    #expect(try story.tell(Story.grant(mallory, to: Story.bob)).problem == .signatureMissing)
    #expect(
      try story.tell(Story.revocation(of: root, from: Story.alice)).problem == .signatureMissing)
    #expect(story.ledger.keys.active.map(\.principal) == [Story.alice])
  }

  @Test("a forge's key records what people said there, and nobody else's does")
  func forge() throws {
    let (root, forge) = (try TestKey(1), try TestKey(2))
    var story = try Story()
    try story.tell(Story.grant(root, to: Story.alice))
    try story.tell(
      Story.grant(forge, to: "ci:review", roles: ["forge", "bot"]), signedBy: root)
    let change = try story.tell(
      Story.change(recorder: "ci:review"), signedBy: forge
    ).record
    let told = try story.tell(
      Story.decision(of: change, by: Story.bob, recorder: "ci:review"), signedBy: forge)
    #expect(told.problem == nil)
    #expect(
      try story.review(change, ApprovalRules(required: 1, isSigned: true)).status == .approved)
    try story.tell(Story.decision(of: change, by: "ci:review"), signedBy: forge)
    #expect(try story.review(change).refusals == [nil, .approvalSelf])
  }
}

import Git
import Testing

@testable import Audit

@Suite("Reviews are computed")
struct ReviewTests {
  @Test("as many different people as the rules ask for")
  func threshold() throws {
    var story = try Story()
    let change = try story.tell(Story.change()).record
    let two = ApprovalRules(required: 2)
    #expect(try story.review(change, ApprovalRules.none).status == .notRequired)
    #expect(try story.review(change, two).status == .pending)
    try story.tell(Story.decision(of: change, by: Story.bob))
    #expect(try story.review(change).status == .approved)
    #expect(try story.review(change, two).status == .pending)
    try story.tell(Story.decision(of: change, by: "user:BOB+work@example.org"))
    #expect(try story.review(change, two).status == .pending)
    #expect(try story.review(change, two).opinions.map(\.worth) == [.superseded, .counts])
    try story.tell(Story.decision(of: change, by: Story.carol))
    let review = try story.review(change, two)
    #expect(review.status == .approved)
    #expect(review.approvals == 2)
    #expect(review.isPassing)
  }

  @Test("only those whom the rules ask, by address or role")
  func roles() throws {
    var story = try Story()
    let change = try story.tell(Story.change()).record
    try story.tell(Story.decision(of: change, by: Story.bob))
    let rules = [
      (ApprovalRules(required: 1, from: ["Bob@Example.org"]), Review.Status.approved),
      (ApprovalRules(required: 1, from: ["carol@example.org"]), .pending),
      (
        ApprovalRules(required: 1, from: ["role:dba"], roles: ["dba": ["bob@example.org"]]),
        .approved
      ),
      (
        ApprovalRules(required: 1, from: ["role:dba"], roles: ["ops": ["bob@example.org"]]),
        .pending
      ),
    ]
    for (rules, expected) in rules {
      #expect(try story.review(change, rules).status == expected, "\(rules)")
    }
    #expect(
      try story.review(change, ApprovalRules(required: 1, from: ["x@y"])).refusals == [
        .approvalRole
      ])
  }

  @Test("a role of the key in the log counts as one in the file")
  func keyRoles() throws {
    let (root, dba) = (try TestKey(1), try TestKey(2))
    var story = try Story()
    try story.tell(Story.grant(root, to: Story.alice))
    try story.tell(Story.grant(dba, to: Story.bob, roles: ["dba"]), signedBy: root)
    let change = try story.tell(Story.change(), signedBy: root).record
    let rules = ApprovalRules(required: 1, from: ["role:dba"])
    try story.tell(Story.decision(of: change, by: Story.bob), signedBy: dba)
    #expect(try story.review(change, rules).status == .approved)
  }

  @Test("whoever has a key must sign, and the rules may ask everybody to")
  func signed() throws {
    let (root, bob) = (try TestKey(1), try TestKey(2))
    var story = try Story()
    try story.tell(Story.grant(root, to: Story.alice))
    let change = try story.tell(Story.change(), signedBy: root).record
    let strict = ApprovalRules(required: 1, isSigned: true)
    try story.tell(Story.decision(of: change, by: Story.bob))
    #expect(try story.review(change).status == .approved)
    #expect(try story.review(change, strict).refusals == [.signatureMissing])
    try story.tell(Story.grant(bob, to: Story.bob), signedBy: root)
    // What Bob said before he had a key still counts; what others now say in his name does not.
    #expect(try story.review(change).status == .approved)
    let next = try story.tell(Story.change(from: 20, to: 30), signedBy: root).record
    try story.tell(Story.decision(of: next, by: Story.bob))
    #expect(try story.review(next).refusals == [.signatureMissing])
    try story.tell(Story.decision(of: next, by: Story.bob), signedBy: bob)
    #expect(try story.review(next, strict).status == .approved)
    #expect(try story.review(next, strict).opinions.last?.isSigned == true)
  }

  @Test("a rejection stands until the same person agrees")
  func rejection() throws {
    var story = try Story()
    let change = try story.tell(Story.change()).record
    try story.tell(Story.decision(of: change, by: Story.carol))
    try story.tell(Story.decision(.rejection, of: change, by: Story.bob))
    #expect(try story.review(change).status == .rejected)
    #expect(try !story.review(change).isPassing)
    // A person whom nobody asked stops nothing.
    let rules = ApprovalRules(required: 1, from: ["carol@example.org"])
    #expect(try story.review(change, rules).status == .approved)
    try story.tell(Story.decision(of: change, by: Story.bob))
    #expect(try story.review(change).status == .approved)
    try story.tell(Story.decision(.rejection, of: change, by: Story.alice))
    #expect(try story.review(change).status == .rejected)
  }

  @Test("an approval expires, by its own word or the rules', until the change is built upon")
  func expiry() throws {
    var story = try Story()
    let change = try story.tell(Story.change()).record
    try story.tell(
      Story.decision(of: change, by: Story.bob, expires: Fixture.time(50)))
    #expect(try story.review(change, minutes: 49).status == .approved)
    let late = try story.review(change, minutes: 50)
    #expect(late.status == .expired)
    #expect(late.refusals == [.approvalExpired])
    let days = ApprovalRules(required: 1, expiresDays: 1)
    let other = try story.tell(Story.change(from: 1, to: 2)).record
    try story.tell(Story.decision(of: other, by: Story.bob))
    #expect(try story.review(other, days, minutes: 24 * 60).status == .approved)
    #expect(try story.review(other, days, minutes: 24 * 60 + 5).status == .expired)
    try story.tell(Story.change(from: 20, to: 25))
    #expect(try story.review(change, minutes: 5000).status == .approved)
  }

  @Test("an emergency change passes until it is due, and is overdue then")
  func emergency() throws {
    var story = try Story()
    var body = try Story.change()
    body.emergency = Emergency(due: Fixture.time(10_000))
    let change = try story.tell(body).record
    let rules = ApprovalRules(required: 1, emergencyHours: 2)
    let before = try story.review(change, rules, minutes: 121)
    #expect(before.status == .emergency)
    #expect(before.isPassing)
    #expect(before.due == Fixture.time(121))
    #expect(try story.review(change, rules, minutes: 122).status == .overdue)
    try story.tell(Story.decision(of: change, by: Story.bob), minutes: 130)
    let late = try story.review(change, rules, minutes: 140)
    #expect(late.status == .approved)
    #expect(late.isLate)
    // The record's own word counts where it asks for more.
    #expect(try !story.review(change, ApprovalRules(required: 1), minutes: 140).isLate)
  }

  @Test("what was taken over from before the log needs nobody")
  func imported() throws {
    var story = try Story()
    var body = try Story.change()
    body.kind = .imported
    let change = try story.tell(body).record
    #expect(try story.review(change).status == .notRequired)
    #expect(story.ledger.changeIDs == [change.id])
    #expect(story.ledger.review(of: Digest(of: [1]), rules: nil, now: Fixture.start) == nil)
  }

  private static func file(_ old: Int, _ new: Int) throws -> RecordDetails.DecidedFile {
    RecordDetails.DecidedFile(
      path: "config/hikari.properties", old: try ObjectID(of: Fixture.content(old)),
      new: try ObjectID(of: Fixture.content(new)))
  }

  @Test("a difference is accounted for by one change or by several in a row")
  func coverage() throws {
    var story = try Story()
    let one = try story.tell(Story.change(from: 10, to: 20)).record
    let two = try story.tell(Story.change(from: 20, to: 30)).record
    #expect(story.ledger.coverage(of: try Self.file(20, 30)) == .recorded([two.id]))
    #expect(story.ledger.coverage(of: try Self.file(10, 30)) == .recorded([two.id, one.id]))
    #expect(story.ledger.coverage(of: try Self.file(20, 40)) == .stale(two.id))
    #expect(story.ledger.coverage(of: try Self.file(7, 8)) == .unrecorded)
    let other = RecordDetails.DecidedFile(path: "x", old: nil, new: one.files[0].new)
    #expect(story.ledger.coverage(of: other) == .unrecorded)
  }

  @Test(
    "one person under several addresses is one person",
    arguments: [
      ("user:Alice@Example.ORG", "alice@example.org"),
      ("alice+ci@example.org", "alice@example.org"),
      ("user:12345+alice@users.noreply.github.com", "alice@users.noreply.github.com"),
      ("a.lice@gmail.com", "alice@googlemail.com"), ("ALICE", "user:alice"),
    ])
  func identities(one: String, other: String) {
    #expect(Identity(one) == Identity(other))
    #expect(!Identity(one).isBot)
  }

  @Test("names that only look alike are different people")
  func homoglyphs() {
    #expect(Identity("\u{430}lice@example.org") != Identity("alice@example.org"))
    #expect(Identity("a.lice@example.org") != Identity("alice@example.org"))
    #expect(Identity("+x@example.org") != Identity("@example.org"))
  }

  @Test(
    "programs are recognised",
    arguments: [
      "user:dependabot[bot]@users.noreply.github.com", "ci:github:a/b:1", "bot:x",
      "user:49699333+dependabot[bot]@users.noreply.github.com",
      "user:project_12_bot_4f@noreply.gitlab.example.org", "Group_3_bot@example.org",
    ])
  func bots(id: String) { #expect(Identity(id).isBot) }
}

package import Audit
import Findings
package import Git
import Syntax

/// A review that somebody gave on GitHub or GitLab, as the forge describes it to a CI job.
///
/// It is what the forge says, and is believed as far as its recorder is: sign it with a key in role
/// `forge`.
package struct ForgeReview: Sendable, Hashable {
  /// Who reviewed, as in `actor.id`.
  package let person: String
  /// The commit that was reviewed.
  package let commit: ObjectID
  /// Approval or rejection; `nil` for mere comments.
  package let kind: RecordKind?
  /// Where the review can be read.
  package let reason: String
  /// Whether the reviewer is a program, or made the change, as the forge says.
  let isOwn: Bool

  package var summary: String { "\(TerminalText.safe(person)) at \(commit.short)" }

  /// Reads the file that describes the event.
  ///
  /// - Throws: `Failure` when it describes something else.
  package init(file: String) throws(Failure) {
    let source = try WorkTree.readFile(file)
    let document = JSONDocument(source)
    guard let root = document.root, document.errors.isEmpty else {
      throw Failure("\(file) is no JSON")
    }
    guard let review = Self.gitHub(root) ?? Self.gitLab(root) else {
      throw Failure(
        "\(file) describes no review",
        help: "events of pull_request_review (GitHub) and merge requests (GitLab) do")
    }
    self = review
  }

  private init(
    person: String, commit: ObjectID, kind: RecordKind?, reason: String, isOwn: Bool
  ) {
    self.person = person
    self.commit = commit
    self.kind = kind
    self.reason = reason
    self.isOwn = isOwn
  }

  private static func gitHub(_ root: JSONNode) -> ForgeReview? {
    guard let review = root["review"], let request = root["pull_request"],
      let login = review["user"]?["login"]?.text,
      let commit = (review["commit_id"]?.text).flatMap({ ObjectID(hex: $0) })
    else { return nil }
    let kind: RecordKind? =
      switch (root["action"]?.text, review["state"]?.text?.lowercased()) {
      case ("submitted"?, "approved"?): .approval
      case ("submitted"?, "changes_requested"?), ("dismissed"?, _): .rejection
      default: nil
      }
    let isBot = review["user"]?["type"]?.text == "Bot"
    return ForgeReview(
      person: "\(login)@users.noreply.github.com".identity, commit: commit, kind: kind,
      reason: "review on GitHub\((review["html_url"]?.text).map { " " + $0 } ?? "")",
      isOwn: isBot || login == request["user"]?["login"]?.text)
  }

  private static func gitLab(_ root: JSONNode) -> ForgeReview? {
    guard root["object_kind"]?.text == "merge_request", let request = root["object_attributes"],
      let user = root["user"], let name = user["username"]?.text,
      let commit = (request["last_commit"]?["id"]?.text).flatMap({ ObjectID(hex: $0) })
    else { return nil }
    let kind: RecordKind? =
      switch request["action"]?.text {
      case "approved", "approval": .approval
      case "unapproved", "unapproval": .rejection
      default: nil
      }
    // GitLab hides addresses that are not public.
    let address = (user["email"]?.text).flatMap { $0.contains("@") ? $0 : nil }
    let isOwn =
      request["author_id"]?.text != nil && request["author_id"]?.text == user["id"]?.text
    return ForgeReview(
      person: (address ?? "\(name)@users.noreply.gitlab.com").identity, commit: commit, kind: kind,
      reason: "review on GitLab\((request["url"]?.text).map { " " + $0 } ?? "")", isOwn: isOwn)
  }
}

extension Reviewer {
  /// Records a forge's review of the changes that were recorded for the reviewed commit.
  ///
  /// - Throws: `Failure` when there are none, or the reviewer made them.
  package func take(
    _ event: ForgeReview, _ kind: RecordKind, _ statement: Statement,
    expiresAfter seconds: Int64?
  ) throws(Failure) -> [Given] {
    if kind == .approval, event.isOwn {
      throw Failure(
        AuditError(.approvalSelf, "\(event.summary) is who made the change, or a program"))
    }
    let log = AuditLog(try RepositoryAccess.open(folder))
    let changes: [LogEntry]
    do {
      changes = try log.entries {
        $0.record.body.kind == .change && $0.record.body.commit == event.commit
      }
      .values
    } catch { throw Failure(error) }
    guard !changes.isEmpty else {
      throw Failure(
        "no change is recorded for commit \(event.commit.short), which was reviewed",
        help: "headgate record --base BASE --head \(event.commit.short) first")
    }
    var given: [Given] = []
    for change in changes.reversed() {
      given.append(
        try decide(
          kind, about: change.id.description, statement, expiresAfter: seconds,
          for: Absent(id: event.person)))
    }
    return given
  }
}

extension JSONNode {
  /// A string, or a whole number as it is written.
  fileprivate var text: String? {
    switch content {
    case .string(let text): text
    case .int(let number): String(number)
    default: nil
    }
  }
}

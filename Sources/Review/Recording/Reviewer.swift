package import Audit
import Git

/// Puts opinions about recorded changes into the log.
package struct Reviewer: Sendable {
  /// An opinion that stands in the log.
  package struct Given: Sendable {
    package let recorded: Recorded
    /// The change that it is about.
    package let change: LogEntry
    /// What the change's review is now.
    package let review: Review
    /// What the reviewer should know besides.
    package let notes: [String]
  }

  /// Somebody who said so elsewhere, whose word is only written down here.
  package struct Absent: Sendable {
    /// As in `actor.id`.
    package let id: String

    package init(id: String) { self.id = id }
  }

  let folder: String

  package init(folder: String) { self.folder = folder }

  /// Appends an approval or rejection of the change that `name` means, once however often it is
  /// tried.
  ///
  /// - Parameters:
  ///   - seconds: after which the opinion stops to count; `nil` without a limit of its own.
  ///   - absent: whose opinion it is, where not the recorder's.
  /// - Throws: `Failure` when there is no such change, or the opinion would be worth nothing.
  package func decide(
    _ kind: RecordKind, about name: String, _ statement: Statement,
    expiresAfter seconds: Int64? = nil,
    for absent: Absent? = nil
  ) throws(Failure) -> Given {
    let log = AuditLog(try RepositoryAccess.open(folder))
    let change = try log.theEntry(named: name)
    guard change.record.body.kind.describesChange else {
      throw Failure(
        AuditError(
          .approvalTarget, "record \(change.sequence) is a \(change.record.body.kind), not a change"
        ))
    }
    let writer = try LogWriter(statement, in: log.repository)
    let rules = try rules(for: change, in: log.repository)
    var body = writer.body(kind)
    if let absent { body.actor = Actor(id: absent.id) }
    body.details = .decision(
      .init(
        of: change.id,
        files: change.record.body.files.map {
          .init(path: $0.path, old: $0.old?.git, new: $0.new?.git)
        }, expires: seconds.map { statement.now.advanced(bySeconds: $0) }))
    do throws(AuditError) {
      var ledger = try log.reviews(of: change.id)
      if seconds == nil,
        let given = try same(
          body, change, ledger.review(of: change.id, rules: rules, now: statement.now), log)
      {
        return given
      }
      let prepared = try writer.prepare(body, for: log)
      ledger.add(prepared.reviewed(at: .max))
      guard let review = ledger.review(of: change.id, rules: rules, now: statement.now) else {
        throw AuditError(.approvalTarget, "record \(change.sequence) is no change")
      }
      if case .refused(let code, let reason) = review.opinions.last?.worth {
        throw AuditError(code, "this \(kind) would not count: \(reason)", remedy: Self.remedy(code))
      }
      let recorded = try writer.append(prepared, to: log)
      return Given(
        recorded: recorded, change: change, review: review,
        notes: try movedFiles(of: change, in: log.repository))
    } catch {
      throw Failure(error)
    }
  }

  private func rules(
    for change: LogEntry, in repository: borrowing Repository
  ) throws(Failure) -> ApprovalRules? {
    guard let base = change.record.body.base, repository.contains(base) else { return nil }
    return try ApprovalsInForce.rules(at: base, in: repository)
  }

  /// The same person's same opinion, where it stands already.
  private func same(
    _ body: RecordBody, _ change: LogEntry, _ review: Review?, _ log: borrowing AuditLog
  ) throws(AuditError) -> Given? {
    let person = Identity(body.actor.id)
    let isApproval = body.kind == .approval
    guard let review,
      let opinion = review.opinions.last(where: {
        Identity($0.person) == person && $0.worth == .counts
      }),
      opinion.isApproval == isApproval,
      let entry = try log.entries(limit: 1, where: { $0.id == opinion.record }).values.first
    else { return nil }
    let recorded = Recorded(
      record: entry.record, sequence: entry.sequence, existed: true,
      isSigned: entry.signature != nil, warning: nil)
    return Given(recorded: recorded, change: change, review: review, notes: [])
  }

  private static func remedy(_ code: AuditCode) -> String? {
    switch code {
    case .approvalSelf: "somebody else has to agree"
    case .approvalRole: "`approvals:` in .headgate.yaml names those who are asked"
    case .signatureMissing: "headgate approve ID --key FILE, or git config headgate.signingKey FILE"
    case .keyUnknown: "headgate audit keys add FILE.pub, signed by somebody in role root"
    default: nil
    }
  }

  /// Files whose content in the last commit is no longer what the change made.
  private func movedFiles(
    of change: LogEntry, in repository: borrowing Repository
  ) throws(AuditError) -> [String] {
    do throws(GitError) {
      guard let head = try repository.head().commit else { return [] }
      let tree = try repository.commit(head).tree
      var notes: [String] = []
      for file in change.record.body.files
      where try repository.entry(at: file.path, in: tree)?.id != file.new?.git {
        notes.append(
          "\(file.path) differs in HEAD: the opinion is about the recorded content only")
      }
      return notes
    } catch {
      throw AuditError(error)
    }
  }

  /// Appends a remark on the record that `name` means.
  package func annotate(
    _ name: String, text: String, replacing earlier: [String] = [], _ statement: Statement
  ) throws(Failure) -> Recorded {
    guard !text.isEmpty else { throw Failure("the remark is empty") }
    let log = AuditLog(try RepositoryAccess.open(folder))
    let target = try log.theEntry(named: name)
    var replaced: [Digest] = []
    for name in earlier {
      let entry = try log.theEntry(named: name)
      guard entry.record.body.kind == .annotation else {
        throw Failure("record \(entry.sequence) is no annotation, so none can replace it")
      }
      replaced.append(entry.id)
    }
    let writer = try LogWriter(statement, in: log.repository)
    do throws(AuditError) {
      let details = RecordDetails.annotation(
        .init(of: [target.id], text: .text(text), supersedes: replaced))
      return try writer.append(
        writer.prepare(writer.body(.annotation, details: details), for: log), to: log)
    } catch {
      throw Failure(error)
    }
  }
}

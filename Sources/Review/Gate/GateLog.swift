import Audit
import Git
import Policy

/// What the audit log says of the files of a change.
struct GateLog: Sendable {
  /// What becomes of one governed file.
  enum Standing: Sendable, Hashable {
    case unrecorded
    /// Recorded, but with other content than what would be merged.
    case moved
    /// Recorded, and not agreed to yet; why.
    case unapproved(String)
    /// Recorded, and allowed to go before its approval; until when.
    case urgent(String)
    case settled
  }

  /// Whether the repository has a log here.
  let exists: Bool
  /// How many have to agree, by the rules of the base.
  let required: Int
  private let standings: [String: Standing]

  /// - Returns: what holds for the file at `path`.
  func standing(of path: String) -> Standing { standings[path] ?? .unrecorded }

  /// Reads the log for `paths`.
  ///
  /// The rules for agreeing are those of the base, keys are those in force in the log; a record
  /// from before the change does not cover its repetition.
  ///
  /// - Throws: `Failure` when there is a log and it cannot be read.
  init(_ range: GateRange, paths: [String], folder: String, now: Timestamp) throws(Failure) {
    let repository = try RepositoryAccess.open(folder)
    let rules = try ApprovalsInForce.rules(at: range.base, in: repository)
    let makers = try Self.makers(of: range, in: repository)
    let commits = try RepositoryAccess.orFailure { () throws(GitError) in
      Set(
        try repository.ancestors(
          of: range.head, excluding: range.base, limit: Self.commitLimit
        ).map(\.id))
    }
    var standings: [String: Standing] = [:]
    let log = AuditLog(try RepositoryAccess.open(folder))
    do throws(AuditError) {
      guard try log.tip() != nil else {
        (exists, required, self.standings) = (false, rules?.required ?? 0, [:])
        return
      }
      let ledger = try log.reviews()
      for path in paths {
        standings[path] = Self.standing(path, range, ledger, rules, commits, now, makers)
      }
    } catch {
      throw Failure(error)
    }
    (exists, required, self.standings) = (true, rules?.required ?? 0, standings)
  }

  /// A branch of more commits is recorded by others than its own, if at all.
  private static let commitLimit = 100_000

  private static func standing(
    _ path: String, _ range: GateRange, _ ledger: ReviewLedger, _ rules: ApprovalRules?,
    _ commits: Set<ObjectID>, _ now: Timestamp, _ makers: Set<Identity>
  ) -> Standing {
    let blobs = range.changes.blobs
    // A file that moved starts from what it was under its old name.
    let origin = range.changes.renamed.first { $0.value == path }?.key ?? path
    let file = RecordDetails.DecidedFile(
      path: path, old: blobs[origin]?.old, new: blobs[path]?.new)
    let coverage = ledger.coverage(of: file) { commits.contains($0) }
    switch coverage {
    case .unrecorded: return .unrecorded
    case .stale: return .moved
    case .recorded(let changes):
      var urgent: Standing?
      for change in changes {
        guard let review = ledger.review(of: change, rules: rules, now: now) else { continue }
        if let lack = lack(of: review, makers) { return .unapproved(lack) }
        if review.status == .emergency { urgent = .urgent(due(of: review)) }
      }
      return urgent ?? .settled
    }
  }

  private static func due(of review: Review) -> String {
    "record \(review.sequence) goes first as an emergency: \(review.approvals) of "
      + "\(review.required) agreed, due \(review.due?.description ?? "now")"
  }

  /// Why a review is not enough.
  ///
  /// A record may have been made without the commits, so that it knows of fewer authors than the
  /// change has: their own agreement counts here for nothing.
  private static func lack(of review: Review, _ makers: Set<Identity>) -> String? {
    guard review.isPassing else {
      return "record \(review.sequence) is \(review.status.rawValue): "
        + "\(review.approvals) of \(review.required) agreed"
    }
    guard review.status == .approved else { return nil }
    let own = review.opinions.filter { opinion in
      opinion.isApproval && opinion.worth == .counts && makers.contains(Identity(opinion.person))
    }
    guard review.approvals - own.count < review.required else { return nil }
    let names = own.map(\.person).joined(separator: ", ")
    return "record \(review.sequence) was approved by who wrote the change: \(names)"
  }

  /// Everybody who wrote the commits of the change.
  static func makers(
    of range: GateRange, in repository: borrowing Repository
  ) throws(Failure) -> Set<Identity> {
    let names = try RepositoryAccess.orFailure { () throws(GitError) in
      try ChangeAuthors.names(from: range.base, to: range.head, in: repository)
    }
    return Set(names.map { Identity($0) })
  }
}

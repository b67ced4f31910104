import Audit
import Git

/// The rules for agreeing by the versions that changes start from, each read once.
///
/// In a collection or a database those versions are not at hand: there the rules that the logs
/// themselves state decide.
struct RulesOfBases: ~Copyable {
  private let repository: Repository?
  /// Those of the version that is checked out.
  private let newest: ApprovalRules?
  private var known: [ObjectID: ApprovalRules?] = [:]

  /// - Parameter query: who asks; it decides where the rules are read.
  static func of(_ query: LogQuery) throws(Failure) -> RulesOfBases {
    if try query.isCollection() { return RulesOfBases(repository: nil, newest: nil) }
    return RulesOfBases(
      repository: try RepositoryAccess.open(query.folder), newest: try newest(in: query.folder))
  }

  private init(repository: consuming Repository?, newest: ApprovalRules?) {
    self.repository = repository
    self.newest = newest
  }

  private static func newest(in folder: String) throws(Failure) -> ApprovalRules? {
    let repository = try RepositoryAccess.open(folder)
    // Before the first commit nothing asks for agreement.
    let head = try? repository.head().commit
    return try ApprovalsInForce.rules(at: head, in: repository)
  }

  /// Whether the newest version asks for agreement.
  var mayAsk: Bool { (newest?.required ?? 0) > 0 }

  /// The rules for a change; `nil` where the log's own decide.
  mutating func rules(for change: LogEntry) throws(Failure) -> ApprovalRules? {
    guard let commit = change.record.body.base else { return nil }
    if let rules = known[commit] { return rules }
    var rules: ApprovalRules?
    switch repository {
    case .some(let repository):
      guard repository.contains(commit) else { return nil }
      rules = try ApprovalsInForce.rules(at: commit, in: repository)
    case .none: return nil
    }
    known[commit] = rules
    return rules
  }
}

package import Audit
package import Git
import Policy
import Syntax

/// The rules for agreeing to a change: those of the version that it starts from.
///
/// A change that edits `.headgate.yaml` is judged by the rules before it, so that it cannot excuse
/// itself.
package enum ApprovalsInForce {
  /// The rules of `commit`; `nil` where it has no `approvals:`, so that the log's own count.
  ///
  /// - Throws: `Failure` when its `.headgate.yaml` cannot be read.
  package static func rules(
    at commit: ObjectID?, in repository: borrowing Repository
  ) throws(Failure) -> ApprovalRules? {
    guard let commit else { return nil }
    let bytes = try RepositoryAccess.orFailure { () throws(GitError) in
      try repository.blob(at: Configuration.fileName, in: commit)
    }
    return try bytes.flatMap { bytes throws(Failure) in
      try rules(SourceText(path: Configuration.fileName, bytes: bytes))
    }
  }

  private static func rules(_ source: SourceText) throws(Failure) -> ApprovalRules? {
    do throws(PolicyError) {
      guard let declaration = try ConfigurationReader.read(source).approvals else { return nil }
      let declared = try DeclaredApprovals(declaration, path: source.path)
      return ApprovalRules(
        required: declared.required, from: declared.from, roles: declared.roles,
        isSigned: declared.isSigned, emergencyHours: declared.emergencyHours,
        expiresDays: declared.expiresDays)
    } catch {
      throw Failure(error.description)
    }
  }
}

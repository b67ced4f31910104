package import Audit
import Git
import Policy
package import Syntax

/// Puts the team's rules for agreeing on record, for whoever has the log and not the repository.
///
/// A change is judged by the `.headgate.yaml` that it starts from; the log's own word counts where
/// that cannot be read, as in logs that were collected.
package struct PolicyStating: Sendable {
  package struct Stated: Sendable {
    package let rules: ApprovalRules
    /// `nil` where the log says so already.
    package let recorded: Recorded?
  }

  private let folder: String

  package init(folder: String) { self.folder = folder }

  /// Records `approvals:` of the last commit, unless the log's last word is the same.
  ///
  /// - Throws: `Failure` where there are none, or the recorder may not decide about them.
  package func state(_ statement: Statement) throws(Failure) -> Stated {
    let log = AuditLog(try RepositoryAccess.open(folder))
    let (head, bytes) = try RepositoryAccess.orFailure { () throws(GitError) in
      let head = try log.repository.commitID(of: "HEAD")
      return (head, try log.repository.blob(at: Configuration.fileName, in: head))
    }
    guard let rules = try ApprovalsInForce.rules(at: head, in: log.repository), let bytes else {
      throw Failure(
        "\(Configuration.fileName) of the last commit has no approvals:",
        help: "write approvals: {required: 1}, and commit it")
    }
    let writer = try LogWriter(statement, in: log.repository)
    do throws(AuditError) {
      // Who begins the log may decide as long as nobody has a key.
      _ = try writer.identity(of: log)
      var ledger = try log.reviews(of: .zero)
      if ledger.rules(at: .max) == rules { return Stated(rules: rules, recorded: nil) }
      let details = RecordDetails.policy(
        .init(file: try FileVersion(content: bytes), approvals: rules))
      let prepared = try writer.prepare(writer.body(.policy, details: details), for: log)
      if let refusal = ledger.add(prepared.reviewed(at: .max)) {
        throw AuditError(
          refusal.code, refusal.description,
          remedy: refusal.code == .signatureMissing
            ? "sign it with --key FILE, a key in role root" : refusal.remedy)
      }
      return Stated(rules: rules, recorded: try writer.append(prepared, to: log))
    } catch {
      throw Failure(error)
    }
  }
}

extension PolicyStating.Stated {
  /// As `audit policy --format json` prints it: fields may be added, never changed.
  package var json: JSON {
    .object(present: [
      ("id", recorded.map { .string($0.record.id.description) }),
      ("seq", recorded.map { .number($0.sequence) }), ("required", .number(rules.required)),
      ("from", .array(rules.from.map { .string($0) })), ("signed", .bool(rules.isSigned)),
    ])
  }

  package var text: String {
    guard let recorded else { return "the log says so already: \(rules.required) required\n" }
    return recorded.shortText
  }
}

package import Audit
import Git
package import Policy
package import Syntax

/// Puts a waiver into the audit log.
package struct Waiving: Sendable {
  /// What is to be accepted, by whom and until when.
  package struct Request: Sendable {
    package let rule: String
    /// A pattern of paths; `**` for every file.
    package let path: String
    /// Only the finding with this fingerprint.
    package let fingerprint: String?
    /// Who answers for it; whoever records it where `nil`.
    package let owner: String?
    package let expires: Timestamp

    package init(
      rule: String, path: String, fingerprint: String? = nil,
      owner: String? = nil, expires: Timestamp
    ) {
      self.rule = rule
      self.path = path
      self.fingerprint = fingerprint
      self.owner = owner
      self.expires = expires
    }
  }

  /// The waiver at its place in the log.
  package struct Outcome: Sendable {
    package let id: String
    package let sequence: Int
    /// What did not work beside the record, which is stored all the same.
    package let warning: String?

    /// The record as `waive --format json` prints it: fields may be added, never changed.
    package var json: JSON { ["id": .string(id), "seq": .number(sequence), "kind": "waiver"] }
  }

  /// Days after which a waiver is no exception any more, but a decision for the configuration.
  package static let dayLimit: Int64 = 366

  private let folder: String
  private let policy: PolicySet

  /// - Parameter policy: the rules that there are.
  package init(folder: String, policy: PolicySet) {
    self.folder = folder
    self.policy = policy
  }

  /// Appends the waiver.
  ///
  /// - Throws: `Failure` when the rule is none, a word is missing, or the day is over or too far.
  package func record(_ request: Request, _ statement: Statement) throws(Failure) -> Outcome {
    let now = statement.now
    let rule = try check(request, statement)
    let log = AuditLog(try RepositoryAccess.open(folder))
    let writer = try LogWriter(statement, in: log.repository)
    let details = RecordDetails.waiver(
      .init(
        rule: rule, path: request.path, fingerprint: request.fingerprint,
        owner: request.owner ?? writer.recorder.id, granted: now, expires: request.expires))
    do throws(AuditError) {
      let recorded = try writer.append(
        writer.prepare(writer.body(.waiver, details: details), for: log), to: log)
      return Outcome(
        id: recorded.record.id.description, sequence: recorded.sequence,
        warning: recorded.warning)
    } catch {
      throw Failure(error)
    }
  }

  private func check(_ request: Request, _ statement: Statement) throws(Failure) -> String {
    let now = statement.now
    let rule = try canonical(request.rule)
    guard let reason = statement.reason, !reason.allSatisfy(\.isWhitespace) else {
      throw Failure("a waiver says why", help: "--reason 'the batch database has eight cores'")
    }
    guard Glob(request.path) != nil else {
      throw Failure("\(request.path) is no pattern of paths", help: "services/*/hikari.properties")
    }
    guard request.expires > now else {
      throw Failure("a waiver ends on a day to come", help: "--expires 2027-02-28")
    }
    guard request.expires <= now.advanced(bySeconds: Self.dayLimit * 86_400) else {
      throw Failure(
        "a waiver holds for a year at most",
        help: "what holds longer belongs into \(Configuration.fileName)")
    }
    return rule
  }

  private func canonical(_ name: String) throws(Failure) -> String {
    // A reader's refusal is no rule, and can be waived all the same.
    if name.hasSuffix("/refused-at-start") { return name }
    return try RuleList(policy).rule(name).definition.id
  }
}

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
    package let reason: String
    package let ticket: String?
    /// Who answers for it; whoever records it where `nil`.
    package let owner: String?
    package let expires: Timestamp

    package init(
      rule: String, path: String, fingerprint: String? = nil, reason: String,
      ticket: String? = nil, owner: String? = nil, expires: Timestamp
    ) {
      self.rule = rule
      self.path = path
      self.fingerprint = fingerprint
      self.reason = reason
      self.ticket = ticket
      self.owner = owner
      self.expires = expires
    }
  }

  /// When and how the record comes about.
  package struct Circumstances: Sendable {
    package let now: Timestamp
    /// 16 random bytes for the record, and as many for the first record of a new log.
    package let nonce: [UInt8]
    package let genesisNonce: [UInt8]
    /// `local`, or `ci:…`.
    package let via: String

    package init(now: Timestamp, nonce: [UInt8], genesisNonce: [UInt8], via: String) {
      self.now = now
      self.nonce = nonce
      self.genesisNonce = genesisNonce
      self.via = via
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
  package func record(
    _ request: Request, _ circumstances: Circumstances
  ) throws(Failure) -> Outcome {
    let rule = try check(request, circumstances.now)
    let log = AuditLog(try RepositoryAccess.open(folder))
    let user = try RepositoryAccess.orFailure { () throws(GitError) in
      try log.repository.configuredUser()
    }
    guard let user else {
      throw Failure(
        "git does not know who you are, so a waiver would have no author",
        help: "git config user.name 'Your Name' && git config user.email you@example.org")
    }
    let actor = Actor(id: "user:\(user.email)")
    let recorder = Actor(id: actor.id, via: circumstances.via)
    let now = circumstances.now
    var body = RecordBody(
      kind: .waiver, nonce: circumstances.nonce, recordedAt: now, actor: actor,
      recorder: recorder, reason: .text(request.reason),
      ticket: request.ticket.map { .text($0) })
    body.details = .waiver(
      RecordDetails.Waiver(
        rule: rule, path: request.path, fingerprint: request.fingerprint,
        owner: request.owner ?? actor.id, granted: now, expires: request.expires))
    let genesis = RecordBody(
      kind: .genesis, nonce: circumstances.genesisNonce, recordedAt: now, actor: actor,
      recorder: recorder)
    let committer = AppendOptions.Committer(name: user.name, email: user.email)
    do throws(AuditError) {
      let appended = try log.append(
        body, startingWith: genesis, options: AppendOptions(now: now, committer: committer))
      return Outcome(
        id: appended.id.description, sequence: appended.sequence,
        warning: appended.pinFailure?.description)
    } catch {
      throw Failure(error)
    }
  }

  private func check(_ request: Request, _ now: Timestamp) throws(Failure) -> String {
    let rule = try canonical(request.rule)
    guard !request.reason.allSatisfy(\.isWhitespace) else {
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

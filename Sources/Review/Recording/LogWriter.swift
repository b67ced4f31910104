package import Audit
package import Git

/// Who says something to the log, when and how: what every record has.
package struct Statement: Sendable {
  package let reason: String?
  package let ticket: String?
  package let now: Timestamp
  /// 16 random bytes for the record, and as many for the first record of a new log.
  package let nonce: [UInt8]
  package let genesisNonce: [UInt8]
  /// How the record comes about: `local`, or `ci:…`.
  package let via: String
  /// Signs the record; `nil` leaves it unsigned.
  package let signer: RecordSigner?
  /// Packs the repository's objects in the background when they have become many; `nil` never does.
  package let git: GitExecutable?
  /// Where given, reason and ticket stand beside the log, where they can be deleted: 16 random
  /// bytes or more that hide them in the record.
  package let salt: [UInt8]?

  package init(
    reason: String?, ticket: String?, now: Timestamp, nonce: [UInt8], genesisNonce: [UInt8],
    via: String = "local", signer: RecordSigner? = nil, git: GitExecutable? = nil,
    salt: [UInt8]? = nil
  ) {
    self.reason = reason
    self.ticket = ticket
    self.now = now
    self.nonce = nonce
    self.genesisNonce = genesisNonce
    self.via = via
    self.signer = signer
    self.git = git
    self.salt = salt
  }
}

/// Appends records on behalf of whoever git is configured for.
struct LogWriter {
  let statement: Statement
  /// Reason and ticket as the record says them, and what it only commits to.
  private let reason: FreeText?
  private let ticket: FreeText?
  private let privateTexts: PrivateTexts
  let recorder: Actor
  let committer: AppendOptions.Committer

  /// - Throws: `Failure` when git does not know who that is.
  init(_ statement: Statement, in repository: borrowing Repository) throws(Failure) {
    let user = try RepositoryAccess.orFailure { () throws(GitError) in
      try repository.configuredUser()
    }
    guard let user else {
      throw Failure(
        "git does not know who you are, so a record would have no author",
        help: "git config user.name 'Your Name' && git config user.email you@example.org")
    }
    self.statement = statement
    var texts = PrivateTexts()
    func said(_ text: String?, _ field: String) -> FreeText? {
      guard let text else { return nil }
      guard let salt = statement.salt else { return .text(text) }
      return texts.keep(text, as: field, salt: salt)
    }
    reason = said(statement.reason, "reason")
    ticket = said(statement.ticket, "ticket")
    privateTexts = texts
    recorder = Actor(
      id: user.email.identity, keyFingerprint: statement.signer?.key.fingerprint,
      via: statement.via)
    committer = AppendOptions.Committer(name: user.name, email: user.email)
  }

  /// A record of `kind` by the recorder, with the statement's reason and ticket.
  func body(_ kind: RecordKind, details: RecordDetails? = nil) -> RecordBody {
    RecordBody(
      kind: kind, nonce: statement.nonce, recordedAt: statement.now,
      actor: Actor(id: recorder.id, keyFingerprint: recorder.keyFingerprint), recorder: recorder,
      reason: reason, ticket: ticket, details: details)
  }

  /// A record with its signature, ready to be stored.
  struct Prepared {
    let record: Record
    let signature: [UInt8]?

    /// The record as it will be judged at its place in the log.
    func reviewed(at sequence: Int) -> ReviewedRecord {
      ReviewedRecord(record, sequence: sequence, signature: signature)
    }
  }

  /// Gives the record the log's id, and a signature; begins the log if there is none.
  func prepare(
    _ body: RecordBody, for log: borrowing AuditLog
  ) throws(AuditError) -> Prepared {
    var body = body
    body.repository = try identity(of: log)
    let record = try Record(body)
    return Prepared(record: record, signature: try statement.signer?.sign(record.bytes))
  }

  /// Lets git pack what has gathered, after the records are stored.
  func maintain(_ log: borrowing AuditLog) {
    if let git = statement.git { Maintenance(git).startIfDue(in: log, now: statement.now) }
  }

  /// The log's id; begins the log if there is none.
  func identity(of log: borrowing AuditLog) throws(AuditError) -> Digest {
    if let identity = try log.identity() { return identity }
    let genesis = RecordBody(
      kind: .genesis, nonce: statement.genesisNonce, recordedAt: statement.now,
      actor: Actor(id: recorder.id), recorder: Actor(id: recorder.id, via: statement.via))
    return try log.create(
      Record(genesis), options: AppendOptions(now: statement.now, committer: committer))
  }

  /// Stores the record at the end of the log.
  func append(
    _ prepared: Prepared, contents: [[UInt8]] = [], to log: borrowing AuditLog
  ) throws(AuditError) -> Recorded {
    let options = AppendOptions(
      now: statement.now, committer: committer, contents: contents,
      signature: prepared.signature)
    // First, so that a record never commits to what is nowhere.
    try log.keep(privateTexts, of: prepared.record.id)
    let appended = try log.append(prepared.record, options: options)
    maintain(log)
    return Recorded(
      record: prepared.record, sequence: appended.sequence, existed: appended.existed,
      isSigned: prepared.signature != nil, warning: appended.pinFailure?.description)
  }
}

/// A record that stands in the log.
package struct Recorded: Sendable {
  package let record: Record
  package let sequence: Int
  /// Whether it stood there before.
  package let existed: Bool
  package let isSigned: Bool
  /// Settings that did not fit into the record; the files themselves are in the log whole.
  package var omittedSettings = 0
  /// What did not work beside the record, which is stored all the same.
  package let warning: String?
}

extension AuditLog {
  /// The record that `name` means: its number, its id or the beginning of it.
  ///
  /// - Throws: `Failure` when it means none or several.
  func theEntry(named name: String) throws(Failure) -> LogEntry {
    let found: Answer<LogEntry>
    do { found = try entries(named: name) } catch { throw Failure(error) }
    guard let entry = found.values.first else {
      throw Failure("no record is called \(name)", help: "`headgate log` lists them")
    }
    guard found.values.count == 1 else {
      throw Failure(
        "\(found.values.count) records begin with \(name)", help: "write more of its id")
    }
    return entry
  }

  /// Keys and reviews as the records up to now decide.
  ///
  /// - Parameter change: read no other change than this one; all of them where `nil`.
  /// - Throws: ``AuditError`` `shallow` where older records are missing: without them nobody can
  ///   say whose key is in force.
  package func reviews(of change: Digest? = nil) throws(AuditError) -> ReviewLedger {
    var records: [ReviewedRecord] = []
    let isComplete = try visitEntries(where: { trailers in
      guard let change, let kind = RecordKind(trailers.kind) else { return true }
      return !kind.describesChange || trailers.record == change
    }) { entry throws(AuditError) in
      records.append(ReviewedRecord(entry))
      return true
    }
    guard isComplete else {
      throw AuditError(
        .shallow, "the log is cut off in this shallow clone, so that reviews cannot be told",
        remedy: "git fetch --unshallow, or fetch \(AuditLog.reference) whole")
    }
    var ledger = ReviewLedger()
    for record in records.reversed() { ledger.add(record) }
    return ledger
  }
}

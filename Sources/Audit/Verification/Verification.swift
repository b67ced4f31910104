package import Git

/// What was found wrong at one place of the log.
package struct AuditProblem: Sendable, Hashable, CustomStringConvertible {
  package let code: AuditCode
  package let severity: AuditCode.Severity
  /// The record concerned; absent when it is the log as a whole.
  package let sequence: Int?
  package let message: String

  init(
    _ code: AuditCode, at sequence: Int?, _ message: String, severity: AuditCode.Severity? = nil
  ) {
    self.code = code
    self.severity = severity ?? code.severity
    self.sequence = sequence
    self.message = message
  }

  package var description: String {
    code.rawValue + (sequence.map { " record \($0)" } ?? "") + ": " + message
  }
}

/// The result of verifying the log.
package struct Verification: Sendable {
  /// The number of records found, the genesis record included.
  package let records: Int
  /// Ordered by record, those of the whole log first.
  package internal(set) var problems: [AuditProblem]
  /// Whether this clone remembered an earlier state to compare with.
  ///
  /// Without it a log that somebody rewrote from its first record on looks sound.
  package let isPinned: Bool
  package let tip: ObjectID?
  /// The number of records whose commits were read: fewer than all after an earlier verification.
  package let read: Int
  /// The end of the log, from which the next verification can go on; `nil` where it is not known.
  let place: LogPlace?

  /// Whether nothing speaks against the log as far as it could be read.
  package var isTrustworthy: Bool { exitCode < 2 }

  /// 0 sound, 1 incomplete, 2 could not be verified, 4 tampered with.
  ///
  /// Tampering is told even if something else could not be verified.
  package var exitCode: Int32 {
    let severities = Set(problems.map(\.severity))
    if severities.contains(.tampered) { return 4 }
    if severities.contains(.couldNotRun) { return 2 }
    return severities.contains(.incomplete) ? 1 : 0
  }
}

extension AuditLog {
  /// Checks the log against its own hashes and against what this clone remembers.
  ///
  /// Nothing is believed but objects: each is read, hashed and compared. It does not throw, because
  /// what cannot be read is a result too.
  ///
  /// - Parameters:
  ///   - now: the present time, for records from the future.
  ///   - first: the first record whose content is read; of older ones only the commits are.
  ///   - since: where an earlier verification ended: older records are not read. Files' states are
  ///     compared with those of the thousand records before it, a repetition of an older record is
  ///     not found: only a verification of the whole log sees everything.
  ///   - concurrency: reads records on several cores; on one where `nil`.
  package func verify(
    now: Timestamp, from first: Int = 0, since: LogPlace? = nil, concurrency: Concurrency? = nil
  ) -> Verification {
    var verifier = Verifier(now: now, first: first, since: since, concurrency: concurrency)
    verifier.run(on: self)
    return verifier.result
  }

  /// Checks what a remote has, before anything here follows it.
  func verify(remote tip: ObjectID, now: Timestamp, since: LogPlace?) -> Verification {
    var verifier = Verifier(now: now, first: 0, since: since)
    verifier.run(on: self, from: tip)
    return verifier.result
  }

  /// Remembers that the log was found sound up to here: the next verification goes on there.
  ///
  /// - Throws: ``AuditError`` `busy`, `storage`; the verification holds all the same.
  package func remember(_ verification: Verification, pacing: Pacing) throws(AuditError) {
    guard verification.isTrustworthy, let place = verification.place else { return }
    let common = repository.commonDirectory
    guard let directory = try LogDirectory.opened(in: common, create: true) else { return }
    let lock = try directory.lock(pacing)
    // The log may have grown since; what was verified is remembered, not where it ends now.
    var pin = try self.pin() ?? Pin(place)
    pin.verified = place
    try pin.write(to: directory, flushed: false)
    withExtendedLifetime(lock) {}
  }
}

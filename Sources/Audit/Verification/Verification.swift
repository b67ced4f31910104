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
  package let problems: [AuditProblem]
  /// Whether this clone remembered an earlier state to compare with.
  ///
  /// Without it a log that somebody rewrote from its first record on looks sound.
  package let isPinned: Bool
  package let tip: ObjectID?

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
  package func verify(now: Timestamp, from first: Int = 0) -> Verification {
    var verifier = Verifier(now: now, first: first)
    verifier.run(on: self)
    return verifier.result
  }
}

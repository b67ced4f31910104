package import Audit
import Findings
package import Syntax

extension LogQuery {
  /// Checks the log against its own hashes and what this clone remembers.
  ///
  /// - Parameters:
  ///   - isFull: whether records that were verified here before are read again.
  ///   - requiresPin: whether a clone that remembers nothing is a failure, as in CI.
  ///   - checkpoints: notes that were kept elsewhere, which the log has to continue.
  package func verify(
    now: Timestamp, from first: Int, isFull: Bool, requiresPin: Bool,
    checkpoints: [[UInt8]] = []
  ) throws(Failure) -> VerificationReport {
    try ask { log throws(AuditError) in
      // A memory that cannot be understood is what verification reports.
      let before = isFull ? nil : (try? log.pin())?.verified
      var verification = log.verify(
        now: now, from: first, since: before,
        concurrency: { count, work in _ = Parallel.map(Array(0..<count), share: 1, work) })
      for note in checkpoints { log.compare(note, into: &verification) }
      // Not to remember, on a read-only disk, only makes the next verification longer.
      if first == 0 { try? log.remember(verification, pacing: .system) }
      return VerificationReport(verification, requiresPin: requiresPin)
    }
  }
}

/// What verification found, for people and programs.
package struct VerificationReport: Sendable {
  private let verification: Verification
  private let requiresPin: Bool

  init(_ verification: Verification, requiresPin: Bool = false) {
    self.verification = verification
    self.requiresPin = requiresPin
  }

  /// 0 intact, 1 incomplete, 2 could not run, 4 tampered with.
  package var exitCode: Int32 {
    let code = verification.exitCode
    return lacksPin && code != 4 ? 2 : code
  }

  package var isSound: Bool { verification.problems.isEmpty && !lacksPin }

  /// Whether there is nothing to compare with, although there has to be.
  private var lacksPin: Bool {
    requiresPin && !verification.isPinned && verification.records > 0
  }

  /// Fields may be added, never changed.
  package var json: JSON {
    [
      "records": .number(verification.records), "pinned": .bool(verification.isPinned),
      "read": .number(verification.read),
      "problems": .array(
        verification.problems.map { problem in
          [
            "code": .string(problem.code.rawValue),
            "seq": problem.sequence.map { .number($0) } ?? nil,
            "message": .string(problem.message),
          ]
        }),
    ]
  }

  package var text: String {
    guard verification.records > 0 || !isSound else { return "there is no audit log yet\n" }
    var lines = verification.problems.map { TerminalText.safe($0.description) }
    let records = verification.records == 1 ? "1 record" : "\(verification.records) records"
    switch exitCode {
    case 0: lines.append("\(records), intact" + earlier)
    case 1: lines.append("\(records), intact but incomplete" + earlier)
    case 4: lines.append("\(records): the log was tampered with")
    default: lines.append("\(records): the log could not be verified")
    }
    if !verification.isPinned {
      lines.append(
        "this clone remembers no earlier state: a log rewritten whole would look the same")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// How much of it was verified before.
  private var earlier: String {
    let known = verification.records - verification.read
    guard known > 0 else { return "" }
    return " (\(known) verified before; --full reads them again)"
  }
}

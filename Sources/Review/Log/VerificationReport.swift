package import Audit
import Findings
package import Syntax

extension LogQuery {
  /// Checks the log against its own hashes and what this clone remembers.
  package func verify(now: Timestamp, from first: Int) throws(Failure) -> VerificationReport {
    VerificationReport(try ask { log throws(AuditError) in log.verify(now: now, from: first) })
  }
}

/// What verification found, for people and programs.
package struct VerificationReport: Sendable {
  private let verification: Verification

  init(_ verification: Verification) {
    self.verification = verification
  }

  /// 0 intact, 1 incomplete, 2 could not run, 4 tampered with.
  package var exitCode: Int32 { verification.exitCode }
  package var isSound: Bool { verification.problems.isEmpty }

  /// Fields may be added, never changed.
  package var json: JSON {
    [
      "records": .number(verification.records), "pinned": .bool(verification.isPinned),
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
    case 0: lines.append("\(records), intact")
    case 1: lines.append("\(records), intact but incomplete")
    case 4: lines.append("\(records): the log was tampered with")
    default: lines.append("\(records): the log could not be verified")
    }
    if !verification.isPinned {
      lines.append(
        "this clone remembers no earlier state: a log rewritten whole would look the same")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

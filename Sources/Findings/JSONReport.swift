import Syntax

/// The report for programs, version 1: fields may be added, never changed (docs/output-formats.md).
enum JSONReport {
  /// Rises only when a field changes its meaning or goes away.
  static let version = 1

  static func render(_ report: Report, _ style: ReportStyle) -> [UInt8] {
    let shown = report.findings.filter { style.includesExcused || $0.status == .new }
    let document: JSON = [
      "version": .number(version),
      "tool": ["name": "headgate", "version": .string(report.toolVersion)],
      "policyDigest": .string(report.policyDigest),
      "findings": .array(shown.map(finding)),
      "undecided": .array(report.undecided.map(undecided)),
      "summary": summary(report),
    ]
    return document.bytes(.pretty) + Array("\n".utf8)
  }

  private static func finding(_ finding: Finding) -> JSON {
    [
      "rule": .string(finding.rule),
      "severity": .string(finding.severity.rawValue),
      "message": .string(finding.message),
      "path": .string(finding.path),
      "range": range(finding.range),
      "related": .array(
        finding.related.map { related in
          [
            "path": .string(related.path), "range": range(related.range),
            "message": .string(related.message),
          ]
        }),
      "why": .string(orNull: finding.why),
      "help": .string(orNull: finding.help),
      "fix": finding.fix.map(fix) ?? .null,
      "fingerprint": .string(finding.fingerprint),
      "status": .string(finding.status.rawValue),
    ]
  }

  private static func undecided(_ finding: Finding) -> JSON {
    [
      "rule": .string(finding.rule), "message": .string(finding.message),
      "path": .string(finding.path), "range": range(finding.range),
    ]
  }

  private static func fix(_ fix: Fix) -> JSON {
    [
      "description": .string(fix.description),
      "safety": .string(fix.safety.rawValue),
      "edits": .array(
        fix.edits.map { edit in
          [
            "start": .number(edit.range.lowerBound), "end": .number(edit.range.upperBound),
            "replacement": .string(edit.replacement),
          ]
        }),
    ]
  }

  private static func range(_ range: SourceRange) -> JSON {
    ["start": position(range.start), "end": position(range.end)]
  }

  private static func position(_ position: SourcePosition) -> JSON {
    [
      "line": .number(position.line), "column": .number(position.column),
      "offset": .number(position.offset),
    ]
  }

  private static func summary(_ report: Report) -> JSON {
    func count(_ status: FindingStatus) -> JSON {
      .number(report.findings.count { $0.status == status })
    }
    return [
      "files": .number(report.fileCount),
      "rules": .number(report.ruleCount),
      "errors": .number(report.count(.error)),
      "warnings": .number(report.count(.warning)),
      "notes": .number(report.count(.note)),
      "baseline": count(.baseline),
      "suppressed": count(.suppressed),
      "waived": count(.waived),
      "undecided": .number(report.undecided.count),
      "skipped": .array(
        report.skipped.map { ["path": .string($0.path), "reason": .string($0.reason)] }),
    ]
  }
}

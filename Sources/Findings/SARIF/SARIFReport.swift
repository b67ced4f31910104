import Syntax

/// SARIF 2.1.0 (OASIS), as GitHub's code scanning takes it and other viewers understand it.
///
/// Results stand worst first, because readers with limits show the first ones. What GitHub ignores
/// and the standard has is written all the same: suppressions, baseline states, fixes.
enum SARIFReport {
  static func render(_ report: Report, _ style: ReportStyle) -> [UInt8] {
    let findings = report.findings.filter { style.includesExcused || $0.status == .new }
    let rules = SARIFRules(report.rules, findings: findings)
    var results = SARIFResults(report.sources, rules)
    results.hasBaseline = findings.contains { $0.status == .baseline }
    let ordered = Severity.allCases.sorted(by: >).flatMap { severity in
      findings.filter { $0.severity == severity }
    }
    let driver: JSON = [
      "name": "headgate",
      "semanticVersion": .string(report.toolVersion),
      "rules": .array(rules.descriptors),
    ]
    let run: JSON = [
      "tool": ["driver": driver],
      "columnKind": "utf16CodeUnits",
      "automationDetails": ["id": "headgate/check/"],
      "invocations": [invocation(report)],
      "results": .array(ordered.map { results.result($0) }),
      "properties": ["policyDigest": .string(report.policyDigest)],
    ]
    let log: JSON = [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
      "version": "2.1.0",
      "runs": [run],
    ]
    return log.bytes(.pretty) + Array("\n".utf8)
  }

  /// Whether the run was whole, and what it had to leave out.
  private static func invocation(_ report: Report) -> JSON {
    let skipped = report.skipped.map { file in
      notification("error", "not checked: \(file.reason)", file.path, region: nil)
    }
    let undecided = report.undecided.map { finding in
      notification(
        "note", "not decided: \(finding.rule): \(finding.message)", finding.path,
        region: ["startLine": .number(max(1, finding.range.start.line))])
    }
    let isWhole = skipped.isEmpty && report.fileCount > 0 && report.ruleCount > 0
    return [
      "executionSuccessful": .bool(isWhole),
      "toolExecutionNotifications": .array(skipped + undecided),
    ]
  }

  private static func notification(
    _ level: String, _ message: String, _ path: String, region: JSON?
  ) -> JSON {
    [
      "level": .string(level),
      "message": ["text": .string(SARIFText.plain(message))],
      "locations": [
        [
          "physicalLocation": .object(present: [
            ("artifactLocation", SARIFText.artifact(path)), ("region", region),
          ])
        ]
      ],
    ]
  }
}

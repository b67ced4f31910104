import Syntax

/// SARIF 2.1.0 (OASIS), as GitHub's code scanning takes it and other viewers understand it.
///
/// Results stand worst first, because readers with limits show the first ones. What GitHub ignores
/// and the standard has is written all the same: suppressions, baseline states, fixes.
enum SARIFReport {
  /// Bytes that are gathered before they are handed on.
  private static let portion = 1 << 16

  /// Writes the report in portions.
  static func write(
    _ report: Report, _ style: ReportStyle, to sink: ([UInt8]) throws -> Void
  ) rethrows {
    let findings = report.findings.filter { style.includesExcused || $0.status == .new }
    let rules = SARIFRules(
      report.rules, findings: findings, origins: report.ruleOrigins())
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
    var writer = JSONWriter(style: .pretty)
    writer.beginObject()
    writer.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
    writer.member("version", "2.1.0")
    writer.name("runs")
    writer.beginArray()
    writer.beginObject()
    writer.member("tool", ["driver": driver])
    writer.member("columnKind", "utf16CodeUnits")
    writer.member("automationDetails", ["id": "headgate/check/"])
    writer.member("invocations", [invocation(report)])
    writer.name("results")
    writer.beginArray()
    for finding in ordered {
      writer.value(results.result(finding))
      if writer.bytes.count >= portion { try sink(writer.drain()) }
    }
    writer.endArray()
    writer.member("properties", ["policyDigest": .string(report.policyDigest)])
    writer.endObject()
    writer.endArray()
    writer.endObject()
    writer.newline()
    try sink(writer.drain())
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
    let obstacles = report.furtherObstacles.map { reason in
      notification("error", "gate: \(reason.text)", reason.path ?? ".headgate.yaml", region: nil)
    }
    let isWhole = skipped.isEmpty && report.fileCount > 0 && report.ruleCount > 0
    return [
      "executionSuccessful": .bool(isWhole),
      "toolExecutionNotifications": .array(skipped + obstacles + undecided),
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

extension JSONWriter {
  fileprivate mutating func member(_ name: String, _ value: JSON) {
    self.name(name)
    self.value(value)
  }
}

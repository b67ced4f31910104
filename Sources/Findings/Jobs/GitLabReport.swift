import Syntax

/// GitLab's code quality report: an array of issues, which a merge request compares with its base.
///
/// Only what nothing excuses is there: GitLab has no place for a waiver. A file that could not be
/// checked is an issue, too, because an empty report looks like a clean one.
enum GitLabReport {
  static func write(
    _ report: Report, _ style: ReportStyle, to sink: ([UInt8]) throws -> Void
  ) rethrows {
    var writer = JSONWriter(style: .pretty)
    var used: [String: Int] = [:]
    writer.beginArray()
    for file in report.skipped {
      let fingerprint = unique("not-checked \(file.path)", &used)
      writer.value(
        issue(
          "could not be checked: \(file.reason)", "headgate/not-checked", fingerprint, "blocker",
          file.path, line: 1))
    }
    for reason in report.furtherObstacles {
      let fingerprint = unique("gate \(reason.code) \(reason.path ?? "")", &used)
      writer.value(
        issue(
          reason.text, "headgate/gate-\(reason.code)", fingerprint, "blocker",
          reason.path ?? ".headgate.yaml", line: 1))
    }
    for finding in report.worstFirst {
      let known =
        finding.fingerprint.isEmpty
        ? "\(finding.rule) \(finding.path) \(finding.message)" : finding.fingerprint
      writer.value(
        issue(
          finding.message, finding.rule, unique(known, &used), severity(finding.severity),
          finding.path, line: max(1, finding.range.start.line)))
      if writer.bytes.count >= portion { try sink(writer.drain()) }
    }
    writer.endArray()
    writer.newline()
    try sink(writer.drain())
  }

  private static let portion = 1 << 16

  /// A fingerprint that no other issue has: of two alike GitLab shows one.
  private static func unique(_ fingerprint: String, _ used: inout [String: Int]) -> String {
    let count = used[fingerprint, default: 0] + 1
    used[fingerprint] = count
    return count == 1 ? fingerprint : "\(fingerprint):\(count)"
  }

  private static func severity(_ severity: Severity) -> String {
    switch severity {
    case .error: "critical"
    case .warning: "major"
    case .note: "info"
    }
  }

  private static func issue(
    _ description: String, _ check: String, _ fingerprint: String, _ severity: String,
    _ path: String, line: Int
  ) -> JSON {
    let text = TerminalText.safe(description)
    return [
      "description": .string(text.isEmpty ? check : text),
      "check_name": .string(check),
      "fingerprint": .string(TerminalText.safe(fingerprint)),
      "severity": .string(severity),
      "location": [
        "path": .string(relative(path)),
        "lines": ["begin": .number(line), "end": .number(line)],
      ],
    ]
  }

  /// GitLab finds no file by an absolute path or one with `./`.
  private static func relative(_ path: String) -> String {
    var rest = path[...]
    while rest.hasPrefix("./") || rest.hasPrefix("/") {
      rest = rest.dropFirst(rest.hasPrefix("/") ? 1 : 2)
    }
    return rest.isEmpty ? "-" : String(rest)
  }
}

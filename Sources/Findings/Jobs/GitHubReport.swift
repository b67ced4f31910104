import Syntax

/// Workflow commands for GitHub Actions: annotations on the changed files, the worst first.
///
/// GitHub shows ten errors, ten warnings and ten notices of a step and drops the rest; what is
/// beyond these stands in the log as plain lines, so that nothing is lost.
enum GitHubReport {
  /// Annotations of each severity that a step may make.
  static let limit = 10

  static func write(
    _ report: Report, _ style: ReportStyle, to sink: ([UInt8]) throws -> Void
  ) rethrows {
    var lines = LineBuffer()
    var columns = UTF16Columns(report.sources)
    var counts: [Severity: Int] = [:]
    var rest: [Finding] = []
    // Files that were not checked are the worst that can happen to a gate.
    for file in report.skipped {
      counts[.error, default: 0] += 1
      if counts[.error, default: 0] <= limit {
        lines.line(
          command("error", [("file", file.path)], title: "not checked", file.reason))
      } else {
        lines.line(JobLog.inert(TerminalText.safe("not checked: \(file.path): \(file.reason)")))
      }
    }
    for reason in report.furtherObstacles {
      let place = reason.path.map { [("file", $0)] } ?? []
      lines.line(command("error", place, title: "gate: \(reason.code)", reason.text))
    }
    for finding in report.worstFirst {
      counts[finding.severity, default: 0] += 1
      if counts[finding.severity, default: 0] > limit {
        rest.append(finding)
      } else {
        lines.line(annotation(finding, &columns))
      }
    }
    if !rest.isEmpty {
      lines.line("\(counted(rest.count, "more finding")) without an annotation:")
    }
    for finding in rest {
      lines.line(JobLog.inert(plain(finding)))
      try lines.flush(to: sink)
    }
    lines.line(
      report.checkedAnything
        ? "\(report.verdict): \(report.coverage)"
        : command("error", [], title: nil, report.verdict))
    try lines.finish(to: sink)
  }

  private static func plain(_ finding: Finding) -> String {
    let start = finding.range.start
    return TerminalText.safe(
      "\(finding.path):\(start.line):\(start.column): \(finding.severity.rawValue)"
        + "[\(finding.rule)]: \(finding.message)")
  }

  private static func annotation(_ finding: Finding, _ columns: inout UTF16Columns) -> String {
    let (start, end) = (finding.range.start, finding.range.end)
    var properties = [
      ("file", finding.path), ("line", "\(max(1, start.line))"),
      ("endLine", "\(max(1, start.line))"), ("col", "\(columns.column(finding.path, start))"),
    ]
    // GitHub takes columns only of a range on one line.
    if end.line == start.line, end.offset > start.offset {
      properties.append(("endColumn", "\(columns.column(finding.path, end) - 1)"))
    }
    let way = finding.fix.map { "fix (\($0.safety.rawValue)): \($0.description)" } ?? finding.help
    let paragraphs = [finding.message, finding.expiry, finding.why, way].compactMap { text in
      text?.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    return command(
      finding.severity == .note ? "notice" : finding.severity.rawValue, properties,
      title: finding.rule, paragraphs.joined(separator: "\n\n"))
  }

  /// `::name property=value,…::text`.
  private static func command(
    _ name: String, _ properties: [(String, String)], title: String?, _ text: String
  ) -> String {
    let all = properties + (title.map { [("title", $0)] } ?? [])
    let list = all.map { "\($0)=\(value($1, isProperty: true))" }.joined(separator: ",")
    return "::\(name)\(list.isEmpty ? "" : " " + list)::\(value(text, isProperty: false))"
  }

  /// The runner's own escapes; line feeds between paragraphs are ours.
  private static func value(_ text: String, isProperty: Bool) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var result = ""
    for character in lines.map({ TerminalText.safe(String($0)) }).joined(separator: "\n") {
      switch character {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where isProperty: result += "%3A"
      case "," where isProperty: result += "%2C"
      default: result.append(character)
      }
    }
    return result
  }
}

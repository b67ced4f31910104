import Syntax

/// The Test Anything Protocol, version 14: a test for each finding, one for a file without any.
enum TAPReport {
  static func write(
    _ report: Report, _ style: ReportStyle, to sink: ([UInt8]) throws -> Void
  ) rethrows {
    var writer = TAPWriter(level: style.failsOn)
    let touched = Set(
      report.findings.map(\.path) + report.undecided.map(\.path) + report.skipped.map(\.path))
    let clean = report.sources.keys.filter { !touched.contains($0) }.sorted()
    let found = report.furtherObstacles.count + report.findings.count + report.undecided.count
    let count = found + report.skipped.count + clean.count
    writer.lines.line("TAP version 14")
    // A plan of no tests would count as success.
    writer.lines.line(
      report.checkedAnything || count > 0
        ? "1..\(count)" : "Bail out! \(report.reasonForNothing)")
    for reason in report.furtherObstacles {
      writer.point(false, "gate: \(reason.path.map { "\($0): " } ?? "")\(reason.text)")
    }
    for finding in report.findings {
      writer.test(finding)
      try writer.lines.flush(to: sink)
    }
    for finding in report.undecided {
      writer.point(
        true, "\(finding.path): \(finding.rule)", skip: "not decided: \(finding.message)")
    }
    for file in report.skipped { writer.point(false, "\(file.path): not checked: \(file.reason)") }
    for path in clean { writer.point(true, path) }
    try writer.lines.finish(to: sink)
  }
}

/// Writes test after test.
struct TAPWriter {
  let level: Severity
  var lines = LineBuffer()
  private var number = 0

  init(level: Severity) { self.level = level }

  /// A line; `skip` is why the test does not count.
  mutating func point(_ passes: Bool, _ description: String, skip: String? = nil) {
    number += 1
    let directive = skip.map { " # SKIP \(Self.description($0))" } ?? ""
    lines.line(
      "\(passes ? "ok" : "not ok") \(number) - \(Self.description(description))\(directive)")
  }

  mutating func test(_ finding: Finding) {
    let start = finding.range.start
    let place = "\(finding.path):\(start.line):\(start.column)"
    let title = "\(place): \(finding.severity.rawValue)[\(finding.rule)]"
    if let excuse = finding.excusal { return point(true, title, skip: excuse) }
    point(finding.severity < level, "\(title): \(finding.message)")
    lines.line("  ---")
    for (name, value) in fields(of: finding) {
      if let value { lines.line("  \(name): \(value.text())") }
    }
    lines.line("  ...")
  }

  /// Names and values; JSON's strings are YAML's, too.
  private func fields(of finding: Finding) -> [(String, JSON?)] {
    func words(_ text: String?) -> JSON? {
      text.map { .string($0.split(whereSeparator: \.isWhitespace).joined(separator: " ")) }
    }
    return [
      ("message", .string(finding.message)), ("severity", .string(finding.severity.rawValue)),
      ("rule", .string(finding.rule)), ("file", .string(finding.path)),
      ("line", .number(finding.range.start.line)),
      ("column", .number(finding.range.start.column)), ("why", words(finding.why)),
      ("help", words(finding.help)), ("waiver", words(finding.expiry)),
      ("fix", finding.fix.map { .string($0.description) }),
      ("fixSafety", finding.fix.map { .string($0.safety.rawValue) }),
      ("fingerprint", finding.fingerprint.isEmpty ? nil : .string(finding.fingerprint)),
    ]
  }

  /// A description in which nothing is a directive.
  private static func description(_ text: String) -> String {
    var result = ""
    for character in TerminalText.safe(text).unicodeScalars {
      if character == "#" || character == "\\" { result += "\\" }
      result.unicodeScalars.append(character)
    }
    return result
  }
}

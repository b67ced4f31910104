/// JUnit's XML, as Jenkins, GitLab and others show it: a suite for each file, a test for each
/// finding, and one passing test for a file without any.
///
/// It follows the schema of Jenkins' xUnit plugin (`junit-10.xsd`), the common ground of readers.
enum JUnitReport {
  static func write(
    _ report: Report, _ style: ReportStyle, to sink: ([UInt8]) throws -> Void
  ) rethrows {
    let suites = suites(of: report)
    var writer = JUnitWriter(report, style)
    writer.begin(suites, report.furtherObstacles)
    for suite in suites {
      writer.suite(suite)
      try writer.lines.flush(to: sink)
    }
    writer.lines.line("</testsuites>")
    try writer.lines.finish(to: sink)
  }

  /// What was found in each file, also in those that were not read, by path.
  private static func suites(of report: Report) -> [JUnitSuite] {
    var suites: [String: JUnitSuite] = [:]
    for path in report.sources.keys { suites[path] = JUnitSuite(path) }
    for finding in report.findings {
      suites[finding.path, default: JUnitSuite(finding.path)].findings.append(finding)
    }
    for finding in report.undecided {
      suites[finding.path, default: JUnitSuite(finding.path)].undecided.append(finding)
    }
    for file in report.skipped {
      suites[file.path, default: JUnitSuite(file.path)].skipped.append(file)
    }
    return suites.values.sorted { $0.path < $1.path }
  }
}

/// The tests of one file.
struct JUnitSuite: Sendable {
  let path: String
  var findings: [Finding] = []
  var undecided: [Finding] = []
  var skipped: [SkippedFile] = []

  init(_ path: String) { self.path = path }

  /// A file without a finding counts as one test that passed.
  var tests: Int { max(1, findings.count + undecided.count + skipped.count) }
  func failures(_ level: Severity) -> Int {
    findings.count { $0.status == .new && $0.severity >= level }
  }
  var excused: Int { findings.count { $0.status != .new } + undecided.count }
}

/// Writes suite by suite.
struct JUnitWriter {
  private let level: Severity
  private var text: TextWriter
  var lines = LineBuffer()

  init(_ report: Report, _ style: ReportStyle) {
    level = style.failsOn
    text = TextWriter(report, ReportStyle(width: style.width, isJobLog: true))
  }

  mutating func begin(_ suites: [JUnitSuite], _ obstacles: [Decision.Reason]) {
    lines.line(#"<?xml version="1.0" encoding="UTF-8"?>"#)
    func sum(_ count: (JUnitSuite) -> Int) -> Int { suites.reduce(0) { $0 + count($1) } }
    lines.line(
      "<testsuites name=\"headgate\" tests=\"\(sum(\.tests) + obstacles.count)\" "
        + "failures=\"\(sum { $0.failures(level) } + obstacles.count)\" "
        + "errors=\"\(sum(\.skipped.count))\">")
    guard !obstacles.isEmpty else { return }
    let count = obstacles.count
    lines.line("  <testsuite name=\"gate\" tests=\"\(count)\" failures=\"\(count)\" errors=\"0\">")
    var names: [String: Int] = [:]
    for reason in obstacles {
      let name = Self.name("gate/\(reason.code)", &names)
      lines.line("    <testcase \(Self.attributes(reason.path ?? "gate", name))>")
      lines.line(
        "      <failure type=\"gate\" message=\"\(Markup.escaped(reason.text))\"/>")
      lines.line("    </testcase>")
    }
    lines.line("  </testsuite>")
  }

  mutating func suite(_ suite: JUnitSuite) {
    lines.line(
      "  <testsuite name=\"\(Markup.escaped(suite.path))\" tests=\"\(suite.tests)\" "
        + "failures=\"\(suite.failures(level))\" errors=\"\(suite.skipped.count)\" "
        + "skipped=\"\(suite.excused)\">")
    var names: [String: Int] = [:]
    for finding in suite.findings { test(finding, &names) }
    for finding in suite.undecided {
      let name = Self.name(finding.rule, &names)
      skipped(finding.path, name, "not decided: \(finding.message)")
    }
    for file in suite.skipped {
      let attributes = Self.attributes(file.path, Self.name("readable", &names))
      lines.line("    <testcase \(attributes)>")
      lines.line(
        "      <error type=\"not-checked\" message=\"\(Markup.escaped(file.reason))\"/>")
      lines.line("    </testcase>")
    }
    if suite.findings.isEmpty, suite.undecided.isEmpty, suite.skipped.isEmpty {
      lines.line("    <testcase \(Self.attributes(suite.path, "headgate check"))/>")
    }
    lines.line("  </testsuite>")
  }

  private mutating func test(_ finding: Finding, _ names: inout [String: Int]) {
    let name = Self.name(finding.rule, &names)
    if let excuse = finding.excusal {
      return skipped(finding.path, name, "\(excuse): \(finding.message)")
    }
    lines.line("    <testcase \(Self.attributes(finding.path, name))>")
    let details = text.details(of: finding).map(Markup.entities).joined(separator: "\n")
    if finding.severity >= level {
      lines.line(
        "      <failure type=\"\(finding.severity.rawValue)\" "
          + "message=\"\(Markup.escaped(finding.message))\">\n\(details)</failure>")
    } else {
      lines.line(
        "      <system-out>\(finding.severity.rawValue): \(Markup.escaped(finding.message))\n"
          + "\(details)</system-out>")
    }
    lines.line("    </testcase>")
  }

  private mutating func skipped(_ path: String, _ name: String, _ message: String) {
    lines.line("    <testcase \(Self.attributes(path, name))>")
    lines.line("      <skipped message=\"\(Markup.escaped(message))\"/>")
    lines.line("    </testcase>")
  }

  /// The rule's name, numbered from the second time on: readers take equal names for one test.
  private static func name(_ rule: String, _ names: inout [String: Int]) -> String {
    let count = names[rule, default: 0] + 1
    names[rule] = count
    return count == 1 ? rule : "\(rule) (\(count))"
  }

  private static func attributes(_ path: String, _ name: String) -> String {
    "classname=\"\(Markup.escaped(path))\" name=\"\(Markup.escaped(name))\""
  }
}

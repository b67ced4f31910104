import Syntax

/// A page of its own: no scripts, nothing loaded, light and dark, for a desk and for a phone.
enum HTMLReport {
  static func write(
    _ report: Report, _ style: ReportStyle, to sink: ([UInt8]) throws -> Void
  ) rethrows {
    var writer = HTMLWriter(report)
    writer.head()
    for finding in report.worstFirst {
      writer.finding(finding)
      try writer.lines.flush(to: sink)
    }
    writer.lists()
    writer.foot()
    try writer.lines.finish(to: sink)
  }
}

/// Writes the parts of the page.
struct HTMLWriter {
  let report: Report
  var lines = LineBuffer()
  private var sources: SourceLines
  private let references: [String: [String]]
  private static let width = 160

  init(_ report: Report) {
    self.report = report
    sources = SourceLines(report.sources)
    references = Dictionary(
      report.rules.map { ($0.id, $0.references) }, uniquingKeysWith: { first, _ in first })
  }

  /// A page that may load and run nothing, whatever gets into it.
  private static let policy = "default-src 'none'; style-src 'unsafe-inline'"

  mutating func head() {
    lines.line(
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
      <meta name="color-scheme" content="light dark">
      <title>Headgate: \(report.verdict)</title>
      <style>
      \(HTMLStyle.sheet)
      </style>
      </head>
      <body>
      <header>
      <h1>\(report.verdict)</h1>
      <p>\(report.coverage)</p>
      </header>
      <main>
      """)
    if let decision = report.decision { self.decision(decision) }
    if !report.skipped.isEmpty {
      lines.line("<section class=\"broken\"><h2>Could not be checked</h2><ul>")
      for file in report.skipped {
        lines.line(
          "<li><code>\(Markup.escaped(file.path))</code> \(Markup.escaped(file.reason))</li>")
      }
      lines.line("</ul></section>")
    }
  }

  private mutating func decision(_ decision: Decision) {
    lines.line("<section class=\"\(decision.isPassed ? "passed" : "broken")\">")
    lines.line("<h2>This change \(decision.isPassed ? "may be merged" : "is kept out")</h2><ul>")
    for reason in decision.reasons {
      let place = reason.path.map { " <span class=\"path\">\(Markup.escaped($0))</span>" } ?? ""
      let mark = reason.isBlocking ? "<b>blocks:</b> " : ""
      lines.line("<li>\(mark)\(Markup.escaped(reason.text))\(place)</li>")
    }
    lines.line("</ul></section>")
  }

  mutating func finding(_ finding: Finding) {
    let severity = finding.severity.rawValue
    let start = finding.range.start
    lines.line("<article class=\"\(severity)\">")
    lines.line("<h2>\(Markup.escaped(finding.message))</h2>")
    lines.line(
      "<p class=\"place\"><span class=\"badge\">\(severity)</span> "
        + "<code>\(Markup.escaped(finding.rule))</code> <span class=\"path\">"
        + "\(Markup.escaped(finding.path)):\(start.line):\(start.column)</span></p>")
    snippet(finding.path, finding.range, label: "")
    for related in finding.related {
      lines.line(
        "<p class=\"place\"><span class=\"path\">\(Markup.escaped(related.path)):"
          + "\(related.range.start.line)</span></p>")
      snippet(related.path, related.range, label: related.message)
    }
    if let expiry = finding.expiry { lines.line("<p><b>Waiver:</b> \(paragraph(expiry))</p>") }
    if let why = finding.why { lines.line("<p>\(paragraph(why))</p>") }
    if let help = finding.help { lines.line("<p><b>Help:</b> \(paragraph(help))</p>") }
    if let fix = finding.fix { self.fix(fix, of: finding) }
    links(of: finding.rule)
    lines.line("</article>")
  }

  private mutating func snippet(_ path: String, _ range: SourceRange, label: String) {
    guard let line = sources.line(range.start.line, of: path) else { return }
    let window = line.window(at: range, width: Self.width)
    // An empty place is marked by what follows it, or by a space.
    let marked = window.marked.isEmpty ? " " : Markup.entities(window.marked)
    let note = label.isEmpty ? "" : "  <i>\(Markup.escaped(label))</i>"
    lines.line(
      "<pre><span class=\"number\">\(range.start.line)</span>\(Markup.entities(window.before))"
        + "<mark>\(marked)</mark>\(Markup.entities(window.after))\(note)</pre>")
  }

  private mutating func fix(_ fix: Fix, of finding: Finding) {
    let command = "headgate check --fix" + (fix.safety == .safe ? "" : " --unsafe")
    lines.line(
      "<p><b>Fix</b> (\(fix.safety.rawValue), <code>\(command)</code>): "
        + "\(Markup.escaped(fix.description))</p>")
    guard let diff = FixDiff(fix, of: report.sources[finding.path]), !diff.lines.isEmpty else {
      return
    }
    var text = "<pre>"
    for line in diff.lines {
      let start = line.masked.range.lowerBound
      let shown = DisplayLine(line.masked, around: start)
        .window(width: Self.width, focus: start..<start).text
      text +=
        line.isRemoved
        ? "<del>- \(Markup.entities(shown))</del>\n" : "<ins>+ \(Markup.entities(shown))</ins>\n"
    }
    if diff.leftOut > 0 { text += "… and \(counted(diff.leftOut, "more line"))" }
    lines.line(text + "</pre>")
  }

  /// The pages that back a rule; an address of another kind than the web's is no link.
  private mutating func links(of rule: String) {
    let pages = (references[rule] ?? []).filter {
      $0.hasPrefix("https://") || $0.hasPrefix("http://")
    }
    guard !pages.isEmpty else { return }
    let links = pages.map { page in
      let address = Markup.escaped(page)
      return "<li><a rel=\"noreferrer\" href=\"\(address)\">\(address)</a></li>"
    }
    lines.line("<ul class=\"links\">\(links.joined())</ul>")
  }

  /// What does not fail the check, folded.
  mutating func lists() {
    folded("Could not be decided", report.undecided) { _ in "" }
    folded("Excused", report.findings.filter { $0.status != .new }) { finding in
      "<span class=\"badge\">\(Markup.escaped(finding.excusal ?? ""))</span> "
    }
    guard !report.assumptions.isEmpty else { return }
    lines.line("<details><summary>Taken for granted: \(report.assumptions.count)</summary><ul>")
    for assumption in report.assumptions {
      lines.line(
        "<li><code>\(Markup.escaped(assumption.path))</code> "
          + "\(Markup.escaped(assumption.text))</li>")
    }
    lines.line("</ul></details>")
  }

  private mutating func folded(
    _ title: String, _ findings: [Finding], mark: (Finding) -> String
  ) {
    guard !findings.isEmpty else { return }
    lines.line("<details><summary>\(title): \(findings.count)</summary><ul>")
    for finding in findings {
      lines.line(
        "<li>\(mark(finding))<code>\(Markup.escaped(finding.rule))</code> <span class=\"path\">"
          + "\(Markup.escaped(finding.path)):\(finding.range.start.line)</span> "
          + "\(Markup.escaped(finding.message))</li>")
    }
    lines.line("</ul></details>")
  }

  mutating func foot() {
    lines.line(
      """
      </main>
      <footer>Headgate \(Markup.escaped(report.toolVersion)), policy \
      <code>\(Markup.escaped(report.policyDigest))</code></footer>
      </body>
      </html>
      """)
  }

  private func paragraph(_ text: String) -> String {
    Markup.escaped(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
  }
}

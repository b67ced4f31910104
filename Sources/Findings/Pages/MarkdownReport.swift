import Syntax

/// A comment for a pull or merge request, and the summary of a step: the worst first, the reason
/// and the fix folded.
enum MarkdownReport {
  /// Bytes of a comment; GitHub takes 65,536 characters.
  static let comment = 60_000
  /// Bytes of a step's summary; GitHub takes 1 MiB, all that a step writes.
  static let summary = 1_000_000
  /// By which a bot finds its comment again, to change it instead of adding another.
  static let marker = "<!-- headgate report -->"

  /// Writes as many findings as `limit` bytes hold, and how many there are beyond.
  static func write(
    _ report: Report, limit: Int, to sink: ([UInt8]) throws -> Void
  ) rethrows {
    var writer = MarkdownWriter(report)
    var parts = [writer.head] + writer.decision
    let end = writer.end
    // The last line tells what was left out.
    var room = limit - parts.joined().utf8.count - end.utf8.count - 200
    var leftOut = 0
    for finding in report.worstFirst {
      let part = leftOut > 0 ? "" : writer.finding(finding)
      if leftOut > 0 || part.utf8.count + 2 > room {
        leftOut += 1
      } else {
        room -= part.utf8.count + 2
        parts.append(part)
      }
    }
    if leftOut > 0 {
      parts.append(
        "… and \(counted(leftOut, "more finding")); `headgate check` shows them all.")
    }
    for part in writer.lists where part.utf8.count + 2 <= room {
      room -= part.utf8.count + 2
      parts.append(part)
    }
    try sink(Array((parts + [end]).joined(separator: "\n\n").utf8) + [0x0A])
  }
}

extension Report {
  /// The report as GitHub shows it on the page of a run (`$GITHUB_STEP_SUMMARY`).
  package func stepSummary() -> [UInt8] {
    var bytes: [UInt8] = []
    MarkdownReport.write(self, limit: MarkdownReport.summary) { bytes += $0 }
    return bytes
  }
}

/// Writes the parts of a comment.
struct MarkdownWriter {
  private let report: Report
  private var lines: SourceLines
  private let explainable: Set<String>
  private static let width = 100
  /// Entries of a list at most.
  private static let listLimit = 50

  init(_ report: Report) {
    self.report = report
    lines = SourceLines(report.sources)
    explainable = Set(report.rules.map(\.id))
  }

  var head: String { "\(MarkdownReport.marker)\n### Headgate: \(report.verdict)" }

  var end: String {
    "\(report.coverage). Headgate \(report.toolVersion), policy "
      + "`\(report.policyDigest.prefix(12))`."
  }

  /// What a gate decided, and why.
  var decision: [String] {
    guard let decision = report.decision else { return [] }
    let reasons = decision.reasons.map { reason in
      let place = reason.path.map { " (\(MarkdownText.code($0)))" } ?? ""
      let mark = reason.isBlocking ? "**blocks**: " : ""
      return "- \(mark)\(MarkdownText.prose(reason.text))\(place)"
    }
    let head = decision.isPassed ? "This change may be merged." : "This change is kept out."
    return ["**\(head)**"]
      + (reasons.isEmpty ? [] : [limited(reasons).joined(separator: "\n")])
  }

  mutating func finding(_ finding: Finding) -> String {
    let start = finding.range.start
    var parts = [
      "**\(finding.severity.rawValue)** \(MarkdownText.code(finding.rule)) in "
        + MarkdownText.code("\(finding.path):\(start.line):\(start.column)")
        + "\\\n" + MarkdownText.prose(finding.message)
    ]
    if let expiry = finding.expiry { parts.append(paragraph(expiry)) }
    if let snippet = snippet(finding) { parts.append(snippet) }
    let more = details(finding)
    if !more.isEmpty {
      let what = finding.fix == nil ? "Why" : "Why, and a fix"
      parts.append("<details><summary>\(what)</summary>")
      parts += more
      parts.append("</details>")
    }
    return parts.joined(separator: "\n\n")
  }

  /// The line with the value underlined.
  private mutating func snippet(_ finding: Finding) -> String? {
    let start = finding.range.start
    guard let line = lines.line(start.line, of: finding.path) else { return nil }
    let window = line.window(at: finding.range, width: Self.width)
    let number = "\(start.line)"
    let space = String(repeating: " ", count: number.utf8.count)
    return MarkdownText.block(
      [
        "\(number) | \(window.text)",
        "\(space) | " + String(repeating: " ", count: window.marks.lowerBound)
          + String(repeating: "^", count: window.marks.count),
      ], language: "text")
  }

  private func details(_ finding: Finding) -> [String] {
    var parts: [String] = []
    if let why = finding.why { parts.append(paragraph(why)) }
    if let help = finding.help { parts.append("Help: " + paragraph(help)) }
    for related in finding.related {
      let place = MarkdownText.code("\(related.path):\(related.range.start.line)")
      let message = related.message.isEmpty ? "" : ": " + MarkdownText.prose(related.message)
      parts.append("See \(place)\(message)")
    }
    if let fix = finding.fix {
      parts.append("Fix (\(fix.safety.rawValue)): \(MarkdownText.prose(fix.description))")
      if let diff = FixDiff(fix, of: report.sources[finding.path]) {
        parts.append(
          MarkdownText.block(
            diff.lines.map { line in
              let range = line.masked.range
              let start = range.lowerBound
              let shown = DisplayLine(line.masked, around: start)
                .window(width: Self.width, focus: start..<start)
              return (line.isRemoved ? "-" : "+") + shown.text
            }, language: "diff"))
      }
    }
    if explainable.contains(finding.rule), !parts.isEmpty {
      parts.append("`headgate explain \(TerminalText.safe(finding.rule))`")
    }
    return parts
  }

  private func paragraph(_ text: String) -> String {
    MarkdownText.prose(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
  }

  /// What was not checked, not decided and excused, folded where it does not fail the check.
  var lists: [String] {
    let skipped = report.skipped.map {
      "- \(MarkdownText.code($0.path)): \(MarkdownText.prose($0.reason))"
    }
    let undecided = report.undecided.map {
      "- \(MarkdownText.code($0.rule)) in \(place($0)): \(MarkdownText.prose($0.message))"
    }
    let excused = report.findings.compactMap { finding in
      finding.excusal.map {
        "- \(MarkdownText.code(finding.rule)) in \(place(finding)), \(MarkdownText.prose($0)): "
          + MarkdownText.prose(finding.message)
      }
    }
    return [
      skipped.isEmpty
        ? nil : (["**Could not be checked:**", ""] + limited(skipped)).joined(separator: "\n"),
      folded("Could not be decided", undecided), folded("Excused", excused),
    ].compactMap { $0 }
  }

  private func place(_ finding: Finding) -> String {
    MarkdownText.code("\(finding.path):\(finding.range.start.line)")
  }

  private func folded(_ title: String, _ entries: [String]) -> String? {
    guard !entries.isEmpty else { return nil }
    let head = "<details><summary>\(title): \(entries.count)</summary>"
    return ([head, ""] + limited(entries) + ["", "</details>"]).joined(separator: "\n")
  }

  private func limited(_ entries: [String]) -> [String] {
    let rest = entries.count - Self.listLimit
    return Array(entries.prefix(Self.listLimit)) + (rest > 0 ? ["- … and \(rest) more"] : [])
  }
}

extension MaskedLine {
  /// The part of the line around `range` that fits `width` columns.
  func window(at range: SourceRange, width: Int) -> DisplayLine.Window {
    let start = min(max(range.start.offset, self.range.lowerBound), self.range.upperBound)
    let end = min(max(range.end.offset, start), self.range.upperBound)
    return DisplayLine.window(of: self, width: width, focus: start..<end)
  }
}

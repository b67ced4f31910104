import Syntax

/// The report for people: each finding with its line, the value underlined, and the way out.
enum TextReport {
  /// Bytes that are gathered before they are handed on.
  private static let portion = 1 << 16

  /// Writes the report in portions.
  static func write(
    _ report: Report, _ style: ReportStyle, to sink: ([UInt8]) throws -> Void
  ) rethrows {
    var writer = TextWriter(report, style)
    for finding in report.findings where style.showsExcused || finding.status == .new {
      if style.isConcise { writer.line(of: finding) } else { writer.block(of: finding) }
      if writer.text.utf8.count >= portion { try sink(writer.drain()) }
    }
    writer.skippedFiles()
    writer.undecidedRules()
    writer.assumptions()
    writer.summary()
    writer.decision()
    try sink(writer.drain())
  }
}

/// Writes the parts of a text report one after the other.
struct TextWriter {
  let report: Report
  let style: ReportStyle
  let palette: Palette
  private(set) var text = ""
  private var lines: SourceLines
  /// Rules whose reason was given: it is told once, not with each of fifty findings.
  private var explained: Set<String> = []
  /// The rules that `headgate explain` knows; what a reader reports of a file is none of them.
  private let explainable: Set<String>

  init(_ report: Report, _ style: ReportStyle) {
    self.report = report
    self.style = style
    palette = Palette(isOn: style.color)
    lines = SourceLines(report.sources)
    explainable = Set(report.rules.map(\.id))
  }

  /// One line for one finding.
  mutating func line(of finding: Finding) {
    write(
      place(finding.path, finding.range.start) + ": " + label(finding) + ": "
        + TerminalText.safe(finding.message))
  }

  /// A finding with its lines, its reason and its fix.
  mutating func block(of finding: Finding) {
    write(
      label(finding) + palette.paint(": \(TerminalText.safe(finding.message))", .message))
    let diff = finding.fix.flatMap { FixDiff($0, of: report.sources[finding.path]) }
    let gutter = Gutter(finding, diff, palette)
    write(gutter.arrow(place(finding.path, finding.range.start)))
    snippet(of: finding, gutter)
    for related in finding.related { snippet(of: related, gutter) }
    if hasSnippet(finding) { write(gutter.bar) }
    notes(of: finding, gutter)
    if let fix = finding.fix { self.fix(fix, diff, of: finding, gutter) }
    if isFirst(finding), hasExplanation(finding) {
      note("docs", "headgate explain \(TerminalText.safe(finding.rule))", gutter)
    }
    explained.insert(reasonKey(finding))
    write("")
  }

  /// The lines of a finding's block behind its message, with its reason, whatever was said before.
  mutating func details(of finding: Finding) -> [String] {
    explained.removeAll()
    text = ""
    block(of: finding)
    let lines = text.split(separator: "\n").dropFirst().map(String.init)
    text = ""
    return lines
  }

  /// Whether `headgate explain` knows the rule; a report made without rules is believed.
  private func hasExplanation(_ finding: Finding) -> Bool {
    guard !finding.rule.hasPrefix("syntax/") else { return false }
    return explainable.isEmpty || explainable.contains(finding.rule)
  }

  /// Takes what was written so far.
  mutating func drain() -> [UInt8] {
    defer { text.removeAll(keepingCapacity: true) }
    return Array(text.utf8)
  }

  mutating func write(_ line: String) {
    text += style.isJobLog ? JobLog.inert(line) : line
    text += "\n"
  }

  /// `path:line:column`, as terminals and editors make links of.
  func place(_ path: String, _ position: SourcePosition) -> String {
    palette.paint(
      "\(TerminalText.safe(path)):\(position.line):\(position.column)", .path)
  }

  private func label(_ finding: Finding) -> String {
    palette.paint(
      "\(finding.severity.rawValue)[\(TerminalText.safe(finding.rule))]",
      .severity(finding.severity))
  }

  private func reasonKey(_ finding: Finding) -> String { "\(finding.rule)\0\(finding.why ?? "")" }

  private func isFirst(_ finding: Finding) -> Bool { !explained.contains(reasonKey(finding)) }
}

// MARK: - Lines of files

extension TextWriter {
  private func hasSnippet(_ finding: Finding) -> Bool { report.sources[finding.path] != nil }

  private mutating func snippet(of finding: Finding, _ gutter: Gutter) {
    let start = finding.range.start
    guard let line = lines.line(start.line, of: finding.path) else { return }
    write(gutter.bar)
    let window = self.window(line, finding.range, gutter)
    // A cut line's context would not stand above it.
    if !window.text.hasPrefix("…"), let before = lines.line(start.line - 1, of: finding.path),
      !before.isBlank
    {
      write(gutter.code(start.line - 1, self.window(before, nil, gutter).text))
    }
    write(gutter.code(start.line, window.text))
    write(gutter.marks(window.marks, "^", .severity(finding.severity), label: ""))
  }

  private mutating func snippet(of related: RelatedLocation, _ gutter: Gutter) {
    let message = TerminalText.safe(related.message)
    let place = place(related.path, related.range.start)
    guard let line = lines.line(related.range.start.line, of: related.path) else {
      return write(gutter.colons(place + (message.isEmpty ? "" : ": \(message)")))
    }
    write(gutter.colons(place))
    let window = self.window(line, related.range, gutter)
    write(gutter.code(related.range.start.line, window.text))
    write(gutter.marks(window.marks, "-", .severity(.note), label: message))
  }

  private func window(
    _ line: MaskedLine, _ range: SourceRange?, _ gutter: Gutter
  ) -> DisplayLine.Window {
    let start = line.range.lowerBound
    guard let range else {
      return DisplayLine.window(
        of: line, width: gutter.room(in: style.width), focus: start..<start)
    }
    return line.window(at: range, width: gutter.room(in: style.width))
  }
}

// MARK: - Notes

extension TextWriter {
  private mutating func notes(of finding: Finding, _ gutter: Gutter) {
    if let expiry = finding.expiry { note("waiver", expiry, gutter) }
    if let why = finding.why, isFirst(finding) { note("why", why, gutter) }
    if let help = finding.help { note("help", help, gutter) }
  }

  private mutating func note(_ name: String, _ text: String, _ gutter: Gutter) {
    let head = "\(name): "
    let width = gutter.room(in: style.width) - head.utf8.count
    for (index, line) in TerminalText.wrapped(text, width: max(20, width)).enumerated() {
      if index == 0 {
        write(gutter.equals(palette.paint(head, .message) + line))
      } else {
        write(gutter.indent + String(repeating: " ", count: head.utf8.count) + line)
      }
    }
  }

  private mutating func fix(
    _ fix: Fix, _ diff: FixDiff?, of finding: Finding, _ gutter: Gutter
  ) {
    let way =
      switch fix.safety {
      case .safe: "safe: headgate check --fix"
      case .unsafe: "unsafe: headgate check --fix --unsafe"
      }
    note("fix", "\(fix.description) (\(way))", gutter)
    guard let diff else { return }
    for line in diff.lines {
      let shown = DisplayLine(line.masked, around: line.masked.range.lowerBound)
      let start = line.masked.range.lowerBound
      let text = shown.window(width: gutter.room(in: style.width), focus: start..<start).text
      write(gutter.change(line.number, isRemoved: line.isRemoved, text))
    }
    if diff.leftOut > 0 {
      write(gutter.indent + "… and \(counted(diff.leftOut, "more line"))")
    }
  }
}

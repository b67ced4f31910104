/// The end of a text report: what was not checked, and the line people look at first.
extension TextWriter {
  /// Places listed at most; the formats for programs have all.
  private static let listLimit = 20
  /// Rules named at most for one cause.
  private static let ruleLimit = 4

  mutating func skippedFiles() {
    guard !report.skipped.isEmpty else { return }
    let head = "could not check \(counted(report.skipped.count, "file"))"
    write(palette.paint(head, .severity(.error)))
    for file in report.skipped {
      write(
        "  \(palette.paint(TerminalText.safe(file.path), .path)): "
          + TerminalText.safe(file.reason))
    }
    write("")
  }

  mutating func undecidedRules() {
    guard !report.undecided.isEmpty, !style.isConcise else { return }
    let head =
      "could not decide \(counted(report.undecided.count, "rule")): "
      + "the files do not say what they depend on"
    write(palette.paint(head, .severity(.warning)))
    let causes = UndecidedCause.all(report.undecided)
    for cause in causes.prefix(Self.listLimit) { write("  " + line(of: cause)) }
    let rest = causes.dropFirst(Self.listLimit).reduce(0) { $0 + $1.findings.count }
    if rest > 0 { write("  … and \(rest) more, see --format json") }
    write("")
  }

  /// One line for all that hangs on one cause: where it was met first, and which rules wait for it.
  private func line(of cause: UndecidedCause) -> String {
    let first = cause.findings[0]
    let message = TerminalText.safe(first.message)
    let place = place(first.path, first.range.start)
    guard cause.findings.count > 1 else {
      return "\(place): \(TerminalText.safe(first.rule)): \(message)"
    }
    let rules = cause.rules.prefix(Self.ruleLimit).map { TerminalText.safe($0) }
    let more = cause.rules.count - rules.count
    let places = cause.placeCount - 1
    return "\(place)\(places > 0 ? " and \(counted(places, "more place"))" : ""): \(message): "
      + rules.joined(separator: ", ") + (more > 0 ? " and \(counted(more, "more rule"))" : "")
  }

  mutating func assumptions() {
    guard !report.assumptions.isEmpty, !style.isConcise else { return }
    let head = "took for granted what nothing says of \(counted(report.assumptions.count, "file"))"
    write(palette.paint(head, .severity(.note)))
    for assumption in report.assumptions.prefix(Self.listLimit) {
      write(
        "  \(palette.paint(TerminalText.safe(assumption.path), .path)): "
          + TerminalText.safe(assumption.text))
    }
    let rest = report.assumptions.count - Self.listLimit
    if rest > 0 { write("  … and \(rest) more, see --format json") }
    write("")
  }

  mutating func summary() {
    let files = counted(report.fileCount, "file")
    let rules = counted(report.ruleCount, "rule")
    let asides = report.asides.isEmpty ? "" : "; " + report.asides.joined(separator: ", ")
    let counts = report.severityCounts
    if !report.checkedAnything {
      write(palette.paint(report.reasonForNothing, .severity(.error)) + asides)
    } else if counts.isEmpty {
      write(palette.paint("no issues in \(files)", .good) + ", checked with \(rules)" + asides)
    } else {
      let severities = counts.map { palette.paint($0.text, .severity($0.severity)) }
      write("checked \(files) with \(rules): \(severities.joined(separator: ", "))" + asides)
    }
    if let offer { write(offer) }
  }

  /// What a gate decided, and every reason for it.
  mutating func decision() {
    guard let decision = report.decision else { return }
    write("")
    let head = decision.isPassed ? "gate: passed" : "gate: kept out"
    write(palette.paint(head, decision.isPassed ? .good : .severity(.error)))
    for reason in decision.reasons {
      let place = reason.path.map { palette.paint(TerminalText.safe($0), .path) + ": " } ?? ""
      let mark = reason.isBlocking ? palette.paint("blocks", .severity(.error)) + ": " : ""
      write("  \(mark)\(place)\(TerminalText.safe(reason.text))")
    }
  }

  /// The command that repairs what can be repaired; `nil` when nothing can.
  private var offer: String? {
    func count(_ safety: Fix.Safety) -> Int {
      report.findings.count { $0.status == .new && $0.fix?.safety == safety }
    }
    let (safe, unsafe) = (count(.safe), count(.unsafe))
    switch (safe, unsafe) {
    case (0, 0): return nil
    case (_, 0): return "\(safe) fixable with `headgate check --fix`"
    case (0, _): return "\(unsafe) fixable with `headgate check --fix --unsafe`"
    default: return "\(safe) fixable with `headgate check --fix`, \(unsafe) more with `--unsafe`"
    }
  }
}

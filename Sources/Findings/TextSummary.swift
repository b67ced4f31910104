/// The end of a text report: what was not checked, and the line people look at first.
extension TextWriter {
  /// Places listed at most; the formats for programs have all.
  private static let listLimit = 20

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
    for finding in report.undecided.prefix(Self.listLimit) {
      write(
        "  \(place(finding.path, finding.range.start)): "
          + "\(TerminalText.safe(finding.rule)): \(TerminalText.safe(finding.message))")
    }
    let rest = report.undecided.count - Self.listLimit
    if rest > 0 { write("  … and \(rest) more, see --format json") }
    write("")
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
    let total = Severity.allCases.reduce(0) { $0 + report.count($1) }
    if report.fileCount == 0 || report.ruleCount == 0 {
      let reason =
        report.ruleCount == 0 && report.fileCount > 0
        ? "no rule is in force" : "no file was read"
      write(palette.paint("nothing was checked: \(reason)", .severity(.error)) + asides)
    } else if total == 0 {
      write(palette.paint("no issues in \(files)", .good) + ", checked with \(rules)" + asides)
    } else {
      write("checked \(files) with \(rules): \(severities)" + asides)
    }
    if let offer { write(offer) }
  }

  /// `2 errors, 1 warning`, the worst first, without those there are none of.
  private var severities: String {
    Severity.allCases.sorted(by: >).compactMap { severity in
      let count = report.count(severity)
      guard count > 0 else { return nil }
      return palette.paint(counted(count, severity.rawValue), .severity(severity))
    }.joined(separator: ", ")
  }

  /// What else a reader must know: findings not shown, and what was not checked.
  private var asides: String {
    func count(_ status: FindingStatus) -> Int { report.findings.count { $0.status == status } }
    let parts = [
      (count(.waived), "waived"), (count(.suppressed), "suppressed"),
      (count(.baseline), "known (baseline)"), (report.undecided.count, "undecided"),
      (report.skipped.count, "not checked"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return parts.isEmpty ? "" : "; " + parts.joined(separator: ", ")
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

/// What a report counts, in the words that all formats for people share.
extension Report {
  /// Whether anything was there to be checked, and by a rule.
  var checkedAnything: Bool { fileCount > 0 && ruleCount > 0 }

  /// Why nothing was checked.
  var reasonForNothing: String {
    "nothing was checked: "
      + (ruleCount == 0 && fileCount > 0 ? "no rule is in force" : "no file was read")
  }

  /// The findings of each severity that has any, the worst first: `2 errors`, `1 warning`.
  var severityCounts: [(severity: Severity, text: String)] {
    Severity.allCases.sorted(by: >).compactMap { severity in
      let count = count(severity)
      return count > 0 ? (severity, counted(count, severity.rawValue)) : nil
    }
  }

  /// `2 errors, 1 warning`, or `no issues`.
  var verdict: String {
    guard checkedAnything else { return reasonForNothing }
    let counts = severityCounts.map(\.text)
    return counts.isEmpty ? "no issues" : counts.joined(separator: ", ")
  }

  /// What else a reader must know: findings that are excused, and what was not checked.
  var asides: [String] {
    func count(_ status: FindingStatus) -> Int { findings.count { $0.status == status } }
    return [
      (count(.waived), "waived"), (count(.suppressed), "suppressed"),
      (count(.baseline), "known (baseline)"), (undecided.count, "undecided"),
      (skipped.count, "not checked"), (unusedBaseline, "no longer needed in the baseline"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
  }

  /// `checked 3 files with 34 rules; 1 waived, 2 suppressed`.
  var coverage: String {
    "checked \(counted(fileCount, "file")) with \(counted(ruleCount, "rule"))"
      + (asides.isEmpty ? "" : "; " + asides.joined(separator: ", "))
  }

  /// What keeps a change out beside its findings, which every format shows by themselves.
  var furtherObstacles: [Decision.Reason] {
    decision?.reasons.filter { $0.isBlocking && $0.code != "finding" } ?? []
  }

  /// The findings that nothing excuses, worst first, in the order of their places.
  var worstFirst: [Finding] {
    Severity.allCases.sorted(by: >).flatMap { severity in
      findings.filter { $0.status == .new && $0.severity == severity }
    }
  }
}

extension Finding {
  /// Why it does not count: `waived until 2027-02-28: reason`; `nil` where it does.
  var excusal: String? { status == .new ? nil : excuse?.text(for: status) ?? status.words }

  /// What became of the waiver that excused it until lately.
  var expiry: String? { status == .new ? excuse.map { $0.text(for: .new) } : nil }
}

extension FindingStatus {
  /// What a person calls it.
  var words: String { self == .baseline ? "known (baseline)" : rawValue }
}

/// `1 file`, `2 files`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

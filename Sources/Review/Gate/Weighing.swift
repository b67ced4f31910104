import Findings
import Policy
import Syntax

/// Puts together what speaks for and against a change.
struct Weighing {
  private let base: Report
  private let level: Severity
  private let settings: GateSettings
  private let log: GateLog
  private var findings: [Finding]
  private var own: [Finding] = []
  private var reasons: [Decision.Reason] = []

  init(_ report: Report, level: Severity, settings: GateSettings, log: GateLog) {
    base = report
    self.level = level
    self.settings = settings
    self.log = log
    findings = report.findings
  }

  /// New comments, and findings that count all the same because only a new comment covers them.
  mutating func weighSuppressions(_ suppressions: AddedSuppressions) {
    for suppression in suppressions.added {
      let counts = mayCount(suppression.path)
      let rules = suppression.rules.joined(separator: ", ")
      let text = "suppresses \(rules) in line \(suppression.line): \(suppression.reason)"
      add(
        "suppression", counts ? text : "\(text) (not approved, so it does not count)",
        suppression.path, line: suppression.line, false)
    }
    findings = findings.map { finding in
      guard finding.status == .suppressed, !mayCount(finding.path),
        !suppressions.wereDecided(finding)
      else { return finding }
      var finding = finding
      finding.status = .new
      finding.excuse = nil
      return finding
    }
  }

  /// Whether new comments of a file take findings out.
  private func mayCount(_ path: String) -> Bool {
    switch settings.suppressions {
    case .allowed: true
    case .approved: log.required > 0 && log.standing(of: path) == .settled
    }
  }

  mutating func weighFindings() {
    for finding in findings {
      switch finding.status {
      case .new where finding.severity >= level:
        let excuse = finding.excuse.map { "; " + $0.text(for: .new) } ?? ""
        reasons.append(
          reason("finding", "\(finding.rule): \(finding.message)\(excuse)", finding.path, true))
      case .waived:
        let excuse = finding.excuse?.text(for: .waived) ?? "waived"
        reasons.append(reason("waived", "\(finding.rule): \(excuse)", finding.path, false))
      case .new, .suppressed, .baseline: break
      }
    }
  }

  /// Governed files that the log does not know, or that nobody agreed to.
  mutating func weighRecords(_ diff: ConfigurationDiff) {
    // A decision is weighed once, as what it is.
    let files = diff.files.filter { !diff.decisions.contains($0.path) }
    guard log.exists || isAsked else {
      if !files.isEmpty {
        reasons.append(
          reason(
            "unrecorded",
            "nothing is recorded: there is no audit log, `headgate record` would begin one", nil,
            false))
      }
      return
    }
    for file in files {
      switch missing(for: file.path) {
      case nil: break
      case .record(let text):
        add("unrecorded", "this change is \(text)", file.path, isAsked)
      case .approval(let text):
        add("unapproved", "this change is \(text)", file.path, true)
      case .laterApproval(let text): add("unapproved", text, file.path, false)
      }
    }
  }

  /// Whether a change has to stand in the log.
  private var isAsked: Bool {
    switch settings.records {
    case .required: true
    case .whenLogged: log.exists || log.required > 0
    case .optional: log.required > 0
    }
  }

  /// What a file's change lacks, and in which words.
  private enum Missing { case record(String), approval(String), laterApproval(String) }

  private func missing(for path: String) -> Missing? {
    switch log.standing(of: path) {
    case .settled: nil
    case .unrecorded: .record("not recorded\(log.exists ? "" : ": there is no log")")
    case .moved: .record("recorded with other content than would be merged")
    case .unapproved(let why): .approval("not approved: \(why)")
    case .urgent(let until): .laterApproval(until)
    }
  }

  /// What the change decides about later changes: kept out like any other that is not recorded or
  /// agreed to.
  mutating func weighDecisions(_ diff: ConfigurationDiff, _ mistake: String?) {
    for path in diff.decisions {
      let text = "changes what is allowed; this change is judged by what held before"
      switch missing(for: path) {
      case .record(let what) where isAsked: add("policy", "\(text); it is \(what)", path, true)
      case .approval(let what): add("policy", "\(text); it is \(what)", path, true)
      case .laterApproval(let what): add("policy", "\(text); \(what)", path, false)
      case .record, nil: add("policy", text, path, false)
      }
    }
    if let mistake {
      add("policy", "nothing could be checked any more: \(mistake)", nil, true)
    }
  }

  mutating func weighRest(_ range: GateRange, isComplete: Bool) {
    for file in base.skipped {
      reasons.append(reason("incomplete", file.reason, file.path, true))
    }
    if range.isMerged {
      reasons.append(
        reason("merged", "the base has everything of this change already", nil, false))
    }
  }

  /// The findings of the change and of the gate, with the decision.
  var report: Report {
    let fingerprinted = Checker.fingerprint.assign(
      to: own.sorted(by: Finding.isBefore), sources: [:])
    var report = base.with(findings: (findings + fingerprinted).sorted(by: Finding.isBefore))
    report.decision = Decision(reasons: reasons)
    return report
  }

  private mutating func add(
    _ code: String, _ text: String, _ path: String?, line: Int = 1, _ isBlocking: Bool
  ) {
    reasons.append(reason(code, text, path, isBlocking))
    let start = SourcePosition(line: line, column: 1, offset: 0)
    own.append(
      Finding(
        rule: "gate/\(code)", severity: isBlocking ? .error : .note, message: text,
        path: path ?? Configuration.fileName, range: SourceRange(start: start, end: start),
        help: Self.help[code]))
  }

  private func reason(
    _ code: String, _ text: String, _ path: String?, _ isBlocking: Bool
  ) -> Decision.Reason {
    Decision.Reason(code: code, text: text, path: path, isBlocking: isBlocking)
  }

  private static let help: [String: String] = [
    "unrecorded": "headgate record --base BASE --head HEAD --reason WHY, then push the log",
    "unapproved": "somebody else runs headgate approve ID",
    "suppression": "a suppression counts when the change that brings it is approved",
    "policy": "read it as what it is: a change of what may be changed; headgate record and approve "
      + "take it like any other",
  ]
}

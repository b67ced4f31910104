package import Audit
import Findings
package import Syntax

extension LogQuery {
  /// Mends what can be mended of the log's storage.
  ///
  /// - Parameter isTrial: whether it is only told what would be done.
  package func repair(
    now: Timestamp, unlocks: Bool, isTrial: Bool
  ) throws(Failure) -> RepairReport {
    try ask { log throws(AuditError) in
      let plan = try log.repairPlan(now: now, unlocks: unlocks)
      if !isTrial { try log.repair(plan, now: now, pacing: .system) }
      return RepairReport(plan: plan, isTrial: isTrial)
    }
  }
}

/// What was mended, for people and programs.
package struct RepairReport: Sendable {
  let plan: RepairPlan
  let isTrial: Bool

  /// Whether something is left that a person has to decide.
  package var isComplete: Bool { plan.left.isEmpty }

  /// Fields may be added, never changed.
  package var json: JSON {
    [
      "done": .bool(!isTrial),
      "steps": .array(
        plan.steps.map { step in
          ["action": .string(step.action), "about": .string(step.description)]
        }),
      "left": .array(
        plan.left.map { error in
          [
            "code": .string(error.code.rawValue), "message": .string(error.description),
            "help": error.remedy.map { .string($0) } ?? nil,
          ]
        }),
    ]
  }

  package var text: String {
    if plan.isEmpty { return "nothing to repair\n" }
    var lines = plan.steps.map { (isTrial ? "would " : "") + TerminalText.safe($0.description) }
    for error in plan.left {
      lines.append("left alone: " + TerminalText.safe(error.description))
      if let remedy = error.remedy { lines.append("  help: " + TerminalText.safe(remedy)) }
    }
    if !plan.steps.isEmpty {
      lines.append(
        isTrial ? "run it without --dry-run to do so" : "check the result: headgate audit verify")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension RepairStep {
  /// A word for programs.
  fileprivate var action: String {
    switch self {
    case .removeLock: "remove-lock"
    case .removeEmptyObjects: "remove-empty-objects"
    case .restore: "restore"
    case .renewMemory: "renew-memory"
    }
  }

  fileprivate var description: String {
    switch self {
    case .removeLock(let path): "delete the lock \(path)"
    case .removeEmptyObjects(let paths):
      "delete \(paths.count) object files that are empty, as a loss of power leaves them"
    case .restore(let commit, let records, let source, let kept):
      "restore the log of \(records) records, ending with commit \(commit), as \(source.description)"
        + (kept.map { " remembers it; what stood there is kept as \($0)" } ?? " remembers it")
    case .renewMemory(let kept):
      "make this clone's memory (trust.json) anew from the log; the old one is kept as \(kept)"
    }
  }
}

extension RepairStep.Source {
  fileprivate var description: String {
    switch self {
    case .memory: "this clone"
    case .referenceLog: "git's log of the reference"
    case .remote(let name): "the remote \(name)"
    }
  }
}

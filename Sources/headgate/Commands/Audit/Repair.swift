import ArgumentParser
import Audit
import Review
import Syntax

extension Headgate.AuditCommand {
  struct Repair: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "repair",
      abstract: "Mend the storage of the log; nothing is lost.",
      discussion: """
        A torn or deleted reference, a lock file left behind, a memory that cannot be read. What
        is replaced is kept in the git directory under headgate/.

        Example:
          headgate audit repair --dry-run

        Exit codes: 0 nothing is left to mend, 1 something needs a decision, 2 could not run.
        """)

    @Flag(help: "Tell what would be done, and change nothing.")
    var dryRun = false

    @Flag(help: "Delete git's lock on the log when no process here has it open.")
    var unlock = false

    @OptionGroup var options: LogOptions

    func run() throws {
      let now = Timestamp(milliseconds: Host.now)
      let report = try options.query().repair(now: now, unlocks: unlock, isTrial: dryRun)
      switch options.format {
      case .json: Output.write(report.json.text(.pretty) + "\n")
      case .text: if !options.common.quiet || !report.isComplete { Output.write(report.text) }
      }
      if !report.isComplete { throw Exit.findings }
    }
  }
}

import ArgumentParser
import Audit
import Review
import Syntax

extension Headgate.AuditCommand {
  struct Sync: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "sync",
      abstract: "Bring this clone's log and a remote's together.",
      discussion: """
        Takes over what others recorded, after verifying it, and publishes what was recorded
        here. Set `git config audit.remoteRef refs/heads/audit/log` where the remote is to hold
        the log as a branch, which hosting services can protect.

        Example:
          headgate audit sync

        Exit codes: 0 done, 2 could not run, 4 the remote's log was tampered with.
        """)

    @Option(help: ArgumentHelp("The remote, as `git remote` lists it.", valueName: "name"))
    var remote: String?

    @Flag(inversion: .prefixedNo, help: "Publish what was recorded here.")
    var push = true

    @Flag(help: "Record anew what this clone recorded in a log of its own.")
    var adopt = false

    @OptionGroup var options: LogOptions

    func run() throws {
      let now = Timestamp(milliseconds: Host.now)
      let report = try options.query().synchronize(
        with: remote, pushes: push, adopts: adopt, now: now, environment: Host.variables)
      switch options.format {
      case .json: Output.write(report.json.text(.pretty) + "\n")
      case .text: if !options.common.quiet { Output.write(report.text) }
      }
    }
  }
}

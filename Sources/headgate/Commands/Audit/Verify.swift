import ArgumentParser
import Audit
import Review
import Syntax

extension Headgate.AuditCommand {
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: "Check that the log is what it was.",
      discussion: """
        Goes on where the last verification in this clone ended.

        Example:
          headgate audit verify --full

        Exit codes: 0 intact, 1 incomplete, 2 could not run, 4 tampered with.
        """)

    @Flag(help: "Read all records, also those that were verified here before.")
    var full = false

    @Flag(help: "Fail when this clone remembers no earlier state, as a fresh one in CI does.")
    var requirePin = false

    @Option(
      help: ArgumentHelp("Read the content of records from this one on only.", valueName: "seq"))
    var from = 0

    @Option(
      help: ArgumentHelp(
        "Compare with a checkpoint that was kept elsewhere; can be repeated.", valueName: "file"))
    var checkpoint: [String] = []

    @OptionGroup var options: LogOptions

    func validate() throws {
      guard from >= 0 else { throw ValidationError("--from is a record's number, 0 or more") }
    }

    func run() throws {
      let now = Timestamp(milliseconds: Host.now)
      let report = try options.query().verify(
        now: now, from: from, isFull: full, requiresPin: requirePin,
        checkpoints: checkpoint.map { try WorkTree.readFile($0).bytes })
      switch options.format {
      case .json: Output.write(report.json.text(.pretty) + "\n")
      case .text:
        if !report.isSound || !options.common.quiet { Output.write(report.text) }
      }
      switch report.exitCode {
      case 0: break
      case 1: throw Exit.findings
      case 4: throw Exit.tampered
      default: throw Exit.couldNotRun
      }
    }
  }
}

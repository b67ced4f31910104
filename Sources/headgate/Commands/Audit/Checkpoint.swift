import ArgumentParser
import Audit
import Review
import Syntax

extension Headgate.AuditCommand {
  struct CheckpointCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "checkpoint",
      abstract: "State the log's size and root, on the record and as a signed note.",
      discussion: """
        Prints a checkpoint (C2SP tlog-checkpoint, a signed note): keep it elsewhere, in the log of \
        CI or a mirror. Whoever has it notices when the log is rewritten, even from its beginning. \
        One on record every day makes silence provable.

        Examples:
          headgate audit checkpoint --key ~/.ssh/ci_ed25519 >> checkpoints.txt
          headgate audit checkpoint --print
          headgate audit checkpoint --witness cosigned.txt
          headgate audit verify --checkpoint note.txt
        """)

    @Flag(name: .customLong("print"), help: "Print the note only; put nothing on record.")
    var isPrinted = false

    @Option(
      help: ArgumentHelp(
        "Put this note on record, with the signatures of witnesses.", valueName: "file"))
    var witness: String?

    @Option(help: "Why.")
    var reason: String?

    @Option(help: "text or json.")
    var format: OpinionOptions.Format = .text

    @OptionGroup var statement: StatementOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
      if isPrinted, witness != nil {
        throw ValidationError("--witness puts a note on record; --print does not")
      }
    }

    func run() throws {
      let folder = try common.folder()
      let given = try witness.map { try WorkTree.readFile($0).bytes }
      let made = try CheckpointMaking(folder: folder).make(
        statement.statement(reason: reason, in: folder), isPrinted: isPrinted, witness: given)
      switch format {
      case .json: Output.write(made.json.text(.pretty) + "\n")
      case .text:
        Output.write(made.note.description)
        guard !common.quiet else { break }
        if let recorded = made.recorded {
          Output.note(
            "recorded checkpoint of \(made.checkpoint.size) records as #\(recorded.sequence)")
        }
        if let key = made.verifierKey { Output.note("verifier key \(key)") }
      }
      if let warning = made.recorded?.warning { Output.note("warning: \(warning)") }
    }
  }

  struct Prove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "prove",
      abstract: "Prove that a record is in the log, or that the log continues an earlier one.",
      discussion: """
        Prints a few hashes and the checkpoint that they lead to, for somebody who does not have \
        the log: scripts/verify-log and every program for C2SP proofs check them.

        Examples:
          headgate audit prove 17 --key ~/.ssh/ci_ed25519 > 17.tlog-proof
          headgate audit prove --since 120
          headgate audit prove --since note.txt
        """)

    @Argument(help: "The record's number, its id, or the beginning of it.")
    var record: String?

    @Option(
      help: ArgumentHelp(
        "Prove that the log continues the one of so many records, or the one of this note.",
        valueName: "size|file"))
    var since: String?

    @Option(help: ArgumentHelp("In the log of so many records; all of them by default."))
    var size: Int?

    @Option(help: ArgumentHelp("Sign the checkpoint with this SSH key.", valueName: "file"))
    var key: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
      guard (record == nil) != (since == nil) else {
        throw ValidationError("name the record, or an earlier size of the log with --since")
      }
    }

    func run() throws {
      let folder = try common.folder()
      let signer = try StatementOptions.signer(key, in: folder)
      let proving = Proving(folder: folder)
      if let record {
        Output.write(try proving.inclusion(of: record, in: size, signer))
      } else if let since {
        let old = try Int(since) ?? proving.size(of: WorkTree.readFile(since).bytes)
        Output.write(try proving.consistency(since: old, in: size, signer))
      }
    }
  }
}

import ArgumentParser
import Audit
import Review
import Syntax

extension Headgate.AuditCommand {
  struct Redact: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "redact",
      abstract: "Delete the private texts of a record, and say so on the record.",
      discussion: """
        Texts given with --private stand beside the log; the record holds a commitment to them, so \
        that the chain stays whole when they are gone. What stands in a record itself cannot be \
        deleted: every later record depends on it.

        Example:
          headgate audit redact 17 --reason 'It named a customer'
        """)

    @Argument(help: "The record's number, its id, or the beginning of it.")
    var record: String

    @Option(help: "Why.")
    var reason: String?

    @Option(help: "text or json.")
    var format: OpinionOptions.Format = .text

    @OptionGroup var statement: StatementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let folder = try common.folder()
      let outcome = try Redacting(folder: folder).redact(
        record, statement.statement(reason: reason, in: folder))
      switch format {
      case .json: Output.write(outcome.json.text(.pretty) + "\n")
      case .text where !common.quiet: Output.write(outcome.text)
      case .text: break
      }
      for note in outcome.notes { Output.note(note) }
      if let warning = outcome.recorded.warning { Output.note("warning: \(warning)") }
    }
  }
}

import ArgumentParser
import Audit
import Review
import Syntax

extension Headgate {
  struct Annotate: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "annotate",
      abstract: "Adds a remark to a record.",
      discussion: """
        Records are never edited: what was wrong is put right by a remark beside it.

        Examples:
          headgate annotate 17 'This was the cause of the outage of 10 June'
          headgate annotate 17 'It was 11 June' --replaces 19
        """)

    @Argument(help: "The record's number, its id, or the beginning of it.")
    var record: String

    @Argument(help: "The remark.")
    var text: String

    @Option(help: ArgumentHelp("An earlier remark that this one replaces.", valueName: "record"))
    var replaces: [String] = []

    @Option(help: "text or json.")
    var format: OpinionOptions.Format = .text

    @OptionGroup var statement: StatementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let folder = try common.folder()
      let statement = try statement.statement(reason: nil, in: folder)
      let recorded = try Reviewer(folder: folder).annotate(
        record, text: text, replacing: replaces, statement)
      switch format {
      case .json: Output.write(recorded.shortJSON.text(.pretty) + "\n")
      case .text where !common.quiet: Output.write(recorded.shortText)
      case .text: break
      }
      if let warning = recorded.warning { Output.note("warning: \(warning)") }
    }
  }
}

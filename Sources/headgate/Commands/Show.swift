import ArgumentParser
import Review
import Syntax

extension Headgate {
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Shows one record whole.",
      discussion: """
        Example:
          headgate show 17
        """)

    @Argument(help: "The record's number, its id, or the beginning of it.")
    var record: String

    @OptionGroup var asking: AskingOptions
    @OptionGroup var options: LogOptions

    func run() throws {
      let entry = try asking.query(options.common).record(record)
      switch options.format {
      case .json: Output.write(entry.json.text(.pretty) + "\n")
      case .text: Output.write(entry.fullText(color: options.common.usesColor))
      }
    }
  }
}

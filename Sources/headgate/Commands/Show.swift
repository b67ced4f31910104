import ArgumentParser
import Findings
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
      let query = try asking.query(options.common)
      let entry = try query.record(record)
      switch options.format {
      case .json: Output.write(entry.json.text(.pretty) + "\n")
      case .text:
        Output.write(entry.fullText(color: options.common.usesColor))
        for (field, text) in try query.withheld(entry) {
          let shown = text.map { TerminalText.safe($0) } ?? "withheld, not in this clone"
          Output.write("\(field) (private): \(shown)\n")
        }
      }
    }
  }
}

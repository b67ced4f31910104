import ArgumentParser
import Review
import Syntax

extension Headgate.AuditCommand {
  struct SQL: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "sql",
      abstract: "Answers one SELECT on the views of the log; reads only.",
      discussion: """
        Views: records, settings, files, approvals, waivers; docs/queries.md lists their columns.

        Example:
          headgate audit sql 'SELECT actor, count(*) FROM records GROUP BY actor'
        """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, csv }

    @Argument(help: "The question.")
    var sql: String

    @Option(help: "text, json or csv.")
    var format: Format = .text

    @Option(
      name: [.short, .long], help: ArgumentHelp("At most so many rows.", valueName: "number"))
    var limit = 10_000

    @Option(help: ArgumentHelp("Give up after so long.", valueName: "number"))
    var seconds = 10

    @OptionGroup var asking: AskingOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
      guard limit > 0, seconds > 0 else { throw ValidationError("limits are at least 1") }
    }

    func run() throws {
      let end = Host.now + Int64(seconds) * 1_000
      let table = try asking.query(common).answer(
        sql, limit: limit, isOver: { Host.now > end })
      switch format {
      case .json: Output.write(table.json.text(.pretty) + "\n")
      case .csv: Output.write(table.csv)
      case .text: Output.write(table.text)
      }
      if table.isCut { Output.note("note: there are more rows; --limit shows more") }
    }
  }
}

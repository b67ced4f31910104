import ArgumentParser
import Audit
import Review

extension Headgate.AuditCommand {
  struct LogDifference: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff",
      abstract: "Shows the recorded settings that were different at two times.",
      discussion: """
        Example:
          headgate audit diff 2024-06-01 2024-06-10 --key 'pool.*'
        """)

    @Argument(help: ArgumentHelp("\(Moment.help)"))
    var from: String

    @Argument(help: "The later time.")
    var to = "now"

    @Option(help: ArgumentHelp("Only this key or field; * matches.", valueName: "name"))
    var key: String?

    @Option(help: ArgumentHelp("Only in this file; * matches.", valueName: "path"))
    var file: String?

    @OptionGroup var zone: ZoneOptions
    @OptionGroup var asking: AskingOptions
    @OptionGroup var options: LogOptions

    func run() throws {
      let (start, end) = (try zone.moment(from), try zone.moment(to))
      options.note("at \(start.short) and at \(end.short)")
      let answer = try asking.query(options.common).difference(
        start, end, setting: key, path: file)
      options.print(answer, nothing: "no recorded setting differs")
    }
  }
}

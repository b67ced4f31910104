import ArgumentParser
import Audit
import Review

extension Headgate {
  struct Blame: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "blame",
      abstract: "Names for each setting of a file the record that made it what it is.",
      discussion: """
        Examples:
          headgate blame config/application.yml
          headgate blame nginx.conf --key '*keepalive*' --at 2024-06-10
        """)

    @Argument(help: "The file; * matches.")
    var file: String

    @Option(help: ArgumentHelp("Only this key or field; * matches.", valueName: "name"))
    var key: String?

    @Option(help: ArgumentHelp("As it was then.", valueName: "time"))
    var at = "now"

    @OptionGroup var zone: ZoneOptions
    @OptionGroup var asking: AskingOptions
    @OptionGroup var options: LogOptions

    func run() throws {
      let answer = try asking.query(options.common).blame(
        file, setting: key, at: try zone.moment(at))
      options.print(
        answer, nothing: "no recorded setting of \(file); `headgate log --file` lists its changes")
    }
  }
}

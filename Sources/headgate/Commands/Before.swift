import ArgumentParser
import Audit
import Review

extension Headgate {
  struct Before: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "before",
      abstract: "Lists what changed in the time before an incident.",
      discussion: """
        Example:
          headgate before '2024-06-10 10:30' --window 24h
        """)

    @Argument(help: ArgumentHelp("\(Moment.help)"))
    var time: String

    @Option(help: ArgumentHelp("How far back.", valueName: "span"))
    var window = "24h"

    @Option(help: ArgumentHelp("The zone of a time without one.", valueName: "zone"))
    var tz: String?

    @OptionGroup var options: LogOptions

    func run() throws {
      let moment = try Moment.parse(time, zone: tz)
      let seconds = try Moment.seconds(window)
      if options.format == .text, !options.common.quiet {
        let start = moment.advanced(bySeconds: -seconds)
        Output.note("recorded changes after \(start.short) until \(moment.short)")
      }
      let answer = try options.query().before(moment, window: seconds)
      options.print(answer, nothing: "no recorded change in these \(window)")
    }
  }
}

import ArgumentParser
import Audit
import Review
import Syntax

extension Headgate {
  struct Before: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "before",
      abstract: "Lists what changed in the time before an incident, the likeliest cause first.",
      discussion: """
        Every point of the rank is explained: a limit lowered, an emergency, nobody agreed, close
        to the incident. Points order; they are no probabilities.

        Example:
          headgate before '2024-06-10 10:30' --window 24h
        """)

    @Argument(help: ArgumentHelp("\(Moment.help)"))
    var time: String

    @Option(help: ArgumentHelp("How far back.", valueName: "span"))
    var window = "24h"

    @OptionGroup var zone: ZoneOptions
    @OptionGroup var asking: AskingOptions
    @OptionGroup var options: LogOptions

    func run() throws {
      let moment = try zone.moment(time)
      let seconds = try Moment.seconds(window)
      let start = moment.advanced(bySeconds: -seconds)
      options.note("recorded changes after \(start.short) until \(moment.short)")
      let report = try asking.query(options.common).before(moment, window: seconds)
      switch options.format {
      case .json: Output.write(report.json.text(.pretty) + "\n")
      case .text:
        Output.write(report.text(color: options.common.usesColor))
        if report.isEmpty {
          options.note(
            "no recorded change in these \(window); a longer --window looks further back")
        }
      }
      options.warn(isComplete: report.isComplete)
    }
  }
}

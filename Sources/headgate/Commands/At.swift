import ArgumentParser
import Audit
import Review

extension Headgate {
  struct At: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "at",
      abstract: "Tells the value of a setting, or of all, at a point in time.",
      discussion: """
        Examples:
          headgate at '2024-06-10 10:30' pool.max_size
          headgate at 2024-06-10T08:30:00Z
        """)

    @Argument(help: ArgumentHelp("\(Moment.help)"))
    var time: String

    @Argument(help: "The product's key or the vendor-neutral name; * matches.")
    var setting: String?

    @Option(help: ArgumentHelp("Only in this file; * matches.", valueName: "path"))
    var file: String?

    @Option(help: ArgumentHelp("The zone of a time without one.", valueName: "zone"))
    var tz: String?

    @OptionGroup var options: LogOptions

    func run() throws {
      let moment = try Moment.parse(time, zone: tz)
      if options.format == .text, !options.common.quiet { Output.note("at \(moment.short)") }
      let answer = try options.query().at(moment, setting: setting, path: file)
      options.print(answer, nothing: "no record tells \(setting ?? "any setting") at that time")
    }
  }
}

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
          headgate at now config/application.yml
        """)

    @Argument(help: ArgumentHelp("\(Moment.help)"))
    var time: String

    @Argument(help: "The product's key, the vendor-neutral name, or a file; * matches.")
    var setting: String?

    @Option(help: ArgumentHelp("Only in this file; * matches.", valueName: "path"))
    var file: String?

    @OptionGroup var zone: ZoneOptions
    @OptionGroup var asking: AskingOptions
    @OptionGroup var options: LogOptions

    /// A slash stands in no key of a product, and every file of interest has an ending.
    private var path: String? {
      setting.flatMap { $0.contains("/") || Self.isFile($0) ? $0 : nil }
    }

    private var name: String? { path == nil ? setting : nil }

    private static func isFile(_ name: String) -> Bool {
      [".conf", ".ini", ".yml", ".yaml", ".properties", ".toml", ".cnf", ".cfg", ".json", ".xml"]
        .contains { name.hasSuffix($0) }
    }

    func run() throws {
      let moment = try zone.moment(time)
      options.note("at \(moment.short)")
      let answer = try asking.query(options.common).at(
        moment, setting: name, path: file ?? path)
      options.print(answer, nothing: "no record tells \(setting ?? "any setting") at that time")
    }
  }
}

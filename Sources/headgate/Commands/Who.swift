import ArgumentParser
import Review

extension Headgate {
  struct Who: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "who",
      abstract: "Names who changed a setting, when, from what to what, and why.",
      discussion: """
        Examples:
          headgate who pool.max_size
          headgate who maximumPoolSize --file config/application.yml
        """)

    @Argument(help: "The product's key or the vendor-neutral name; * matches.")
    var setting: String

    @Option(help: ArgumentHelp("Only in this file; * matches.", valueName: "path"))
    var file: String?

    @Option(name: [.short, .long], help: ArgumentHelp("At most so many.", valueName: "number"))
    var limit = 20

    @OptionGroup var asking: AskingOptions
    @OptionGroup var options: LogOptions

    func validate() throws {
      guard limit > 0 else { throw ValidationError("--limit is at least 1") }
    }

    func run() throws {
      let answer = try asking.query(options.common).who(setting, path: file, limit: limit)
      options.print(
        answer,
        nothing: "no recorded change of \(setting)\(file.map { " in \($0)" } ?? ""); "
          + "`headgate at now` lists the recorded settings")
    }
  }
}

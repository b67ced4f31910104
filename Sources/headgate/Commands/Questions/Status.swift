import ArgumentParser
import Audit
import Review
import Syntax

extension Headgate {
  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status",
      abstract: "Lists what waits for somebody: reviews, expired waivers, unrecorded changes.",
      discussion: """
        The last line says whether every commit that touched governed files has a record.

        Example:
          headgate status
        """)

    @Option(
      name: [.short, .long],
      help: ArgumentHelp("Look at so many changes, from the newest on.", valueName: "number"))
    var limit = 5_000

    @OptionGroup var products: ProductOptions
    @OptionGroup var asking: AskingOptions
    @OptionGroup var options: LogOptions

    func validate() throws {
      guard limit > 0 else { throw ValidationError("--limit is at least 1") }
    }

    func run() throws {
      let report = try asking.query(options.common).status(
        at: Timestamp(milliseconds: Host.now), limit: limit, products: products.products)
      switch options.format {
      case .json: Output.write(report.json.text(.pretty) + "\n")
      case .text: Output.write(report.text(color: options.common.usesColor))
      }
    }
  }
}

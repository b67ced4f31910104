import ArgumentParser
import Audit
import Findings
import Review
import Syntax

extension Headgate {
  struct Waive: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "waive",
      abstract: "Accepts the findings of a rule until a day, on the record.",
      discussion: """
        When the day is over the findings count again.

        Example:
          headgate waive pool/size-below-minimum 'batch/**' --reason 'eight cores, see OPS-17' \\
            --ticket OPS-17 --expires 2027-02-28
        """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Argument(help: "The rule.")
    var rule: String

    @Argument(help: "The files, as a pattern from the root; all of them where none is given.")
    var path = "**"

    @Option(help: "Why the findings do not matter until then.")
    var reason: String

    @Option(help: ArgumentHelp("Who answers for it; you by default.", valueName: "person"))
    var owner: String?

    @Option(help: ArgumentHelp("The last day, such as 2027-02-28.", valueName: "date"))
    var expires: String

    @Option(help: ArgumentHelp("Only the finding with this fingerprint.", valueName: "hash"))
    var fingerprint: String?

    @Option(help: "text or json.")
    var format: Format = .text

    @OptionGroup var statement: StatementOptions
    @OptionGroup var products: ProductOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let folder = try common.folder()
      let project = try products.project(in: folder)
      let day = try Moment.parse(expires, zone: "UTC")
      // A day counts until it is over.
      let end = expires.count == 10 ? day.advanced(bySeconds: 86_399) : day
      let waiving = Waiving(folder: folder, policy: project.policy)
      let outcome = try waiving.record(
        .init(rule: rule, path: path, fingerprint: fingerprint, owner: owner, expires: end),
        statement.statement(reason: reason, in: folder))
      switch format {
      case .json: Output.write(outcome.json.text(.pretty) + "\n")
      case .text where !common.quiet:
        Output.write(
          "waived \(TerminalText.safe(rule)) in \(TerminalText.safe(path)) until "
            + "\(end.description.prefix(10)), as #\(outcome.sequence)\nid \(outcome.id)\n")
      case .text: break
      }
      if let warning = outcome.warning { Output.note("warning: \(warning)") }
    }
  }
}

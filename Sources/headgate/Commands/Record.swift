import ArgumentParser
import Audit
import Review
import Syntax

extension Headgate {
  struct Record: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "record",
      abstract: "Logs a configuration change with its reason.",
      discussion: """
        Without revisions, the last commit's change.

        Examples:
          headgate record --reason 'More logins at peak' --ticket OPS-17
          headgate record --base origin/main --head HEAD --reason 'Release 4.2'
          headgate record --staged --reason 'Hotfix'
        """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Option(
      help: ArgumentHelp("The version before; the parent of --head by default.", valueName: "rev"))
    var base: String?

    @Option(help: ArgumentHelp("The version after.", valueName: "rev"))
    var head = "HEAD"

    @Flag(help: "Log what is staged instead of a commit.")
    var staged = false

    @Option(help: "Why the change was made.")
    var reason: String?

    @Option(help: ArgumentHelp("Where it was decided.", valueName: "id"))
    var ticket: String?

    @Option(help: "text or json.")
    var format: Format = .text

    @OptionGroup var products: ProductOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
      if staged, base != nil || head != "HEAD" {
        throw ValidationError("--staged logs the index; give no revisions with it")
      }
    }

    func run() throws {
      let folder = try common.folder()
      let indexFile = Host.environment("GIT_INDEX_FILE")
      let repository = try RepositoryAccess.open(folder)
      let range =
        staged
        ? try ChangeRange.staged(in: repository)
        : try ChangeRange.between(base, head, in: repository)
      let change = try GovernedChange(
        range, in: folder, indexFile: indexFile, products: products.products)
      let statement = Recorder.Statement(
        reason: reason, ticket: ticket, now: Timestamp(milliseconds: Host.now),
        nonce: Host.nonce(), genesisNonce: Host.nonce(), via: Host.origin)
      let recorded = try Recorder(folder: folder).record(change, statement)
      switch format {
      case .json: Output.write(recorded.json.text(.pretty) + "\n")
      case .text where !common.quiet: Output.write(recorded.text(color: common.usesColor))
      case .text: break
      }
      if recorded.existed, reason != nil, reason != recorded.record.body.reason?.text {
        Output.note("note: the reason on record is kept; records are never edited")
      }
      if let warning = recorded.warning { Output.note("warning: \(warning)") }
    }
  }
}

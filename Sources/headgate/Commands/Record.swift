import ArgumentParser
import Audit
import Git
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
          headgate record --import
          headgate record --emergency --reason 'Logins fail' --ticket INC-4
        """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Option(
      help: ArgumentHelp("The version before; the parent of --head by default.", valueName: "rev"))
    var base: String?

    @Option(help: ArgumentHelp("The version after.", valueName: "rev"))
    var head = "HEAD"

    @Flag(help: "Log what is staged instead of a commit.")
    var staged = false

    @Flag(help: "Log what differs in the files from the last commit, staged or not.")
    var worktree = false

    @Option(help: "Why the change was made.")
    var reason: String?

    @Flag(
      name: .customLong("import"),
      help: "Log every past change of the main line that ends with --head, marked as imported.")
    var isImport = false

    @Flag(
      help: "The change goes first and is approved afterwards, in the time that the policy gives.")
    var emergency = false

    @Option(help: "text or json.")
    var format: Format = .text

    @OptionGroup var statement: StatementOptions
    @OptionGroup var products: ProductOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
      if staged || worktree, base != nil || head != "HEAD" || staged == worktree {
        throw ValidationError(
          "--staged logs the index, --worktree the files; give one of them and no revisions")
      }
      if isImport, staged || worktree || emergency || base != nil {
        throw ValidationError("--import logs the whole history; it takes --head only")
      }
      if emergency, (reason ?? "").isEmpty {
        throw ValidationError("an emergency change needs its --reason")
      }
    }

    func run() throws {
      let folder = try common.folder()
      if isImport { return try importHistory(in: folder) }
      let indexFile = Host.environment("GIT_INDEX_FILE")
      let repository = try RepositoryAccess.open(folder)
      let range =
        if staged {
          try ChangeRange.staged(in: repository)
        } else if worktree {
          try ChangeRange.workTree(in: repository)
        } else {
          try ChangeRange.between(base, head, in: repository)
        }
      let change = try GovernedChange(
        range, in: folder, indexFile: indexFile, products: products.products)
      let recorded = try Recorder(folder: folder).record(
        change, statement.statement(reason: reason, in: folder), isEmergency: emergency)
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

    private func importHistory(in folder: String) throws {
      let git = GitExecutable(environment: Host.variables)
      let outcome = try HistoryImport(folder: folder, products: products.products, git: git)
        .run(head: head, statement.statement(reason: nil, in: folder))
      switch format {
      case .json: Output.write(outcome.json.text(.pretty) + "\n")
      case .text where !common.quiet: Output.write(outcome.text)
      case .text: break
      }
      for skipped in outcome.skipped {
        Output.note("warning: commit \(skipped.commit.short) was left out: \(skipped.reason)")
      }
    }
  }
}

import ArgumentParser
import Review
import Syntax

extension Headgate {
  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff",
      abstract: "Shows what a change makes of the settings that run.",
      discussion: """
        Without revisions, what the work tree changes beside HEAD; with one, beside that revision.

        Examples:
          headgate diff
          headgate diff --staged
          headgate diff v4.1 v4.2 --format markdown

        Exit codes: 0 no effective change, 1 settings differ, 2 could not compare.
        """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown }

    @Argument(help: "The version before; HEAD where none is given.")
    var base: String?

    @Argument(help: "The version after; the work tree where none is given.")
    var head: String?

    @Flag(help: "Compare HEAD with what is staged.")
    var staged = false

    @Option(help: "text, json or markdown.")
    var format: Format = .text

    @OptionGroup var products: ProductOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
      if base == "" || head == "" {
        throw ValidationError("a revision is empty: is a variable not set?")
      }
      if staged, base != nil {
        throw ValidationError("--staged compares HEAD with the index; give no revisions with it")
      }
    }

    func run() throws {
      let folder = try common.folder()
      let changes = try changes(in: folder)
      let diff = try changes.configurationDiff(
        configuration: products.configuration, products: products.products)
      switch format {
      case .json: Output.write(diff.json.text(.pretty) + "\n")
      case .markdown: Output.write(diff.markdown)
      case .text where diff.hasEffect || !diff.isComplete || !common.quiet:
        Output.write(diff.text(color: common.usesColor))
      case .text: break
      }
      if !diff.isComplete { throw Exit.couldNotRun }
      if diff.hasEffect { throw Exit.findings }
    }

    private func changes(in folder: String) throws(Failure) -> FileChanges {
      if staged {
        return try .staged(folder: folder, indexFile: Host.environment("GIT_INDEX_FILE"))
      }
      if let base, let head { return try .between(base, head, folder: folder) }
      return try .since(base ?? "HEAD", folder: folder, isExact: true)
    }
  }
}

import ArgumentParser
import Review
import Syntax

extension Headgate.PolicyCommand {
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "Lists the rules in force, and those that are off with the reason.",
      discussion: """
        Examples:
          headgate policy list --pack strict
          headgate policy list --technology pgbouncer --format json
        """)

    @Option(help: "text or json.")
    var format: Headgate.PolicyCommand.Format = .text

    @Option(help: ArgumentHelp("Only rules of this pack.", valueName: "name"))
    var pack: String?

    @Option(
      help: ArgumentHelp("Only rules that look at this product.", valueName: "name"))
    var technology: String?

    @Option(
      help: ArgumentHelp("Only rules for this kind of resource, such as pool.", valueName: "kind"))
    var kind: String?

    @Option(
      help: ArgumentHelp("Only rules from here: built-in, team or shared.", valueName: "source"))
    var source: String?

    @Flag(help: "Also show where each rule comes from, and its digest.")
    var long = false

    @OptionGroup var products: ProductOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let filter = try RuleFilter(
        pack: pack, technology: technology, kind: kind, source: source)
      let list = RuleList(try products.project(in: common.folder()).policy).only(filter)
      switch format {
      case .text: Output.write(list.text(long: long))
      case .json: Output.write(list.json.text(.pretty) + "\n")
      }
    }
  }
}

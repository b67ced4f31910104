import ArgumentParser
import Review
import Syntax

extension Headgate {
  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "explain",
      abstract: "Explains a rule: the reason, the condition, bad and good examples.",
      discussion: """
        Example:
          headgate explain pool/size-below-minimum
        """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Argument(help: "The rule's name or code.")
    var rule: String

    @Option(help: "text or json.")
    var format: Format = .text

    @OptionGroup var products: ProductOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let project = try products.project(in: common.folder())
      let document = RuleDocument(try RuleList(project.policy).rule(rule))
      switch format {
      case .text: Output.write(document.text(width: Host.terminalWidth))
      case .json: Output.write(document.json.text(.pretty) + "\n")
      }
    }
  }
}

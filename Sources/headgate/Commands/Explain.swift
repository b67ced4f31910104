import ArgumentParser
import Review
import Syntax

extension Headgate {
  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "explain",
      abstract: "Explains a rule: the reason, the condition, bad and good examples.",
      discussion: """
        Examples:
          headgate explain pool/size-below-minimum
          headgate explain --all --format markdown > rules.md
          headgate explain --all --pages docs
        """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, markdown, json }

    @Argument(help: "The rule's name or code.")
    var rule: String?

    @Flag(help: "Explain every rule, a team's own included.")
    var all = false

    @Option(help: "text, markdown or json.")
    var format: Format = .text

    @Option(
      help: ArgumentHelp(
        "With --all, write a Markdown page for each rule and technology into this folder.",
        valueName: "dir"))
    var pages: String?

    @OptionGroup var products: ProductOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
      guard (rule == nil) == all else {
        throw ValidationError("give a rule, or --all; headgate policy list names the rules")
      }
      guard pages == nil || all else { throw ValidationError("--pages needs --all") }
    }

    func run() throws {
      let policy = try products.project(in: common.folder()).policy
      if let rule {
        write([RuleDocument(try RuleList(policy).rule(rule))])
      } else if let pages {
        let documentation = Documentation(policy)
        try documentation.write(to: pages)
        if !common.quiet { Output.note("\(documentation.pages.count) pages in \(pages)") }
      } else if format == .json {
        Output.write(RuleList(policy).json.text(.pretty) + "\n")
      } else {
        write(RuleList(policy).documents)
      }
    }

    private func write(_ documents: [RuleDocument]) {
      let width = Host.terminalWidth
      let texts = documents.map { document in
        switch format {
        case .text: document.text(width: width)
        case .markdown: document.markdown
        case .json: document.json.text(.pretty) + "\n"
        }
      }
      Output.write(texts.joined(separator: "\n"))
    }
  }
}

import ArgumentParser
import Audit
import Review
import Syntax

extension Headgate.AuditCommand {
  struct StatePolicy: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "policy",
      abstract: "Put the rules for approvals on record.",
      discussion: """
        A change is judged by the .headgate.yaml that it starts from. Whoever has the log alone, as \
        in a collection of many, judges by the last rules on record. Once there are keys, one in \
        role root has to sign.

        Example:
          headgate audit policy --reason 'Two people from June on' --key ~/.ssh/id_ed25519
        """)

    @Option(help: "Why.")
    var reason: String?

    @Option(help: "text or json.")
    var format: OpinionOptions.Format = .text

    @OptionGroup var statement: StatementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let folder = try common.folder()
      let stated = try PolicyStating(folder: folder).state(
        statement.statement(reason: reason, in: folder))
      switch format {
      case .json: Output.write(stated.json.text(.pretty) + "\n")
      case .text where !common.quiet: Output.write(stated.text)
      case .text: break
      }
      if let warning = stated.recorded?.warning { Output.note("warning: \(warning)") }
    }
  }
}

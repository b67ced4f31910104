import ArgumentParser
import Review

extension Headgate.PolicyCommand {
  struct PrintSchema: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "schema",
      abstract: "Prints the JSON Schema of rule files, or of .headgate.yaml.",
      discussion: """
        Editors complete and check YAML with it.

        Examples:
          headgate policy schema > rule.schema.json
          headgate policy schema configuration > headgate.schema.json
        """)

    enum Subject: String, ExpressibleByArgument, CaseIterable { case rule, configuration }

    @Argument(help: "rule or configuration.")
    var subject: Subject = .rule

    @OptionGroup var common: CommonOptions

    func run() {
      switch subject {
      case .rule: Output.write(BuiltInSchemas.rule)
      case .configuration: Output.write(BuiltInSchemas.configuration)
      }
    }
  }
}

import ArgumentParser

extension Headgate {
  struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "policy",
      abstract: "Lists, tests and fetches rules, and tries expressions.",
      discussion: """
        Examples:
          headgate policy list
          headgate policy test rules
          headgate policy update
          headgate policy eval '1 + 1'
        """,
      subcommands: [List.self, Test.self, Update.self, PrintSchema.self, Eval.self])

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }
  }
}

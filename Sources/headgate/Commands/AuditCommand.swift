import ArgumentParser

extension Headgate {
  struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "audit",
      abstract: "Keeps the audit log.",
      discussion: """
        Example:
          headgate audit verify
        """,
      subcommands: [
        Verify.self, Sync.self, Collect.self, Repair.self, KeysCommand.self, LogDifference.self,
        SQL.self, Export.self, CheckpointCommand.self, Prove.self, Redact.self, StatePolicy.self,
      ])
  }
}

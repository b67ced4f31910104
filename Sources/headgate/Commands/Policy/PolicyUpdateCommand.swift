import ArgumentParser
import Review

extension Headgate.PolicyCommand {
  struct Update: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "update",
      abstract: "Fetches the rules of other repositories that .headgate.yaml names.",
      discussion: """
        Writes headgate.lock, which pins what was fetched to its contents: commit it. No other
        command uses the network, and a check refuses rules that are not those of the lock.

        Examples:
          headgate policy update
          headgate policy update --locked    in a fresh clone, or in CI

        Exit codes: 0 done, 2 could not be done; nothing is changed then.
        """)

    @Flag(help: "Fetch exactly what headgate.lock pins.")
    var locked = false

    @OptionGroup var common: CommonOptions

    func run() throws {
      let update = try PolicyUpdate(
        in: common.folder(), environment: Host.variables)
      let outcomes = try locked ? update.runLocked() : update.run()
      guard !common.quiet else { return }
      for outcome in outcomes {
        let change = locked ? "as locked" : outcome.isChanged ? "changed" : "unchanged"
        let rules = "\(outcome.ruleCount) \(outcome.ruleCount == 1 ? "rule" : "rules")"
        Output.write(
          "\(outcome.name): \(outcome.ref) of \(outcome.address) is \(outcome.commit.prefix(12)), "
            + "\(rules), sha256:\(outcome.digest.prefix(12)) (\(change))\n")
      }
    }
  }
}

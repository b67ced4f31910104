import ArgumentParser
import Review

@main
struct Headgate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "headgate",
    abstract: "Reviews the configuration of connection pools and nginx, and keeps the record.",
    discussion: """
      Examples:
        headgate check                     lint every configuration file below this folder
        headgate check --staged            lint what is about to be committed
        headgate record --reason 'Why'     log the last commit's configuration change
        headgate before '2024-06-10 10:30' what changed before an incident
        headgate explain RULE              why a rule exists, with examples

      Exit codes: 0 clean, 1 findings, 2 could not be done, 4 audit log tampered with.
      """,
    version: Tool.version,
    subcommands: [
      Check.self, Explain.self, PolicyCommand.self, Inventory.self, Capacity.self, Parse.self,
      Record.self, Approve.self, Reject.self, Annotate.self,
      Log.self, Show.self, Who.self, At.self, Before.self, Blame.self, Status.self,
      AuditCommand.self,
      HookCommand.self, Init.self, Diff.self, GateCommand.self, Waive.self,
      LanguageServer.self, Completions.self,
    ])

  /// Runs the command line and exits: 64, the parser's code for bad usage, becomes our 2.
  static func main() {
    Output.prepare()
    do {
      var command = try parseAsRoot()
      try command.run()
      Output.finish(.clean)
    } catch let exit as Exit {
      Output.finish(exit)
    } catch let failure as Failure {
      Output.error(failure.message, help: failure.help)
      Output.finish(failure.isTampering ? .tampered : .couldNotRun)
    } catch {
      let text = fullMessage(for: error)
      if exitCode(for: error).isSuccess {
        Output.write(text + "\n")
        Output.finish(.clean)
      }
      Output.plainError(text)
      Output.finish(.couldNotRun)
    }
  }
}

/// How a command ends when it does not simply succeed.
enum Exit: Int32, Error {
  case clean = 0
  /// Findings, or an audit log that is incomplete.
  case findings = 1
  case couldNotRun = 2
  case tampered = 4
}

import ArgumentParser
import Audit
import Review
import Syntax

/// The options of approve and reject.
struct OpinionOptions: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Option(help: "Why.")
  var reason: String?

  @Option(help: "text or json.")
  var format: Format = .text

  @OptionGroup var statement: StatementOptions
  @OptionGroup var common: CommonOptions

  func show(_ given: Reviewer.Given) {
    switch format {
    case .json: Output.write(given.json.text(.pretty) + "\n")
    case .text where !common.quiet: Output.write(given.text)
    case .text: break
    }
    for note in given.notes { Output.note("note: \(note)") }
    if let warning = given.recorded.warning { Output.note("warning: \(warning)") }
  }
}

extension Headgate {
  struct Approve: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "approve",
      abstract: "Agrees to a recorded change.",
      discussion: """
        The approval names the exact content of the change: when that moves, it counts no more.
        Nobody approves their own change.

        Examples:
          headgate approve 17 --reason 'Tested under load'
          headgate approve 4f2a9c1 --key ~/.ssh/id_ed25519
          headgate approve --from-event "$GITHUB_EVENT_PATH"
        """)

    @Argument(help: "The change's number, its id, or the beginning of it.")
    var record: String?

    @Option(
      help: ArgumentHelp(
        "Take the review that GitHub or GitLab describes in this file.", valueName: "file"))
    var fromEvent: String?

    @Option(help: ArgumentHelp("Count for so long only, such as 30d.", valueName: "span"))
    var expires: String?

    @OptionGroup var options: OpinionOptions

    func validate() throws {
      guard (record == nil) != (fromEvent == nil) else {
        throw ValidationError("name the record, or the file of an event with --from-event")
      }
    }

    func run() throws {
      let folder = try options.common.folder()
      let seconds = try expires.map { try Moment.seconds($0) }
      let reviewer = Reviewer(folder: folder)
      guard let fromEvent else {
        let statement = try options.statement.statement(reason: options.reason, in: folder)
        options.show(
          try reviewer.decide(
            .approval, about: record ?? "", statement, expiresAfter: seconds))
        return
      }
      let event = try ForgeReview(file: fromEvent)
      let statement = try options.statement.statement(
        reason: options.reason ?? event.reason, in: folder)
      guard let kind = event.kind else {
        Output.note("note: \(event.summary): nothing to record")
        return
      }
      for given in try reviewer.take(event, kind, statement, expiresAfter: seconds) {
        options.show(given)
      }
    }
  }

  struct Reject: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reject",
      abstract: "Refuses a recorded change, or takes an approval back.",
      discussion: """
        Example:
          headgate reject 17 --reason 'The database allows 100 connections'
        """)

    @Argument(help: "The change's number, its id, or the beginning of it.")
    var record: String

    @OptionGroup var options: OpinionOptions

    func run() throws {
      let folder = try options.common.folder()
      let statement = try options.statement.statement(reason: options.reason, in: folder)
      options.show(
        try Reviewer(folder: folder).decide(.rejection, about: record, statement))
    }
  }
}

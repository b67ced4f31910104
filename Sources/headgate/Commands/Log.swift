import ArgumentParser
import Review
import Syntax

/// What the commands that ask the log have in common.
struct LogOptions: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Option(help: "text or json.")
  var format: Format = .text

  @OptionGroup var common: CommonOptions

  func query() throws -> LogQuery { LogQuery(folder: try common.folder()) }

  /// Prints an answer; `nothing` says what it means that there is none.
  func print(_ answer: LogAnswer, nothing: String) {
    switch format {
    case .json: Output.write(answer.json.text(.pretty) + "\n")
    case .text:
      Output.write(answer.text(color: common.usesColor))
      if answer.isEmpty, !common.quiet { Output.note(nothing) }
    }
    if !answer.isComplete {
      Output.note("warning: this is a shallow clone; older records were not read")
    }
  }
}

extension Headgate {
  struct Log: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "log",
      abstract: "Lists the recorded changes, newest first.",
      discussion: """
        Examples:
          headgate log
          headgate log --setting 'pool.*' --limit 20
        """)

    @Option(name: [.short, .long], help: ArgumentHelp("At most so many.", valueName: "number"))
    var limit = 50

    @Option(help: ArgumentHelp("Only changes of this key or field; * matches.", valueName: "name"))
    var setting: String?

    @Option(help: ArgumentHelp("Only changes of this file; * matches.", valueName: "path"))
    var file: String?

    @OptionGroup var options: LogOptions

    func validate() throws {
      guard limit > 0 else { throw ValidationError("--limit is at least 1") }
    }

    func run() throws {
      let answer = try options.query().log(limit: limit, setting: setting, path: file)
      options.print(answer, nothing: "nothing is recorded yet; `headgate record` begins the log")
    }
  }
}

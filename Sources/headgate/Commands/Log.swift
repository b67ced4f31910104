import ArgumentParser
import Audit
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
      if answer.isEmpty { note(nothing) }
    }
    if let reason = answer.reasonForMemory {
      note("note: the log's index cannot be kept, so that every answer reads all: \(reason)")
    }
    warn(isComplete: answer.isComplete)
  }

  /// Says on standard error what a person wants to know beside the answer.
  func note(_ text: String) {
    if format == .text, !common.quiet { Output.note(text) }
  }

  func warn(isComplete: Bool) {
    if !isComplete {
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
        With times, by when changes took effect; otherwise by their place in the log.

        Examples:
          headgate log
          headgate log --key 'pool.*' --limit 20
          headgate log --since 2024-06-01 --until 2024-06-30 --actor alice
          headgate log --unreviewed
          headgate log key:pool.max* actor:alice after:2024-06-01 outage
        """)

    @Option(name: [.short, .long], help: ArgumentHelp("At most so many.", valueName: "number"))
    var limit = 50

    @OptionGroup var filter: RecordFilterOptions
    @OptionGroup var asking: AskingOptions
    @OptionGroup var options: LogOptions

    func validate() throws {
      guard limit > 0 else { throw ValidationError("--limit is at least 1") }
    }

    func run() throws {
      let (wanted, isUnreviewed) = try filter.filter()
      let answer = try asking.query(options.common).log(
        matching: wanted, limit: limit,
        unreviewedAt: isUnreviewed ? Timestamp(milliseconds: Host.now) : nil)
      let searched = filter.summary(wanted, isUnreviewed: isUnreviewed)
      if searched != nil, wanted.isByTime {
        options.note(
          "times in UTC: "
            + [
              wanted.since.map { "since \($0.short)" },
              wanted.until.map { "until \($0.short)" },
            ].compactMap { $0 }.joined(separator: " "))
      }
      options.print(
        answer,
        nothing: searched.map { "no record \($0); `headgate log` lists all" }
          ?? "nothing is recorded yet; `headgate record` begins the log")
    }
  }
}

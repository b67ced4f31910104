import ArgumentParser
import Audit
import Findings
import Review

extension Headgate {
  struct GateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "gate",
      abstract: "Decides whether a change may be merged.",
      discussion: """
        Judges what merging --head into --base gives, by the rules, waivers and approvals that hold
        without the change. Nothing of the change is run, nothing is written.

        Examples:
          headgate gate --base origin/main --head HEAD
          headgate gate --base "$BASE_SHA" --head "$HEAD_SHA" --format github

        Exit codes: 0 may be merged, 1 may not, 2 could not decide.
        """)

    @Option(
      help: ArgumentHelp(
        "The branch that the change is for: its rules count. Take it from the event, never from "
          + "what the change says.",
        valueName: "rev"))
    var base: String

    @Option(help: ArgumentHelp("The change.", valueName: "rev"))
    var head = "HEAD"

    @Flag(help: "Also show findings that are suppressed, waived or known.")
    var showSuppressed = false

    @Option(
      name: .customLong("product"),
      help: ArgumentHelp(
        "A product's version, such as nginx=1.29.7; can be repeated.", valueName: "name=version"))
    var products: [String] = []

    @OptionGroup var reports: ReportOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
      if base.isEmpty || head.isEmpty {
        throw ValidationError("a revision is empty: is a variable not set?")
      }
    }

    func run() throws {
      let folder = try common.folder()
      var writer = try reports.writer(common)
      writer.style.showsExcused = showSuppressed
      let gate = Gate(
        folder: folder, products: products, now: Timestamp(milliseconds: Host.now),
        failOn: reports.failOn.severity)
      let verdict = try Progress.during("judging", isQuiet: common.quiet) {
        try gate.verdict(base: base, head: head)
      }
      // Paths start at the root already.
      try writer.write(verdict.report, from: nil)
      if !verdict.isComplete { throw Exit.couldNotRun }
      if verdict.report.decision?.isPassed != true { throw Exit.findings }
    }
  }
}

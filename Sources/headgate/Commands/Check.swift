import ArgumentParser
import Audit
import Findings
import Review
import Syntax

extension Headgate {
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Lints configuration files, folders, or what is about to be committed.",
      discussion: """
        Errors and warnings fail the check, notes do not. Nothing to check is an error.

        Examples:
          headgate check
          headgate check deploy/nginx.conf --format sarif --output sarif:report.sarif
          headgate check --staged
          headgate check --since origin/main
          headgate check --update-baseline
          headgate check --stdin-name hikari.properties - < pool.properties

        Exit codes: 0 clean, 1 findings, 2 could not check.
        """)

    @Argument(help: "Files or folders, or - for standard input; this folder where none is given.")
    var paths: [String] = []

    @Flag(help: "Check the files that are staged, as they will be committed.")
    var staged = false

    @Option(
      help: ArgumentHelp(
        "Check what differs from this revision, and what that breaks elsewhere.",
        valueName: "rev"))
    var since: String?

    @Option(
      help: ArgumentHelp(
        "Evaluate this rule only, also where it is off; can be repeated.", valueName: "rule"))
    var rule: [String] = []

    @Option(help: ArgumentHelp("The name that standard input is read as.", valueName: "name"))
    var stdinName = "nginx.conf"

    @Flag(help: "Apply the safe fixes to the files.")
    var fix = false

    @Flag(help: "With --fix, also apply fixes that change what runs.")
    var unsafe = false

    @OptionGroup var reports: ReportOptions
    @Flag(help: "With --fix, only show what would change.")
    var diff = false

    @OptionGroup var exceptions: ExceptionOptions
    @OptionGroup var products: ProductOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
      if paths.contains("") { throw ValidationError("a path is empty: is a variable not set?") }
      if staged || since != nil, !paths.isEmpty {
        throw ValidationError("--staged and --since find the files; give no paths with them")
      }
      if staged, since != nil { throw ValidationError("give --staged or --since, not both") }
      if fix, staged || since != nil || paths == ["-"] {
        throw ValidationError("--fix works on files; give no --staged, no --since and no -")
      }
      if unsafe || diff, !fix { throw ValidationError("--unsafe and --diff go with --fix") }
      let isSelective = staged || since != nil || !paths.isEmpty || !rule.isEmpty
      if exceptions.changesBaseline, fix || isSelective {
        throw ValidationError("a baseline is of the whole repository: give nothing else with it")
      }
    }

    func run() throws {
      let folder = try common.folder()
      var writer = try reports.writer(common)
      writer.style.showsExcused = exceptions.showSuppressed
      let verdict = try Progress.during("checking", isQuiet: common.quiet) {
        try fix ? fixed(in: folder) : self.verdict(in: folder)
      }
      // What is staged is named by its path from the root already.
      try writer.write(verdict.report, from: staged || since != nil ? nil : folder)
      if !verdict.isComplete { throw Exit.couldNotRun }
      if verdict.fails(on: reports.failOn.severity) { throw Exit.findings }
    }

    private func fixed(in folder: String) throws -> Verdict {
      let checker = try request(in: folder).checker()
      let fixer = Fixer(allowsUnsafe: unsafe)
      let outcome = fixer.run(checker, on: try WorkTree(folder).workspaces(paths))
      if diff {
        Output.write(outcome.diff)
        if outcome.fixed > 0 { throw Exit.findings }
        return outcome.verdict
      }
      for source in outcome.changed { try FileReplacement.write(source, in: folder) }
      if !common.quiet {
        if outcome.fixed > 0 {
          Output.note(outcome.fixed == 1 ? "fixed 1 finding" : "fixed \(outcome.fixed) findings")
        }
        for note in outcome.notes { Output.note(note) }
      }
      return outcome.verdict
    }

    private func verdict(in folder: String) throws -> Verdict {
      let request = request(in: folder)
      if staged || since != nil { return try changeVerdict(request, in: folder) }
      if exceptions.changesBaseline { return try adopted(request, in: folder) }
      guard paths == ["-"] else { return try request.verdict(onPaths: paths) }
      let limit = WorkTreeFiles.sizeLimit
      guard let bytes = Host.standardInput(limit: limit) else {
        throw Failure("standard input is larger than \(limit / 1_048_576) MiB")
      }
      guard !bytes.isEmpty else {
        throw Failure("standard input is empty", help: "what should have written to it failed?")
      }
      return try request.verdict(on: .standardInput(bytes, name: stdinName))
    }

    private func request(in folder: String) -> ProjectCheck {
      ProjectCheck(
        folder: folder, configuration: products.configuration, products: products.products,
        rules: rule, baseline: exceptions.baseline, now: Timestamp(milliseconds: Host.now))
    }

    /// What differs: the index from the commit checked out, or the work tree from `--since`.
    private func changeVerdict(_ request: ProjectCheck, in folder: String) throws -> Verdict {
      let changes =
        if let since { try FileChanges.since(since, folder: folder) } else {
          try FileChanges.staged(
            folder: folder, indexFile: Host.environment("GIT_INDEX_FILE"))
        }
      if let verdict = try request.verdict(on: changes) { return verdict }
      if !common.quiet {
        Output.note(
          since.map { "no configuration file differs from \($0)" }
            ?? "no configuration file is staged")
      }
      throw Exit.clean
    }

    /// The whole repository with its baseline begun or made smaller.
    private func adopted(_ request: ProjectCheck, in folder: String) throws -> Verdict {
      let adoption = try request.verdict(adopting: exceptions.updateBaseline) {
        path, bytes throws(Failure) in
        try Host.writeFile(path, bytes)
      }
      if !common.quiet { Output.note(adoption.summary) }
      return adoption.verdict
    }
  }
}

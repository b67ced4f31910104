import ArgumentParser
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
          headgate check --stdin-name hikari.properties - < pool.properties

        Exit codes: 0 clean, 1 findings, 2 could not check.
        """)

    enum Level: String, ExpressibleByArgument, CaseIterable { case error, warning, note }
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, concise, json, sarif }

    @Argument(help: "Files or folders, or - for standard input; this folder where none is given.")
    var paths: [String] = []

    @Flag(help: "Check the files that are staged, as they will be committed.")
    var staged = false

    @Option(help: "text, concise, json or sarif.")
    var format: Format = .text

    @Option(
      help: ArgumentHelp(
        "Also write a report to a file, such as sarif:report.sarif; can be repeated.",
        valueName: "format:file"))
    var output: [String] = []

    @Option(
      help: ArgumentHelp(
        "Evaluate this rule only, also where it is off; can be repeated.", valueName: "rule"))
    var rule: [String] = []

    @Option(help: "The least bad finding that fails the check.")
    var failOn: Level = .warning

    @Option(help: ArgumentHelp("The name that standard input is read as.", valueName: "name"))
    var stdinName = "nginx.conf"

    @Flag(help: "Apply the safe fixes to the files.")
    var fix = false

    @Flag(help: "With --fix, also apply fixes that change what runs.")
    var unsafe = false

    @OptionGroup var products: ProductOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
      if paths.contains("") { throw ValidationError("a path is empty: is a variable not set?") }
      if staged, !paths.isEmpty {
        throw ValidationError("--staged checks the index; give no paths with it")
      }
      if fix, staged || paths == ["-"] {
        throw ValidationError("--fix works on files; give no --staged and no -")
      }
      if unsafe, !fix { throw ValidationError("--unsafe goes with --fix") }
    }

    func run() throws {
      let folder = try common.folder()
      let outputs = try output.map(ReportFile.init)
      let verdict = try fix ? fixed(in: folder) : verdict(in: folder)
      let report = verdict.report
      for output in outputs { try output.write(report) }
      if !common.quiet || format != .text || !report.findings.isEmpty {
        let style = ReportStyle(
          color: common.usesColor, width: Host.terminalWidth, isConcise: format == .concise)
        format.output.write(report, style: style) { Output.write($0) }
      }
      if !verdict.isComplete { throw Exit.couldNotRun }
      if verdict.fails(on: failOn.severity) { throw Exit.findings }
    }

    private func fixed(in folder: String) throws -> Verdict {
      let project = try products.project(in: folder)
      let checker = try project.checker.evaluating(only: rule)
      let fixer = Fixer(allowsUnsafe: unsafe) { source throws(Failure) in
        try FileReplacement.write(source, in: folder)
      }
      let outcome = try fixer.run { () throws(Failure) in
        checker.check(try WorkTree(folder).workspaces(paths))
      }
      if outcome.fixed > 0, !common.quiet {
        Output.note(outcome.fixed == 1 ? "fixed 1 finding" : "fixed \(outcome.fixed) findings")
      }
      return outcome.verdict
    }

    private func verdict(in folder: String) throws -> Verdict {
      if staged {
        let index = try StagedFiles(folder: folder, indexFile: Host.environment("GIT_INDEX_FILE"))
        let project = try index.project(products: products.products)
        let checker = try project.checker.evaluating(only: rule)
        let verdict = checker.check([index.workspace], reportingOnly: index.changed)
        guard verdict.report.fileCount > 0 || !verdict.report.skipped.isEmpty else {
          if !common.quiet { Output.note("no configuration file is staged") }
          throw Exit.clean
        }
        return verdict
      }
      let checker = try products.project(in: folder).checker.evaluating(only: rule)
      if paths == ["-"] {
        let limit = WorkTreeFiles.sizeLimit
        guard let bytes = Host.standardInput(limit: limit) else {
          throw Failure("standard input is larger than \(limit / 1_048_576) MiB")
        }
        guard !bytes.isEmpty else {
          throw Failure("standard input is empty", help: "what should have written to it failed?")
        }
        let workspace = Workspace.standardInput(bytes, name: stdinName)
        return checker.check([workspace])
      }
      return checker.check(try WorkTree(folder).workspaces(paths))
    }
  }
}

extension Headgate.Check.Level {
  fileprivate var severity: Severity {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}

extension Headgate.Check.Format {
  fileprivate var output: OutputFormat {
    switch self {
    case .text, .concise: .text
    case .json: .json
    case .sarif: .sarif
    }
  }
}

/// A further report that a run writes: `FORMAT:FILE`.
struct ReportFile {
  private let format: OutputFormat
  private let path: String

  init(_ text: String) throws(Failure) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2, let format = OutputFormat(rawValue: parts[0]) else {
      let formats = OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure(
        "--output \(text) is not FORMAT:FILE", help: "formats are \(formats): sarif:report.sarif")
    }
    self.format = format
    path = parts[1]
  }

  func write(_ report: Report) throws {
    try Host.writeFile(path, format.render(report))
  }
}

import ArgumentParser
import Findings
import Review

/// How a check or a gate reports, and what fails it.
struct ReportOptions: ParsableArguments {
  enum Level: String, ExpressibleByArgument, CaseIterable { case error, warning, note }
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, concise, json, sarif, junit, github, gitlab, tap, markdown, html
  }

  @Option(
    help: "How the report is written.")
  var format: Format = .text

  @Option(
    help: ArgumentHelp(
      "Also write a report to a file, such as sarif:report.sarif; can be repeated.",
      valueName: "format:file"))
  var output: [String] = []

  @Option(help: "The least bad finding that fails the check.")
  var failOn: Level = .warning

  /// The outputs, looked at before anything is checked.
  func writer(_ common: CommonOptions) throws -> ReportWriter {
    let files = try output.map(ReportFile.init)
    let isConcise = format == .concise
    return ReportWriter(
      format: isConcise ? .text : OutputFormat(rawValue: format.rawValue) ?? .text, files: files,
      style: ReportStyle(
        color: common.usesColor, width: Host.terminalWidth, isConcise: isConcise,
        failsOn: failOn.severity, isJobLog: Host.isJob),
      isQuiet: common.quiet)
  }
}

extension ReportOptions.Level {
  var severity: Severity {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}

/// Writes a report to standard output and to the files that were asked for.
struct ReportWriter {
  fileprivate let format: OutputFormat
  fileprivate let files: [ReportFile]
  var style: ReportStyle
  fileprivate let isQuiet: Bool

  /// Writes everywhere.
  ///
  /// - Parameter folder: where the report's paths start; `nil` for the root of the repository.
  func write(_ report: Report, from folder: String?) throws {
    let isWanted = ([format] + files.map(\.format)).contains(where: \.wantsRepositoryPaths)
    let rooted = try (isWanted ? folder : nil).map { folder in
      try WorkTree(folder).asSeenFromRoot(report, folder: Host.resolved(folder))
    }
    func seen(by format: OutputFormat) -> Report {
      format.wantsRepositoryPaths ? rooted ?? report : report
    }
    for file in files {
      let style = ReportStyle(failsOn: style.failsOn)
      try Host.writeFile(file.path, file.format.render(seen(by: file.format), style: style))
    }
    if format == .github || files.contains(where: { $0.format == .github }) {
      try Host.appendStepSummary(seen(by: .github).stepSummary())
    }
    guard !isQuiet || format != .text || !report.findings.isEmpty else { return }
    format.write(seen(by: format), style: style) { Output.write($0) }
  }
}

extension WorkTree {
  /// The report for readers that know files by their path from the root.
  fileprivate func asSeenFromRoot(_ report: Report, folder: String) -> Report {
    let prefix = root.hasSuffix("/") ? root : root + "/"
    let below = folder.hasPrefix(prefix) ? String(folder.dropFirst(prefix.count)) : ""
    return report.asSeen(fromRoot: root, folder: below)
  }
}

/// A further report that a run writes: `FORMAT:FILE`.
private struct ReportFile {
  let format: OutputFormat
  let path: String

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
}

/// How a report is written; a new format is a file of its own and its lines here.
package enum OutputFormat: String, Sendable, CaseIterable {
  case text, json, sarif, junit, github, gitlab, tap, markdown, html

  /// The report in this format, ending with a line feed.
  package func render(_ report: Report, style: ReportStyle = ReportStyle()) -> [UInt8] {
    var bytes: [UInt8] = []
    write(report, style: style) { bytes += $0 }
    return bytes
  }

  /// Hands the report in this format to `sink`, in as many portions as suit the format.
  package func write(
    _ report: Report, style: ReportStyle = ReportStyle(), to sink: ([UInt8]) throws -> Void
  ) rethrows {
    switch self {
    case .text: try TextReport.write(report, style, to: sink)
    case .json: try JSONReport.write(report, style, to: sink)
    case .sarif: try SARIFReport.write(report, style, to: sink)
    case .junit: try JUnitReport.write(report, style, to: sink)
    case .github: try GitHubReport.write(report, style, to: sink)
    case .gitlab: try GitLabReport.write(report, style, to: sink)
    case .tap: try TAPReport.write(report, style, to: sink)
    case .markdown: try MarkdownReport.write(report, limit: MarkdownReport.comment, to: sink)
    case .html: try HTMLReport.write(report, style, to: sink)
    }
  }

  /// Whether its readers know files by their path from the root of the repository alone.
  package var wantsRepositoryPaths: Bool {
    switch self {
    case .sarif, .github, .gitlab, .markdown: true
    case .text, .json, .junit, .tap, .html: false
    }
  }
}

/// How a report is written; a new format is a file of its own and its lines here.
package enum OutputFormat: String, Sendable, CaseIterable {
  case text, json, sarif

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
    }
  }
}

/// What a reader wants of a report; the caller knows the terminal, the reporters do not ask it.
package struct ReportStyle: Sendable, Hashable {
  /// Whether text may hold ANSI colours; programs' formats never do.
  package let color: Bool
  /// Columns of the terminal, at least ``minimumWidth``; text is wrapped and cut to it.
  package let width: Int
  /// One line for each finding, `path:line:column: severity[rule] message`.
  package let isConcise: Bool
  /// Whether formats for programs also hold findings that are suppressed, waived or known.
  ///
  /// GitHub ignores that a finding is excused and would raise an alert for each.
  package let includesExcused: Bool

  /// Below this the gutter and the underlined value no longer fit beside each other.
  package static let minimumWidth = 40

  package init(
    color: Bool = false, width: Int = 100, isConcise: Bool = false, includesExcused: Bool = true
  ) {
    self.color = color
    self.width = max(width, Self.minimumWidth)
    self.isConcise = isConcise
    self.includesExcused = includesExcused
  }
}

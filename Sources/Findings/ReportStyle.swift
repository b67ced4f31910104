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
  /// The least bad finding that fails the check, for formats of tests, which pass or fail.
  package let failsOn: Severity
  /// Whether text is read by a runner of jobs that obeys commands in its log.
  package let isJobLog: Bool
  /// Whether text shows findings that are suppressed, waived or known as well.
  package var showsExcused = false

  /// Below this the gutter and the underlined value no longer fit beside each other.
  package static let minimumWidth = 40

  package init(
    color: Bool = false, width: Int = 100, isConcise: Bool = false, includesExcused: Bool = true,
    failsOn: Severity = .warning, isJobLog: Bool = false
  ) {
    self.color = color
    self.width = max(width, Self.minimumWidth)
    self.isConcise = isConcise
    self.includesExcused = includesExcused
    self.failsOn = failsOn
    self.isJobLog = isJobLog
  }
}

package import Syntax

/// How bad a finding is; errors and warnings fail a check unless told otherwise.
package enum Severity: String, Sendable, Hashable, Comparable, CaseIterable {
  case note, warning, error

  package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// What becomes of a finding.
package enum FindingStatus: String, Sendable, Hashable {
  case new, baseline, suppressed, waived
}

/// A range of a file with lines and columns.
package struct SourceRange: Sendable, Hashable {
  package let start: SourcePosition
  /// One past the last byte.
  package let end: SourcePosition

  package init(start: SourcePosition, end: SourcePosition) {
    self.start = start
    self.end = end
  }
}

/// Another place that belongs to a finding: an include, the other definition, the default's source.
package struct RelatedLocation: Sendable, Hashable {
  package let path: String
  package let range: SourceRange
  package let message: String

  package init(path: String, range: SourceRange, message: String) {
    self.path = path
    self.range = range
    self.message = message
  }
}

/// A repair that a machine can make.
package struct Fix: Sendable, Hashable {
  /// `safe` writes what already runs or repairs syntax; `unsafe` changes behaviour and is only
  /// offered.
  package enum Safety: String, Sendable, Hashable { case safe, unsafe }

  /// What it does, in the imperative: `set maximumPoolSize to 10`.
  package let description: String
  package let safety: Safety
  /// Edits of the finding's own file.
  package let edits: [TextEdit]

  package init(description: String, safety: Safety, edits: [TextEdit]) {
    self.description = description
    self.safety = safety
    self.edits = edits
  }
}

/// A rule broken at a place.
///
/// What never changes is shared by all copies: findings are sorted, filtered and handed on a dozen
/// times, and each has as many texts.
package struct Finding: Sendable, Hashable {
  private let shared: Shared
  /// Survives moved lines: a hash of rule, path and the text at fault, in hexadecimal.
  package internal(set) var fingerprint: String
  package var status: FindingStatus
  /// Why it does not count, or no longer; `nil` where nobody excused it.
  package var excuse: Excuse?

  private struct Content: Sendable, Hashable {
    let rule: String
    let severity: Severity
    let message: String
    let path: String
    let range: SourceRange
    let related: [RelatedLocation]
    let why: String?
    let help: String?
    let fix: Fix?
  }

  private final class Shared: Sendable, Hashable {
    let content: Content

    init(_ content: Content) { self.content = content }

    static func == (left: Shared, right: Shared) -> Bool {
      left === right || left.content == right.content
    }

    func hash(into hasher: inout Hasher) { hasher.combine(content) }
  }

  package init(
    rule: String, severity: Severity, message: String, path: String, range: SourceRange,
    related: [RelatedLocation] = [], why: String? = nil, help: String? = nil, fix: Fix? = nil,
    fingerprint: String = "", status: FindingStatus = .new
  ) {
    shared = Shared(
      Content(
        rule: rule, severity: severity, message: message, path: path, range: range,
        related: related, why: why, help: help, fix: fix))
    self.fingerprint = fingerprint
    self.status = status
  }

  /// The rule's name, `pool/size-below-minimum`; `syntax/…` for files that break their grammar.
  package var rule: String { shared.content.rule }
  package var severity: Severity { shared.content.severity }
  /// What is, then why it matters; lower case, no full stop.
  package var message: String { shared.content.message }
  package var path: String { shared.content.path }
  /// The value to underline.
  package var range: SourceRange { shared.content.range }
  package var related: [RelatedLocation] { shared.content.related }
  /// The reason in a sentence or two, for people who do not know the rule.
  package var why: String? { shared.content.why }
  /// What to do, where no fix says it.
  package var help: String? { shared.content.help }
  package var fix: Fix? { shared.content.fix }
}

/// A file that was to be checked and was not, or not whole.
package struct SkippedFile: Sendable, Hashable {
  package let path: String
  package let reason: String

  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}

/// What had to be taken for granted of a file to check it.
package struct Assumption: Sendable, Hashable {
  package let path: String
  /// Lower case, no full stop.
  package let text: String

  package init(path: String, text: String) {
    self.path = path
    self.text = text
  }
}

/// All that one check concluded: the only input of the reporters.
package struct Report: Sendable {
  /// Sorted by path, place and rule, so that runs are identical byte by byte.
  package private(set) var findings: [Finding]
  /// The files that were read, by path, so that reporters can show lines.
  package private(set) var sources: [String: SourceText]
  package private(set) var fileCount: Int
  package let ruleCount: Int
  /// Files that could not be checked, or not whole: never silence.
  package private(set) var skipped: [SkippedFile]
  /// Rules that depend on a value that cannot be known, as `rule: reason` with their place.
  package private(set) var undecided: [Finding]
  /// What nothing in the files says and was taken for granted, sorted by path.
  package private(set) var assumptions: [Assumption]
  /// SHA-256 of the rules and parameters in force, hexadecimal.
  ///
  /// Worked out when asked for: it reads the words of every rule, and text shows none of it.
  package var policyDigest: String { digest() }
  private let digest: @Sendable () -> String
  package let toolVersion: String
  /// The rules in force, sorted by id, for formats that describe rules beside findings.
  package let rules: [RuleSummary]
  /// Where each rule in force comes from; worked out when asked for, as the policy's digest is.
  package var ruleOrigins: @Sendable () -> [RuleOrigin] = { [] }
  /// Entries of the baseline that this check shows to be no longer needed.
  package var unusedBaseline = 0
  /// What a gate concluded; `nil` for a plain check.
  package var decision: Decision?

  package init(
    findings: [Finding], sources: [String: SourceText], fileCount: Int, ruleCount: Int,
    skipped: [SkippedFile], undecided: [Finding] = [], assumptions: [Assumption] = [],
    policyDigest: @autoclosure @escaping @Sendable () -> String, toolVersion: String,
    rules: [RuleSummary] = []
  ) {
    self.findings = findings
    self.sources = sources
    self.fileCount = fileCount
    self.ruleCount = ruleCount
    self.skipped = skipped
    self.undecided = undecided
    self.assumptions = assumptions
    digest = policyDigest
    self.toolVersion = toolVersion
    self.rules = rules
  }

  /// The same conclusion about fewer, more or other findings; what is not given stays.
  package func with(
    findings: [Finding]? = nil, sources: [String: SourceText]? = nil, fileCount: Int? = nil,
    skipped: [SkippedFile]? = nil, undecided: [Finding]? = nil, assumptions: [Assumption]? = nil
  ) -> Report {
    var copy = self
    if let findings { copy.findings = findings }
    if let sources { copy.sources = sources }
    if let fileCount { copy.fileCount = fileCount }
    if let skipped { copy.skipped = skipped }
    if let undecided { copy.undecided = undecided }
    if let assumptions { copy.assumptions = assumptions }
    return copy
  }

  /// The number of findings of `severity` that nothing excuses.
  package func count(_ severity: Severity) -> Int {
    findings.count { $0.severity == severity && $0.status == .new }
  }
}

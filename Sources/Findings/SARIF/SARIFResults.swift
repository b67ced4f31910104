import Syntax

/// Turns findings into results; keeps the line tables of the files they lie in.
struct SARIFResults {
  private let rules: SARIFRules
  private var lines: SourceLines
  private var columns: UTF16Columns
  /// Whether any result has a baseline state: then the standard wants one on each.
  var hasBaseline = false

  init(_ sources: [String: SourceText], _ rules: SARIFRules) {
    self.rules = rules
    lines = SourceLines(sources)
    columns = UTF16Columns(sources)
  }

  mutating func result(_ finding: Finding) -> JSON {
    let place = location(finding.path, finding.range)
    let related = finding.related.enumerated().map { index, related in
      self.related(related, id: index + 1)
    }
    let fix = finding.fix.flatMap { self.fix($0, of: finding) }
    return .object(present: [
      ("ruleId", .string(finding.rule)),
      ("ruleIndex", rules.index(of: finding.rule).map { .number($0) }),
      ("level", .string(finding.severity.rawValue)),
      ("message", ["text": .string(SARIFText.plain(finding.message))]),
      ("locations", [["physicalLocation": place]]),
      ("relatedLocations", related.isEmpty ? nil : .array(related)),
      (
        "partialFingerprints",
        finding.fingerprint.isEmpty
          ? nil : ["primaryLocationLineHash": .string(finding.fingerprint)]
      ),
      ("suppressions", suppressions(finding)),
      ("baselineState", baselineState(finding.status)),
      ("fixes", fix.map { [$0] }),
    ])
  }

  private mutating func related(_ related: RelatedLocation, id: Int) -> JSON {
    [
      "id": .number(id),
      "physicalLocation": location(related.path, related.range),
      "message": ["text": .string(SARIFText.plain(related.message))],
    ]
  }

  private func suppressions(_ finding: Finding) -> JSON? {
    let kind: JSON
    switch finding.status {
    case .new, .baseline: return nil
    case .suppressed: kind = "inSource"
    case .waived: kind = "external"
    }
    return [
      .object(present: [
        ("kind", kind), ("status", "accepted"),
        ("justification", finding.excuse.map { .string(TerminalText.safe($0.reason)) }),
      ])
    ]
  }

  private func baselineState(_ status: FindingStatus) -> JSON? {
    guard hasBaseline else { return nil }
    return status == .baseline ? "unchanged" : "new"
  }

  private mutating func fix(_ fix: Fix, of finding: Finding) -> JSON? {
    guard let table = lines.table(of: finding.path) else { return nil }
    let replacements: [JSON] = fix.edits.map { edit in
      let range = SourceRange(
        start: table.position(at: edit.range.lowerBound),
        end: table.position(at: edit.range.upperBound))
      return [
        "deletedRegion": region(finding.path, range),
        "insertedContent": ["text": .string(edit.replacement)],
      ]
    }
    // The schema wants at least one replacement.
    guard !replacements.isEmpty else { return nil }
    return [
      "description": ["text": .string(SARIFText.plain(fix.description))],
      "artifactChanges": [
        [
          "artifactLocation": SARIFText.artifact(finding.path),
          "replacements": .array(replacements),
        ]
      ],
      "properties": ["safety": .string(fix.safety.rawValue)],
    ]
  }
}

// MARK: - Places

extension SARIFResults {
  /// A place on one line: a pull request shows an alert only when all its lines were changed.
  private mutating func location(_ path: String, _ range: SourceRange) -> JSON {
    var range = range
    var context: JSON?
    if let table = lines.table(of: path), let line = lines.line(range.start.line, of: path) {
      if range.end.line > range.start.line {
        range = SourceRange(
          start: range.start, end: table.position(at: line.range.upperBound))
      }
      context = [
        "startLine": .number(range.start.line), "endLine": .number(range.start.line),
        "snippet": ["text": .string(snippet(line))],
      ]
    }
    return .object(present: [
      ("artifactLocation", SARIFText.artifact(path)),
      ("region", region(path, range)),
      ("contextRegion", context),
    ])
  }

  /// The line with secrets masked; not more of it than anyone reads.
  private func snippet(_ line: MaskedLine) -> String {
    let end = min(line.range.upperBound, line.range.lowerBound + DisplayLine.reach)
    return line.text(line.range.lowerBound..<end)
  }

  /// Lines and columns from 1, columns in UTF-16 code units, the end one past the last.
  private mutating func region(_ path: String, _ range: SourceRange) -> JSON {
    [
      "startLine": .number(max(1, range.start.line)),
      "startColumn": .number(columns.column(path, range.start)),
      "endLine": .number(max(1, range.end.line)),
      "endColumn": .number(columns.column(path, range.end)),
    ]
  }
}

import Findings
import Syntax

/// Findings in the words of the protocol.
struct DiagnosticWriter {
  private let session: EditorSession
  private let scope: EditorScope
  private let report: Report
  private let pages: [String: String]

  init(_ session: EditorSession, _ scope: EditorScope, _ report: Report) {
    self.session = session
    self.scope = scope
    self.report = report
    let web = report.rules.compactMap { rule in
      rule.references.first { $0.hasPrefix("https://") }.map { (rule.id, $0) }
    }
    pages = Dictionary(web, uniquingKeysWith: { first, _ in first })
  }

  func diagnostic(_ finding: Finding) -> JSON {
    let related: [JSON] = finding.related.map { related in
      [
        "location": [
          "uri": .string(session.uri(of: scope.absolute(related.path))),
          "range": range(related.range, in: related.path),
        ],
        "message": .string(TerminalText.safe(related.message.isEmpty ? "see" : related.message)),
      ]
    }
    return .object(present: [
      ("range", range(finding.range, in: finding.path)),
      ("severity", .number(Self.severity(finding.severity))),
      ("code", .string(finding.rule)),
      ("codeDescription", pages[finding.rule].map { ["href": .string($0)] }),
      ("source", "headgate"),
      ("message", .string(message(finding))),
      ("relatedInformation", related.isEmpty ? nil : .array(related)),
    ])
  }

  /// The change that a fix makes, by address.
  func edit(_ edits: [TextEdit], in path: String) -> JSON? {
    guard let source = report.sources[path] else { return nil }
    let coordinates = TextCoordinates(source.bytes, session.encoding)
    let changes: [JSON] = edits.map { edit in
      ["range": coordinates.range(edit.range), "newText": .string(edit.replacement)]
    }
    let uri = session.uri(of: scope.absolute(path))
    return ["changes": .object([JSON.Member(uri, .array(changes))])]
  }

  private func message(_ finding: Finding) -> String {
    let way = finding.help ?? finding.fix?.description
    return [finding.message, way.map { "help: \($0)" }].compactMap { $0.map(TerminalText.safe) }
      .joined(separator: "\n")
  }

  private func range(_ range: SourceRange, in path: String) -> JSON {
    guard let source = report.sources[path] else {
      let start: JSON = ["line": .number(max(0, range.start.line - 1)), "character": 0]
      return ["start": start, "end": start]
    }
    let end = max(range.start.offset, range.end.offset)
    return TextCoordinates(source.bytes, session.encoding).range(range.start.offset..<end)
  }

  private static func severity(_ severity: Severity) -> Int {
    switch severity {
    case .error: 1
    case .warning: 2
    case .note: 3
    }
  }
}

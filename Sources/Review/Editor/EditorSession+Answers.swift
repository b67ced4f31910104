import Findings
import Syntax

extension EditorSession {
  static let fixAll = "source.fixAll.headgate"

  /// What stands at a position: the setting with what runs, and the rules that it breaks.
  mutating func hover(_ params: JSON) throws(RPCError) -> JSON {
    let place = try place(params)
    guard let outcome = outcomes[place.scope],
      let bytes = outcome.verdict.report.sources[place.path]?.bytes
    else { return .null }
    let coordinates = TextCoordinates(bytes, encoding)
    guard let offset = coordinates.offset(params["position"]) else { throw .invalidParams }
    let text = HoverText(outcome, path: place.path, offset: offset, coordinates)
    guard let text = showsMarkdown ? text.markdown : text.plain else { return .null }
    return ["contents": ["kind": showsMarkdown ? "markdown" : "plaintext", "value": .string(text)]]
  }

  /// The fixes of the findings in a range, and all safe ones of the file at once.
  mutating func codeActions(_ params: JSON) throws(RPCError) -> JSON {
    let place = try place(params)
    guard let report = outcomes[place.scope]?.verdict.report,
      let bytes = report.sources[place.path]?.bytes
    else { return [] }
    let coordinates = TextCoordinates(bytes, encoding)
    guard let range = coordinates.range(params["range"]) else { throw .invalidParams }
    let lines = coordinates.line(of: range.lowerBound)...coordinates.line(of: range.upperBound)
    let fixable = report.findings.filter {
      $0.path == place.path && $0.status == .new && $0.fix != nil
    }
    let only = params["context"]?["only"]?.arrayValue?.compactMap(\.stringValue)
    func isWanted(_ kind: String) -> Bool {
      only.map { $0.contains { kind == $0 || kind.hasPrefix($0 + ".") } } ?? true
    }
    let writer = DiagnosticWriter(self, place.scope, report)
    var actions: [JSON] = []
    if isWanted("quickfix") {
      for finding in fixable
      where lines.contains(coordinates.line(of: finding.range.start.offset)) {
        if let action = quickFix(finding, writer) { actions.append(action) }
      }
    }
    if isWanted(Self.fixAll), let action = fixEverything(fixable, place.path, writer) {
      actions.append(action)
    }
    return .array(actions)
  }

  private func quickFix(_ finding: Finding, _ writer: DiagnosticWriter) -> JSON? {
    guard let fix = finding.fix, let edit = writer.edit(fix.edits, in: finding.path) else {
      return nil
    }
    let isSafe = fix.safety == .safe
    let title = TerminalText.safe(fix.description) + (isSafe ? "" : " (changes what runs)")
    return [
      "title": .string(title), "kind": "quickfix",
      "diagnostics": [writer.diagnostic(finding)], "isPreferred": .bool(isSafe), "edit": edit,
    ]
  }

  /// Safe fixes that do not touch each other; the others come with the next round.
  private func fixEverything(
    _ fixable: [Finding], _ path: String, _ writer: DiagnosticWriter
  ) -> JSON? {
    var edits: [TextEdit] = []
    for finding in fixable {
      guard let fix = finding.fix, fix.safety == .safe else { continue }
      let touches = fix.edits.contains { new in
        edits.contains { $0.range.overlaps(new.range) || $0.range == new.range }
      }
      if !touches { edits += fix.edits }
    }
    guard !edits.isEmpty, let edit = writer.edit(edits, in: path) else { return nil }
    return [
      "title": "Apply all safe fixes of Headgate", "kind": .string(Self.fixAll), "edit": edit,
    ]
  }

  /// The file that a request is about, checked as it stands now.
  private mutating func place(
    _ params: JSON
  ) throws(RPCError) -> (scope: EditorScope, path: String) {
    guard let absolute = path(params) else { throw .invalidParams }
    if needsCheck { check() }
    let scope = scope(of: absolute)
    guard let path = scope.path(of: absolute) else { throw .invalidParams }
    return (scope, path)
  }
}

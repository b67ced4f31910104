import Catalog
import Findings
import Model
import Syntax

/// What an editor shows over a setting: what runs, where that comes from, and what is wrong.
struct HoverText {
  private let settings: [(identity: ResourceIdentity, setting: Setting)]
  private let findings: [Finding]

  /// Places that are listed at most: a line of nginx may count for a hundred locations.
  private static let limit = 3

  init(
    _ outcome: EditorScope.Outcome, path: String, offset: Int, _ coordinates: TextCoordinates
  ) {
    let line = coordinates.line(of: offset)
    let written = outcome.collection.readings.flatMap(\.resources).flatMap { resource in
      resource.settings.filter { setting in
        guard let origin = setting.origin, origin.path == path else { return false }
        return coordinates.line(of: origin.range.lowerBound) == line
      }.map { (resource.identity, $0) }
    }
    // Of several settings on a line the one under the pointer.
    let exact = written.filter { $0.1.origin?.range.contains(offset) ?? false }
    var seen: Set<Setting> = []
    settings = (exact.isEmpty ? written : exact).filter { seen.insert($0.1).inserted }
      .prefix(Self.limit).map { (identity: $0.0, setting: $0.1) }
    findings = outcome.verdict.report.findings.filter {
      $0.path == path && $0.status == .new
        && coordinates.line(of: $0.range.start.offset) == line
    }
  }

  /// As Markdown; `nil` where there is nothing to say.
  var markdown: String? {
    text(code: Markdown.code, prose: Markdown.escape, strong: { "**\($0)**" })
  }

  /// As plain text; `nil` where there is nothing to say.
  var plain: String? { text(code: TerminalText.safe, prose: TerminalText.safe, strong: { $0 }) }

  private func text(
    code: (String) -> String, prose: (String) -> String, strong: (String) -> String
  ) -> String? {
    var parts: [String] = []
    for (identity, setting) in settings {
      let version = identity.version.map { " \($0)" } ?? ""
      let kind = identity.kind.rawValue.split(separator: "_").joined(separator: " ")
      parts.append(
        "\(strong(code(setting.key))) of \(kind) \(code(identity.name)), "
          + prose("\(identity.technology)\(version), \(identity.environment)"))
      let value = setting.shownEffective.map(code) ?? "a value that the files do not say"
      var line = "Runs with \(value) (\(setting.provenance.rawValue))"
      if let written = setting.publicWritten, written != setting.publicEffective {
        line += ", written \(code(written))"
      }
      parts.append(line)
      if let note = setting.refusal ?? setting.note { parts.append(prose(note)) }
    }
    for finding in findings {
      parts.append(
        "\(strong(finding.severity.rawValue)) \(code(finding.rule)): \(prose(finding.message))")
      if let why = finding.why {
        parts.append(prose(why.split(whereSeparator: \.isWhitespace).joined(separator: " ")))
      }
      if let fix = finding.fix {
        parts.append("Fix (\(fix.safety.rawValue)): \(prose(fix.description))")
      } else if let help = finding.help {
        parts.append("Help: \(prose(help))")
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: "\n\n")
  }
}

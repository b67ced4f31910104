import Catalog
import Findings
import Model
import Syntax

extension RequestInventory {
  /// The answers for people: the lines that lead there, then what runs with the place that says so.
  package var text: String {
    var parts: [String] = []
    for (path, refusal) in refusals {
      parts.append("\(path): nginx answers \(refusal.status): \(refusal.reason)\n")
    }
    for (index, answer) in answers.enumerated() {
      parts.append(text(answer, number: index + 1))
    }
    return parts.joined(separator: "\n")
  }

  private func text(_ answer: Answer, number: Int) -> String {
    let route = answer.route
    var lines = [title(answer, number: number)]
    lines += table(route.listens + route.steps)
    lines += route.ending.map { ["  so \($0)"] } ?? []
    lines += part("if", route.assumptions) + part("but", route.detours)
    lines += route.doubts.map { "  unknown: \($0)" }
    if !answer.settings.isEmpty {
      lines.append(route.location == nil ? "runs with, in the server" : "runs with")
      lines += settings(answer.settings)
    }
    return lines.map(TerminalText.safe).joined(separator: "\n") + "\n"
  }

  private func title(_ answer: Answer, number: Int) -> String {
    var title = request.target
    if let host = request.host { title += " at \(host)" }
    title += "  \(answer.entry.origin.path)"
    title += answer.entry.version.map { "  nginx \($0)" } ?? ""
    return answers.count > 1 ? "\(title)  (\(number) of \(answers.count))" : title
  }

  private func part(_ title: String, _ steps: [NginxRoute.Step]) -> [String] {
    steps.isEmpty ? [] : ["  \(title)"] + table(steps)
  }

  /// Steps in columns: directive, text, place, reason.
  private func table(_ steps: [NginxRoute.Step]) -> [String] {
    let texts = steps.map(\.publicText)
    let places = steps.map(place)
    let nameWidth = max(8, steps.map(\.directive.count).max() ?? 0)
    let width = min(texts.map(\.count).max() ?? 0, 40)
    let placeWidth = places.map(\.count).max() ?? 0
    return steps.indices.map { index in
      var line = "    " + steps[index].directive.padded(to: nameWidth)
      line += "  " + texts[index].padded(to: width)
      line += "  " + places[index].padded(to: placeWidth) + "  " + steps[index].reason
      return line.trimmingTrailingBlanks
    }
  }

  private func place(_ step: NginxRoute.Step) -> String {
    guard let origin = step.origin, let position = position(of: step) else { return "" }
    return "\(origin.path):\(position.line)"
  }

  private func settings(_ rows: [InventoryDocument.Row]) -> [String] {
    let keyWidth = rows.map(\.setting.key.count).max() ?? 0
    let values = rows.map { $0.setting.shownEffective ?? "unknown" }
    let valueWidth = min(values.map(\.count).max() ?? 0, 40)
    let places = rows.map(\.place)
    let placeWidth = places.map(\.count).max() ?? 0
    return rows.indices.map { index in
      let setting = rows[index].setting
      var line = "  " + setting.key.padded(to: keyWidth) + "  "
      line += values[index].padded(to: valueWidth) + "  " + places[index].padded(to: placeWidth)
      let isSame = setting.isSecret || setting.written == setting.effective?.text
      if !isSame, let written = setting.publicWritten { line += "  written \(written)" }
      if let note = setting.refusal ?? setting.note { line += "  (\(note))" }
      return line.trimmingTrailingBlanks
    }
  }
}

extension InventoryDocument.Row {
  /// The line that says so; for what nobody wrote, where it comes from.
  fileprivate var place: String {
    guard let origin = setting.origin, let position else { return setting.provenance.rawValue }
    let place = "\(origin.path):\(position.line)"
    return setting.provenance == .explicit ? place : "\(setting.provenance.rawValue), \(place)"
  }
}

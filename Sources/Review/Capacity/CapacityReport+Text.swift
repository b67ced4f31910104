import Capacity
import Findings
import Model

extension CapacityReport {
  /// The figures for people.
  package var text: String {
    var blocks = paths.map { text($0) }
    blocks.append(
      (["assumes"] + Self.assumptions.map { "  \($0)" }).joined(separator: "\n") + "\n")
    return blocks.joined(separator: "\n")
  }

  private func text(_ path: PathFigures) -> String {
    var lines = [path.deployment.name]
    lines += table(path).map { "  \($0)" }
    lines += summary(of: path).map { "  \($0)" }
    if !path.shownInvariants.isEmpty {
      lines.append("")
      lines += path.shownInvariants.flatMap { text($0) }.map { "  \($0)" }
    }
    if !path.deployment.edges.isEmpty {
      lines += ["", "  how the parts are known to belong together"]
      lines += path.deployment.edges.map { "    \(text($0))" }
    }
    // Names are from outside: a line feed in one is shown, not followed.
    return lines.map(TerminalText.safe).joined(separator: "\n") + "\n"
  }

  private func table(_ path: PathFigures) -> [String] {
    guard !path.stages.isEmpty else { return [] }
    let target = NumberText.short(traffic.target * 100, digits: 2)
    var rows = [
      [
        "tier", "places", "requests/s", "in use", "must wait", "mean wait", "99 % wait below",
        "size for \(target) %",
      ]
    ]
    for figures in path.stages {
      let isNarrowest = figures.stage.name == path.bottleneck?.stage.name
      rows.append([
        figures.stage.name, FigureText.places(figures), FigureText.number(figures.ceiling),
        FigureText.percent(figures.utilisation), FigureText.percent(figures.waitProbability),
        FigureText.time(figures.meanWait, isSaturated: figures.isSaturated),
        FigureText.time(figures.waitAt99, isSaturated: figures.isSaturated),
        FigureText.recommended(figures) + (isNarrowest ? "  ◀ narrowest" : ""),
      ])
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).map { $0.padded(to: $1) }.joined(separator: "  ").trimmingTrailingBlanks
    }
  }

  /// What the table comes to, in sentences.
  func summary(of path: PathFigures) -> [String] {
    var lines: [String] = []
    let order = path.narrowestFirst
    if let first = order.first {
      var line = "next: \(first.stage.name) carries \(FigureText.number(first.ceiling)) requests/s"
      if let peak = first.stage.peak.value { line += " of \(FigureText.number(peak))" }
      if let second = order.dropFirst().first {
        line += ", then \(second.stage.name) \(FigureText.number(second.ceiling))"
      }
      lines.append(line)
    }
    for refusal in refusals[path.deployment.name] ?? [] {
      let place = place(refusal.origin) ?? refusal.origin.path
      lines.append(
        "\(refusal.services.joined(separator: ", ")) cannot start: \(place): \(refusal.message)")
    }
    for figures in path.stages {
      if let closure = figures.stage.closure {
        lines.append("\(figures.stage.name) carries nothing: \(closure)")
      } else if figures.isSaturated {
        let loss = FigureText.percent(figures.minimumLoss)
        lines.append(
          "\(figures.stage.name) is saturated: at least \(loss) of the requests cannot be served")
      }
    }
    for figures in path.stages {
      let isKnown = figures.ceiling != nil && figures.utilisation != nil
      let reason = isKnown ? figures.stage.tooLarge : figures.stage.reason
      if let reason, !figures.stage.isClosed, !lines.contains("unknown: \(reason)") {
        lines.append("unknown: \(reason)")
      }
    }
    if let reason = path.unanswered { lines.append("unknown: --peak says nothing here: \(reason)") }
    if !path.shared.isEmpty {
      lines.append("--peak counts in full for each of \(path.shared.joined(separator: ", "))")
    }
    if !path.neglected.isEmpty, path.stages.contains(where: { $0.utilisation != nil }) {
      lines.append(
        "neglected, since no peak is declared: \(path.neglected.joined(separator: ", "))")
    }
    return lines
  }

  private func text(_ invariant: Invariant) -> [String] {
    let place = place(invariant.origin()).map { "  \($0)" } ?? ""
    var lines = [
      "\(Self.verdict(invariant).padded(to: 7))  \(invariant.id.rawValue.padded(to: 3))  "
        + "\(invariant.subject)\(place)",
      "              \(invariant.sumText)",
    ]
    if invariant.holds == false { lines.append("              so \(invariant.consequence)") }
    if invariant.holds == nil {
      lines += invariant.reasons.map { "              unknown: \($0)" }
    }
    return lines
  }

  static func verdict(_ invariant: Invariant) -> String {
    switch invariant.holds {
    case true?: "holds"
    case false?: "broken"
    case nil: "unknown"
    }
  }

  /// Where an edge leads and how that is known.
  func text(_ edge: Edge) -> String {
    let gap = edge.step == .proxy ? " " : "/"
    let from = edge.part == edge.from ? edge.from : "\(edge.from)\(gap)\(edge.part)"
    let place = place(edge.origin).map { " (\($0))" } ?? ""
    switch edge.target {
    case .service(let name): return "\(from) → \(name): \(edge.evidence)\(place)"
    case .external(let name): return "\(from) → \(name), outside: \(edge.evidence)\(place)"
    case .unknown(let reason): return "\(from) → ?: \(reason)\(place)"
    }
  }
}

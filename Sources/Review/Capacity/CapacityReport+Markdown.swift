import Capacity
import Model

extension CapacityReport {
  /// The figures as a Markdown document that a team commits.
  package var markdown: String {
    var text = "# Capacity\n"
    for path in paths {
      text += "\n## \(Markdown.escape(path.deployment.name))\n\n"
      text += table(path)
      text += summary(of: path).map { "- \(Markdown.escape($0))\n" }.joined()
      text += invariants(path)
      if !path.deployment.edges.isEmpty {
        text += "\n### How the parts are known to belong together\n\n"
        text += path.deployment.edges.map { "- \(Markdown.escape(self.text($0)))\n" }.joined()
      }
    }
    text += "\n## Assumptions\n\n"
    return text + Self.assumptions.map { "- \(Markdown.escape($0))\n" }.joined()
  }

  private func table(_ path: PathFigures) -> String {
    guard !path.stages.isEmpty else { return "" }
    var text = "| tier | places | requests/s | in use | must wait | mean wait | 99 % wait below "
    text += "| recommended |\n|---|---|---|---|---|---|---|---|\n"
    for figures in path.stages {
      let isNarrowest = figures.stage.name == path.bottleneck?.stage.name
      let name = Markdown.escape(figures.stage.name)
      let cells = [
        isNarrowest ? "**\(name)**, narrowest" : name, FigureText.places(figures),
        FigureText.number(figures.ceiling), FigureText.percent(figures.utilisation),
        FigureText.percent(figures.waitProbability),
        FigureText.time(figures.meanWait, isSaturated: figures.isSaturated),
        FigureText.time(figures.waitAt99, isSaturated: figures.isSaturated),
        FigureText.recommended(figures),
      ]
      text += "| \(cells.joined(separator: " | ")) |\n"
    }
    return text + "\n"
  }

  private func invariants(_ path: PathFigures) -> String {
    guard !path.shownInvariants.isEmpty else { return "" }
    var text = "\n| | comparison | sums | place |\n|---|---|---|---|\n"
    for invariant in path.shownInvariants {
      let verdict = Self.verdict(invariant)
      let cells = [
        invariant.holds == false ? "**\(verdict)**" : verdict,
        "\(invariant.id.rawValue) \(Markdown.escape(invariant.subject))",
        Markdown.escape(invariant.sumText),
        place(invariant.origin()).map(Markdown.code) ?? "",
      ]
      text += "| \(cells.joined(separator: " | ")) |\n"
    }
    return text
  }
}

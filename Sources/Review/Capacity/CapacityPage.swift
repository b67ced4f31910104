import Capacity
import Model

extension CapacityReport {
  /// One picture of all paths, below each other.
  package var svg: String {
    guard paths.count != 1 else {
      return CapacityPicture(path: paths[0], number: 0).svg
    }
    let width = paths.map { CapacityPicture.width(of: $0) }.max() ?? 0
    let height = paths.count * 320
    var text = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\">\n"
    for (index, path) in paths.enumerated() {
      let own = CapacityPicture.width(of: path)
      text += "<svg x=\"0\" y=\"\(index * 320)\" width=\"\(own)\" height=\"300\">\n"
      text += CapacityPicture(path: path, number: index).svg + "</svg>\n"
    }
    return text + "</svg>\n"
  }

  /// Pictures and figures as one page that needs nothing else.
  package var html: String {
    var body = "<h1>Capacity</h1>\n"
    for (index, path) in paths.enumerated() {
      body += "<h2>\(XMLText.escape(path.deployment.name))</h2>\n"
      if !path.stages.isEmpty {
        body += "<figure>\(CapacityPicture(path: path, number: index).svg)</figure>\n"
      }
      let summary = summary(of: path)
      if !summary.isEmpty {
        body += list(summary)
      }
      body += table(of: path) + invariants(of: path)
      if !path.deployment.edges.isEmpty {
        body += "<h3>How the parts are known to belong together</h3>\n"
        body += list(path.deployment.edges.map { text($0) })
      }
    }
    body += "<h2>Assumptions</h2>\n" + list(Self.assumptions)
    return """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy"
        content="default-src 'none'; style-src 'unsafe-inline'">
      <title>Capacity</title>
      <style>\(Self.style)</style>
      \(body)</html>

      """
  }

  private func table(of path: PathFigures) -> String {
    guard !path.stages.isEmpty else { return "" }
    let heads = [
      "tier", "places", "requests/s", "in use", "must wait", "mean wait", "99 % wait below",
      "recommended",
    ]
    var rows = row(heads, cell: "th")
    for figures in path.stages {
      let cells = [
        figures.stage.name, FigureText.places(figures), FigureText.number(figures.ceiling),
        FigureText.percent(figures.utilisation), FigureText.percent(figures.waitProbability),
        FigureText.time(figures.meanWait, isSaturated: figures.isSaturated),
        FigureText.time(figures.waitAt99, isSaturated: figures.isSaturated),
        FigureText.recommended(figures),
      ]
      let isNarrowest = figures.stage.name == path.bottleneck?.stage.name
      rows += row(cells, of: figures.isSaturated ? "broken" : isNarrowest ? "narrow" : "")
    }
    return "<table>\(rows)</table>\n"
  }

  private func invariants(of path: PathFigures) -> String {
    guard !path.shownInvariants.isEmpty else { return "" }
    var rows = row(["", "comparison", "sums", "place"], cell: "th")
    for invariant in path.shownInvariants {
      let verdict = Self.verdict(invariant)
      var sums = invariant.sumText
      if invariant.holds == false { sums += ": \(invariant.consequence)" }
      if invariant.holds == nil { sums += ": \(invariant.reasons.joined(separator: "; "))" }
      rows += row(
        [
          verdict, "\(invariant.id.rawValue) \(invariant.subject)", sums,
          place(invariant.origin()) ?? "",
        ], of: verdict)
    }
    return "<table>\(rows)</table>\n"
  }

  private func row(_ cells: [String], cell: String = "td", of style: String = "") -> String {
    let attribute = style.isEmpty ? "" : " class=\"\(style)\""
    let text = cells.map { "<\(cell)>\(XMLText.escape($0))</\(cell)>" }.joined()
    return "<tr\(attribute)>\(text)</tr>\n"
  }

  private func list(_ items: [String]) -> String {
    "<ul>\n" + items.map { "<li>\(XMLText.escape($0))</li>\n" }.joined() + "</ul>\n"
  }

  private static let style = """
    :root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:76rem;\
    margin:2rem auto;padding:0 1rem}figure{margin:1rem 0;overflow-x:auto}\
    figure svg{min-width:40rem;width:100%;height:auto}table{border-collapse:collapse;\
    margin:1rem 0;width:100%}th,td{text-align:left;padding:.3rem .6rem;vertical-align:top;\
    border-bottom:1px solid #8884}td{font-variant-numeric:tabular-nums}\
    .broken td:first-child{color:#d64545;font-weight:600}\
    .narrow td:first-child{color:#b7791f;font-weight:600}.unknown td:first-child{opacity:.7}
    """
}

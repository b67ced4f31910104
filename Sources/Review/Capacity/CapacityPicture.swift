import Capacity

/// A load path drawn as a channel: how wide it is at each place, and how high the peak stands.
///
/// Widths are logarithmic, so that a proxy for 100,000 and a pool for 400 requests a second are
/// both seen. Everything in it is text of files and is escaped.
struct CapacityPicture {
  let path: PathFigures
  /// Tells styles of several pictures in one page apart from each other's markers.
  let number: Int

  private static let columnWidth = 190.0
  private static let height = 300.0
  private static let middle = 140.0
  private static let largestHalf = 92.0
  private static let smallestHalf = 8.0
  /// Room for the deployment's name and the peak.
  private static let margin = 170.0

  /// The picture as one `svg` element with its own style.
  var svg: String {
    let width = Double(Self.width(of: path))
    let title = XMLText.escape("Load path of \(path.deployment.name)")
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.text(width)) \
      \(Self.text(Self.height))" role="img" aria-labelledby="t\(number) d\(number)">
      <title id="t\(number)">\(title)</title>
      <desc id="d\(number)">\(XMLText.escape(description))</desc>
      <style>\(Self.style)</style>
      <rect class="ground" width="100%" height="100%" rx="8"/>

      """
    text += channel
    for (index, figures) in path.stages.enumerated() { text += stage(figures, index) }
    let name = Self.shortened(path.deployment.name)
    text += "<text class=\"margin\" x=\"\(Self.text(width - Self.margin + 6))\" y=\"24\">"
    return text + "\(XMLText.escape(name))</text>\n" + peakLine(width) + "</svg>\n"
  }

  /// The width of a path's picture: a column for each place and a margin for words.
  static func width(of path: PathFigures) -> Int {
    Int(Double(max(1, path.stages.count)) * columnWidth + 20 + margin)
  }

  /// The same in words, for those who do not see it.
  private var description: String {
    path.stages.map { figures in
      let mark = isNarrowest(figures) ? " (narrowest)" : ""
      return "\(figures.stage.name): \(FigureText.number(figures.ceiling)) requests/s\(mark)"
    }.joined(separator: ", ")
  }

  private func isNarrowest(_ figures: StageFigures) -> Bool {
    figures.stage.name == path.bottleneck?.stage.name
  }

  // MARK: the channel

  /// The water's way: a band through all places, as wide as each of them.
  private var channel: String {
    guard path.stages.count > 1 else { return "" }
    var upper: [String] = []
    var lower: [String] = []
    for (index, figures) in path.stages.enumerated() {
      let x = Self.left(index)
      let half = half(figures.ceiling)
      for edge in [x + 30, x + Self.columnWidth - 50] {
        upper.append("\(Self.text(edge)),\(Self.text(Self.middle - half))")
        lower.append("\(Self.text(edge)),\(Self.text(Self.middle + half))")
      }
    }
    let points = (upper + lower.reversed()).joined(separator: " ")
    return "<polygon class=\"channel\" points=\"\(points)\"/>\n"
  }

  private func stage(_ figures: StageFigures, _ index: Int) -> String {
    let x = Self.left(index)
    let half = half(figures.ceiling)
    let state = figures.isSaturated ? "full" : isNarrowest(figures) ? "narrow" : "open"
    let middle = Self.text(x + (Self.columnWidth - 20) / 2)
    var text = """
      <rect class="\(state)" x="\(Self.text(x + 30))" y="\(Self.text(Self.middle - half))" \
      width="\(Self.text(Self.columnWidth - 80))" height="\(Self.text(half * 2))" rx="3"/>

      """
    let ceiling = figures.ceiling.map { "\(FigureText.number($0)) requests/s" } ?? "not known"
    var labels = [
      ("name", 24.0, Self.shortened(figures.stage.name)),
      ("small", 250, "\(FigureText.places(figures)) \(Self.unit(figures.stage.role))"),
      ("figure", 268, ceiling),
    ]
    if let utilisation = figures.utilisation {
      labels.append(("small", 286, "\(FigureText.percent(utilisation)) in use"))
    }
    if isNarrowest(figures) { labels.append(("mark", 41, "narrowest ▼")) }
    for (style, y, label) in labels {
      text += "<text class=\"\(style)\" x=\"\(middle)\" y=\"\(Self.text(y))\">"
      text += "\(XMLText.escape(label))</text>\n"
    }
    return text
  }

  /// The peak as two lines: where a place is narrower than they are, requests are lost.
  private func peakLine(_ width: Double) -> String {
    guard let peak = path.stages.compactMap(\.stage.peak.value).max(), peak > 0 else { return "" }
    let half = half(peak)
    var text = ""
    for y in [Self.middle - half, Self.middle + half] {
      text += "<line class=\"peak\" x1=\"12\" x2=\"\(Self.text(width - Self.margin))\" "
      text += "y1=\"\(Self.text(y))\" y2=\"\(Self.text(y))\"/>\n"
    }
    let label = "peak \(FigureText.number(peak)) requests/s"
    return text
      + "<text class=\"peak-text\" x=\"\(Self.text(width - Self.margin + 6))\" "
      + "y=\"\(Self.text(Self.middle + 4))\">\(XMLText.escape(label))</text>\n"
  }

  // MARK: measures

  private static func left(_ index: Int) -> Double { Double(index) * columnWidth + 20 }

  /// Half the width of the channel for so many requests a second.
  private func half(_ rate: Double?) -> Double {
    guard let rate, rate > 0 else { return Self.smallestHalf }
    let known =
      path.stages.compactMap(\.ceiling).filter { $0.isFinite && $0 > 0 }
      + path.stages.compactMap(\.stage.peak.value).filter { $0 > 0 }
    guard let least = known.min(), let most = known.max() else { return Self.smallestHalf }
    guard rate.isFinite, most > least else { return Self.largestHalf }
    let share = (logarithm(rate) - logarithm(least)) / (logarithm(most) - logarithm(least))
    return Self.smallestHalf * 2 + (Self.largestHalf - Self.smallestHalf * 2) * min(1, share)
  }

  /// Of a number above nothing; natural.
  private func logarithm(_ value: Double) -> Double {
    Double(value.exponent) * 0.693147 + (value.significand - 1) * 0.693147
  }

  private static func unit(_ role: Stage.Role) -> String {
    switch role {
    case .proxy: "requests"
    case .threads: "threads"
    case .pool, .pooler, .server: "connections"
    }
  }

  private static func shortened(_ name: String) -> String {
    name.count <= 24 ? name : "\(name.prefix(23))…"
  }

  /// A coordinate with one decimal.
  private static func text(_ value: Double) -> String { NumberText.short(value) }

  static let style = """
    .ground{fill:#ffffff}.channel{fill:#cfe3f7}.open{fill:#7fb2e5}.narrow{fill:#e9b44c}\
    .full{fill:#d64545}text{font:13px system-ui,sans-serif;text-anchor:middle;fill:#1f2933}\
    .name{font-weight:600}.figure{font-weight:600}.small{font-size:12px;fill:#52606d}\
    .mark{font-size:12px;fill:#8a5a00;font-weight:600}.peak{stroke:#b00020;stroke-width:1.5;\
    stroke-dasharray:6 4}.peak-text{text-anchor:start;font-size:12px;fill:#b00020}\
    .margin{text-anchor:start;font-size:12px;fill:#52606d}\
    @media (prefers-color-scheme:dark){.ground{fill:#14181d}.channel{fill:#23384d}\
    .open{fill:#4f8fcf}.narrow{fill:#d99a1e}.full{fill:#e05d5d}text{fill:#e4e7eb}\
    .small{fill:#a3b1bf}.mark{fill:#f0b429}.peak{stroke:#ff8a8a}.peak-text{fill:#ff8a8a}\
    .margin{fill:#a3b1bf}}
    """
}

/// Text inside of XML and HTML.
enum XMLText {
  /// Characters that XML has a meaning for, and those that it does not allow, cannot get through.
  static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\t", "\n", "\r": result += " "
      default:
        let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
        let isDirection =
          (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
        let isNone = scalar.value == 0xFFFE || scalar.value == 0xFFFF
        result.unicodeScalars.append(isControl || isDirection || isNone ? "\u{FFFD}" : scalar)
      }
    }
    return result
  }
}

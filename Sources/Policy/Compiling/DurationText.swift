import CEL

/// Writes times as people say them: `1 h 30 min`, `500 ms`.
enum DurationText {
  private static let units: [(name: String, microseconds: Int64)] = [
    ("d", 86_400_000_000), ("h", 3_600_000_000), ("min", 60_000_000), ("s", 1_000_000),
    ("ms", 1_000), ("us", 1),
  ]

  /// The text of a span; the longest that the language knows stands for "forever".
  static func text(_ span: TimeSpan) -> String {
    guard span.seconds < TimeSpan.secondsLimit else { return "forever" }
    return text(microseconds: span.seconds * 1_000_000 + Int64(span.nanoseconds) / 1_000)
  }

  static func text(microseconds: Int64) -> String {
    guard microseconds != .max else { return "forever" }
    guard microseconds > 0 else {
      return microseconds == 0 ? "0 s" : "-\(text(microseconds: -max(microseconds, -.max)))"
    }
    var rest = microseconds
    var parts: [String] = []
    for unit in units where rest >= unit.microseconds {
      parts.append("\(rest / unit.microseconds) \(unit.name)")
      rest %= unit.microseconds
    }
    return parts.joined(separator: " ")
  }
}

/// Writes bytes as people say them: `64 MB`, `25.9 GB`, counted in 1,024.
enum SizeText {
  private static let units = ["B", "kB", "MB", "GB", "TB"]

  static func text(bytes: Int64) -> String {
    guard bytes != .max else { return "unlimited" }
    var value = Double(bytes)
    var unit = 0
    while abs(value) >= 1_024, unit + 1 < units.count {
      value /= 1_024
      unit += 1
    }
    let tenths = (value * 10).rounded() / 10
    return "\(Int64(exactly: tenths)?.description ?? tenths.description) \(units[unit])"
  }
}

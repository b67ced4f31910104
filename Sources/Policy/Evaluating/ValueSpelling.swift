import CEL
import Model

/// Writes a vendor-neutral value as one setting spells it: its unit, its suffix, its quotes.
///
/// Nothing here knows products: the written text shows whether `30000`, `30s` or `'5min'` is the
/// manner.
struct ValueSpelling {
  private let setting: Setting
  private let quote: String
  private let inner: Substring
  private let time: (@Sendable (Int64) -> String?)?

  /// The spelling of `setting`, whose bytes in the file are `written`.
  ///
  /// - Parameter time: how the product writes microseconds, where it has a manner of its own.
  init(setting: Setting, written: String?, time: (@Sendable (Int64) -> String?)? = nil) {
    self.setting = setting
    self.time = time
    let text = Substring(written ?? "")
    if let first = text.first, first == text.last, text.count > 1, first == "\"" || first == "'" {
      quote = String(first)
      inner = text.dropFirst().dropLast()
    } else {
      quote = ""
      inner = text
    }
  }

  /// Whether the value in the file is the whole truth and can be replaced.
  ///
  /// A placeholder's default, an inherited or an absent value is decided elsewhere.
  var isLiteral: Bool {
    setting.origin != nil && !inner.isEmpty && !setting.isSecret
      && (setting.provenance == .explicit || setting.provenance == .clamped)
  }

  /// What to do where nothing can be replaced.
  func advice(_ replacement: String) -> String {
    switch setting.provenance {
    case .default: "write `\(setting.key)` with the value \(replacement)"
    case .placeholder:
      "decide `\(setting.key)` where it is written as `\(setting.shownWritten ?? "")`: \(replacement)"
    case .explicit, .inherited, .clamped, .unknown: "set `\(setting.key)` to \(replacement)"
    }
  }

  /// The value in the setting's own manner; `nil` where it has none for this value.
  func text(of value: Value) -> String? {
    let text: String? =
      switch value {
      case .bool(let value): spelled(value)
      case .int(let value): setting.unit.bytes.map { sized(value, unit: $0) } ?? plain(value)
      case .double(let value): value.description
      case .string(let value): quote.isEmpty && value.contains(" ") ? nil : value
      case .duration(let value): timed(value)
      case .list(let values): words(values)
      default: nil
      }
    return text.map { quote + $0 + quote }
  }

  /// The words of a directive that takes several.
  private func words(_ values: [Value]) -> String? {
    let words = values.compactMap { value in
      if case .string(let word) = value { word } else { nil }
    }
    return words.count == values.count ? words.joined(separator: " ") : nil
  }

  private func plain(_ value: Int64) -> String? { value == .max ? nil : value.description }

  private func spelled(_ value: Bool) -> String {
    switch inner {
    case "on", "off": value ? "on" : "off"
    case "yes", "no": value ? "yes" : "no"
    case "1", "0": value ? "1" : "0"
    default: value.description
    }
  }

  private static let sizes: [[(suffix: String, factor: Int64)]] = [
    [("k", 1 << 10), ("m", 1 << 20), ("g", 1 << 30)],
    [("K", 1 << 10), ("M", 1 << 20), ("G", 1 << 30)],
    [("B", 1), ("kB", 1 << 10), ("MB", 1 << 20), ("GB", 1 << 30), ("TB", 1 << 40)],
  ]

  private static let times: [[(suffix: String, factor: Int64)]] = [
    [
      ("us", 1), ("ms", 1_000), ("s", 1_000_000), ("min", 60_000_000), ("h", 3_600_000_000),
      ("d", 86_400_000_000),
    ],
    [
      ("ms", 1_000), ("s", 1_000_000), ("m", 60_000_000), ("h", 3_600_000_000),
      ("d", 86_400_000_000),
    ],
  ]

  private func sized(_ bytes: Int64, unit: Int64) -> String? {
    guard bytes != .max else { return nil }
    return scaled(bytes, unit: unit, families: Self.sizes)
  }

  private func timed(_ span: TimeSpan) -> String? {
    guard span.seconds < TimeSpan.secondsLimit else { return nil }
    let microseconds = span.seconds * 1_000_000 + Int64(span.nanoseconds) / 1_000
    if let time { return time(microseconds) }
    return scaled(microseconds, unit: setting.unit.microseconds ?? 1, families: Self.times)
  }

  /// The number with the suffix that is written now, or the next smaller one that needs no
  /// fraction.
  private func scaled(
    _ value: Int64, unit: Int64, families: [[(suffix: String, factor: Int64)]]
  ) -> String? {
    let suffix = inner.drop { $0.isNumber || $0 == "." || $0 == " " }
    if suffix.isEmpty || setting.provenance == .default {
      return value % unit == 0 ? "\(value / unit)" : nil
    }
    for family in families {
      guard let index = family.firstIndex(where: { $0.suffix == suffix }) else { continue }
      for entry in family[...index].reversed() where value % entry.factor == 0 {
        return "\(value / entry.factor)\(entry.suffix)"
      }
    }
    return nil
  }
}

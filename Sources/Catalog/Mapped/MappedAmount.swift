import Model

/// Numbers with a unit, as people and programs write them: `30s`, `1h30m`, `PT30S`, `512MiB`.
enum MappedAmount {
  /// A decimal number, exact: its digits without the point, and how many stand behind it.
  private struct Number {
    var digits: Int64
    var scale: Int64

    /// The number times `factor`; `nil` where it is too large, and the rest is dropped.
    func times(_ factor: Int64) -> Int64? {
      let (product, overflow) = digits.multipliedReportingOverflow(by: factor)
      return overflow ? nil : product / scale
    }
  }

  /// Nanoseconds by the name of a unit.
  private static let times: [String: Int64] = {
    let names: [(Int64, [String])] = [
      (1, ["ns", "nanosecond", "nanoseconds"]),
      (1_000, ["us", "µs", "μs", "microsecond", "microseconds"]),
      (1_000_000, ["ms", "msec", "msecs", "milli", "millis", "millisecond", "milliseconds"]),
      (1_000_000_000, ["s", "sec", "secs", "second", "seconds"]),
      (60_000_000_000, ["m", "min", "mins", "minute", "minutes"]),
      (3_600_000_000_000, ["h", "hr", "hrs", "hour", "hours"]),
      (86_400_000_000_000, ["d", "day", "days"]),
    ]
    return Dictionary(
      uniqueKeysWithValues: names.flatMap { unit, names in names.map { ($0, unit) } })
  }()

  /// Microseconds of a text with units; `nil` for anything else and for what is too long to count.
  static func microseconds(_ text: String) -> Int64? {
    if let first = text.utf8.first, first | 0x20 == UInt8(ascii: "p") {
      return DurationText.iso(text).flatMap { milliseconds in
        let (product, overflow) = milliseconds.multipliedReportingOverflow(by: 1_000)
        return overflow ? nil : product
      }
    }
    var rest = trimmed(text)
    var total: Int64 = 0
    repeat {
      guard let number = number(&rest), let unit = times[unit(&rest).lowercased()],
        let part = number.times(unit)
      else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(part)
      guard !overflow else { return nil }
      total = sum
    } while !rest.isEmpty
    return total / 1_000
  }

  /// Bytes of a text with a unit; `nil` for anything else and for what is too much to count.
  ///
  /// - Parameter kilo: what a `K` without an `i` counts.
  static func bytes(_ text: String, kilo: Int64) -> Int64? {
    var rest = trimmed(text)
    guard let number = number(&rest) else { return nil }
    var name = unit(&rest).lowercased()[...]
    guard rest.isEmpty, !name.isEmpty else { return nil }
    if ["b", "byte", "bytes"].contains(name) { return number.times(1) }
    if name.hasSuffix("b") { name.removeLast() }
    let isBinary = name.hasSuffix("i")
    if isBinary { name.removeLast() }
    guard let power = ["k", "m", "g", "t", "p"].firstIndex(of: name) else { return nil }
    let factor = (0...power).reduce(Int64(1)) { factor, _ in factor * (isBinary ? 1_024 : kilo) }
    return number.times(factor)
  }

  /// A number without a unit times `factor`; `nil` for anything else.
  static func plain(_ text: String, times factor: Int64) -> Int64? {
    var rest = trimmed(text)
    let isNegative = rest.first == "-"
    if isNegative || rest.first == "+" { rest.removeFirst() }
    guard let number = number(&rest), rest.isEmpty, let value = number.times(factor) else {
      return nil
    }
    return isNegative ? -value : value
  }

  static func trimmed(_ text: String) -> Substring {
    var rest = Substring(text)
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return rest
  }

  /// Digits behind a point that count; a nanosecond has no more.
  private static let fractionLimit = 9

  private static func number(_ rest: inout Substring) -> Number? {
    let whole = rest.prefix { $0.isASCII && $0.isNumber }
    rest = rest[whole.endIndex...]
    guard var digits = Int64(whole) else { return nil }
    var scale: Int64 = 1
    if rest.first == "." {
      let fraction = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
      guard !fraction.isEmpty else { return nil }
      rest = rest[fraction.endIndex...]
      for digit in fraction.utf8.prefix(fractionLimit) {
        let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
        guard !overflow, product <= .max - 10 else { return nil }
        digits = product + Int64(digit - 0x30)
        scale *= 10
      }
    }
    return Number(digits: digits, scale: scale)
  }

  private static func unit(_ rest: inout Substring) -> String {
    rest = rest.drop { $0 == " " }
    let name = rest.prefix { $0.isLetter }
    rest = rest[name.endIndex...].drop { $0 == " " }
    return String(name)
  }
}

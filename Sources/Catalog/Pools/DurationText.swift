/// How frameworks read a time from text; all give milliseconds, fractions of them left out.
enum DurationText {
  /// ISO 8601 as Java's `Duration.parse` takes it: `PT1M30S`, `P1D`, `-PT0.5S`, in any case.
  static func iso(_ text: String) -> Int64? {
    var rest = Array(text.uppercased().utf8)[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    guard rest.popFirst() == UInt8(ascii: "P"), !rest.isEmpty else { return nil }
    var total: Int64 = 0
    var isTime = false
    // Each unit at most once and in this order.
    var allowed = Array("DHMS".utf8)[...]
    while !rest.isEmpty {
      if !isTime, rest.first == UInt8(ascii: "T") {
        rest.removeFirst()
        isTime = true
        guard !rest.isEmpty else { return nil }
        continue
      }
      let number = rest.prefix { (0x30...0x39).contains($0) || "+-.".utf8.contains($0) }
      rest = rest[number.endIndex...]
      guard let unit = rest.popFirst(), let place = allowed.firstIndex(of: unit),
        (unit == UInt8(ascii: "D")) != isTime
      else { return nil }
      allowed = allowed[(place + 1)...]
      let isSecond = unit == UInt8(ascii: "S")
      guard let part = isSecond ? seconds(number) : whole(number, milliseconds[unit] ?? 0) else {
        return nil
      }
      let (sum, overflow) = total.addingReportingOverflow(part)
      guard !overflow else { return nil }
      total = sum
    }
    return allowed.count == 4 ? nil : isNegative ? -total : total
  }

  private static let milliseconds: [UInt8: Int64] = [
    UInt8(ascii: "D"): 86_400_000, UInt8(ascii: "H"): 3_600_000, UInt8(ascii: "M"): 60_000,
  ]

  private static func whole(_ digits: ArraySlice<UInt8>, _ factor: Int64) -> Int64? {
    guard let number = Int64(String(decoding: digits, as: UTF8.self)) else { return nil }
    let (product, overflow) = number.multipliedReportingOverflow(by: factor)
    return overflow ? nil : product
  }

  private static func seconds(_ digits: ArraySlice<UInt8>) -> Int64? {
    let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard let first = parts.first, parts.count <= 2, let base = whole(first, 1_000) else {
      return nil
    }
    guard parts.count == 2 else { return base }
    guard parts[1].count <= 9, parts[1].allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    let digits = Array(parts[1].prefix(3)) + [0x30, 0x30, 0x30]
    let fraction = Int64(String(decoding: digits.prefix(3), as: UTF8.self)) ?? 0
    return first.first == UInt8(ascii: "-") ? base - fraction : base + fraction
  }

  /// A whole number and a unit's name, such as `30s`; `nil` for other texts and unknown units.
  ///
  /// - Parameters:
  ///   - units: nanoseconds by the unit's name.
  ///   - standard: the nanoseconds of a number without unit; `nil` where it needs one.
  static func counted(
    _ text: String, units: [String: Int64], standard: Int64? = nil
  ) -> Int64? {
    let bytes = Array(text.utf8)
    let digits = bytes.prefix { (0x30...0x39).contains($0) || $0 == 0x2B || $0 == 0x2D }
    guard let number = Int64(String(decoding: digits, as: UTF8.self)) else { return nil }
    let name = String(decoding: bytes[digits.count...].drop { $0 == 0x20 }, as: UTF8.self)
    guard let unit = name.isEmpty ? standard : units[name] else { return nil }
    guard unit >= 1_000_000 else { return number / (1_000_000 / unit) }
    let (product, overflow) = number.multipliedReportingOverflow(by: unit / 1_000_000)
    return overflow ? nil : product
  }

  /// Spring's simple form (`30s`, a bare number is milliseconds) or ISO 8601.
  static func spring(_ text: String) -> Int64? {
    let units: [String: Int64] = [
      "ns": 1, "us": 1_000, "ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000,
      "h": 3_600_000_000_000, "d": 86_400_000_000_000,
    ]
    return counted(text.lowercased(), units: units, standard: 1_000_000) ?? iso(text)
  }

  /// Quarkus: a bare number is seconds, a text that begins with a digit is ISO 8601 without `PT`.
  static func quarkus(_ text: String) -> Int64? {
    let first = text.utf8.first { $0 != 0x2B && $0 != 0x2D } ?? 0
    guard (0x30...0x39).contains(first) else { return iso(text) }
    return counted(text, units: [:], standard: 1_000_000_000) ?? iso("PT" + text)
  }
}

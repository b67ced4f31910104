/// Reads durations and sizes as people write them in rules and in `.headgate.yaml`.
enum ParameterText {
  private static let times: [(suffix: String, microseconds: Int64)] = [
    ("us", 1), ("ms", 1_000), ("s", 1_000_000), ("min", 60_000_000), ("m", 60_000_000),
    ("h", 3_600_000_000), ("d", 86_400_000_000),
  ]

  private static let sizes: [(suffix: String, bytes: Int64)] = [
    ("", 1), ("B", 1), ("kB", 1 << 10), ("KB", 1 << 10), ("KiB", 1 << 10), ("k", 1 << 10),
    ("MB", 1 << 20), ("MiB", 1 << 20), ("m", 1 << 20), ("GB", 1 << 30), ("GiB", 1 << 30),
    ("g", 1 << 30), ("TB", 1 << 40), ("TiB", 1 << 40),
  ]

  /// Microseconds of `90s`, `1h30m`, `500ms`, `7d` or `0`; `nil` for anything else.
  static func duration(_ text: String) -> Int64? {
    if text == "0" { return 0 }
    var rest = Substring(text)
    var total: Int64 = 0
    repeat {
      guard let number = number(&rest), let unit = unit(&rest, of: times) else { return nil }
      let (product, overflow) = number.multipliedReportingOverflow(by: unit)
      let (sum, carry) = total.addingReportingOverflow(product)
      guard !overflow, !carry else { return nil }
      total = sum
    } while !rest.isEmpty
    return total
  }

  /// Bytes of `8GB`, `512MiB` or `4096`; units count in 1,024, as PostgreSQL and nginx do.
  static func size(_ text: String) -> Int64? {
    var rest = Substring(text)
    guard let number = number(&rest), let unit = unit(&rest, of: sizes), rest.isEmpty else {
      return nil
    }
    let (product, overflow) = number.multipliedReportingOverflow(by: unit)
    return overflow ? nil : product
  }

  private static func number(_ text: inout Substring) -> Int64? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    text = text.dropFirst(digits.count)
    return Int64(digits)
  }

  private static func unit(_ text: inout Substring, of units: [(String, Int64)]) -> Int64? {
    let letters = text.drop { $0 == " " }.prefix { $0.isLetter }
    guard let unit = units.first(where: { $0.0 == letters }) else { return nil }
    text = text.drop { $0 == " " }.dropFirst(letters.count)
    return unit.1
  }
}

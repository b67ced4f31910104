/// Values without quotes: truth, numbers and dates.
enum TOMLScalar {
  /// What a text stands for; `nil` where it is none of them.
  static func content(of text: String) -> TOMLNode.Content? {
    switch text {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "inf", "+inf": return .float(.infinity)
    case "-inf": return .float(-.infinity)
    case "nan", "+nan", "-nan": return .float(.nan)
    default: break
    }
    if isDateTime(text) { return .dateTime(text) }
    return integer(text).map { .integer($0) } ?? float(text).map { .float($0) }
  }

  /// Digits with single underscores between them; `nil` for any other use of underscores.
  private static func digits(_ text: Substring) -> String? {
    let groups = text.split(separator: "_", omittingEmptySubsequences: false)
    guard groups.allSatisfy({ !$0.isEmpty }) else { return nil }
    return groups.joined()
  }

  private static func integer(_ text: String) -> Int64? {
    for (mark, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where text.hasPrefix(mark) {
      let rest = text.dropFirst(2)
      guard rest.first != "+", rest.first != "-" else { return nil }
      return digits(rest).flatMap { Int64($0, radix: radix) }
    }
    let sign = text.hasPrefix("-") || text.hasPrefix("+") ? 1 : 0
    guard isWhole(text.dropFirst(sign)), let number = digits(text.dropFirst(sign)) else {
      return nil
    }
    return Int64(text.prefix(sign) + number)
  }

  /// Decimal digits that do not begin with a superfluous 0.
  private static func isWhole(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, (0x30...0x39).contains(first) else { return false }
    return text.utf8.count == 1 || first != 0x30
  }

  private static func float(_ text: String) -> Double? {
    let sign = text.hasPrefix("-") || text.hasPrefix("+") ? 1 : 0
    let body = text.dropFirst(sign)
    let whole = body.prefix { $0 != "." && $0 != "e" && $0 != "E" }
    guard isWhole(whole), whole.utf8.count < body.utf8.count else { return nil }
    var rest = body[whole.endIndex...]
    if rest.first == "." {
      rest.removeFirst()
      let fraction = rest.prefix { $0 != "e" && $0 != "E" }
      guard digits(fraction) != nil else { return nil }
      rest = rest[fraction.endIndex...]
    }
    if let mark = rest.first {
      guard mark == "e" || mark == "E" else { return nil }
      rest.removeFirst()
      if rest.first == "+" || rest.first == "-" { rest.removeFirst() }
      guard digits(rest) != nil else { return nil }
    }
    let isPlain = body.utf8.allSatisfy {
      (0x30...0x39).contains($0) || "._eE+-".utf8.contains($0)
    }
    return isPlain ? Double(text.filter { $0 != "_" }) : nil
  }

  /// `1979-05-27`, `07:32:00` and the two together; the ranges of their numbers are not checked.
  private static func isDateTime(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    func fits(_ from: Int, _ pattern: String) -> Bool {
      let pattern = Array(pattern.utf8)
      guard bytes.count >= from + pattern.count else { return false }
      return zip(bytes[from...], pattern).allSatisfy { byte, mark in
        mark == UInt8(ascii: "0") ? (0x30...0x39).contains(byte) : byte == mark
      }
    }
    if fits(0, "00:00:00") { return true }
    guard fits(0, "0000-00-00") else { return false }
    return bytes.count == 10 || fits(11, "00:00:00")
  }
}

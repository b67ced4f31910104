import Model

/// Spring's conversion of configuration values to HikariCP's types.
enum SpringConversion {
  /// A value as the setter gets it.
  ///
  /// Text in quotes and in properties files is trimmed and may be hexadecimal (`0x20`, `#20`),
  /// numbers of
  /// YAML come ready; a duration such as `30s` is refused, since the property is a `long`.
  static func value(_ value: SpringEntry.Value, _ kind: HikariKey.Kind) -> PoolInput.Value {
    switch kind {
    case .text: return text(value)
    case .bool: return bool(value)
    case .count, .time: return number(value, isInt: kind == .count)
    }
  }

  private static func text(_ value: SpringEntry.Value) -> PoolInput.Value {
    switch value {
    case .text(let text): .text(text)
    case .int(let number): .text(String(number))
    case .float(let number): .text(String(number))
    case .bool(let flag): .text(String(flag))
    case .template(let text): .unknown("a template fills this in: \(text)")
    }
  }

  private static func bool(_ value: SpringEntry.Value) -> PoolInput.Value {
    let word: String
    switch value {
    case .bool(let flag): return .bool(flag)
    case .template(let text): return .unknown("a template fills this in: \(text)")
    case .text(let text): word = trimmed(text).lowercased()
    case .int(let number): word = String(number)
    case .float(let number): word = String(number)
    }
    if ["true", "on", "yes", "1"].contains(word) { return .bool(true) }
    if ["false", "off", "no", "0"].contains(word) { return .bool(false) }
    return .refused("Spring Boot cannot convert \"\(word)\" to a boolean")
  }

  private static func number(_ value: SpringEntry.Value, isInt: Bool) -> PoolInput.Value {
    let type = isInt ? "int" : "long"
    switch value {
    case .template(let text): return .unknown("a template fills this in: \(text)")
    case .bool(let flag): return .refused("Spring Boot cannot convert \(flag) to \(type)")
    case .int(let number): return ranged(number, isInt, String(number))
    case .float(let number):
      guard number.magnitude < 9e18 else {
        return .refused("Spring Boot cannot convert \(number) to \(type)")
      }
      return ranged(Int64(number), isInt, String(number))
    case .text(let text):
      guard let number = decoded(text) else {
        return .refused("Spring Boot cannot convert \"\(text)\" to \(type)")
      }
      return ranged(number, isInt, text)
    }
  }

  private static func ranged(_ number: Int64, _ isInt: Bool, _ text: String) -> PoolInput.Value {
    guard isInt, Int32(exactly: number) == nil else { return .int(number) }
    return .refused("Spring Boot cannot convert \"\(text)\" to int: out of range")
  }

  /// A whole number in decimal, or hexadecimal after `0x`, `0X` or `#`.
  private static func decoded(_ text: String) -> Int64? {
    let text = String(decoding: text.utf8.filter { $0 > 0x20 }, as: UTF8.self)
    let isNegative = text.hasPrefix("-")
    let digits = isNegative ? text.dropFirst() : text[...]
    for prefix in ["0x", "0X", "#"] where digits.hasPrefix(prefix) {
      let rest = digits.dropFirst(prefix.count)
      guard rest.first != "+", rest.first != "-" else { return nil }
      return Int64((isNegative ? "-" : "") + rest, radix: 16)
    }
    return Int64(text)
  }

  static func trimmed(_ text: String) -> String {
    var bytes = Array(text.utf8)[...]
    while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}

import Model

/// What the server makes of the text of one value.
struct PostgreSQLValue {
  /// In the key's base unit; `nil` when refused.
  let effective: Scalar?
  /// Why it is not what is written.
  let note: String?
  /// Why the server does not start.
  let refusal: String?

  private init(_ effective: Scalar?, note: String? = nil, refusal: String? = nil) {
    self.effective = effective
    self.note = note
    self.refusal = refusal
  }

  /// Reads `text`, which is free of quotes and escapes, as a value of `key`.
  init(_ text: String, of key: PostgreSQLKey) {
    switch key.kind {
    case .text: self.init(.string(text))
    case .bool: self = Self.bool(text, key)
    case .word: self = Self.word(text, key)
    case .int: self = Self.int(text, key)
    case .real: self = Self.real(text, key)
    }
  }

  private static func invalid(_ text: String, _ key: PostgreSQLKey, hint: String = "") -> Self {
    let reason = "invalid value for parameter \"\(key.name)\": \"\(text)\""
    return Self(nil, refusal: hint.isEmpty ? reason : reason + "; " + hint)
  }

  /// Any beginning of true, false, yes and no; on and off need two letters; 1 and 0.
  private static func bool(_ text: String, _ key: PostgreSQLKey) -> Self {
    let lower = text.lowercased()
    func isPrefix(of word: String, atLeast count: Int = 1) -> Bool {
      lower.utf8.count >= count && word.hasPrefix(lower)
    }
    if lower == "1" || isPrefix(of: "true") || isPrefix(of: "yes") || lower == "on" {
      return Self(.string("on"))
    }
    if lower == "0" || isPrefix(of: "false") || isPrefix(of: "no")
      || isPrefix(of: "off", atLeast: 2)
    {
      return Self(.string("off"))
    }
    return Self(nil, refusal: "parameter \"\(key.name)\" requires a Boolean value")
  }

  private static func word(_ text: String, _ key: PostgreSQLKey) -> Self {
    let lower = text.lowercased()
    if key.words.isEmpty { return Self(.string(lower)) }
    if let word = key.words.first(where: { $0.lowercased() == lower }) {
      return Self(.string(word))
    }
    if let meant = alias(of: lower, key) { return Self(.string(meant)) }
    let words = key.words.joined(separator: ", ")
    return invalid(text, key, hint: "available values: \(words)")
  }

  /// Words that the server takes without listing them.
  private static func alias(of word: String, _ key: PostgreSQLKey) -> String? {
    switch word {
    case "true", "yes", "1": key.words.contains("on") ? "on" : nil
    case "false", "no", "0": key.words.contains("off") ? "off" : nil
    case "debug": key.words.contains("debug2") ? "debug2" : nil
    case "info", "fatal", "panic": key.words.contains("debug2") ? word : nil
    case "": key.name == "ssl_max_protocol_version" ? "" : nil
    case "archive", "hot_standby": key.name == "wal_level" ? "replica" : nil
    default: nil
    }
  }

  private static func int(_ text: String, _ key: PostgreSQLKey) -> Self {
    let integer = CNumber.integer(text, base: 0)
    var value = Double(integer?.value ?? 0)
    var rest = text.utf8.dropFirst(integer?.length ?? 0)
    var base = integer?.base ?? 10
    if integer == nil || integer?.overflows == true
      || [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(rest.first ?? 0)
    {
      guard let real = CNumber.real(text) else { return invalid(text, key) }
      value = real.value
      rest = text.utf8.dropFirst(real.length)
      base = 10
    }
    guard let scaled = scale(value, unit: String(decoding: rest, as: UTF8.self), key) else {
      return invalid(text, key, hint: hint(key))
    }
    let rounded = scaled.rounded(.toNearestOrEven)
    guard rounded >= Double(Int32.min), rounded <= Double(Int32.max) else {
      return invalid(text, key, hint: "it exceeds the integer range")
    }
    let result = Int64(rounded)
    guard key.range.contains(rounded) else {
      return Self(nil, refusal: outside(String(result), key))
    }
    if PostgreSQLFacts.multiplesOf16.contains(key.name), result % 16 != 0 {
      return Self(nil, refusal: "\"\(key.name)\" must be a multiple of 16")
    }
    var note: String?
    if base != 10 {
      note = "\(text) is \(base == 8 ? "octal" : "hexadecimal") and runs as \(result)"
    } else if rounded != scaled || isRounded(value, text, scaled, key) {
      note = "\(text) is rounded to \(result)\(key.unit == .none ? "" : " \(key.unit.rawValue)")"
    }
    return Self(.int(result), note: note)
  }

  private static func real(_ text: String, _ key: PostgreSQLKey) -> Self {
    guard let real = CNumber.real(text) else { return invalid(text, key) }
    let rest = String(decoding: text.utf8.dropFirst(real.length), as: UTF8.self)
    guard let scaled = scale(real.value, unit: rest, key), scaled.isFinite else {
      return invalid(text, key, hint: hint(key))
    }
    guard key.range.contains(scaled) else {
      return Self(nil, refusal: outside(shown(scaled), key))
    }
    return Self(number(scaled))
  }

  /// A whole number as an integer, as the server shows it.
  private static func number(_ value: Double) -> Scalar {
    value == value.rounded() && abs(value) < 1e15 ? .int(Int64(value)) : .double(value)
  }

  private static func shown(_ value: Double) -> String {
    if case .int(let whole) = number(value) { String(whole) } else { value.description }
  }

  private static func outside(_ value: String, _ key: PostgreSQLKey) -> String {
    let unit = key.unit == .none ? "" : " \(key.unit.rawValue)"
    return "\(value)\(unit) is outside the valid range for parameter \"\(key.name)\" "
      + "(\(shown(key.range.lowerBound)) .. \(shown(key.range.upperBound)))"
  }

  private static func hint(_ key: PostgreSQLKey) -> String {
    if key.unit.bytes != nil { return "valid units are B, kB, MB, GB and TB" }
    if key.unit.microseconds != nil { return "valid units are us, ms, s, min, h and d" }
    return ""
  }

  /// Units and what one is in bytes or microseconds, the largest first.
  private static let sizes: [(name: String, amount: Double)] = [
    ("TB", 1_099_511_627_776), ("GB", 1_073_741_824), ("MB", 1_048_576), ("kB", 1_024), ("B", 1),
  ]
  private static let times: [(name: String, amount: Double)] = [
    ("d", 86_400_000_000), ("h", 3_600_000_000), ("min", 60_000_000), ("s", 1_000_000),
    ("ms", 1_000), ("us", 1),
  ]

  /// `value unit` in the base unit of `key`; `nil` when the unit is not one of its units.
  ///
  /// A fraction is first rounded to the next smaller unit, as the server does.
  private static func scale(_ value: Double, unit: String, _ key: PostgreSQLKey) -> Double? {
    let name = unit.split(whereSeparator: { $0.isWhitespace })
    guard let word = name.first else { return value }
    guard name.count == 1 else { return nil }
    let table: [(name: String, amount: Double)]
    let base: Double
    if let bytes = key.unit.bytes {
      (table, base) = (sizes, Double(bytes))
    } else if let microseconds = key.unit.microseconds {
      (table, base) = (times, Double(microseconds))
    } else {
      return nil
    }
    guard let index = table.firstIndex(where: { $0.name == word }) else { return nil }
    let result = value * (table[index].amount / base)
    guard index + 1 < table.count else { return result }
    let step = table[index + 1].amount / base
    return (result / step).rounded(.toNearestOrEven) * step
  }

  /// Whether the rounding to the next smaller unit already changed the value.
  private static func isRounded(
    _ value: Double, _ text: String, _ scaled: Double, _ key: PostgreSQLKey
  ) -> Bool {
    let digits = text.utf8.prefix { !(UInt8(ascii: "A")...UInt8(ascii: "z")).contains($0) }
    guard digits.count < text.utf8.count,
      let unit = text.split(whereSeparator: {
        $0.isNumber || $0 == "." || $0.isWhitespace || $0 == "-" || $0 == "+"
      }).last
    else { return false }
    let table = key.unit.bytes == nil ? times : sizes
    guard let amount = table.first(where: { $0.name == unit })?.amount else { return false }
    let base = Double(key.unit.bytes ?? key.unit.microseconds ?? 1)
    return value * amount != scaled * base
  }
}

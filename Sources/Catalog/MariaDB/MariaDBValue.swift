import Model

/// What the server makes of the text of one value, tried on MariaDB 10.11.19.
struct MariaDBValue {
  /// `nil` when refused.
  var effective: Scalar?
  /// Why it is not what is written.
  var note: String?
  /// Why the server does not start.
  var refusal: String?

  private init(_ effective: Scalar?, note: String? = nil) {
    self.effective = effective
    self.note = note
  }

  private init(refusal: String) { self.refusal = refusal }

  /// Reads `text`, which is free of quotes and escapes, as a value of `variable`.
  ///
  /// - Parameter text: `nil` where the key stands alone.
  init(_ text: String?, of variable: MariaDBVariable) {
    guard let text else {
      switch variable.kind {
      case .bool: self.init(.string("ON"))
      case _ where variable.allowsNoValue: self.init(nil, note: "the server chooses the value")
      default: self.init(refusal: "option '\(variable.name)' requires an argument")
      }
      return
    }
    switch variable.kind {
    case .unsigned, .signed: self = Self.integer(text, variable)
    case .real: self = Self.real(text, variable)
    case .bool: self = Self.bool(text, variable)
    case .word: self = Self.word(text, variable)
    case .words: self = Self.words(text, variable)
    case .text, .option: self.init(.string(text))
    }
  }

  /// Everything but ON, TRUE and 1 is off, with a warning where it is not OFF, FALSE or 0.
  private static func bool(_ text: String, _ variable: MariaDBVariable) -> Self {
    switch text.lowercased() {
    case "on", "true", "1": return Self(.string("ON"))
    case "off", "false", "0": return Self(.string("OFF"))
    default:
      return Self(
        .string("OFF"), note: "'\(text)' is no boolean that the server knows: it runs as OFF")
    }
  }

  private static func word(_ text: String, _ variable: MariaDBVariable) -> Self {
    if let word = variable.words.first(where: { $0.lowercased() == text.lowercased() }) {
      return Self(.string(word))
    }
    if let number = Int(text), variable.words.indices.contains(number) {
      return Self(.string(variable.words[number]))
    }
    // A beginning that only one word has is enough.
    let begun = variable.words.filter { $0.lowercased().hasPrefix(text.lowercased()) }
    if begun.count == 1, !text.isEmpty { return Self(.string(begun[0])) }
    return Self(refusal: refused(text, variable))
  }

  private static func words(_ text: String, _ variable: MariaDBVariable) -> Self {
    if Int(text) != nil { return Self(.string(text)) }
    for part in text.split(separator: ",") {
      // Flag sets hold `name=on`.
      let name = part.split(separator: "=")[0].lowercased().filter { $0 != " " }
      let isKnown = name == "default" || variable.words.contains { $0.lowercased() == name }
      guard isKnown else { return Self(refusal: refused(text, variable)) }
    }
    return Self(.string(text))
  }

  private static func refused(_ text: String, _ variable: MariaDBVariable) -> String {
    "Error while setting value '\(text)' to '\(variable.name)'"
  }

  private static func real(_ text: String, _ variable: MariaDBVariable) -> Self {
    guard let number = text.isEmpty ? 0 : Double(text), number.isFinite else {
      return Self(refusal: "Invalid decimal value for option '\(variable.name)'")
    }
    var value = number
    if let bounds = variable.bounds, let low = Double(bounds.low), let high = Double(bounds.high) {
      value = min(max(value, low), high)
    }
    return Self(.double(value), note: value == number ? nil : adjusted(text, shown(value)))
  }

  private static func shown(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : value.description
  }

  private static func adjusted(_ text: String, _ value: String) -> String {
    "\(text.isEmpty ? "an empty value" : text) is adjusted to \(value)"
  }
}

// MARK: integers

extension MariaDBValue {
  private static func integer(_ text: String, _ variable: MariaDBVariable) -> Self {
    var rest = Substring(text)
    while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
    let isNegative = rest.first == "-"
    if isNegative || rest.first == "+" { rest.removeFirst() }
    if isNegative, variable.kind == .unsigned {
      return Self(refusal: "Incorrect unsigned value: '\(text)' for \(variable.name)")
    }
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    guard let magnitude = digits.isEmpty ? 0 : UInt64(digits) else {
      return Self(refusal: "Integer value out of range for uint64: '\(text)' for \(variable.name)")
    }
    guard let factor = factor(of: rest.dropFirst(digits.count).first) else {
      let letter = rest.dropFirst(digits.count).first.map(String.init) ?? ""
      return Self(
        refusal:
          "Unknown suffix '\(letter)' used for variable '\(variable.name)' (value '\(text)'). "
          + "Legal suffix characters are: K, M, G, T, P, E")
    }
    let (product, overflow) = magnitude.multipliedReportingOverflow(by: factor)
    let value = overflow ? UInt64.max : product
    if isNegative { return signed(value, text, variable) }
    let bounded = clamp(value, variable)
    let note =
      bounded == value && !overflow
      ? surprise(text, rest, factor, bounded, variable)
      : adjusted(text, String(bounded))
    return Self(scalar(bounded), note: note)
  }

  private static func signed(_ magnitude: UInt64, _ text: String, _ variable: MariaDBVariable)
    -> Self
  {
    let value = magnitude > UInt64(Int64.max) ? Int64.min : -Int64(magnitude)
    let low = variable.bounds.flatMap { Int64($0.low) } ?? .min
    let bounded = max(value, low)
    return Self(.int(bounded), note: bounded == value ? nil : adjusted(text, String(bounded)))
  }

  private static func clamp(_ value: UInt64, _ variable: MariaDBVariable) -> UInt64 {
    var value = value
    if let high = variable.bounds.flatMap({ UInt64($0.high) }) { value = min(value, high) }
    if let block = variable.block, block > 1 { value -= value % block }
    // A negative least value bounds nothing here.
    if let low = variable.bounds.flatMap({ UInt64($0.low) }) { value = max(value, low) }
    return value
  }

  private static func scalar(_ value: UInt64) -> Scalar {
    Int64(exactly: value).map { .int($0) } ?? .string(String(value))
  }

  /// Only the first letter behind the digits counts; `nil` for one that is no suffix.
  private static func factor(of letter: Character?) -> UInt64? {
    guard let letter else { return 1 }
    switch letter {
    case "k", "K": return 1 << 10
    case "m", "M": return 1 << 20
    case "g", "G": return 1 << 30
    case "t", "T": return 1 << 40
    case "p", "P": return 1 << 50
    case "e", "E": return 1 << 60
    default: return nil
    }
  }

  /// What is said of a value that runs as nobody would read it: `10min`, `many`, nothing at all.
  private static func surprise(
    _ text: String, _ rest: Substring, _ factor: UInt64, _ value: UInt64,
    _ variable: MariaDBVariable
  ) -> String? {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    let suffix = rest.dropFirst(digits.count)
    if digits.isEmpty { return adjusted(text, String(value)) }
    guard factor > 1 else { return nil }
    let isSize = MariaDBFacts.of(variable.name).unit == .byte
    let isPlain = suffix.count == 1 || isSize && suffix.lowercased().dropFirst() == "b"
    if isPlain, isSize || MariaDBFacts.of(variable.name).unit == .none { return nil }
    return "only the first letter behind the digits counts: \(text) runs as \(value)"
  }
}

import Model

/// What a value of a file is, as its key says to read it.
struct MappedValue {
  let value: PoolInput.Value
  /// The unit of a number, finer than the key's own where the value needs that.
  let unit: Unit
  /// Whether it is the default of a variable, which the environment may override.
  var isDefault = false

  /// - Parameters:
  ///   - scalar: the value as the file has it.
  ///   - key: how to read it.
  ///   - mapping: what holds for all keys.
  init(_ scalar: MappedScalar, _ key: MappedKey, _ mapping: FormatMapping) {
    guard ConfigurationText.isTemplate(scalar.text) else {
      self.init(known: scalar, key, mapping)
      return
    }
    guard let text = Self.standard(of: scalar.text, mapping.placeholder) else {
      self.init(.unknown(ConfigurationText.templateNote), unit: key.countedUnit)
      return
    }
    self.init(known: MappedScalar(text: text, range: scalar.range), key, mapping)
    isDefault = true
  }

  private init(known scalar: MappedScalar, _ key: MappedKey, _ mapping: FormatMapping) {
    if let word = key.words.first(where: { $0.text == scalar.text })?.value {
      self.init(word, key)
      return
    }
    switch key.sort {
    case .count: self.init(Self.count(scalar), unit: key.unit)
    case .number: self.init(Self.number(scalar), unit: key.unit)
    case .time:
      self.init(scalar, key, factor: key.unit.microseconds, finer: [.millisecond, .microsecond]) {
        MappedAmount.microseconds($0)
      }
    case .size:
      self.init(scalar, key, factor: key.unit.bytes, finer: [.byte]) {
        MappedAmount.bytes($0, kilo: mapping.kilo)
      }
    case .bool: self.init(Self.bool(scalar), unit: .none)
    case .text, .texts, .address: self.init(Self.text(scalar, key), unit: .none)
    }
  }

  private init(_ value: PoolInput.Value, unit: Unit) {
    self.value = value
    self.unit = unit
  }

  /// What the mapping gives a word.
  private init(_ word: Scalar, _ key: MappedKey) {
    let value: PoolInput.Value =
      switch word {
      case .int(let number): .int(number)
      case .double(let number): .text(String(number))
      case .bool(let flag): .bool(flag)
      case .string(let text): .text(text)
      case .null: .unknown("the word stands for nothing")
      }
    self.init(value, unit: key.countedUnit)
  }

  /// A number with or without a unit, in the key's own unit where it is a whole number of it.
  private init(
    _ scalar: MappedScalar, _ key: MappedKey, factor: Int64?, finer: [Unit],
    _ read: (String) -> Int64?
  ) {
    let own = key.countedUnit
    let what = key.sort == .time ? "time" : "size"
    if case .ambiguous = scalar.sort {
      self.init(.unknown(Self.ambiguous), unit: own)
      return
    }
    let plain = MappedAmount.plain(scalar.text, times: factor ?? 1)
    if plain != nil, plain != 0, factor == nil {
      self.init(.refused("\"\(scalar.text)\" is a \(what) without a unit"), unit: own)
      return
    }
    guard let amount = plain ?? read(scalar.text) else {
      self.init(.refused("\"\(scalar.text)\" is no \(what)"), unit: own)
      return
    }
    let unit =
      ([own] + finer).first { unit in
        (unit.microseconds ?? unit.bytes).map { amount % $0 == 0 } ?? false
      } ?? own
    let size = unit.microseconds ?? unit.bytes ?? 1
    self.init(.int(amount / size), unit: unit)
  }

  private static let ambiguous = "a number that readers of YAML take differently"

  private static func count(_ scalar: MappedScalar) -> PoolInput.Value {
    switch scalar.sort {
    case .int(let number): return .int(number)
    case .ambiguous: return .unknown(ambiguous)
    case .real(let number):
      return Int64(exactly: number).map { .int($0) }
        ?? .refused("\(scalar.text) is not a whole number")
    case .text, .bool:
      let text = MappedAmount.trimmed(scalar.text)
      let digits = text.first == "+" ? text.dropFirst() : text
      guard let number = Int64(digits) else {
        return .refused("\"\(scalar.text)\" is not a whole number")
      }
      return .int(number)
    }
  }

  private static func number(_ scalar: MappedScalar) -> PoolInput.Value {
    if case .ambiguous = scalar.sort { return .unknown(ambiguous) }
    let text = String(MappedAmount.trimmed(scalar.text))
    guard let number = Double(text), number.isFinite else {
      return .refused("\"\(scalar.text)\" is not a number")
    }
    return .text(text)
  }

  private static func bool(_ scalar: MappedScalar) -> PoolInput.Value {
    if case .bool(let flag) = scalar.sort { return .bool(flag) }
    switch MappedAmount.trimmed(scalar.text).lowercased() {
    case "true", "yes", "on", "1": return .bool(true)
    case "false", "no", "off", "0": return .bool(false)
    default: return .refused("\"\(scalar.text)\" is not true or false")
    }
  }

  /// A text; where the mapping lists words, one of them.
  private static func text(_ scalar: MappedScalar, _ key: MappedKey) -> PoolInput.Value {
    guard !key.words.isEmpty else { return .text(scalar.text) }
    let known = key.words.lazy.map(\.text)
    let hint = ConfigurationText.closest(to: scalar.text, among: known)
      .map { "; did you mean \"\($0)\"?" }
    let shown = SecretText.shown(scalar.text)
    return .refused("\"\(shown)\" is none of its words" + (hint ?? ""))
  }

  /// The default in `${NAME:-default}`; `nil` where there is none or more than one variable.
  private static func standard(
    of text: String, _ placeholder: FormatMapping.Placeholder
  ) -> String? {
    guard let mark = placeholder.mark, text.hasPrefix("${"), text.hasSuffix("}") else {
      return nil
    }
    let inner = text.dropFirst(2).dropLast()
    let name = inner.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "_.-".contains($0)) }
    let standard = inner[name.endIndex...]
    guard !name.isEmpty, standard.hasPrefix(mark) else { return nil }
    let value = standard.dropFirst(mark.count)
    return value.contains("}") || ConfigurationText.isTemplate(String(value))
      ? nil : String(value)
  }
}

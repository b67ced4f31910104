/// What a scalar means by YAML 1.1, as SnakeYAML reads it for Spring Boot.
package enum YAMLValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int64)
  /// A whole number beyond 64 bits, in decimal, octal or whatever digits as written.
  case largeInt(String)
  case float(Double)
  case text(String)
}

extension YAMLNode {
  /// The meaning of a scalar, also behind an alias; `nil` for collections.
  ///
  /// Quotes and block styles make text, an explicit `!!str`, `!!int` … decides over both.
  /// Timestamps stay
  /// text: Spring Boot and our own files want them so. `010` is 8, `1_000` is 1000, `10:30` is 630,
  /// `1e2` is a float, `0o17` is text, `yes` and `on` are true.
  package var value: YAMLValue? {
    guard let node = resolved, node.kind == .scalar else { return nil }
    let text = node.text
    switch node.tag {
    case nil: return node.style == .plain ? YAMLValue(plain: text) : .text(text)
    case "tag:yaml.org,2002:str", "!": return .text(text)
    case "tag:yaml.org,2002:null": return .null
    case "tag:yaml.org,2002:float":
      if case .int(let whole) = YAMLValue(plain: text) { return .float(Double(whole)) }
      return YAMLValue(plain: text)
    case "tag:yaml.org,2002:int", "tag:yaml.org,2002:bool": return YAMLValue(plain: text)
    default: return .text(text)
    }
  }

  /// The value as text: what is written for text, `nil` for collections and null.
  package var string: String? {
    guard let node = resolved, node.kind == .scalar, node.value != .null else { return nil }
    return node.text
  }

  /// The value of a whole number.
  package var int: Int64? {
    if case .int(let value) = value { value } else { nil }
  }

  /// The value of a whole or broken number.
  package var double: Double? {
    switch value {
    case .float(let value): value
    case .int(let value): Double(value)
    default: nil
    }
  }

  /// The value of `true`, `yes`, `on` and their opposites.
  package var bool: Bool? {
    if case .bool(let value) = value { value } else { nil }
  }
}

extension YAMLValue {
  /// The meaning of a plain scalar.
  ///
  /// - Complexity: O(*n*) in its length.
  package init(plain text: String) {
    switch text {
    case "", "~", "null", "Null", "NULL": self = .null
    case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON": self = .bool(true)
    case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF": self = .bool(false)
    default: self = YAMLNumber(text)?.value ?? .text(text)
    }
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Fills the places of a format text: `%s`, `%d`, `%f`, `%e`, `%b`, `%o`, `%x`, `%X` and `%%`.
struct Formatter {
  let arguments: [Value]
  private var used = 0
  private var result = ""

  /// A number has at most this many digits after the point; more would only add zeros.
  private static let precisionLimit = 1_000

  init(arguments: [Value]) {
    self.arguments = arguments
  }

  mutating func format(_ text: String) throws(EvaluationFailure) -> String {
    var rest = text.unicodeScalars[...]
    while let next = rest.popFirst() {
      guard next == "%" else {
        result.unicodeScalars.append(next)
        continue
      }
      if rest.first == "%" {
        rest.removeFirst()
        result += "%"
        continue
      }
      let precision = try Self.precision(&rest)
      guard let verb = rest.popFirst() else { throw .error("format ends within a place") }
      guard used < arguments.count else {
        throw .error("format has more places than its \(arguments.count) arguments")
      }
      used += 1
      try fill(verb, arguments[used - 1], precision)
      try checkSize(result.utf8.count)
    }
    return result
  }

  private static func precision(
    _ rest: inout Substring.UnicodeScalarView
  ) throws(EvaluationFailure) -> Int? {
    guard rest.first == "." else { return nil }
    rest.removeFirst()
    let digits = rest.prefix { $0.value >= 48 && $0.value <= 57 }
    rest = rest.dropFirst(digits.count)
    guard let precision = Int(String(digits)), precision <= precisionLimit else {
      throw .error("format has a precision that is no number up to \(precisionLimit)")
    }
    return precision
  }

  private mutating func fill(
    _ verb: Unicode.Scalar, _ value: Value, _ precision: Int?
  ) throws(EvaluationFailure) {
    switch verb {
    case "s": try append(value)
    case "d": result += try decimal(value)
    case "f": result += try floating(value, "f", precision ?? 6)
    case "e": result += try floating(value, "e", precision ?? 6)
    case "b": result += try binary(value)
    case "o": result += try integer(value, radix: 8, "o")
    case "x": result += try hexadecimal(value, isUpper: false)
    case "X": result += try hexadecimal(value, isUpper: true)
    default: throw .error("format has an unknown verb '%\(verb)'")
    }
  }

  /// A value as `%s` has it: lists and maps with their parts.
  private mutating func append(_ value: Value) throws(EvaluationFailure) {
    try checkSize(result.utf8.count)
    switch value {
    case .list(let list):
      result += "["
      for (index, element) in list.enumerated() {
        if index > 0 { result += ", " }
        try append(element)
      }
      result += "]"
    case .map(let map): try append(map)
    case .bytes(let bytes): result += String(decoding: bytes, as: UTF8.self)
    case .optional, .object: throw .error("format cannot show a value of type '\(value.typeName)'")
    case .double(let double): result += double.plainText
    default: result += value.text
    }
  }

  /// Entries are sorted by their keys' text, so that the result doesn't depend on their order.
  private mutating func append(_ map: MapValue) throws(EvaluationFailure) {
    let entries = map.entries.map { (key: $0.key.value.text, value: $0.value) }
      .sorted { $0.key.isBeforeByScalars($1.key) }
    result += "{"
    for (index, entry) in entries.enumerated() {
      if index > 0 { result += ", " }
      result += entry.key + ": "
      try append(entry.value)
    }
    result += "}"
  }

  private func decimal(_ value: Value) throws(EvaluationFailure) -> String {
    switch value {
    case .int, .uint: return value.text
    case .double: return try floating(value, "f", 6)
    default: throw unfit("d", value)
    }
  }

  private func floating(
    _ value: Value, _ verb: Character, _ precision: Int
  ) throws(EvaluationFailure) -> String {
    let number: Double
    switch value {
    case .double(let double): number = double
    case .int(let int): number = Double(int)
    case .uint(let uint): number = Double(uint)
    default: throw unfit(verb, value)
    }
    guard number.isFinite else { return number.shortestText }
    // The longest double has 309 digits before the point.
    var buffer = [CChar](repeating: 0, count: precision + 330)
    let written = withVaList([Int32(precision), number]) { arguments in
      vsnprintf(&buffer, buffer.count, verb == "e" ? "%.*e" : "%.*f", arguments)
    }
    return String(
      decoding: buffer.prefix(max(0, Int(written))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private func binary(_ value: Value) throws(EvaluationFailure) -> String {
    if case .bool(let bool) = value { return bool ? "1" : "0" }
    return try integer(value, radix: 2, "b")
  }

  private func hexadecimal(_ value: Value, isUpper: Bool) throws(EvaluationFailure) -> String {
    switch value {
    case .string(let string): Self.hexadecimal(Array(string.utf8), isUpper)
    case .bytes(let bytes): Self.hexadecimal(bytes, isUpper)
    default: try integer(value, radix: 16, isUpper ? "X" : "x", isUpper: isUpper)
    }
  }

  private static func hexadecimal(_ bytes: [UInt8], _ isUpper: Bool) -> String {
    let digits = Array((isUpper ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
    let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }

  private func integer(
    _ value: Value, radix: Int, _ verb: Character, isUpper: Bool = false
  ) throws(EvaluationFailure) -> String {
    switch value {
    case .int(let int): String(int, radix: radix, uppercase: isUpper)
    case .uint(let uint): String(uint, radix: radix, uppercase: isUpper)
    default: throw unfit(verb, value)
    }
  }

  private func unfit(_ verb: Character, _ value: Value) -> EvaluationFailure {
    .error("format cannot show a value of type '\(value.typeName)' as %\(verb)")
  }
}

extension Double {
  /// The shortest text; unlike ``shortestText`` without an exponent below 1e21.
  fileprivate var plainText: String {
    guard isFinite, magnitude < 1e21, self == rounded(.towardZero) else { return shortestText }
    return magnitude < 0x1p63 ? String(Int64(self)) : shortestText
  }
}

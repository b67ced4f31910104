extension StandardLibrary {
  static let conversions: [Function] = [
    Function(
      "int",
      [
        Overload([.int], .int) { a throws(EvaluationFailure) in a[0] },
        Overload([.uint], .int) { a throws(EvaluationFailure) in
          guard let int = Int64(exactly: try a[0].asUInt) else { throw outOfRange("int") }
          return .int(int)
        },
        Overload([.double], .int) { a throws(EvaluationFailure) in
          let double = try a[0].asDouble
          // Both limits are doubles that other integers round to, so neither is certain.
          guard double > -0x1p63, double < 0x1p63 else { throw outOfRange("int") }
          return .int(Int64(double))
        },
        Overload([.string], .int) { a throws(EvaluationFailure) in
          guard let int = Int64(try a[0].asString) else { throw malformed("int", a[0]) }
          return .int(int)
        },
        Overload([.timestamp], .int) { a throws(EvaluationFailure) in
          .int(try a[0].asTimestamp.seconds)
        },
      ]),
    Function(
      "uint",
      [
        Overload([.uint], .uint) { a throws(EvaluationFailure) in a[0] },
        Overload([.int], .uint) { a throws(EvaluationFailure) in
          guard let uint = UInt64(exactly: try a[0].asInt) else { throw outOfRange("uint") }
          return .uint(uint)
        },
        Overload([.double], .uint) { a throws(EvaluationFailure) in
          let double = try a[0].asDouble
          guard double >= 0, double < 0x1p64 else { throw outOfRange("uint") }
          return .uint(UInt64(double))
        },
        Overload([.string], .uint) { a throws(EvaluationFailure) in
          guard let uint = UInt64(try a[0].asString) else { throw malformed("uint", a[0]) }
          return .uint(uint)
        },
      ]),
    Function(
      "double",
      [
        Overload([.double], .double) { a throws(EvaluationFailure) in a[0] },
        Overload([.int], .double) { a throws(EvaluationFailure) in .double(Double(try a[0].asInt))
        },
        Overload([.uint], .double) { a throws(EvaluationFailure) in
          .double(Double(try a[0].asUInt))
        },
        Overload([.string], .double) { a throws(EvaluationFailure) in
          guard let double = Double(try a[0].asString) else { throw malformed("double", a[0]) }
          return .double(double)
        },
      ]),
    Function(
      "bool",
      [
        Overload([.bool], .bool) { a throws(EvaluationFailure) in a[0] },
        Overload([.string], .bool) { a throws(EvaluationFailure) in
          switch try a[0].asString {
          case "1", "t", "T", "true", "TRUE", "True": return .bool(true)
          case "0", "f", "F", "false", "FALSE", "False": return .bool(false)
          default: throw malformed("bool", a[0])
          }
        },
      ]),
    Function("string", string),
    Function(
      "bytes",
      [
        Overload([.bytes], .bytes) { a throws(EvaluationFailure) in a[0] },
        Overload([.string], .bytes) { a throws(EvaluationFailure) in
          .bytes(Array(try a[0].asString.utf8))
        },
      ]),
    Function(
      "timestamp",
      [
        Overload([.timestamp], .timestamp) { a throws(EvaluationFailure) in a[0] },
        Overload([.string], .timestamp) { a throws(EvaluationFailure) in
          guard let time = Timestamp(try a[0].asString) else { throw malformed("timestamp", a[0]) }
          return .timestamp(time)
        },
        Overload([.int], .timestamp) { a throws(EvaluationFailure) in
          guard let time = Timestamp(seconds: try a[0].asInt) else { throw outOfRange("timestamp") }
          return .timestamp(time)
        },
      ]),
    Function(
      "duration",
      [
        Overload([.duration], .duration) { a throws(EvaluationFailure) in a[0] },
        Overload([.string], .duration) { a throws(EvaluationFailure) in
          guard let span = TimeSpan(try a[0].asString) else { throw malformed("duration", a[0]) }
          return .duration(span)
        },
      ]),
    Function("dyn", [Overload([.dyn], .dyn) { a throws(EvaluationFailure) in a[0] }]),
    Function(
      "type",
      [
        Overload([.dyn], .type) { a throws(EvaluationFailure) in .type(a[0].typeName) }
      ]),
  ]

  private static let string: [Overload] =
    [
      Overload([.string], .string) { a throws(EvaluationFailure) in a[0] },
      Overload([.bytes], .string) { a throws(EvaluationFailure) in
        guard let text = String(validating: try a[0].asBytes, as: UTF8.self) else {
          throw .error("bytes are not UTF-8")
        }
        return .string(text)
      },
    ]
    + [ValueType.int, .uint, .double, .bool, .timestamp, .duration].map { type in
      Overload([type], .string) { a throws(EvaluationFailure) in .string(a[0].text) }
    }

  private static func outOfRange(_ type: String) -> EvaluationFailure {
    .error("value is out of range of '\(type)'")
  }

  private static func malformed(_ type: String, _ value: Value) -> EvaluationFailure {
    .error("'\(value.text.prefix(64))' is no \(type)")
  }
}

extension Value {
  /// A simple value as `string()` shows it; of lists, maps and the like the type's name.
  ///
  /// Parts are left out since a list can hold one part many times: its text would have no bound.
  package var text: String {
    switch self {
    case .null: "null"
    case .bool(let bool): bool ? "true" : "false"
    case .int(let int): String(int)
    case .uint(let uint): String(uint)
    case .double(let double): double.shortestText
    case .string(let string): string
    case .timestamp(let time): time.text
    case .duration(let span): span.text
    case .type(let name): name
    default: typeName
    }
  }
}

extension Double {
  /// The shortest text that reads back to the same number, as the reference implementations do.
  ///
  /// Whole numbers have no fraction; exponents stand from 1e+06 and below 1e-04, with two digits.
  var shortestText: String {
    if isNaN { return "NaN" }
    if isInfinite { return self < 0 ? "-Infinity" : "Infinity" }
    let (digits, point) = decimalDigits
    let sign = self.sign == .minus ? "-" : ""
    let exponent = point - 1
    if digits != "0", exponent < -4 || exponent >= 6 {
      let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
      let magnitude = String(exponent.magnitude)
      let padding = magnitude.count < 2 ? "0" : ""
      return
        "\(sign)\(digits.prefix(1))\(fraction)e\(exponent < 0 ? "-" : "+")\(padding)\(magnitude)"
    }
    if point <= 0 { return "\(sign)0.\(String(repeating: "0", count: -point))\(digits)" }
    if digits.count <= point {
      return sign + digits + String(repeating: "0", count: point - digits.count)
    }
    return "\(sign)\(digits.prefix(point)).\(digits.dropFirst(point))"
  }

  /// The shortest decimal digits without zeros at either end, and where the point stands in them.
  private var decimalDigits: (digits: String, point: Int) {
    let parts = magnitude.description.split(separator: "e")
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let halves = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    var digits = halves.joined()
    var position = halves[0].count + exponent
    let leading = digits.prefix { $0 == "0" }.count
    guard leading < digits.count else { return ("0", 1) }
    digits.removeFirst(leading)
    position -= leading
    while digits.last == "0" { digits.removeLast() }
    return (digits, position)
  }
}

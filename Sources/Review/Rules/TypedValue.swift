package import CEL
package import Syntax

/// CEL values as JSON that says each value's type: `{"int": "5"}`, `{"list": [{"bool": true}]}`.
///
/// Plain JSON cannot tell `1` from `1u` and `1.0`, or bytes from text. The encoding is documented
/// in docs/policy.md.
package enum TypedValue {
  /// Deeper values are refused: nobody writes them, and the stack is finite.
  private static let depthLimit = 200

  /// The value as typed JSON.
  package static func json(_ value: Value) -> JSON {
    switch value {
    case .null: ["null": nil]
    case .bool(let value): ["bool": .bool(value)]
    case .int(let value): ["int": .string(String(value))]
    case .uint(let value): ["uint": .string(String(value))]
    case .double(let value): ["double": .string(text(value))]
    case .string(let value): ["string": .string(value)]
    case .bytes(let value): ["bytes": .string(Base64.encode(value))]
    case .list(let values): ["list": .array(values.map(json))]
    case .map(let map):
      ["map": .array(map.entries.map { [json($0.key.value), json($0.value)] })]
    case .type(let name): ["type": .string(name)]
    case .timestamp(let value): ["timestamp": .string(value.text)]
    case .duration(let value): ["duration": .string(value.text)]
    case .optional(let value): ["optional": value.map(json) ?? nil]
    case .object(let object): ["object": .string(object.typeName)]
    }
  }

  /// The value that typed JSON means.
  ///
  /// - Throws: `Failure` naming what is not of the encoding.
  package static func value(_ json: JSON, depth: Int = 0) throws(Failure) -> Value {
    guard depth < depthLimit else { throw Failure("a value is nested too deeply") }
    guard let members = json.objectValue, members.count == 1, let member = members.first else {
      throw Failure("a value must be an object with one member such as {\"int\": \"5\"}")
    }
    if let value = scalar(member) { return value }
    guard let value = try container(member, depth: depth) else {
      throw Failure("`\(member.name)` does not hold a value of that kind")
    }
    return value
  }

  private static func scalar(_ member: JSON.Member) -> Value? {
    let text = member.value.stringValue
    switch member.name {
    case "null": return .null
    case "bool": return member.value.boolValue.map { .bool($0) }
    case "int": return text.flatMap { Int64($0) }.map { .int($0) }
    case "uint": return text.flatMap { UInt64($0) }.map { .uint($0) }
    case "double": return text.flatMap { Double($0) }.map { .double($0) }
    case "string": return text.map { .string($0) }
    case "bytes": return text.flatMap { Base64.decode($0) }.map { .bytes($0) }
    case "type": return text.map { .type($0) }
    case "timestamp": return text.flatMap { Timestamp($0) }.map { .timestamp($0) }
    case "duration": return text.flatMap { TimeSpan($0) }.map { .duration($0) }
    default: return nil
    }
  }

  private static func container(
    _ member: JSON.Member, depth: Int
  ) throws(Failure) -> Value? {
    switch member.name {
    case "list":
      guard let elements = member.value.arrayValue else { return nil }
      var values: [Value] = []
      for element in elements { values.append(try value(element, depth: depth + 1)) }
      return .list(values)
    case "map":
      guard let pairs = member.value.arrayValue else { return nil }
      var map = MapValue()
      for pair in pairs {
        guard let pair = pair.arrayValue, pair.count == 2,
          let key = MapKey(try value(pair[0], depth: depth + 1)),
          map.insert(key, try value(pair[1], depth: depth + 1))
        else { return nil }
      }
      return .map(map)
    case "optional":
      if member.value == .null { return .optional(nil) }
      return .optional(try value(member.value, depth: depth + 1))
    default: return nil
    }
  }

  private static func text(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    return "\(value)"
  }
}

/// Base64 with the standard alphabet and padding (RFC 4648).
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
      for index in 0..<4 {
        result.append(
          index <= group.count ? alphabet[Int(bits >> UInt32(18 - 6 * index) & 63)] : 61)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  static func decode(_ text: String) -> [UInt8]? {
    let symbols = Array(text.utf8)
    guard symbols.count.isMultiple(of: 4) else { return nil }
    let padding = symbols.suffix(2).count { $0 == 61 }
    var result: [UInt8] = []
    var bits: UInt32 = 0
    for (index, symbol) in symbols.enumerated() {
      if symbol == 61, index >= symbols.count - padding {
        bits <<= 6
      } else {
        guard let value = alphabet.firstIndex(of: symbol) else { return nil }
        bits = bits << 6 | UInt32(value)
      }
      if index % 4 == 3 {
        result += [UInt8(bits >> 16 & 255), UInt8(bits >> 8 & 255), UInt8(bits & 255)]
        bits = 0
      }
    }
    return Array(result.dropLast(padding))
  }
}

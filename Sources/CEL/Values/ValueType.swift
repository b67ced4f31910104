/// A type of the expression language, as the checker sees it.
package indirect enum ValueType: Sendable, Hashable {
  case null, bool, int, uint, double, string, bytes, timestamp, duration
  /// Not known before evaluation: goes with every type.
  case dyn
  case list(ValueType)
  case map(ValueType, ValueType)
  case optional(ValueType)
  /// The type of types.
  case type
  /// A host's structure, by the name of its ``StructType``.
  case object(String)
  /// A type parameter in a function's signature; each call finds its own type for it.
  case parameter(String)
  /// What an empty list, map or optional holds: nothing yet, so it goes with what it meets.
  case undetermined
  /// In a function's signature: an int, uint or double, each argument by itself.
  case number
}

extension ValueType: CustomStringConvertible {
  /// The type as people write it: `map(string, list(int))`.
  package var description: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .timestamp: "google.protobuf.Timestamp"
    case .duration: "google.protobuf.Duration"
    case .dyn, .undetermined: "dyn"
    case .list(let element): "list(\(element))"
    case .map(let key, let value): "map(\(key), \(value))"
    case .optional(let wrapped): "optional_type(\(wrapped))"
    case .type: "type"
    case .number: "number"
    case .object(let name), .parameter(let name): name
    }
  }
}

extension ValueType {
  /// The type written as text: `int`, `list(T)`, `map(K, V)`, `optional_type(T)`, an object's name.
  ///
  /// - Returns: `nil` for text that is no type; nesting is limited to ``nestingLimit``.
  package init?(parsing text: String) {
    var rest = Substring(text)
    guard let type = Self.parse(&rest, depth: 0), rest.isEmpty else { return nil }
    self = type
  }

  /// Types nest at most this deep in text, far beyond any real one; bounds the reader's recursion.
  package static let nestingLimit = 32

  private static func parse(_ text: inout Substring, depth: Int) -> ValueType? {
    guard depth < nestingLimit else { return nil }
    let name = text.prefix { $0 != "(" && $0 != ")" && $0 != "," && $0 != " " }
    text = text.dropFirst(name.count)
    var arguments: [ValueType] = []
    if text.first == "(" {
      repeat {
        text = text.dropFirst().drop { $0 == " " }
        guard let argument = parse(&text, depth: depth + 1) else { return nil }
        arguments.append(argument)
      } while text.first == ","
      guard text.first == ")" else { return nil }
      text = text.dropFirst()
    }
    return named(String(name), arguments)
  }

  private static func named(_ name: String, _ arguments: [ValueType]) -> ValueType? {
    switch (name, arguments.count) {
    case ("list", 1): return .list(arguments[0])
    case ("map", 2): return .map(arguments[0], arguments[1])
    case ("optional_type", 1): return .optional(arguments[0])
    case ("list", 0): return .list(.dyn)
    case ("map", 0): return .map(.dyn, .dyn)
    case ("optional_type", 0): return .optional(.dyn)
    case ("type", _): return .type
    case ("", _), (_, 1...): return nil
    default: return simple[name] ?? .object(name)
    }
  }

  private static let simple: [String: ValueType] = [
    "null_type": .null, "null": .null, "bool": .bool, "int": .int, "uint": .uint, "double": .double,
    "string": .string, "bytes": .bytes, "dyn": .dyn,
    "google.protobuf.Timestamp": .timestamp, "timestamp": .timestamp,
    "google.protobuf.Duration": .duration, "duration": .duration,
  ]
}
